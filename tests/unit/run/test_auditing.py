"""Once a day, while nobody is in the hall, a process of its own holds the tables beside the journal."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest

from motcua.queue import actions
from motcua.run.auditing import LOOK_S, Auditing
from tests.conftest import START, Hall
from tests.told import tell_settings

pytestmark = pytest.mark.process


def codes(hall: Hall) -> list[str]:
    return [fault.code for fault in hall.desk.faults.list_all()]


def change(hall: Hall, *statements: str) -> None:
    with closing(sqlite3.connect(hall.desk.path, isolation_level=None)) as db:
        for sql in statements:
            db.execute(sql)


def look(hall: Hall, auditing: Auditing) -> None:
    """Let the time pass after which it looks again."""
    hall.clock.advance(LOOK_S)
    assert auditing.is_due()
    auditing.refresh()


def test_what_was_changed_is_told_once_nobody_is_in_the_hall_and_goes_when_it_is_right_again(hall: Hall) -> None:
    hall.desk.do(tell_settings)
    hall.desk.do(actions.issue, "copy", None)
    change(hall, "UPDATE tickets SET rank = 1")
    auditing = Auditing(hall.desk, hall.folder)
    look(hall, auditing)
    assert codes(hall) == []  # people are in the hall
    hall.desk.do(actions.close_day, "2026-11-23")
    look(hall, auditing)
    assert codes(hall) == ["journal.tables"]
    change(hall, "UPDATE tickets SET rank = 4")
    look(hall, auditing)
    assert codes(hall) == ["journal.tables"]  # once a day
    hall.clock.set(START + timedelta(days=1))
    look(hall, auditing)
    assert codes(hall) == []


def test_a_journal_that_does_not_hold_is_told_by_its_row(hall: Hall) -> None:
    hall.desk.do(tell_settings)
    hall.desk.do(actions.open_hall)
    change(hall, "DROP TRIGGER journal_keeps", "UPDATE journal SET data = replace(data, ':', ': ') WHERE seq = 2")
    Auditing(hall.desk, hall.folder).audit()
    (fault,) = hall.desk.faults.list_all()
    assert (fault.code, fault.params["row"]) == ("journal.broken", 2)


def test_a_store_that_cannot_be_read_ends_nothing(hall: Hall) -> None:
    auditing = Auditing(hall.desk, hall.folder / "nowhere")
    auditing.audit()
    assert codes(hall) == []
