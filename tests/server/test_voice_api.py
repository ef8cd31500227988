"""The sounds of calls over HTTP, from a served desk that made its clips by itself."""

import io
import urllib.error
import urllib.request
import wave

import pytest

from tests.server.hall import Served
from tests.waiting import PATIENCE_S, wait_until

pytestmark = pytest.mark.process
KINDS = ("call", "priority", "recall", "transfer")


def get(served: Served, path: str, role: str | None = "agent") -> tuple[int, str, bytes]:
    headers = {"Authorization": f"Bearer {served.token(role)}"} if role else {}
    asked = urllib.request.Request(f"http://127.0.0.1:{served.port}{path}", headers=headers)
    try:
        with urllib.request.urlopen(asked, timeout=PATIENCE_S) as answer:  # noqa: S310 -- our own desk
            return answer.status, answer.headers["Content-Type"], answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers["Content-Type"], error.read()


def seconds(sound: bytes) -> float:
    with wave.open(io.BytesIO(sound)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (22_050, 1, 2)
        return float(file.getnframes() / file.getframerate())


@pytest.fixture(scope="module")
def speaking(desk_served: Served) -> Served:
    """Lend the desk once its clips are made."""
    wait_until(lambda: all(get(desk_served, f"/voice/{kind}/A024/12.wav")[0] == 200 for kind in KINDS))
    return desk_served


def test_each_occasion_has_a_sound_and_twice_with_chime_is_longer(speaking: Served) -> None:
    for kind in KINDS:
        status, content_type, sound = get(speaking, f"/voice/{kind}/A024/12.wav", "wall")
        assert (status, content_type) == (200, "audio/wav")
        assert 3 < seconds(sound) < 12
        again = get(speaking, f"/voice/{kind}/A024/12.wav?times=2&chime=1")[2]
        assert seconds(again) == pytest.approx(2 * seconds(sound) + 0.9 + 1.15, abs=0.05)
    assert seconds(get(speaking, "/voice/check.wav")[2]) > 3
    assert 0.7 < seconds(get(speaking, "/voice/chime.wav")[2]) < 1.5


@pytest.mark.parametrize(
    "path",
    [
        "/voice/shout/A001/1.wav",
        "/voice/call/A1/1.wav",
        "/voice/call/F001/1.wav",
        "/voice/call/A000/1.wav",
        "/voice/call/A001/0.wav",
        "/voice/call/A001/1000.wav",
        "/voice/call/A001/x.wav",
        "/voice/seat/A001/1.wav?seat=nowhere",
        "/voice/nothing.wav",
        "/voice/..%2fdesk.db/A001/1.wav",
    ],
)
def test_garbage_is_404(speaking: Served, path: str) -> None:
    assert get(speaking, path)[:2] == (404, "application/problem+json")


def test_nobody_without_a_token_hears_it(speaking: Served) -> None:
    assert get(speaking, "/voice/call/A001/1.wav", None)[0] in {200, 401}  # a browser is led to the sign-in page
    assert get(speaking, "/voice/call/A001/1.wav", None)[1] != "audio/wav"
