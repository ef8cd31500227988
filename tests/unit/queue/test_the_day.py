"""When numbers are given out, and how a day ends: nobody stays behind."""

from datetime import UTC, datetime

import pytest

from motcua.copies import replace
from motcua.counters import actions as counter_actions
from motcua.counters.model import CounterState
from motcua.desk import Refused
from motcua.queue import actions, events
from motcua.queue.model import TicketState
from motcua.staff import actions as staff_actions
from motcua.staff import store as staff_store
from motcua.staff.model import Account, Role
from tests.conftest import TODAY
from tests.unit.queue.at_the_desk import Day


def refusal(day: Day) -> str:
    with pytest.raises(Refused) as caught:
        day.issue()
    return caught.value.code


def at(day: Day, text: str) -> None:
    day.hall.clock.set(datetime.fromisoformat(f"{text}+07:00"))


@pytest.mark.parametrize(
    "moment",
    ["2026-11-23T07:30", "2026-11-23T11:29:59.999", "2026-11-23T13:00", "2026-11-23T16:59", "2026-11-28T08:00"],
)
def test_numbers_are_given_out_in_opening_hours(day: Day, moment: str) -> None:
    at(day, moment)
    assert day.issue() == "A001"


@pytest.mark.parametrize(
    "moment", ["2026-11-23T11:30", "2026-11-23T12:59", "2026-11-23T17:00", "2026-11-24T09:00", "2026-11-29T09:00"]
)
def test_no_number_is_given_out_outside_them(day: Day, moment: str) -> None:
    at(day, moment)
    assert refusal(day) == "hall.closed"


def test_counters_finish_who_waits_at_any_hour(day: Day) -> None:
    day.opened(1)
    day.issue()
    at(day, "2026-11-23T17:40")
    assert day.serve() == "A001"


def test_a_leader_opens_the_hall_for_today_only(day: Day) -> None:
    at(day, "2026-11-23T18:00")
    day.desk.do(actions.open_hall)
    day.desk.do(actions.open_hall)
    assert [entry.event for entry in day.events] == [events.HallOpened(TODAY)]
    assert day.issue() == "A001"
    at(day, "2026-11-24T09:00")
    assert refusal(day) == "hall.closed"


def test_numbers_begin_again_each_local_day(day: Day) -> None:
    day.issue()
    at(day, "2026-11-25T08:00")
    assert day.issue() == "A001"
    assert day.ticket("A001", "2026-11-25").id == "20261125-A001"


def test_the_end_of_the_day_gives_everybody_an_end_in_one_event(day: Day) -> None:
    day.opened(1, 2, 3)
    for service in ("copy", "copy", "birth", "business", "copy", "copy"):
        day.issue(service)
    day.next(1)
    day.desk.do(actions.start, 1)
    day.desk.do(actions.hold, 1, None)
    day.next(1)
    day.absent(1)
    day.next(2)
    day.desk.do(actions.start, 2)
    day.next(3)
    seq = day.desk.head.seq
    event = day.desk.do(actions.close_day, TODAY)
    assert event == events.DayClosed(
        TODAY,
        ["20261123-A001", "20261123-K001", "20261123-A003", "20261123-A004"],
        ["20261123-H001"],
        [1, 2, 3],
    )
    states = {number: day.state(number) for number in ("A001", "A002", "H001", "K001", "A003", "A004")}
    assert states == {
        "A001": TicketState.CANCELLED,
        "A002": TicketState.ABSENT,
        "H001": TicketState.SERVED,
        "K001": TicketState.CANCELLED,
        "A003": TicketState.CANCELLED,
        "A004": TicketState.CANCELLED,
    }
    assert day.desk.head.seq == seq + 1
    counters = [day.counter(number) for number in (1, 2, 3)]
    assert counters == [
        replace(one, state=CounterState.CLOSED, officer=None, in_hand=None, last=None, passes=0) for one in counters
    ]


