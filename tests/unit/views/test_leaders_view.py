"""What leaders see now: what needs a hand, who was called out of order, whether promises held, who booked."""

from typing import Any

import pytest

from motcua.bookings import store as booking_store
from motcua.bookings.model import Booking, BookingState
from motcua.counters import actions as counters
from motcua.desk import Tx
from motcua.feedback import actions as feedback_actions
from motcua.feedback.model import RatingRequest
from motcua.queue import actions
from motcua.queue.model import TicketRequest, WaitRange
from motcua.queue.store import make_visit_id
from motcua.reports.promises import PromiseCounts
from motcua.suggestions import actions as suggestion_actions
from motcua.suggestions.model import SuggestionRequest, SuggestionSource
from motcua.views.leaders import CALLS_SHOWN, show_leaders
from tests.conftest import TODAY
from tests.unit.queue.at_the_desk import Day


@pytest.fixture
def day(hall: Any) -> Day:
    return Day(hall)


def seen(day: Day) -> dict[str, Any]:
    with day.desk.read() as db:
        return show_leaders(db, day.hall.clock.now(), TODAY, PromiseCounts(), clock_behind=False)


def warned(day: Day) -> list[tuple[str, int]]:
    """Return the services that are warned of, each with how many wait for it."""
    return [(warning["service"], warning["waiting"]) for warning in seen(day)["warnings"]]


def test_a_service_is_warned_of_once_its_last_counter_left_though_nobody_waits(day: Day) -> None:
    assert warned(day) == []
    day.opened(1, 2, 3)
    assert warned(day) == []
    day.desk.do(counters.pause, 3, "break")
    assert warned(day) == [("business", 0)]
    day.desk.do(counters.close, 2)
    assert warned(day) == [("birth", 0), ("business", 0)]
    day.opened(3)
    assert warned(day) == []


def test_people_who_wait_for_no_open_counter_come_first(day: Day) -> None:
    day.opened(1)
    day.issue("business")
    day.issue("business")
    day.desk.do(counters.close, 1)
    assert warned(day) == [("business", 2), ("copy", 0), ("signature", 0)]


def test_whom_a_transfer_binds_to_an_open_counter_waits_for_that_one(day: Day) -> None:
    day.opened(1, 2)
    day.issue("signature")
    day.next(1)
    day.desk.do(actions.start, 1)
    day.desk.do(actions.transfer, 1, None, 2)
    day.desk.do(counters.close, 1)
    assert warned(day) == [("signature", 0)]
    day.desk.do(counters.close, 2)
    assert warned(day)[0] == ("signature", 1)


def test_closing_for_the_night_is_no_warning(day: Day) -> None:
    day.opened(1, 2, 3)
    day.desk.do(actions.close_day, TODAY)
    assert warned(day) == []


def test_the_newest_calls_out_of_order_are_listed_and_all_are_counted(day: Day) -> None:
    day.opened(1)
    for n in range(CALLS_SHOWN + 2):
        day.issue("copy")
        day.desk.do(actions.call_number, 1, f"A{n + 1:03d}", "waiting-inside" if n else "bác đang mệt")
        day.desk.do(actions.start, 1)
        day.desk.do(actions.finish, 1)
    found = seen(day)["out_of_order"]
    assert (found["count"], len(found["items"])) == (CALLS_SHOWN + 2, CALLS_SHOWN)
    assert [item["number"] for item in found["items"]] == [f"A{n:03d}" for n in range(3, CALLS_SHOWN + 3)]
    assert found["items"][0]["reason_label"] == {"vi": "Đang chờ trong phòng", "en": "Waiting inside"}


def test_own_words_of_a_reason_are_not_shown(day: Day) -> None:
    day.opened(1)
    day.issue("copy")
    day.desk.do(actions.call_number, 1, "A001", "bác đang mệt")
    shown = seen(day)["out_of_order"]["items"][0]
    assert (shown["reason"], shown["reason_label"], shown["officer"]) == (
        "other",
        {"vi": "Lý do khác", "en": "Another reason"},
        None,
    )
    assert "mệt" not in str(shown)


