"""Each attack is caught, visible and reversible; what honest people do is left alone."""

from collections.abc import Callable, Iterator

import pytest

from motcua.copies import replace
from motcua.counters import actions as counter_actions
from motcua.desk import Invalid, Refused, Tx, Unknown
from motcua.feedback import actions, store
from motcua.feedback.events import RatingReviewed
from motcua.feedback.model import Rating, RatingRequest, Status
from motcua.feedback.rules import RULES
from motcua.queue import actions as queue
from motcua.settings import store as settings_store
from motcua.settings.model import QuarantineRules
from tests.conftest import SETTINGS, Hall
from tests.unit.feedback.at_the_pad import BusyCounter

OFF = QuarantineRules(0, 30, 0, 10, 0, 2000, 0, closed_counter=False)


@pytest.fixture
def busy(hall: Hall) -> BusyCounter:
    return BusyCounter(hall)


def burst(busy: BusyCounter) -> Rating:
    """An officer presses "very satisfied" again and again at the own pad."""
    visit = busy.serve()
    presses = []
    for _ in range(8):
        busy.clock.advance(3)
        presses.append(busy.press(visit))
    return presses[-1]


def press_outside_visits(busy: BusyCounter) -> Rating:
    busy.serve()
    presses = []
    for _ in range(4):
        busy.clock.advance(60)
        presses.append(busy.press(None))
    return presses[-1]


def rate_many_tickets(busy: BusyCounter) -> Rating:
    """Somebody collects papers from the bin and rates them all on one phone."""
    visits = [busy.serve() for _ in range(5)]
    return [busy.rate(RatingRequest(5, "qr", visit, None, source="one phone")) for visit in visits][-1]


def press_at_once(busy: BusyCounter) -> Rating:
    """An officer presses before the citizen can, visit after visit."""
    presses = []
    for _ in range(5):
        visit = busy.serve()
        busy.clock.advance(1)
        presses.append(busy.press(visit))
        busy.clock.advance(300)
    return presses[-1]


def rate_on_own_device(busy: BusyCounter) -> Rating:
    return busy.rate(RatingRequest(5, "qr", busy.serve(), None, by_staff=True))


def type_own_slip(busy: BusyCounter) -> Rating:
    return busy.rate(RatingRequest(5, "slip", busy.serve(), None, typist=11))


def press_at_closed_counter(busy: BusyCounter) -> Rating:
    busy.serve()
    busy.clock.advance(31)
    busy.desk.do(counter_actions.close, 1)
    return busy.press(None)


ATTACKS = {
    "burst": burst,
    "outside_visit": press_outside_visits,
    "one_browser": rate_many_tickets,
    "too_quick": press_at_once,
    "staff_device": rate_on_own_device,
    "closed_counter": press_at_closed_counter,
}
WOULD_BE = {"outside_visit": Status.UNPROMPTED, "closed_counter": Status.UNPROMPTED}


def test_every_rule_has_its_attack() -> None:
    assert {rule.code for rule in RULES} == set(ATTACKS)


@pytest.mark.parametrize("code", ATTACKS)
def test_an_attack_is_caught_seen_and_can_be_taken_back(busy: BusyCounter, code: str) -> None:
    rating = ATTACKS[code](busy)
    would_be = WOULD_BE.get(code, Status.COUNTED)
    assert [(item.rating, item.rule, item.would_be) for item in busy.waiting()] == [(rating, code, would_be)]
    assert rating.status is Status.QUARANTINED
    number_of_ratings = len(busy.statuses())
    busy.clock.advance(600)
    released = busy.desk.by("account:7").do(actions.release, rating.id, "Công dân xác nhận đã tự bấm")
    assert released == replace(rating, status=would_be)
    assert (busy.waiting(), len(busy.statuses())) == ([], number_of_ratings)


@pytest.mark.parametrize("code", sorted(set(ATTACKS) - {"staff_device"}))
def test_a_rule_that_is_switched_off_sets_nothing_aside(busy: BusyCounter, code: str) -> None:
    def switch_off(tx: Tx) -> None:
        settings_store.save(tx.db, replace(SETTINGS, quarantine=OFF))

    busy.desk.do(switch_off)
    assert ATTACKS[code](busy).status is WOULD_BE.get(code, Status.COUNTED)


def test_an_officers_own_slip_is_set_aside_and_a_colleagues_is_not(busy: BusyCounter) -> None:
    assert type_own_slip(busy).status is Status.QUARANTINED
    assert busy.rate(RatingRequest(5, "slip", busy.serve(), None, typist=12)).status is Status.COUNTED


def a_citizen_who_thinks_again(busy: BusyCounter) -> None:
    visit = busy.serve()
    for level in (2, 3, 4, 5, 4):
        busy.clock.advance(2)
        busy.press(visit, level)


def a_family_with_four_tickets(busy: BusyCounter) -> None:
    for visit in [busy.serve() for _ in range(4)]:
        busy.rate(RatingRequest(4, "qr", visit, None, source="one phone"))
        busy.rate(RatingRequest(5, "qr", visit, None, source="one phone"))


def a_hall_behind_one_address(busy: BusyCounter) -> None:
    for number, visit in enumerate([busy.serve() for _ in range(30)]):
        busy.rate(RatingRequest(4, "qr", visit, None, source=f"phone {number}"))


