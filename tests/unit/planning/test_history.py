"""A day is rebuilt from its journal rows alone."""

import json
from typing import Any

import pytest

from motcua.desk import Invalid
from motcua.planning.day import PastVisit, RebuiltDay, StepKind
from motcua.planning.figures import Tally, find_nearest_rank
from motcua.planning.hall import DayOutcome
from motcua.planning.history import rebuild
from motcua.planning.record import record_day
from motcua.planning.terms import compile_terms

DAY = "2026-11-23"
SETTINGS: dict[str, Any] = {
    "timezone": "Asia/Ho_Chi_Minh",
    "queue": {"guard_calls": 2, "guard_wait_min": 20, "absent_grace_min": 15, "undo_s": 5},
    "priorities": [{"code": "ordinary", "rank": 4}],
    "services": [{"code": "copy", "group": "A"}, {"code": "birth", "group": "H"}],
    "counters": [{"number": 1, "services": ["copy"]}, {"number": 2, "services": ["birth"]}],
}
"""As the journal kept them before there were lanes, returns and bookings."""
MINUTE = 60_000


class JournalDay:
    """Writes rows of a journal; moments are minutes after one in the morning, UTC."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []

    def add(self, minute: int, action: str, day: str = DAY, **data: Any) -> "JournalDay":
        self.rows.append(
            {
                "seq": len(self.rows) + 5,
                "at": f"{DAY}T{1 + minute // 60:02d}:{minute % 60:02d}:00.000Z",
                "day": day,
                "action": action,
                "data": data,
            }
        )
        return self

    def issue(self, minute: int, number: str, service: str = "copy", rank: int = 4, **more: Any) -> "JournalDay":
        return self.add(minute, "ticket.issued", ticket=number, service=service, rank=rank, **more)

    def call(
        self,
        minute: int,
        number: str,
        counter: int = 1,
        service: str = "copy",
        rule: str = "first",
        finished: str | None = None,
    ) -> "JournalDay":
        return self.add(
            minute,
            "ticket.called",
            ticket=number,
            counter=counter,
            service=service,
            why={"rule": rule},
            finished=finished,
        )

    def at(self, minute: int, what: str, number: str, counter: int = 1, **more: Any) -> "JournalDay":
        return self.add(minute, f"ticket.{what}", ticket=number, counter=counter, **more)

    def day(self) -> RebuiltDay:
        return rebuild(DAY, self.rows, SETTINGS)


def test_a_tickets_turns_are_told_in_order() -> None:
    journal_day = JournalDay().add(0, "counter.opened", counter=1, left=None).issue(0, "A001").issue(1, "A002")
    journal_day.call(2, "A001").at(3, "started", "A001").at(5, "held", "A001")
    journal_day.call(5, "A002").at(6, "started", "A002").call(9, "A001", rule="resumed", finished="A002").at(
        10, "absent", "A001"
    )
    journal_day.at(12, "returned", "A001").call(13, "A001", rule="number").at(14, "started", "A001")
    journal_day.at(16, "transferred", "A001", service="birth", to_counter=2)
    day = journal_day.day()
    first, other = day.visits["A001"], day.visits["A002"]
    turns = [(turn.kind, turn.called - day.begin, turn.delay, turn.how) for turn in first.turns]
    assert turns == [
        ("next", 2 * MINUTE, 2 * MINUTE, "held"),
        ("resumed", 9 * MINUTE, 4 * MINUTE, "absent"),
        ("number", 13 * MINUTE, MINUTE, "transferred"),
    ]
    assert (first.turns[1].came_back, first.turns[2].to_service, first.turns[2].to_counter) == (
        (2 * MINUTE, 15),
        "birth",
        2,
    )
    assert [(turn.how, turn.by_next) for turn in other.turns] == [("served", True)]
    assert not day.is_closed


def test_what_was_taken_back_did_not_happen() -> None:
    journal_day = (
        JournalDay()
        .add(0, "counter.opened", counter=1, left=None)
        .issue(0, "A001")
        .call(1, "A001")
        .at(2, "served", "A001")
    )
    journal_day.at(2, "undone", "A001", move="finish").at(5, "served", "A001")
    day = journal_day.day()
    assert [(turn.called - day.begin, turn.ended) for turn in day.visits["A001"].turns] == [
        (MINUTE, day.begin + 5 * MINUTE)
    ]
    assert [step.op for step in day.steps] == [StepKind.OPEN, StepKind.ISSUE, StepKind.CALL, StepKind.RELEASE]


def test_a_day_may_be_closed_on_a_later_one_and_then_ends_there() -> None:
    journal_day = (
        JournalDay()
        .add(0, "counter.opened", counter=1, left=None)
        .issue(0, "A001")
        .call(1, "A001")
        .at(2, "started", "A001")
    )
    journal_day.add(3, "ticket.issued", day="2026-11-24", ticket="other", service="copy", rank=4)
    journal_day.add(4, "day.closed", day="2026-11-24", closed=DAY, counters=[1], cancelled=[], served=["A001"]).issue(
        5, "A002"
    )
    day = journal_day.day()
    assert (day.is_closed, day.end - day.begin, list(day.visits)) == (True, 4 * MINUTE, ["A001"])
    happened = record_day(day).happened
    assert (happened.served, happened.open_ms[1], happened.busy_ms[1]) == ({"A001"}, 4 * MINUTE, 3 * MINUTE)


def test_rows_may_carry_their_data_as_text() -> None:
    journal_day = JournalDay().add(0, "counter.opened", counter=1, left=None).issue(0, "A001").call(1, "A001")
    texts = [{**row, "data": json.dumps(row["data"])} for row in journal_day.rows]
    assert rebuild(DAY, texts, SETTINGS) == journal_day.day()


def test_a_counter_that_calls_without_having_opened_was_open_before() -> None:
    day = JournalDay().issue(0, "A001").call(1, "A001").at(2, "served", "A001").day()
    assert (day.steps[0].op, day.steps[0].counter) == (StepKind.OPEN, 1)


def test_an_officer_who_moves_closes_the_counter_left_behind() -> None:
    journal_day = (
        JournalDay().add(0, "counter.opened", counter=1, left=None).add(3, "counter.opened", counter=2, left=1)
    )
    assert [(step.op, step.counter) for step in journal_day.day().steps] == [
        (StepKind.OPEN, 1),
        (StepKind.LEAVE, 1),
        (StepKind.OPEN, 2),
    ]


def test_a_booked_ticket_stands_before_its_slot_and_is_not_called_before_it() -> None:
    booked: dict[str, Any] = {"arrived_at": f"{DAY}T01:15:00.000Z", "due_at": f"{DAY}T01:30:00.000Z"}
    visit = JournalDay().issue(0, "A001", **booked).day().visits["A001"]
    assert (visit.arrived - visit.issued, (visit.due or 0) - visit.issued) == (15 * MINUTE, 30 * MINUTE)


@pytest.mark.parametrize(
    ("day", "code"),
    [
        ("2026-11-22", "day.unknown"),
        ("23/11/2026", "day.form"),
        ("20261123", "day.form"),
        ("2026-02-30", "day.form"),
        ("", "day.form"),
    ],
)
def test_a_day_that_is_not_there_or_no_date_is_named(day: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        rebuild(day, JournalDay().issue(0, "A001").rows, SETTINGS)
    assert refused.value.code == code


def test_a_day_without_settings_cannot_be_replayed_one_that_was_set_up_can() -> None:
    journal_day = JournalDay().issue(0, "A001")
    with pytest.raises(Invalid, match="no settings"):
        rebuild(DAY, journal_day.rows, None)
    journal_day.rows.insert(
        0,
        {
            "seq": 1,
            "at": journal_day.rows[0]["at"],
            "day": DAY,
            "action": "settings.changed",
            "data": {"operational": SETTINGS},
        },
    )
    assert rebuild(DAY, journal_day.rows, None).settings == SETTINGS


def test_settings_older_than_a_rule_have_its_default() -> None:
    terms = compile_terms(SETTINGS)
    assert (terms.absent_returns, terms.returned_first, terms.keeps_place, terms.binds, terms.booked_grace) == (
        3,
        True,
        True,
        True,
        15 * MINUTE,
    )
    assert terms.lanes[1].services == ("copy",)


def test_figures_of_a_small_day_by_value() -> None:
    visits = {
        number: PastVisit(number, "copy", rank, issued, place, issued, None)
        for place, (number, rank, issued) in enumerate(
            [("A001", 4, 0), ("A002", 1, 0), ("A003", 4, 40 * MINUTE), ("A004", 4, 40 * MINUTE)]
        )
    }
    outcome = DayOutcome(
        calls=[(MINUTE, "A002", 1), (2 * MINUTE, "A001", 1), (43 * MINUTE, "A003", 2)],
        firsts={"A002": MINUTE, "A001": 2 * MINUTE, "A003": 43 * MINUTE},
        served={"A001", "A003"},
        open_ms={1: 60 * MINUTE, 2: 20 * MINUTE, 3: 0},
        busy_ms={1: 45 * MINUTE, 2: 3 * MINUTE, 3: 0},
    )
    tally = Tally()
    tally.add(visits, outcome, 0)
    assert tally.to_figures(with_calls=True) == {
        "tickets": 4,
        "called": 3,
        "served": 2,
        "unserved": 2,
        "waits": {
            "all": {"n": 3, "mean_s": 120.0, "p50_s": 120.0, "p90_s": 180.0, "longest_s": 180.0},
            "1": {"n": 1, "mean_s": 60.0, "p50_s": 60.0, "p90_s": 60.0, "longest_s": 60.0},
            "4": {"n": 2, "mean_s": 150.0, "p50_s": 120.0, "p90_s": 180.0, "longest_s": 180.0},
        },
        "longest_wait_s": 180.0,
        "p90_wait_s": 180.0,
        "utilisation": {"1": 0.75, "2": 0.15},
        "mean_utilisation": 0.6,
        "half_hours": [
            {"at": "00:00", "n": 2, "mean_s": 90.0, "p50_s": 60.0, "p90_s": 120.0, "longest_s": 120.0},
            {"at": "00:30", "n": 1, "mean_s": 180.0, "p50_s": 180.0, "p90_s": 180.0, "longest_s": 180.0},
        ],
        "calls": [
            {"ticket": "A002", "counter": 1, "at": "1970-01-01T00:01:00.000Z"},
            {"ticket": "A001", "counter": 1, "at": "1970-01-01T00:02:00.000Z"},
            {"ticket": "A003", "counter": 2, "at": "1970-01-01T00:43:00.000Z"},
        ],
    }


def test_a_day_without_numbers_has_figures_without_values() -> None:
    figures = Tally().to_figures(with_calls=False)
    assert figures["waits"] == {"all": {"n": 0, "mean_s": None, "p50_s": None, "p90_s": None, "longest_s": None}}
    assert (figures["mean_utilisation"], figures["half_hours"]) == (None, [])


def test_percentiles_are_nearest_ranks() -> None:
    values = list(range(1, 11))
    assert [find_nearest_rank(values, percent) for percent in (1, 50, 90, 91, 100)] == [1, 5, 9, 10, 10]
