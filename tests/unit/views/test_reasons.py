"""Why a ticket was called, word for word, in both languages."""

from typing import Any

import pytest

from motcua.copies import replace
from motcua.queue import actions, store
from motcua.settings.model import Priority
from motcua.views import reasons
from tests.conftest import SETTINGS, Hall
from tests.unit.queue.at_the_desk import Day

NAMED = (
    Priority("elder75", 1, ("Người từ đủ 75 tuổi", "Aged 75 or over")),
    Priority("ordinary", 4, ("Không ưu tiên", "No priority")),
)
GUARD = {"guard_calls": 2, "guard_wait_min": 20}


@pytest.fixture
def day(hall: Hall) -> Day:
    """Lend a hall where A001, A002 and A003 are ordinary, A004 is of the first rank, all taken at 8."""
    made = Day(hall).opened(1)
    for priority in (None, None, None, "elder75"):
        made.issue("copy", priority)
    return made


def said(
    day: Day, number: str, why: dict[str, Any], *, at: str | None = None, shows_class: bool = False, **changed: Any
) -> tuple[str, str]:
    """Return both sentences about the call of `number`; `changed` are fields of its ticket."""
    found = day.ticket(number)._replace(**changed)
    with day.desk.read() as db:
        texts = reasons.explain_call(
            db, found, why, replace(SETTINGS, priorities=NAMED), at=at, shows_class=shows_class
        )
    assert texts is not None
    return texts["vi"], texts["en"]


def passed(*found: tuple[str, str, int]) -> list[dict[str, Any]]:
    return [
        {"ticket": f"20261123-{number}", "reason": reason, "waited_min": waited} for number, reason, waited in found
    ]


@pytest.mark.parametrize(
    ("rule", "vi", "en"),
    [
        (
            "first",
            "A001 là số đến sớm nhất đang chờ quầy này.",
            "A001 arrived first of those waiting for this counter.",
        ),
        ("number", "A001 được cán bộ gọi đích danh.", "A001 was called by its number."),
        ("resumed", "A001 được gọi lại sau khi tạm giữ.", "A001 was on hold and is called again."),
        (
            "returned",
            "A001 đã vắng mặt và quay lại trong thời gian cho phép, được gọi trước trong cùng diện.",
            "A001 was absent and came back in time, so it is first in its class.",
        ),
    ],
)
def test_a_rule_by_itself(day: Day, rule: str, vi: str, en: str) -> None:
    assert said(day, "A001", {"rule": rule, "passed": [], "passes": 0}) == (vi, en)


def test_priority_before_who_has_not_waited_long(day: Day) -> None:
    day.minutes(6)
    ticket = day.call().ticket
    assert ticket is not None
    with day.desk.read() as db:
        why = store.find_last_why(db, ticket.id)
    assert why is not None
    assert said(day, "A004", why) == (
        "A004 trước A001, A002, A003: A004 thuộc diện ưu tiên; A001, A002, A003 chờ nhiều nhất 6 phút, chưa "
        "quá 20 phút.",
        "A004 before A001, A002, A003: A004 has priority; A001, A002, A003 have waited at most 6 min, not over 20 min.",
    )


def test_only_the_counters_own_screen_names_the_class(day: Day) -> None:
    why = {"rule": "priority", "passed": passed(("A001", "lower_rank", 0)), "passes": 0, **GUARD}
    assert said(day, "A004", why, shows_class=True) == (
        "A004 trước A001: A004 thuộc diện ưu tiên (người từ đủ 75 tuổi); A001 chờ dưới 1 phút, chưa quá 20 phút.",
        "A004 before A001: A004 has priority (aged 75 or over); A001 has waited under 1 min, not over 20 min.",
    )
    assert "75" not in "".join(said(day, "A004", why))


