"""The weeks before a demo's first day: what a leader would find in the reports, the same for the same seed."""

import sqlite3
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from motcua.audit.compare import list_differences
from motcua.catalogue import store as catalogue_store
from motcua.cli.commands import run
from motcua.demo.hall import FIRST_DAY, FOUNDED, get_local_moment
from motcua.demo.past.weeks import EARLIER_NAME, RENAMED, make_weeks
from motcua.desk import ManualClock, SeededEntropy, journal
from motcua.desk.database import open_reader
from motcua.desk.packing import STORE
from motcua.staff import store as staff_store
from tests.run_folder import MEMORY
from tests.server.demo_days import DAY_S, motcua
from tests.waiting import PATIENCE_S, wait_until

pytestmark = pytest.mark.process

SEED = 3
MONDAY = FIRST_DAY - timedelta(weeks=1)
WORKING = [(MONDAY + timedelta(days=ahead)).isoformat() for ahead in range(5)]


@dataclass
class Week:
    folder: Path
    rows: list[dict[str, Any]]

    def count(self, field: str, action: str) -> Counter[object]:
        return Counter(row["data"][field] for row in self.rows if row["action"] == action)


@pytest.fixture(scope="module")
def week() -> Iterator[Week]:
    with tempfile.TemporaryDirectory(dir=MEMORY) as name:
        folder = Path(name)
        clock = ManualClock(get_local_moment(MONDAY, FOUNDED))
        make_weeks(folder, clock, SeededEntropy(SEED), SEED, 1, "")
        with closing(open_reader(folder / STORE)) as db:
            yield Week(folder, list(journal.read_rows(db)))


def test_each_working_day_has_people_and_ends(week: Week) -> None:
    issued = Counter(row["day"] for row in week.rows if row["action"] == "ticket.issued")
    assert sorted(issued) == WORKING
    assert all(100 < count < 230 for count in issued.values())
    assert [row["data"]["closed"] for row in week.rows if row["action"] == "day.closed"] == WORKING


def test_the_tables_are_what_the_journal_says(week: Week) -> None:
    with closing(open_reader(week.folder / STORE)) as db:
        assert journal.find_broken_link(journal.read_strict_rows(db)) is None
        assert list(list_differences(db)) == []


def test_every_kind_of_thing_that_a_report_shows_has_happened(week: Week) -> None:
    assert set(week.count("channel", "rating.given")) == {"pad", "keypad", "qr", "counter_qr", "slip", "form"}
    assert {"counted", "replaced", "unprompted", "quarantined"} >= set(week.count("status", "rating.given"))
    assert week.count("status", "rating.given")["quarantined"] == len(WORKING)
    assert set(week.count("how", "rating.skipped")) == {"skipped", "timed_out"}
    assert set(week.count("answer", "camera.consent")) == {"none", "yes", "no", "withdrawn", "child"}
    assert set(week.count("kept", "expression.noted")) == {True, False}
    actions = {row["action"] for row in week.rows}
    assert actions >= {
        "ticket.absent", "ticket.held", "ticket.transferred", "ticket.undone", "ticket.returned", "counter.paused",
        "help.ended", "suggestion.received", "rating.reviewed", "note.written", "presence.corrected", "alert.raised",
        "alert.cleared", "dossiers.imported",
    }  # fmt: skip


def test_proposals_about_officers_are_in_each_state(week: Week) -> None:
    states = Counter(row["action"] for row in week.rows if str(row["action"]).startswith("proposal."))
    assert states["proposal.drafted"] == states["proposal.grounds_written"] == 5
    assert states["proposal.asked"] > states["proposal.answered"] >= states["proposal.signed"] == 1
    assert states["proposal.withdrawn"] == 1


def test_dossiers_are_imported_until_the_unit_takes_them_in_itself(week: Week) -> None:
    switched_on = (MONDAY + timedelta(days=3)).isoformat()
    imported = [row["data"]["last"] for row in week.rows if row["action"] == "dossiers.imported"]
    own = Counter(row["day"] for row in week.rows if row["action"] == "dossier.lodged")
    assert max(imported) < switched_on == min(own)
    assert set(week.count("state", "dossier.lodged")) >= {"received", "supplement"}
    assert {row["action"] for row in week.rows} >= {
        "applicant.kept", "dossier.handed_over", "dossier.looked_up", "dossier.ready", "dossier.returned",
    }  # fmt: skip


