"""Socket events of the wrong shape are refused one by one, in the reader's language, and change nothing."""

import pytest

from tests.server.hall import Place, Served
from tests.server.screen import Screen

WRONG: list[object] = [
    None,
    "text",
    7,
    -1.5,
    True,
    [],
    [1],
    [[]],
    {},
    {"visit": None},
    {"visit": 7},
    {"visit": ["x"]},
    {"visit": {"visit": "x"}},
    {"visit": "x", "key": 7},
    {"visit": "x", "key": "k" * 300},
    {"visit": "20261122-A999", "key": "k"},
    {"visit": "x" * 5000},
]


@pytest.mark.parametrize("event", ["shown", "skip"])
def test_events_of_the_wrong_shape_are_refused_one_by_one(desk_served: Served, place: Place, event: str) -> None:
    with Screen(desk_served.port, "/pad", {"token": desk_served.token("pad", place.number)}) as pad:
        for data in WRONG:
            refused = pad.emit(event, data)
            assert (refused["ok"], refused["code"] in {"event.shape", "visit.unknown", "key.invalid"}) == (
                False,
                True,
            ), (data, refused)
        assert pad.emit(event)["ok"] is False
        assert pad.emit(event, {"visit": "x"}, {"more": 1}, 3)["ok"] is False
        pad.send(f'42/pad,99["{event}",{{"visit":"\\ud800"}}]')
        assert pad.emit("sync", "a", ["b"], None) == {"ok": True}
        assert pad.closed_at is None


@pytest.mark.parametrize(
    ("language", "shape", "fields"),
    [
        (
            "vi",
            "Nội dung sự kiện phải là một đối tượng JSON.",
            "Các trường sau của sự kiện bị thiếu hoặc không hợp lệ: visit.",
        ),
        (
            "en",
            "The event payload must be a JSON object.",
            "These fields of the event are missing or not valid: visit.",
        ),
    ],
)
def test_a_refused_event_says_what_is_wrong_in_the_language_of_the_page(
    desk_served: Served, place: Place, language: str, shape: str, fields: str
) -> None:
    token = {"token": desk_served.token("pad", place.number)}
    with Screen(desk_served.port, "/pad", token, cookie=f"motcua_language={language}") as pad:
        assert pad.emit("shown", ["visit"]) == {"ok": False, "code": "event.shape", "detail": shape}
        refused = pad.emit("shown", {"visit": 7, "key": "k"})
        assert (refused["code"], refused["detail"].startswith(fields)) == ("event.shape", True)
        assert pad.emit("shown", {"visit": "x", "key": "k", "of_a_later_version": 1})["code"] == "visit.unknown"


def test_an_event_with_bytes_in_it_is_refused_like_any_other(desk_served: Served, place: Place) -> None:
    with Screen(desk_served.port, "/pad", {"token": desk_served.token("pad", place.number)}) as pad:
        pad.send('451-/pad,7["shown",{"visit":"x","photo":{"_placeholder":true,"num":0}}]')
        pad.send_bytes(b"\x00\x01")
        pad.wait(lambda: pad.answer_to(7) is not None or pad.closed_at)
        assert pad.answer_to(7)["code"] == "event.shape"
