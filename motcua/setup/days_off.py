"""Proposes a year's days off from the package `holidays`, for a person to compare with the official notice and confirm.

No list is right by itself: the government decides swaps and the days of Tết year by year, packages learn of them later.
Basis: LEGAL.md#days-off-and-working-hours.
"""

from datetime import date
from importlib.metadata import version
from typing import Any

from msgspec import Struct

from motcua.settings.model import Settings

FIRST_YEAR, LAST_YEAR = 2026, 2050
"""Years that are proposed: Vietnam Culture Day is a day off from 2026, and later lunar dates are nobody's plan yet."""
NEW, SAME, OTHER_NAME, ONLY_HERE = "new", "same", "other_name", "only_here"


class DayProposal(Struct, frozen=True):
    """A date on which the hall would stay closed, or would be open instead (`works`).

    `name` is the package's, empty when it does not know the day; `name_here` is the settings', empty when the day is
    not in them.
    """

    date: str
    works: bool
    name: str = ""
    name_here: str = ""

    @property
    def difference(self) -> str:
        """Say how the package differs from the settings: `new`, `same`, `other_name` or `only_here`."""
        if not self.name_here:
            return NEW
        if not self.name:
            return ONLY_HERE
        return SAME if self.name == self.name_here else OTHER_NAME


class Proposal(Struct, frozen=True):
    """The days of `year` that the package or the settings know, in order; `source` names the package and its
    version.
    """

    year: int
    source: str
    days: tuple[DayProposal, ...]


def propose(year: int, settings: Settings) -> Proposal:
    """Return what the package `holidays` knows of `year` beside what `settings` hold."""
    import holidays  # a second of loading that only this page needs

    calendar: Any = holidays.country_holidays("VN", years=year, language="vi")
    package = {(day.isoformat(), False): str(name) for day, name in calendar.items() if day.year == year}
    package |= {(day.isoformat(), True): "Làm bù" for day in calendar.weekend_workdays if day.year == year}
    here = {(item.date, False): item.name for item in settings.days_off if date.fromisoformat(item.date).year == year}
    here |= {
        (item.date, True): item.name for item in settings.working_days if date.fromisoformat(item.date).year == year
    }
    days = [DayProposal(*key, package.get(key, ""), here.get(key, "")) for key in sorted({*package, *here})]
    return Proposal(year, "holidays " + version("holidays"), tuple(days))
