"""The report on call backs: its figures counted by hand, and what a desk made before it knew of first calls."""

from collections.abc import Iterator

import pytest

from motcua.callbacks import actions, store
from motcua.callbacks.model import CallbackRequest, CallbackSource
from motcua.callbacks.store import vaults
from motcua.copies import replace
from motcua.desk import Tx
from motcua.reports.kinds import CALLBACKS
from motcua.reports.values import Period, Phrase, ReportSheet
from motcua.settings import store as settings_store
from motcua.settings.model import CallbackRules
from tests.conftest import SETTINGS, Hall
from tests.told import require_told

HOA = 7
DAY_S, HOUR_S, MINUTE_S = 86_400, 3_600, 60


class CallDesk:
    """A hall on Monday, 23 November, that calls people back within one working day. The 24th is off."""

    def __init__(self, hall: Hall) -> None:
        self.hall, self.number = hall, 0

        def save(tx: Tx) -> None:
            settings_store.save(tx.db, replace(SETTINGS, callbacks=CallbackRules(is_on=True, tries_most=2)))

        hall.desk.do(save)

    def ask(self, topic: str = "copy", source: CallbackSource = CallbackSource.PHONE) -> int:
        self.number += 1
        wish = CallbackRequest(f"09123456{self.number:02}", topic, "", source, agrees=True)
        self.hall.desk.do(actions.ask_callback, vaults.get_vault(self.hall.desk), wish)
        return self.number

    def call(self, number: int, outcome: str) -> None:
        self.hall.desk.do(actions.take_callback, number, HOA)
        self.hall.desk.do(actions.note_call, number, HOA, outcome)

    def build(self) -> ReportSheet:
        with self.hall.desk.read() as db:
            return CALLBACKS.build(db, Period("2026-11-23", "2026-11-30"))

    def read(self, table_id: str) -> list[tuple[object, ...]]:
        """Return the rows of a table; names in English."""
        table = next(table for table in self.build().tables if table.id == table_id)
        return [tuple(_name(cell) for cell in row) for row in table.rows]


def _name(cell: object) -> object:
    if isinstance(cell, dict):
        return cell["en"]
    return cell.message % cell.params if isinstance(cell, Phrase) else cell


@pytest.fixture
def calls(hall: Hall) -> Iterator[CallDesk]:
    yield CallDesk(hall)
    require_told(hall.folder)


def test_who_was_called_in_time_reached_and_how_soon(calls: CallDesk) -> None:
    first, second, third, fourth, fifth = (calls.ask() for _count in range(5))
    other = calls.ask("birth", CallbackSource.KIOSK)
    calls.hall.clock.advance(30 * MINUTE_S)
    calls.call(first, "advised")
    calls.call(second, "no_answer")
    calls.hall.clock.advance(30 * MINUTE_S)
    calls.call(second, "no_answer")  # given up; the first call counts for its time
    calls.call(third, "wrong")
    calls.hall.clock.advance(3 * DAY_S)  # the 26th: the 25th was promised
    calls.call(fourth, "online")
    name = calls.read("wishes")[0][0]
    assert calls.read("wishes") == [
        (name, 5, 5, 0, 0, 1),
        ("Groups with fewer than 5 wishes", 1, 0, 1, 0, 1),
        ("All together", 6, 5, 1, 0, 2),
    ]
    assert [row[:3] for row in calls.read("promised")] == [
        (name, 3, 5),
        ("Groups with fewer than 5 wishes", 0, 1),
        ("All together", 3, 6),
    ]
    assert calls.read("promised")[2][3:] == (500, 188, 812)
    assert [row[:3] for row in calls.read("reached")] == [(name, 2, 4), ("All together", 2, 4)]
    assert [row[:2] for row in calls.read("times")] == [(name, 4), ("All together", 4)]
    assert calls.read("times")[1][2:] == (None,) * 6  # four say nothing of a median
    assert [row[:3] for row in calls.read("outcomes") if row[1]] == [
        ("Advised by phone", 1, 4),
        ("Will file online", 1, 4),
        ("Wrong number", 1, 4),
        ("Nobody answered", 1, 4),
    ]
    assert calls.read("days") == [("2026-11-23", 6, 3, 3, 2, 2)]
    assert (fifth, other) == (5, 6)


def test_the_time_until_the_first_call_is_a_median_with_its_interval(calls: CallDesk) -> None:
    numbers = [calls.ask() for _count in range(7)]
    for number in numbers:
        calls.hall.clock.advance(10 * MINUTE_S)
        calls.call(number, "advised")
    minute = 10 * MINUTE_S
    assert calls.read("times")[-1] == ("All together", 7, 4 * minute, minute, 7 * minute, None, None, None)


def test_who_is_not_due_yet_is_neither_in_time_nor_late_and_who_was_erased_was_never_called(calls: CallDesk) -> None:
    calls.ask()
    tables = {table.id: table for table in calls.build().tables}
    assert (tables["promised"].rows, tables["promised"].empty) == ((), "No call was due yet.")
    assert tables["times"].empty == "Nobody was called yet."
    calls.hall.clock.advance(15 * DAY_S)
    calls.hall.desk.do(actions.purge_callbacks)
    assert calls.read("promised")[-1][:3] == ("All together", 0, 1)
    assert [row[:3] for row in calls.read("outcomes") if row[1]] == [("Erased before anybody was reached", 1, 1)]


def test_days_on_which_nobody_asked_say_so_in_every_table(calls: CallDesk) -> None:
    assert {(table.rows, table.empty) for table in calls.build().tables} == {((), "Nobody asked for a call.")}


def test_a_desk_made_before_learns_its_first_calls_from_the_journal(calls: CallDesk) -> None:
    number, never = calls.ask(), calls.ask()
    calls.hall.clock.advance(HOUR_S)
    calls.call(number, "no_answer")
    calls.hall.clock.advance(HOUR_S)
    calls.call(number, "advised")

    def make_older_and_renew(tx: Tx) -> list[str | None]:
        expected = store.get_callback(tx.db, number).called_at
        tx.db.execute("ALTER TABLE callbacks DROP COLUMN called_at")
        dict(store.ROOM.steps)["first_call"](tx.db)
        return [expected, *(store.get_callback(tx.db, one).called_at for one in (number, never))]

    expected, renewed, nothing = calls.hall.desk.do(make_older_and_renew)
    assert expected is not None
    assert (renewed, nothing) == (expected, None)