def test_priority_before_who_has_waited_long_tells_the_guard(day: Day) -> None:
    why = {
        "rule": "priority",
        "passed": passed(("A001", "lower_rank_waiting_long", 25), ("A002", "lower_rank", 3)),
        "passes": 1,
        "guard_calls": 3,
        "guard_wait_min": 15,
    }
    assert said(day, "A004", why) == (
        "A004 trước A001, A002: A004 thuộc diện ưu tiên; A001 đã chờ 25 phút, quá 15 phút; A002 chờ 3 phút, chưa "
        "quá 15 phút. Đây là"
        " lượt gọi vượt thứ 1 liên tiếp; sau nhiều nhất 3 lượt, quầy gọi người đến sớm nhất trong số đã chờ quá "
        "15 phút.",
        "A004 before A001, A002: A004 has priority; A001 has waited 25 min, over 15 min; A002 has waited 3 min, "
        "not over 15 min. This"
        " is call 1 in a row that goes before somebody waiting over 15 min; after at most 3, the first arrived "
        "of them is called.",
    )


def test_the_guard_before_priority_and_before_the_same_class(day: Day) -> None:
    why = {"rule": "guard", "passed": passed(("A004", "guard", 2), ("A001", "guard", 21)), "passes": 0, **GUARD}
    assert said(day, "A003", why) == (
        "A003 trước A004, A001: A003 đã chờ quá 20 phút, trước đó quầy gọi vượt 2 lượt liên tiếp; A004 thuộc "
        "diện ưu tiên, được gọi"
        " tiếp sau đó; A001 cùng diện, được gọi tiếp sau đó.",
        "A003 before A004, A001: A003 has waited over 20 min, after 2 calls in a row that went before; A004 has "
        "priority and will be"
        " called next; A001, of the same class, will be called next.",
    )


def test_who_came_back(day: Day) -> None:
    why = {
        "rule": "returned",
        "passed": passed(("A001", "lower_rank", 5), ("A002", "returned_first", 7)),
        "passes": 0,
        **GUARD,
    }
    assert said(day, "A003", why) == (
        "A003 trước A001, A002: A003 thuộc diện ưu tiên; A003 đã vắng mặt và quay lại trong thời gian cho phép, "
        "được gọi trước trong"
        " cùng diện; A001 chờ 5 phút, chưa quá 20 phút; A002 cùng diện, chờ 7 phút.",
        "A003 before A001, A002: A003 has priority; A003 was absent and came back in time, so it is first in its "
        "class; A001 has"
        " waited 5 min, not over 20 min; A002, of the same class, has waited 7 min.",
    )


def test_a_booking_on_time(day: Day) -> None:
    why = {"rule": "booked", "passed": passed(("A001", "booked", 10)), "passes": 0, **GUARD}
    slot: dict[str, Any] = {"due_at": "2026-11-23T02:30:00.000Z", "arrived_at": "2026-11-23T02:15:00.000Z"}
    assert said(day, "A003", why, **slot) == (
        "A003 trước A001: A003 có lịch hẹn lúc 09:30 và đến đúng hẹn, được gọi trước người đến sau 09:15; "
        "A001 đến sau, chờ 10 phút.",
        "A003 before A001: A003 has a booking for 09:30 and was on time, so it comes before those who arrived "
        "after 09:15; A001"
        " arrived later and has waited 10 min.",
    )


@pytest.mark.parametrize(
    ("waited", "vi", "en"),
    [
        (6, "chờ 6 phút, chưa quá 20 phút", "has waited 6 min, not over 20 min"),
        (20, "chờ 20 phút", "has waited 20 min"),
        (31, "chờ 31 phút, quá 20 phút", "has waited 31 min, over 20 min"),
    ],
)
def test_the_counters_lane(day: Day, waited: int, vi: str, en: str) -> None:
    why = {"rule": "lane", "passed": passed(("A001", "lane", waited)), "passes": 0, **GUARD}
    assert said(day, "A003", why) == (
        f"A003 trước A001: A003 là việc quầy này gọi trước; A001 {vi}.",
        f"A003 before A001: A003 is for a matter that this counter takes first; A001 {en}.",
    )