def test_the_weeks_coverage_is_shown_with_its_target(day: Day) -> None:
    assert seen(day)["coverage"]["rate"] is None
    day.opened(1)
    day.desk.do(actions.take_number, TicketRequest("copy"), lambda _service, _rank: WaitRange(60, 120))
    day.serve()
    assert seen(day)["coverage"] == {
        "week": "2026-W48",
        "from": "2026-11-23",
        "to": "2026-11-29",
        "rate": {"percent_tenths": 1000, "low_tenths": 207, "high_tenths": 1000, "n": 1},
        "target": {"low_tenths": 750, "high_tenths": 850},
    }


def test_bookings_of_today_are_counted_without_the_cancelled(day: Day) -> None:
    assert seen(day)["bookings"] is None

    def book(tx: Tx) -> None:
        for n, state in enumerate(BookingState):
            at = f"2026-11-23T0{n + 2}:00:00.000Z"
            booking = Booking(0, f"CODE{n}", "copy", TODAY, at, "", "", "vi", state, tx.at)
            booking_store.add(tx.db, booking)

    day.desk.do(book)
    assert seen(day)["bookings"] == {"count": 3, "came": 1, "missed": 1, "next_at": "2026-11-23T09:00:00.000+07:00"}


def test_who_waits_is_counted_by_service_and_by_class_with_the_longest(day: Day) -> None:
    day.opened(1, 2)
    day.issue("copy")
    day.minutes(5)
    day.issue("signature", "elder75")
    day.issue("copy")
    day.issue("signature")
    day.next(1)
    day.desk.do(actions.start, 1)
    day.desk.do(actions.transfer, 1, None, 2)
    now = seen(day)
    services = [
        (item["letter"], item["name"]["vi"], item["waiting"], item["oldest_at"][11:16]) for item in now["services"]
    ]
    assert services == [
        ("A", "copy", 2, "08:00"),
        ("A", "signature", 2, "08:05"),
    ]
    assert [(item["rank"], item["waiting"], item["oldest_at"][11:16]) for item in now["classes"]] == [
        (1, 1, "08:05"),
        (4, 3, "08:00"),
    ]
    assert [label["vi"] for label in now["classes"][0]["labels"]] == ["disabled", "pregnant", "elder75"]
    assert sum(item["waiting"] for item in now["services"]) == now["hall"]["waiting"]


def test_nobody_who_waits_is_no_line(day: Day) -> None:
    day.opened(1)
    day.issue("copy")
    day.serve(1)
    assert (seen(day)["services"], seen(day)["classes"]) == ([], [])


def test_a_rate_is_shown_from_five_ratings_on(day: Day) -> None:
    day.opened(1)
    for count, level in enumerate((5, 4, 5, 3, 5), start=1):
        visit = make_visit_id(TODAY, day.issue("copy"))
        day.serve(1)
        day.desk.do(feedback_actions.record_prompt, 1, visit)
        day.minutes(0.1)
        day.desk.do(feedback_actions.rate, RatingRequest(level, "pad", visit, 1))
        desk = seen(day)["desk"]
        assert (desk["rated"], desk["rate"] is None) == (count, count < 5)


def test_suggestions_whose_deadline_was_reported_are_counted_but_for_appeals(day: Day) -> None:
    assert seen(day)["suggestions"] == {"open": 0, "near": 0, "late": 0}
    texts = ("Cần thêm ghế ngồi chờ.", "Tôi khiếu nại quyết định này.")
    requests = [SuggestionRequest(text, SuggestionSource.WEB) for text in texts]
    items = [day.desk.by("citizen").do(suggestion_actions.receive, request) for request in requests]
    assert seen(day)["suggestions"] == {"open": 1, "near": 0, "late": 0}
    day.minutes(3 * 24 * 60)
    for item in items:
        day.desk.do(suggestion_actions.escalate, item.id)
    found = seen(day)["suggestions"]
    assert (found["open"], found["near"] + found["late"]) == (1, 1)
