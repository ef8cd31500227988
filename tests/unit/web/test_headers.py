"""Every answer has its headers, those of a desk without its store too."""

from pathlib import Path

import pytest

from motcua.desk import ManualClock
from motcua.desk.loss import describe_damage
from motcua.web import lost
from motcua.web.headers import complete, write_policy


def test_what_an_answer_says_itself_stays_and_what_lets_others_read_it_goes() -> None:
    said = [
        ("content-type", "text/plain"),
        ("cache-control", "no-cache"),
        ("Access-Control-Allow-Origin", "*"),
        ("Set-Cookie", "a=1"),
    ]
    assert complete(said, "/") == [
        ("content-type", "text/plain; charset=utf-8"),
        ("cache-control", "no-cache"),
        ("Set-Cookie", "a=1"),
        ("Content-Security-Policy", write_policy("/")),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
    ]


@pytest.mark.parametrize(
    ("path", "by"), [("/", "none"), ("/kiosk", "none"), ("/print/1", "self"), ("/awake", "self"), ("/x/awake", "none")]
)
def test_only_what_the_desk_frames_itself_is_framed(path: str, by: str) -> None:
    assert write_policy(path).endswith(f"frame-ancestors '{by}'")


@pytest.mark.parametrize("path", ["/", "/api/v1/health", "/api/v1/wall", "/static/css/base.css", "/static/nothing.css"])
def test_a_desk_that_lost_its_store_says_no_less(clock: ManualClock, tmp_path: Path, path: str) -> None:
    with lost.build(describe_damage(tmp_path, OSError("gone")), clock).test_client().get(path) as answer:
        head = answer.headers
    assert (head["Content-Security-Policy"], head["X-Content-Type-Options"]) == (write_policy(path), "nosniff")
    assert (head["Referrer-Policy"], head["Cache-Control"]) == (
        "same-origin",
        "no-cache" if path.endswith("base.css") else "no-store",
    )