def test_an_older_number_that_counts_as_later_or_is_booked_for_later(day: Day) -> None:
    why = {
        "rule": "first",
        "passed": passed(("A001", "not_due", 0), ("A002", "arrived_later", 4)),
        "passes": 0,
        **GUARD,
    }
    assert said(day, "A003", why) == (
        "A003 trước A001, A002: A003 là số đến sớm nhất đang chờ quầy này; A001 chưa đến giờ hẹn; A002 có hẹn "
        "hoặc được chuyển đến,"
        " tính là đến sau.",
        "A003 before A001, A002: A003 arrived first of those waiting for this counter; A001 is booked for later; "
        "A002, booked or sent on,"
        " counts as having arrived later.",
    )


def test_without_a_guard_nothing_is_promised(day: Day) -> None:
    why = {"rule": "lane", "passed": passed(("A001", "lane", 31)), "passes": 4, "guard_calls": 0, "guard_wait_min": 20}
    assert said(day, "A003", why) == (
        "A003 trước A001: A003 là việc quầy này gọi trước; A001 chờ 31 phút.",
        "A003 before A001: A003 is for a matter that this counter takes first; A001 has waited 31 min.",
    )


def test_many_are_not_all_named(day: Day) -> None:
    for _ in range(10):
        day.issue()
    numbers = ["A001", "A002", "A003", *(f"A{place:03d}" for place in range(5, 15))]
    why = {
        "rule": "priority",
        "passed": passed(*((number, "lower_rank", 1) for number in numbers[:5])),
        "passes": 0,
        **GUARD,
    }
    assert said(day, "A004", why)[0].startswith(
        "A004 trước A001, A002, A003 và 2 số khác: A004 thuộc diện ưu tiên; A001, A002, A003 và 2 số"
    )
    assert said(day, "A004", why)[1].startswith("A004 before A001, A002, A003 and 2 more: ")
    why = {**why, "passed": passed(*((number, "lower_rank", 1) for number in numbers[:12]))}
    assert said(day, "A004", why)[0].startswith("A004 trước A001, A002, A003 và các số khác: ")
    assert said(day, "A004", why)[1].startswith("A004 before A001, A002, A003 and others: ")


def test_a_call_noted_without_waits_is_told_by_the_moment_of_that_call(day: Day) -> None:
    why = {"rule": "priority", "passed": [{"ticket": "20261123-A001", "reason": "lower_rank"}], "passes": 0}
    first = "2026-11-23T01:07:30.000Z"
    assert said(day, "A004", why, at=first, called_at="2026-11-23T01:40:00.000Z") == (
        "A004 trước A001: A004 thuộc diện ưu tiên; A001 chờ 7 phút, chưa quá 20 phút.",
        "A004 before A001: A004 has priority; A001 has waited 7 min, not over 20 min.",
    )


def test_nothing_is_said_of_a_ticket_that_was_not_called(day: Day) -> None:
    with day.desk.read() as db:
        assert reasons.explain_call(db, day.ticket("A001"), None, SETTINGS, shows_class=True) is None


def test_each_call_of_a_ticket_keeps_its_own_reason(day: Day) -> None:
    day.minutes(6)
    day.call()
    day.absent()
    day.minutes(3)
    day.desk.do(actions.come_back, "20261123-A004")
    day.call()
    with day.desk.read() as db:
        moves = [move for move in store.list_moves(db, "20261123-A004") if move.why]
    assert [said(day, "A004", dict(move.why or {}), at=move.at)[0] for move in moves] == [
        "A004 trước A001, A002, A003: A004 thuộc diện ưu tiên; A001, A002, A003 chờ nhiều nhất 6 phút, chưa "
        "quá 20 phút.",
        "A004 trước A001, A002, A003: A004 thuộc diện ưu tiên; A004 đã vắng mặt và quay lại trong thời gian cho "
        "phép, được gọi trước"
        " trong cùng diện; A001, A002, A003 chờ nhiều nhất 9 phút, chưa quá 20 phút.",
    ]
