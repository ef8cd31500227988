"""The morning check by itself: what it takes, what it waits for, when it is over."""

import pytest

from motcua.checks.invariants import CheckLine
from motcua.checks.sessions import CheckSessions
from motcua.desk import Refused, Unknown
from motcua.views.check import check_view

AT, SOON, LATE = "2026-11-23T00:30:00.000Z", "2026-11-23T00:44:00.000Z", "2026-11-23T00:46:00.000Z"
KEYPAD = CheckLine("keypad", "ok", device=(3, "phim"), counters=(1, 2))
PRINTER = CheckLine("printer", "ok", device=(3, "may-in"))
DOWN = CheckLine("sign", "down", "%(problem)s", {"problem": "x"}, (3, "bang"))


def begun() -> CheckSessions:
    checking = CheckSessions()
    checking.begin(
        AT, "leader:1", [(CheckLine("journal", "ok"), ""), (KEYPAD, "phim"), (PRINTER, "may-in"), (DOWN, "bang")]
    )
    return checking


def states(checking: CheckSessions) -> list[tuple[str, str | None]]:
    check = checking._check
    assert check is not None
    return [(item.line.state, item.needs) for item in check.items]


def test_a_keypad_of_two_counters_is_fine_when_both_were_pressed() -> None:
    checking = begun()
    assert states(checking) == [("ok", None), ("ok", "press"), ("ok", "look"), ("down", None)]
    assert checking.claim_press(3, "phim", SOON, 1, "k1")
    assert states(checking)[1] == ("ok", "press")
    assert checking.claim_press(3, "phim", SOON, 2, "k2")
    assert states(checking)[1] == ("ok", None)
    assert not checking.claim_press(3, "phim", SOON, 1, "k3")


def test_a_press_that_was_taken_does_nothing_when_it_comes_again_and_others_are_not_taken() -> None:
    checking = begun()
    assert checking.claim_press(3, "phim", SOON, 1, "k1")
    assert checking.claim_press(3, "phim", LATE, 1, "k1")
    assert not checking.claim_press(4, "phim", SOON, 1, "k4")
    assert not checking.claim_press(3, "other", SOON, 1, "k5")


def test_a_check_that_nobody_ended_takes_no_press_after_a_quarter_of_an_hour() -> None:
    assert not begun().claim_press(3, "phim", LATE, 1, "k1")


def test_what_a_person_saw_and_what_a_device_answered_decide() -> None:
    checking = begun()
    check = checking._check
    assert check is not None
    checking.record_test(check, 2, "done", None)
    assert states(checking)[2] == ("unknown", "look")
    checking.record_answer(2, was_seen=True)
    assert states(checking)[2] == ("ok", None)
    checking.record_test(check, 1, "failed", "no_answer")
    assert states(checking)[1] == ("down", None)
    with pytest.raises(Unknown):
        checking.record_answer(9, was_seen=True)
    checking.end()
    with pytest.raises(Refused):
        checking.record_answer(1, was_seen=True)
    assert not checking.claim_press(3, "phim", SOON, 1, "k9")


def test_a_line_asks_what_its_kind_asks_and_nothing_once_it_is_answered() -> None:
    checking = begun()

    def requests() -> list[str | None]:
        view = check_view(checking.find_last(), lambda message, _params: message)
        assert view is not None
        return [item["request"] for item in view["items"]]

    assert [bool(request) for request in requests()] == [False, True, True, False]
    checking.record_answer(2, was_seen=True)
    assert requests()[2] is None
