"""The officers of the years that reports are measured on, what is imported about their dossiers, corrected hours."""

from datetime import date, timedelta
from hashlib import sha256
from random import Random

from motcua.desk import Desk, Tx
from motcua.dossiers import actions as dossier_actions
from motcua.dossiers.model.outcomes import AgencyTime, Complaint, DossierFile, DossierOutcome, DossierRow
from motcua.staff import actions as staff_actions
from motcua.staff.model import Account, Role
from motcua.work import actions as work_actions
from motcua.work.model import PresenceRequest

OFFICERS, DOSSIERS_A_DAY, CORRECTED_DAYS = 10, 40, 9
SATURDAY = 5
LEVELS = (1, 2, 3, 4, 5)
WEIGHTS = ((2, 3, 7, 38, 50), (3, 6, 12, 40, 39), (1, 2, 4, 33, 60))
"""What citizens press, for every third officer alike: so much do officers differ that the comparison opens."""


def employ(desk: Desk) -> list[int]:
    """Make the officers; return their accounts, the same in each store."""
    return [desk.do(_add, number) for number in range(1, OFFICERS + 1)]


def _add(tx: Tx, number: int) -> int:
    account = Account(0, f"canbo{number}", f"Cán bộ thứ {number}", "", Role.OFFICER, None, "x", False)
    return staff_actions.save_account(tx, account).id


def choose_level(officer: int, dice: Random) -> int:
    """Return what a citizen whom `officer` served presses."""
    return dice.choices(LEVELS, WEIGHTS[officer % len(WEIGHTS)])[0]


def import_dossiers(desk: Desk, first: date, last: date) -> int:
    """Import a file of dossiers for each month from `first` to `last`, and return how many dossiers they have."""
    dice, count = Random(7), 0  # noqa: S311 -- the same dossiers each time
    while first <= last:
        end = min(last, (first.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1))
        days = [first + timedelta(days=number) for number in range((end - first).days + 1)]
        rows = [
            DossierRow(place + 1, _draw(dice, day, place), f"canbo{dice.randint(1, OFFICERS)}")
            for day in days
            if day.weekday() < SATURDAY
            for place in range(DOSSIERS_A_DAY)
        ]
        digest = sha256(first.isoformat().encode()).hexdigest()
        if rows:
            file = DossierFile(first.isoformat(), end.isoformat(), digest, tuple(rows))
            count += desk.do(dossier_actions.import_dossiers, file, None).count
        first = end + timedelta(days=1)
    return count


def _draw(dice: Random, settled: date, place: int) -> DossierOutcome:
    received = settled - timedelta(days=dice.randint(1, 9))
    return DossierOutcome(
        f"H29.17-{settled:%y%m%d}-{place + 1:04d}",
        received.isoformat(),
        (received + timedelta(days=dice.randint(7, 12))).isoformat(),
        settled.isoformat(),
        "2.000815",
        None,
        dice.choices(tuple(AgencyTime), (55, 38, 7))[0],
        dice.choices((0, 1, 2), (74, 18, 8))[0],
        dice.choices((0, 1, 2), (88, 9, 3))[0],
        dice.choices(tuple(Complaint), (99, 1, 0))[0],
        dice.random() < 0.02,  # noqa: PLR2004 -- two of a hundred
        dice.random() < 0.45,  # noqa: PLR2004 -- not quite half of them
    )


def correct_hours(desk: Desk, officers: list[int], first: date, last: date) -> None:
    """Correct somebody's hours on every so many days."""
    for number, day in enumerate(range(0, (last - first).days, CORRECTED_DAYS)):
        officer = officers[number % len(officers)]
        on = (first + timedelta(days=day)).isoformat()
        desk.do(work_actions.correct_presence, PresenceRequest(officer, on, "09:00", "09:30", None, "Họp", None))