def test_who_is_being_served_at_the_end_counts_without_a_service_time(day: Day) -> None:
    day.opened(1)
    day.issue()
    day.next()
    day.desk.do(actions.start, 1)
    day.desk.do(actions.close_day, TODAY)
    assert (day.state("A001"), day.ticket("A001").reason, day.ticket("A001").counter) == (
        TicketState.SERVED,
        "day_closed",
        1,
    )
    with day.desk.read() as db:
        assert [tuple(row) for row in db.execute("SELECT officer, ended_at, how FROM legs")] == [
            (11, None, "day_closed")
        ]


def test_a_day_ends_once(day: Day) -> None:
    day.desk.do(actions.close_day, TODAY)
    head = day.desk.head
    assert (day.desk.do(actions.close_day, TODAY), day.desk.head) == (None, head)


def test_nothing_is_given_out_after_the_end_before_the_next_day(day: Day) -> None:
    day.desk.do(actions.close_day, TODAY)
    assert refusal(day) == "hall.closed"
    with pytest.raises(Refused) as caught:
        day.desk.do(actions.open_hall)
    at(day, "2026-11-25T07:30")
    assert (caught.value.code, day.issue()) == ("hall.closed", "A001")


def test_absent_stays_absent_when_the_day_has_ended(day: Day) -> None:
    day.opened(1)
    day.issue()
    day.next()
    day.absent()
    day.desk.do(actions.close_day, TODAY)
    day.opened(1)
    codes = []
    for attempt in (
        lambda: day.desk.do(actions.come_back, "20261123-A001"),
        lambda: day.desk.do(actions.call_number, 1, "A001", "waiting-inside"),
    ):
        with pytest.raises(Refused) as caught:
            attempt()
        codes.append(caught.value.code)
    assert (codes, day.state("A001")) == (["hall.closed"] * 2, TicketState.ABSENT)


def test_a_day_that_ends_late_leaves_the_new_day_alone(day: Day) -> None:
    day.opened(1, 2)
    day.issue()
    day.next(1)
    at(day, "2026-11-25T08:00")
    day.issue()
    day.next(2)
    event = day.desk.do(actions.close_day, TODAY)
    assert event == events.DayClosed(TODAY, ["20261123-A001"], [], [1])
    assert (day.counter(1).state, day.counter(2).state, day.counter(2).in_hand) == (
        CounterState.CLOSED,
        CounterState.OPEN,
        "20261125-A001",
    )


def test_the_end_of_the_day_ends_sign_ins(day: Day) -> None:
    account = day.desk.do(
        staff_actions.save_account, Account(0, "hoa", "Lê Thị Hoa", "", Role.OFFICER, 1, "hashed", False)
    )
    secret = day.desk.do(staff_actions.sign_in, account.id).secret
    token = day.desk.do(staff_actions.add_token, "kiosk", None, "", None).secret
    day.desk.do(actions.close_day, TODAY)
    with day.desk.read() as db:
        credentials = [staff_store.find_by_secret(db, one, "2026-11-23T01:00:01.000Z") for one in (secret, token)]
    assert [credential and credential.role for credential in credentials] == [None, Role.KIOSK]


def test_a_clock_behind_gives_out_nothing_but_the_queue_goes_on(day: Day) -> None:
    day.opened(1)
    day.issue()
    at(day, "2026-11-22T08:00")
    assert refusal(day) == "clock.behind"
    assert (day.serve(), day.events[-1].day, day.events[-1].at) == ("A001", TODAY, "2026-11-23T01:00:00.000Z")


def test_the_day_is_the_desks_own(day: Day) -> None:
    day.hall.clock.set(datetime(2026, 11, 24, 16, 59, tzinfo=UTC))
    day.desk.do(counter_actions.open_counter, 1, None)
    day.hall.clock.set(datetime(2026, 11, 24, 17, 0, tzinfo=UTC))
    day.desk.do(counter_actions.open_counter, 2, None)
    assert [entry.day for entry in day.events] == ["2026-11-24", "2026-11-25"]