def test_people_come_in_the_morning_more_than_in_the_afternoon(week: Week) -> None:
    hours = Counter((int(row["at"][11:13]) + 7) % 24 for row in week.rows if row["action"] == "ticket.issued")
    assert hours[8] + hours[9] > hours[14] + hours[15]
    assert not set(hours) - {7, 8, 9, 10, 11, 13, 14, 15, 16}


def test_officers_are_signed_in_and_one_has_left(week: Week) -> None:
    opened = week.count("officer", "counter.opened")
    with closing(open_reader(week.folder / STORE)) as db:
        accounts = {account.id: account for account in staff_store.list_accounts(db)}
        renamed = catalogue_store.find_service(db, RENAMED)
    assert None not in opened
    assert [accounts[number].name for number in opened if accounts[number].disabled] == ["canbo7"]  # type: ignore[index]
    assert {accounts[number].name for number in opened} == {f"canbo{number}" for number in range(1, 8)}  # type: ignore[index]
    assert renamed is not None
    assert renamed.name != EARLIER_NAME
    changed = [row for row in week.rows if row["action"] == "settings.changed"]
    assert [row["day"] for row in changed] == [MONDAY.isoformat(), (MONDAY + timedelta(days=3)).isoformat()]


def test_a_demo_goes_on_after_the_same_weeks(week: Week) -> None:
    with tempfile.TemporaryDirectory(dir=MEMORY) as name:
        folder = Path(name) / "hall"
        words = ("demo", "--speed", "600", "--port", "0", "--seed", f"{SEED}", "--weeks", "1", "--data", f"{folder}")
        demo = motcua(*words)
        try:
            wait_until(lambda: demo.poll() is not None or count_numbers(folder) >= 5, DAY_S)
            demo.terminate()
            _out, aside = demo.communicate(timeout=PATIENCE_S)
            assert demo.returncode == 0, aside
        finally:
            demo.kill()
        with closing(open_reader(folder / STORE)) as db:
            rows = list(journal.read_rows(db))
            assert list(list_differences(db)) == []
        assert run(["journal", "verify", "--data", str(folder)]) == 0
        assert len(list((folder / "digests").iterdir())) == len(WORKING)
    before = [row for row in rows if str(row["day"]) < FIRST_DAY.isoformat()]
    assert [get_told(row) for row in before] == [get_told(row) for row in week.rows]


def get_told(row: dict[str, Any]) -> list[object]:
    """Return what a row tells, without what follows from passwords: who watches a demo signs in, whoever lets it
    happen at once does not.
    """
    data = {name: value for name, value in row["data"].items() if name != "seal"}
    return [row["seq"], row["at"], row["actor"], row["action"], row["subject"], data]


def count_numbers(folder: Path) -> int:
    """Return how many numbers were given out on the first day after the weeks, in a store that may just be founded."""
    with suppress(sqlite3.OperationalError), closing(open_reader(folder / STORE)) as db:
        query = "SELECT count(*) FROM journal WHERE action = 'ticket.issued' AND day = ?"
        return int(db.execute(query, [FIRST_DAY.isoformat()]).fetchone()[0])
    return 0


@pytest.mark.parametrize("weeks", ["-1", "53", "eight", "1.5", "", "٣", "00000000000000001"])
def test_a_wrong_number_of_weeks_is_refused(weeks: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        run(["demo", "--once", f"--weeks={weeks}"])
    assert end.value.code == 2
    assert "weeks" in capsys.readouterr().err


def test_the_first_day_of_the_demo_is_a_monday() -> None:
    assert date.fromisoformat(WORKING[0]).weekday() == 0


def test_some_numbers_were_given_with_a_wait_and_some_people_had_booked(week: Week) -> None:
    issued = [row["data"] for row in week.rows if row["action"] == "ticket.issued"]
    first_day = [row["data"] for row in week.rows if row["action"] == "ticket.issued" and row["day"] == WORKING[0]]
    assert not any(data["wait"] for data in first_day)
    assert sum(data["wait"] is not None for data in issued) >= 10
    assert sum(data["booking"] is not None for data in issued) >= 10
    made = {row["data"]["booking"] for row in week.rows if row["action"] == "booking.made"}
    assert {data["booking"] for data in issued if data["booking"] is not None} <= made
