"""The figures of the report of dossiers. Pure."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from msgspec import Struct

from motcua.dossiers.model.dossier import RUNNING_STATES
from motcua.dossiers.model.reported import PaperCounts, SettledDossier, SupplementAsked, WaitingDossier
from motcua.dossiers.rules.due import find_notice_day
from motcua.settings.model import Settings
from motcua.settings.rules import count_working_days

PAUSED_BY = frozenset({"supplement_asked", "fee_demanded"})
"""Moves from which on the time of a dossier stands still."""
Group = TypeVar("Group")


class ReportedFacts(Struct, frozen=True):
    """What the store says of a period whose last day is `last`."""

    last: str
    received: Sequence[tuple[str, int | None, int]]
    refused_at_once: Sequence[tuple[str, int | None, int]]
    settled: Sequence[SettledDossier]
    waiting: Sequence[WaitingDossier]
    requests: Sequence[SupplementAsked]
    pauses: Sequence[tuple[str, str, str]]
    papers: Sequence[PaperCounts] = ()
    results: Sequence[tuple[str, bool | None]] = ()

    def is_late(self, dossier: SettledDossier | WaitingDossier) -> bool:
        """Say whether a dossier went over the day that was promised first. What was withdrawn never is."""
        if dossier.due_on is None:
            return False
        if isinstance(dossier, SettledDossier):
            return dossier.how != "withdrawn" and dossier.settled_on > dossier.due_on
        return dossier.state in RUNNING_STATES and dossier.due_on < self.last

    @property
    def timed(self) -> list[SettledDossier]:
        """Return those that were settled and had a promised day."""
        return [one for one in self.settled if one.due_on is not None and one.how != "withdrawn"]

    @property
    def over_day(self) -> list[SettledDossier | WaitingDossier]:
        """Return those for which an apology was due: settled late, or late at the end of the period."""
        return [*filter(self.is_late, self.settled), *filter(self.is_late, self.waiting)]


@dataclass
class DossierCounts:
    """The dossiers of a group. `days` are working days that the settled ones took."""

    received: int = 0
    refused: int = 0
    requests: int = 0
    early: int = 0
    on_day: int = 0
    late: int = 0
    withdrawn: int = 0
    waiting: int = 0
    waiting_late: int = 0
    days: list[int] = field(default_factory=list)

    @property
    def settled(self) -> int:
        """Return how many were settled that had a promised day."""
        return self.early + self.on_day + self.late


class WorkedDays:
    """How many working days a dossier took: from the day after it was complete to the one on which it was settled.

    The time in which its applicant was waited for is taken off.
    """

    def __init__(self, settings: Settings, pauses: Iterable[tuple[str, str, str]]) -> None:
        self._settings = settings
        self._pauses: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._counts: dict[tuple[str, str], int] = {}
        for dossier, move, day in pauses:
            self._pauses[dossier].append((move, day))

    def count(self, dossier: SettledDossier) -> int:
        """Return the working days of a dossier."""
        days = self._count_between(dossier.counted_from, dossier.settled_on)
        since: str | None = None
        for move, day in (*self._pauses.get(dossier.code, ()), ("settled", dossier.settled_on)):
            if move in PAUSED_BY:
                since = since or max(day, dossier.counted_from)
            elif since is not None:
                days -= self._count_between(since, day)
                since = None
        return max(0, days)

    def _count_between(self, since: str, until: str) -> int:
        if (since, until) not in self._counts:
            count = count_working_days(self._settings, date.fromisoformat(since), date.fromisoformat(until))
            self._counts[since, until] = count
        return self._counts[since, until]


def count_groups(
    settings: Settings, facts: ReportedFacts, group_of: Callable[[str, int | None], Group]
) -> dict[Group, DossierCounts]:
    """Return the counts of each group, to which `group_of` says a procedure and an officer belong."""
    groups: dict[Group, DossierCounts] = defaultdict(DossierCounts)
    worked = WorkedDays(settings, facts.pauses)
    for procedure, officer, count in facts.received:
        groups[group_of(procedure, officer)].received += count
    for procedure, officer, count in facts.refused_at_once:
        groups[group_of(procedure, officer)].refused += count
    for request in facts.requests:
        groups[group_of(request.procedure, request.officer)].requests += 1
    for settled in facts.settled:
        _add_settled(groups[group_of(settled.procedure, settled.officer)], settled, worked)
    for waiting in facts.waiting:
        counts = groups[group_of(waiting.procedure, waiting.officer)]
        counts.waiting += 1
        counts.waiting_late += facts.is_late(waiting)
    return dict(groups)


def _add_settled(counts: DossierCounts, dossier: SettledDossier, worked: WorkedDays) -> None:
    if dossier.how == "withdrawn":
        counts.withdrawn += 1
        return
    counts.refused += dossier.how == "refused"
    if dossier.due_on is None:
        return
    counts.early += dossier.settled_on < dossier.due_on
    counts.on_day += dossier.settled_on == dossier.due_on
    counts.late += dossier.settled_on > dossier.due_on
    counts.days.append(worked.count(dossier))


def is_in_time(settings: Settings, dossier: SettledDossier | WaitingDossier) -> bool:
    """Say whether the apology was written by the last day on which the applicant may be told."""
    if dossier.apologised_on is None or dossier.due_on is None:
        return False
    return dossier.apologised_on <= find_notice_day(settings, date.fromisoformat(dossier.due_on)).isoformat()