def four_quick_citizens_and_a_slow_one(busy: BusyCounter) -> None:
    for gap_s in (1, 1, 1, 1, 6, 1, 1):
        visit = busy.serve()
        busy.clock.advance(gap_s)
        busy.press(visit)
        busy.clock.advance(200)


def a_press_just_after_the_counter_closed(busy: BusyCounter) -> None:
    visit = busy.serve()
    busy.desk.do(counter_actions.close, 1)
    busy.clock.advance(10)
    busy.press(visit)


def late_presses_over_a_day(busy: BusyCounter) -> None:
    for _ in range(12):
        busy.serve()
        busy.clock.advance(240)
        busy.press(None)


HONEST = [
    a_citizen_who_thinks_again,
    a_family_with_four_tickets,
    a_hall_behind_one_address,
    four_quick_citizens_and_a_slow_one,
    a_press_just_after_the_counter_closed,
    late_presses_over_a_day,
]


@pytest.mark.parametrize("people", HONEST, ids=lambda people: people.__name__)
def test_honest_people_are_left_alone(busy: BusyCounter, people: Callable[[BusyCounter], None]) -> None:
    people(busy)
    assert busy.waiting() == []


def test_a_released_rating_takes_its_place_among_the_visits_ratings(busy: BusyCounter) -> None:
    visit = busy.serve()
    busy.press(visit, 2)
    aside = busy.rate(RatingRequest(5, "qr", visit, None, by_staff=True))
    assert busy.statuses() == [(2, "counted"), (5, "quarantined")]
    busy.desk.do(actions.release, aside.id, "đúng là công dân")
    assert busy.statuses() == [(2, "replaced"), (5, "counted")]
    second = busy.rate(RatingRequest(4, "qr", visit, None, by_staff=True))
    busy.rate(RatingRequest(1, "qr", visit, None))
    busy.desk.do(actions.release, second.id, "đúng là công dân")
    assert busy.statuses() == [(2, "replaced"), (5, "replaced"), (4, "replaced"), (1, "counted")]


def test_a_released_answer_answers_the_question(busy: BusyCounter) -> None:
    visit = busy.serve()
    aside = busy.rate(RatingRequest(5, "qr", visit, None, by_staff=True))
    assert busy.prompt_state(visit) == "asked"
    busy.desk.do(actions.release, aside.id, "đúng là công dân")
    assert busy.prompt_state(visit) == "answered"


def test_what_came_before_an_undo_counts_for_no_visit_when_it_is_released(busy: BusyCounter) -> None:
    visit = busy.serve()
    aside = busy.rate(RatingRequest(5, "qr", visit, None, by_staff=True))
    busy.desk.do(queue.undo, 1, lambda _db, _visit: False, lambda db, gone: db.execute("DELETE FROM askings"))
    busy.clock.advance(60)
    busy.desk.do(queue.finish, 1)
    assert busy.desk.do(actions.release, aside.id, "để xem").status is Status.UNPROMPTED


def test_a_confirmed_rating_stays_aside_and_the_journal_says_who_decided(busy: BusyCounter) -> None:
    aside = rate_on_own_device(busy)
    busy.entries.clear()
    confirmed = busy.desk.by("account:7").do(actions.confirm, aside.id, "  Cán bộ tự đánh giá mình  ")
    assert confirmed == aside
    (entry,) = busy.entries
    assert entry.actor == "account:7"
    assert isinstance(entry.event, RatingReviewed)
    assert replace(entry.event, text="") == RatingReviewed(
        aside.id, aside.visit, 1, 11, "confirmed", "quarantined", None, ""
    )
    with busy.desk.read() as db:
        (item,) = store.list_quarantined(db, 9, decided=True)
        words = db.execute("SELECT body FROM texts WHERE commitment = ?", (item.text,)).fetchone()[0]
    assert (item.decision, item.decided_by, words) == ("confirmed", "account:7", "Cán bộ tự đánh giá mình")


@pytest.fixture
def decided(busy: BusyCounter) -> Iterator[tuple[BusyCounter, int]]:
    aside = rate_on_own_device(busy)
    busy.desk.do(actions.confirm, aside.id, "đã xem")
    head = busy.desk.head
    yield busy, aside.id
    assert busy.desk.head == head


@pytest.mark.parametrize("act", [actions.release, actions.confirm])
def test_what_cannot_be_decided_is_refused_and_writes_nothing(
    decided: tuple[BusyCounter, int], act: Callable[[Tx, int, str], Rating]
) -> None:
    busy, number = decided
    with pytest.raises(Refused, match="already"):
        busy.desk.do(act, number, "lần nữa")
    with pytest.raises(Unknown):
        busy.desk.do(act, 999, "không có")
    for words in ("", " \u200b\n", "x" * 1001):
        with pytest.raises(Invalid):
            busy.desk.do(act, number, words)


def test_figures_stand_with_and_without_what_was_set_aside(busy: BusyCounter) -> None:
    first = busy.serve()
    busy.press(first, 2)
    busy.rate(RatingRequest(5, "qr", first, None, by_staff=True))
    second = busy.serve()
    busy.press(second, 4)
    with busy.desk.read() as db:
        without = store.count_levels(db, "2026-11-23", with_quarantined=False)
        with_them = store.count_levels(db, "2026-11-23", with_quarantined=True)
    assert (without, with_them) == ({2: 1, 4: 1}, {4: 1, 5: 1})
