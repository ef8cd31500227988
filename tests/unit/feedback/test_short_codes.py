"""The four digits on a ticket: who scanned a counter's code names the visit by them."""

import pytest

from motcua.desk import Invalid
from motcua.feedback.events import ShortCodeRefused
from motcua.feedback.model import CodeRefusal, Rating, RatingRequest, Status
from motcua.queue import actions as queue
from tests.conftest import Hall
from tests.unit.feedback.at_the_pad import BusyCounter


@pytest.fixture
def busy(hall: Hall) -> BusyCounter:
    return BusyCounter(hall)


def test_the_number_with_its_code_rates_the_visit(busy: BusyCounter) -> None:
    visit = busy.serve()
    rating = busy.rate_by_code(visit, f" {busy.short_code(visit)[:2]} {busy.short_code(visit)[2:]} ")
    assert isinstance(rating, Rating)
    assert (rating.visit, rating.status, rating.officer, rating.counter) == (visit, Status.COUNTED, 11, 1)
    assert busy.prompt_state(visit) == "answered"


@pytest.mark.thorough
def test_every_ticket_has_four_digits_which_the_journal_does_not_hold(busy: BusyCounter) -> None:
    codes = [busy.short_code(busy.serve()) for _ in range(40)]
    with busy.desk.read() as db:
        issued = [row[0] for row in db.execute("SELECT data FROM journal WHERE action = 'ticket.issued'")]
    assert all(len(code) == 4 and code.isdigit() for code in codes)
    assert len(set(codes)) > 30
    assert [data for data in issued if "short_code" in data] == []


def test_five_wrong_codes_end_it_also_for_the_right_one(busy: BusyCounter) -> None:
    visit = busy.serve()
    answers = [busy.rate_by_code(visit, busy.wrong_code(visit)) for _ in range(5)]
    assert answers == [CodeRefusal(left) for left in (4, 3, 2, 1, 0)]
    for code in (busy.short_code(visit), busy.wrong_code(visit)):
        with pytest.raises(Invalid) as caught:
            busy.rate_by_code(visit, code)
        assert caught.value.code == "short_code.unknown"
    refusals = [entry.event for entry in busy.entries if isinstance(entry.event, ShortCodeRefused)]
    assert refusals == [ShortCodeRefused(visit, left) for left in (4, 3, 2, 1, 0)]
    assert busy.statuses() == []
    assert busy.rate(RatingRequest(4, "qr", visit, None)).status is Status.COUNTED


@pytest.mark.parametrize("number", ["A999", "", "20261123-A001", "'; DROP TABLE tickets", "\uff21001\u202e"])
def test_a_number_that_is_not_of_today_opens_nothing(busy: BusyCounter, number: str) -> None:
    head = busy.desk.head
    with pytest.raises(Invalid) as caught:
        busy.rate_by_code(f"20261123-{number}", "0000")
    assert (caught.value.code, busy.desk.head) == ("short_code.unknown", head)


def test_the_number_may_be_typed_in_any_way(busy: BusyCounter) -> None:
    visit = busy.serve()
    assert isinstance(busy.rate_by_code("20261123-a 1", busy.short_code(visit)), Rating)


def test_a_rating_before_the_visit_ended_belongs_to_it_but_does_not_count(busy: BusyCounter) -> None:
    ticket = busy.desk.do(queue.issue, "copy", None).ticket
    rating = busy.rate_by_code(ticket.id, busy.short_code(ticket.id))
    assert isinstance(rating, Rating)
    assert (rating.visit, rating.status) == (ticket.id, Status.UNPROMPTED)


def test_without_a_number_it_is_about_the_counter_alone(busy: BusyCounter) -> None:
    busy.serve()
    rating = busy.rate(RatingRequest(2, "counter_qr", None, 1))
    assert (rating.visit, rating.status, rating.counter, rating.officer) == (None, Status.UNPROMPTED, 1, None)
