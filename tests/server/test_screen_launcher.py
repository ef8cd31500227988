"""The launcher of a screen, run for what it does: a tiny desk answers, a browser made of a script says what it was
told.
"""

import os
import signal
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

import motcua
from tests.ports import free_port
from tests.server.certified import local
from tests.waiting import PATIENCE_S, wait_until

pytestmark = pytest.mark.process

FOLDER = Path(motcua.__file__).parents[1] / "launchers"
LAUNCHER = FOLDER / "motcua-screen.sh"
NOTES = """#!/bin/bash
printf '%s\\n' "$@" > "$SEEN/$$.draft" && mv "$SEEN/$$.draft" "$SEEN/$$.arguments"
"""
"""Notes what it was started with: whoever looks finds all of it, or nothing yet."""
FAKE = (
    NOTES
    + """for argument in "$@"; do case "$argument" in --user-data-dir=*) profile=${argument#*=} ;; esac; done
owner=$(readlink "$profile/SingletonLock")
if [ -n "$owner" ] && kill -0 "${owner##*-}" 2>/dev/null; then exit 0; fi
ln -sfn "host-$$" "$profile/SingletonLock"
trap 'rm -f "$profile/SingletonLock"; exit 0' TERM
while true; do sleep 0.1; done  # waits: it is there until it is ended
"""
)


class TinyDesk(BaseHTTPRequestHandler):
    """Answers with `answer`, and notes what was asked for."""

    answer = 200
    asked: tuple[str, ...] = ()

    def do_GET(self) -> None:
        kind = type(self)
        kind.asked = (*kind.asked, self.path)
        body = b"<!doctype html><title>wall</title>"
        self.send_response(kind.answer if self.path == "/api/v1/health" else 200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@contextmanager
def desk(
    port: int = 0, answer: int = 200, context: ssl.SSLContext | None = None
) -> Iterator[tuple[int, type[TinyDesk]]]:
    kind = type("Desk", (TinyDesk,), {"answer": answer, "asked": ()})
    server = ThreadingHTTPServer(("127.0.0.1", port), kind)
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield server.server_address[1], kind
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Place:
    """A folder of programs that the launcher finds first: a browser, `id` (nobody in particular), and a clock."""

    def __init__(self, folder: Path) -> None:
        self.programs, self.seen, self.profile = folder / "programs", folder / "seen", folder / "profile of the wall"
        for made in (self.programs, self.seen):
            made.mkdir()
        self.program("id", "#!/bin/sh\necho 1000\n")
        self.program("chromium", FAKE)
        self.clock("09:00")

    def program(self, name: str, text: str) -> None:
        draft = self.programs / f"{name}.new"
        draft.write_text(text, encoding="utf-8")
        draft.chmod(0o755)
        draft.rename(self.programs / name)

    def clock(self, minute: str) -> None:
        cases = f'case "$1" in +%H:%M) echo {minute} ;; *) echo 2026-11-25 ;; esac'
        self.program("date", f'#!/bin/sh\necho "$1" >> "$SEEN/asked"\n{cases}\n')

    def clock_looks(self) -> int:
        """Return how often the launcher has looked at the clock."""
        return (self.seen / "asked").read_text().count("+%H:%M")

    def start(self, *arguments: str, **more: str) -> "subprocess.Popen[str]":
        environment = {
            **os.environ,
            "PATH": f"{self.programs}:{os.environ['PATH']}",
            "SEEN": str(self.seen),
            "HOME": str(self.seen),
            **more,
        }
        environment.pop("DISPLAY", None)
        command = [str(LAUNCHER), "--profile", str(self.profile), *arguments]
        return subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True, start_new_session=True)  # noqa: S603 -- our own

    def browsers(self) -> list[int]:
        """Return the browsers that were started, in order."""
        found = sorted(self.seen.glob("*.arguments"), key=lambda path: path.stat().st_mtime_ns)
        return [int(path.stem) for path in found]

    def told(self, browser: int) -> list[str]:
        return (self.seen / f"{browser}.arguments").read_text(encoding="utf-8").splitlines()


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


@contextmanager
def running(place: Place, *arguments: str) -> Iterator["subprocess.Popen[str]"]:
    """Run the launcher; in the end nothing of it is left."""
    process = place.start(*arguments)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE_S)
        assert [browser for browser in place.browsers() if is_alive(browser)] == []


