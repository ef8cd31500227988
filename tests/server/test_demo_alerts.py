"""Alerts on the demo's hall, a whole day long: below the usual thresholds nothing, above low ones each once.

That no figure makes a flood is shown by the rules' own property (`tests/unit/alerts/test_rules.py`).
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from motcua.cli.door import open_reading
from motcua.desk.journal import read_rows
from tests.run_folder import MEMORY
from tests.server.demo_days import DAY_S, SEED, Day, usual_days

pytestmark = pytest.mark.process
AGAIN = timedelta(minutes=5)
AN_HOUR_MAX = 20
Alerts = list[dict[str, Any]]


def pick_alerts(rows: list[dict[str, Any]]) -> Alerts:
    """Return what the journal says of alerts, each with its time and its action."""
    return [
        {**row["data"], "at": datetime.fromisoformat(str(row["at"])), "action": row["action"]}
        for row in rows
        if str(row["action"]).startswith("alert.")
    ]


@pytest.fixture(scope="module")
def usual() -> Day:
    """Lend the day of a demo as everybody gets it."""
    return usual_days()[0]


@pytest.fixture(scope="module")
def tight() -> Iterator[Alerts]:
    """Lend the alerts of the same day under low thresholds."""
    with tempfile.TemporaryDirectory(dir=MEMORY) as name:
        command = [sys.executable, "-m", "tests.server.tight_demo", name, str(SEED)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=DAY_S, check=False)  # noqa: S603 -- our own
        assert done.returncode == 0, done.stderr
        with open_reading(Path(name)) as db:
            yield pick_alerts([json.loads(json.dumps(row)) for row in read_rows(db)])


def test_under_the_usual_thresholds_one_rating_set_aside_and_dossiers_due_today_are_told(usual: Day) -> None:
    alerts = pick_alerts(usual.rows)
    assert {item["alert_kind"] for item in alerts} == {"quarantine", "dossier-today"}
    assert [(item["action"], item["alert_kind"]) for item in alerts if item["alert_kind"] == "quarantine"] == [
        ("alert.raised", "quarantine"),
        ("alert.cleared", "quarantine"),
    ]


@pytest.mark.slow
def test_low_thresholds_are_crossed_by_waits_queues_ratings_and_quarantines(tight: Alerts) -> None:
    raised = [item for item in tight if item["action"] == "alert.raised"]
    assert {item["alert_kind"] for item in raised} == {
        "wait", "queue", "ratings", "quarantine", "dossier-today",
    }  # fmt: skip
    assert [item for item in raised if item["alert_kind"] != "wait" and item["value"] < item["threshold"]] == []


@pytest.mark.slow
def test_each_crossing_is_told_once_and_never_as_a_flood(tight: Alerts) -> None:
    open_alerts: set[tuple[str, str]] = set()
    cleared_at: dict[tuple[str, str], datetime] = {}
    for item in tight:
        about = (item["alert_kind"], item["key"])
        if item["action"] == "alert.raised":
            assert about not in open_alerts, item
            assert about not in cleared_at or item["at"] - cleared_at[about] >= AGAIN, item
            open_alerts.add(about)
        else:
            open_alerts.remove(about)
            cleared_at[about] = item["at"]
    assert open_alerts == set()  # the day has ended: nothing is left that nobody can mend
    raised = [item["at"] for item in tight if item["action"] == "alert.raised"]
    busiest = max(sum(at <= other < at + timedelta(hours=1) for other in raised) for at in raised)
    assert len(raised) >= 10
    assert busiest <= AN_HOUR_MAX
