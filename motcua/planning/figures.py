"""Figures of a day that happened or was replayed, by the same code: waits by class, who was served, how busy
counters were. Pure.

A wait lasts from the number to its first call; a ticket that was never called has none. Percentiles are nearest
ranks. Seconds.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from motcua.desk.moment import stamp_ms
from motcua.planning.day import PastVisit
from motcua.planning.hall import DayOutcome
from motcua.settings.values import write_clock

P50, P90 = 50, 90
SECOND_MS = 1000
HALF_HOUR_MIN = 30
LONGER_SHOWN = 300
"""How many of those who would have waited longer are listed, the longest differences first."""
Figures = dict[str, Any]


@dataclass
class Tally:
    """Adds up days. `waits` holds milliseconds by rank, `halves` by the half-hour of the number."""

    tickets: int = 0
    served: int = 0
    waits: dict[int, list[int]] = field(default_factory=dict)
    halves: dict[int, list[int]] = field(default_factory=dict)
    open_ms: dict[int, int] = field(default_factory=dict)
    busy_ms: dict[int, int] = field(default_factory=dict)
    calls: list[tuple[int, str, int]] = field(default_factory=list)

    def add(self, visits: Mapping[str, PastVisit], outcome: DayOutcome, midnight: int) -> None:
        """Add one day; classes are those of the numbers, whatever ranks were tried."""
        self.tickets += len(visits)
        self.served += len(outcome.served)
        for ticket, visit in visits.items():
            self.waits.setdefault(visit.rank, [])
            if (first := outcome.firsts.get(ticket)) is not None:
                self.waits[visit.rank].append(first - visit.issued)
                half = (visit.issued - midnight) // (HALF_HOUR_MIN * 60 * SECOND_MS)
                self.halves.setdefault(half, []).append(first - visit.issued)
        for totals, day_totals in ((self.open_ms, outcome.open_ms), (self.busy_ms, outcome.busy_ms)):
            for number, spent in day_totals.items():
                totals[number] = totals.get(number, 0) + spent
        self.calls += outcome.calls

    def to_figures(self, *, with_calls: bool) -> Figures:
        """Return everything as plain values."""
        all_waits = [wait for waits in self.waits.values() for wait in waits]
        by_rank = {str(rank): _of_waits(self.waits[rank]) for rank in sorted(self.waits)}
        utilisation = {
            str(number): round(self.busy_ms.get(number, 0) / spent, 4)
            for number, spent in sorted(self.open_ms.items())
            if spent
        }
        total = sum(self.open_ms.values())
        all_figures = _of_waits(all_waits)
        figures: Figures = {
            "tickets": self.tickets,
            "called": len(all_waits),
            "served": self.served,
            "unserved": self.tickets - self.served,
            "waits": {"all": all_figures, **by_rank},
            "longest_wait_s": all_figures["longest_s"],
            "p90_wait_s": all_figures["p90_s"],
            "utilisation": utilisation,
            "mean_utilisation": round(sum(self.busy_ms.values()) / total, 4) if total else None,
            "half_hours": [
                {"at": write_clock(half * HALF_HOUR_MIN), **_of_waits(self.halves[half])}
                for half in sorted(self.halves)
                if half >= 0
            ],
        }
        if with_calls:
            figures["calls"] = [
                {"ticket": ticket, "counter": counter, "at": stamp_ms(at)} for at, ticket, counter in self.calls
            ]
        return figures


def _of_waits(waits: Sequence[int]) -> Figures:
    """Return what a class waited; nulls where nobody was called."""
    if not waits:
        return {"n": 0, "mean_s": None, "p50_s": None, "p90_s": None, "longest_s": None}
    ordered = sorted(waits)
    return {
        "n": len(ordered),
        "mean_s": round(sum(ordered) / len(ordered) / SECOND_MS, 3),
        "p50_s": to_seconds(find_nearest_rank(ordered, P50)),
        "p90_s": to_seconds(find_nearest_rank(ordered, P90)),
        "longest_s": to_seconds(ordered[-1]),
    }


def find_nearest_rank(ordered: Sequence[int], percent: int) -> int:
    """Return the smallest of ascending values that at least `percent` percent of them do not exceed (nearest rank)."""
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


def to_seconds(spent: int) -> float:
    """Return milliseconds as seconds."""
    return spent / SECOND_MS


def list_longer_waits(
    days: Iterable[tuple[Mapping[str, PastVisit], DayOutcome, DayOutcome]],
) -> tuple[list[Figures], int, int]:
    """Return who would have waited longer (the longest differences first), how many there are, and how many would
    have waited less.

    `replayed_s` is None for somebody who was called that day and is not in the replay; those come first.
    """
    differences: list[tuple[int, Figures]] = []
    shorter_count = 0
    for visits, happened, replayed in days:
        for ticket, visit in visits.items():
            before, after = happened.firsts.get(ticket), replayed.firsts.get(ticket)
            if after is not None and (before is None or after < before):
                shorter_count += 1
            elif before is not None and after != before:
                item = {
                    "ticket": ticket,
                    "rank": visit.rank,
                    "happened_s": to_seconds(before - visit.issued),
                    "replayed_s": None if after is None else to_seconds(after - visit.issued),
                }
                differences.append((1 << 60 if after is None else after - before, item))
    differences.sort(key=lambda one: (-one[0], one[1]["ticket"]))
    return [item for _more, item in differences[:LONGER_SHOWN]], len(differences), shorter_count