def is_alive(process: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[:1]
    except OSError:
        return False


def test_the_browser_starts_when_the_desk_answers_and_is_told_what_a_wall_needs(place: Place) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with running(place, "wall", "--server", url, "--size", "1920,1080", "--position", "1920,0") as process:
        assert process.stderr is not None
        assert process.stderr.readline().endswith(f"waits for {url}\n")
        assert place.browsers() == []
        with desk(port, answer=503):  # it answers, though not all is well with it
            wait_until(place.browsers)
        assert place.told(place.browsers()[0]) == [
            "--kiosk",
            f"--user-data-dir={place.profile}",
            "--no-first-run",
            "--no-default-browser-check",
            "--autoplay-policy=no-user-gesture-required",
            "--window-position=1920,0",
            "--window-size=1920,1080",
            "--disable-pinch",
            "--overscroll-history-navigation=0",
            "--disable-features=Translate",
            "--password-store=basic",
            f"{url}/wall",
        ]


def test_a_browser_that_ends_is_started_again_and_every_night_once(place: Place) -> None:
    with desk() as (port, _kind), running(place, "kiosk", "--server", f"http://127.0.0.1:{port}/", "--printing"):
        wait_until(place.browsers)
        first = place.browsers()[0]
        assert place.told(first)[-2:] == ["--kiosk-printing", f"http://127.0.0.1:{port}/kiosk"]
        os.kill(first, signal.SIGKILL)
        wait_until(lambda: len(place.browsers()) == 2)
        second = place.browsers()[1]
        place.clock("03:30")
        wait_until(lambda: len(place.browsers()) == 3)
        assert not is_alive(second)
        looks = place.clock_looks()
        wait_until(lambda: place.clock_looks() >= looks + 3)  # still the same minute
        assert len(place.browsers()) == 3
        assert is_alive(place.browsers()[2])


def test_a_browser_that_hands_its_page_over_is_not_the_one_to_watch(place: Place) -> None:
    place.profile.mkdir()
    environment = {**os.environ, "SEEN": str(place.seen)}
    command = [str(place.programs / "chromium"), f"--user-data-dir={place.profile}", "http://other"]
    with subprocess.Popen(command, env=environment) as other, desk() as (port, _kind):  # noqa: S603 -- our own
        wait_until((place.profile / "SingletonLock").is_symlink)
        with running(place, "pad?counter=3", "--server", f"http://127.0.0.1:{port}") as process:
            assert process.stderr is not None
            assert f"goes on with the browser that is there ({other.pid})" in process.stderr.readline()
            other.kill()
            other.wait()
            wait_until(lambda: len(place.browsers()) == 2)
            assert place.told(place.browsers()[1])[-1] == f"http://127.0.0.1:{port}/pad?counter=3"


def test_one_profile_is_shown_by_one_launcher(place: Place) -> None:
    with desk() as (port, _kind), running(place, "wall", "--server", f"http://127.0.0.1:{port}"):
        wait_until(place.browsers)
        second = place.start("wall", "--server", f"http://127.0.0.1:{port}")
        _out, said = second.communicate(timeout=PATIENCE_S)
        assert (second.returncode, "is shown by another launcher already" in said) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("wall",), "--server is like"),
        (("--server", "http://127.0.0.1:1"), "which PAGE?"),
        (("wall;reboot", "--server", "http://127.0.0.1:1"), "which PAGE?"),
        (("wall", "--server", "ftp://127.0.0.1"), "--server is like"),
        (("wall", "--server", "http://127.0.0.1:1", "--restart-at", "25:00"), "--restart-at is like"),
        (("wall", "--server", "http://127.0.0.1:1", "--browser", "no-such-browser"), "no Chromium here"),
        (("wall", "--colour", "red"), "there is no option --colour"),
        (("wall", "--server", "http://127.0.0.1:1", "--size"), "--size needs a value"),
    ],
)
def test_what_cannot_work_is_said(place: Place, arguments: tuple[str, ...], said: str) -> None:
    process = place.start(*arguments)
    _out, heard = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 2
    assert said in heard


def test_nobody_shows_a_screen_as_root(place: Place) -> None:
    place.program("id", "#!/bin/sh\necho 0\n")
    process = place.start("wall", "--server", "http://127.0.0.1:1")
    _out, heard = process.communicate(timeout=PATIENCE_S)
    assert (process.returncode, "not as root" in heard) == (2, True)


@pytest.mark.browser
def test_a_true_chromium_shows_the_page_and_ends_with_the_launcher(place: Place) -> None:
    place.program(
        "chromium",
        NOTES + 'exec /usr/bin/chromium --headless --no-sandbox --disable-gpu "$@" 2>/dev/null\n',
    )
    with desk() as (port, kind), running(place, "wall", "--server", f"http://127.0.0.1:{port}"):
        wait_until(lambda: "/wall" in kind.asked)
        first = place.browsers()[0]
        os.kill(first, signal.SIGKILL)
        wait_until(lambda: kind.asked.count("/wall") == 2)
        assert place.browsers()[1] != first


def test_the_other_files_start_the_launcher_with_options_that_it_has() -> None:
    for name in ("motcua-screen@.service", "motcua-screen.desktop"):
        assert all(
            part in (FOLDER / name).read_text(encoding="utf-8") for part in ("motcua-screen.sh", "--server http://")
        )
    launchers = [(FOLDER / "motcua-screen.ps1").read_text(encoding="utf-8"), LAUNCHER.read_text(encoding="utf-8")]
    flags = ["--kiosk", "--no-first-run", "--autoplay-policy=no-user-gesture-required", "--disable-pinch"]
    flags.append("--kiosk-printing")
    assert all(flag in text for text in launchers for flag in flags)


def test_the_wards_authority_is_trusted_by_the_browser_and_by_the_look_at_the_desk(
    place: Place, tmp_path: Path
) -> None:
    options, authority = local(tmp_path / "authority")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(options[1], options[3])
    with desk(context=context) as (port, asked):
        server = f"https://127.0.0.1:{port}"
        for _twice in range(2):  # a second start finds it there
            with running(place, "wall", "--server", server, "--ca", str(authority)):
                wait_until(place.browsers)
            for seen in place.seen.glob("*.arguments"):
                seen.unlink()
        words = ["certutil", "-d", f"sql:{place.seen}/.pki/nssdb", "-L"]
        listed = subprocess.run(words, capture_output=True, text=True, check=True)  # noqa: S603 -- the launcher's own helper
        assert [line.split()[-1] for line in listed.stdout.splitlines() if line.startswith("motcua ")] == ["C,,"]
        assert "/api/v1/health" in asked.asked


@pytest.mark.parametrize("content", [None, "nonsense"])
def test_an_authority_that_is_none_is_named(place: Place, tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "ca.pem"
    if content is not None:
        path.write_text(content)
    launcher = place.start("wall", "--server", "https://127.0.0.1:1", "--ca", str(path))
    _out, err = launcher.communicate(timeout=PATIENCE_S)
    assert (launcher.returncode, str(path) in err) == (2, True)
