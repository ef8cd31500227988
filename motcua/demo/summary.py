"""A day in figures, from the journal and the reports' queries: the same bytes for the same day."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from motcua.catalogue import store as catalogue_store
from motcua.desk import Desk, Reader, parse
from motcua.desk.journal import read_rows
from motcua.reports import store as report_store
from motcua.reports.measures import find_median
from motcua.reports.model import DeskDay, OfficerDay
from motcua.staff import store as staff_store

CALLED, ISSUED, RETURNED = "ticket.called", "ticket.issued", "ticket.returned"
CANCELLED, CLOSED = "cancelled", "day_closed"
ENDS = {"ticket.absent": "absent", "ticket.cancelled": CANCELLED}
BACK = {RETURNED, CALLED, "ticket.undone"}
ALOUD = {CALLED, "ticket.recalled"}
P90_PERCENT = 90


class Say(Protocol):
    """Returns a sentence in the reader's language, filled in."""

    def __call__(self, message: str, /, **params: object) -> str:
        """Return `message` translated."""
        ...


@dataclass
class DaySummary:
    """What happened.

    `letters` holds the fate of each letter's tickets, `waits` the seconds from the number to its first call by rank.
    """

    day: str
    letters: dict[str, Counter[str]] = field(default_factory=dict)
    waits: dict[int, list[float]] = field(default_factory=dict)
    calls: int = 0
    """Calls and recalls: what the wall was to hear."""
    jobs: Counter[str] = field(default_factory=Counter)
    """How the papers' jobs ended."""
    answers: dict[str, str] = field(default_factory=dict)
    """The last answer to the camera question, by visit."""
    scores: int = 0
    """Visits with a smile index."""
    officers: list[OfficerDay] = field(default_factory=list)
    figures: DeskDay | None = None
    groups: dict[str, str] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    journal: tuple[int, str] = (0, "")

    @property
    def total(self) -> Counter[str]:
        """Return the fate of all tickets."""
        return sum(self.letters.values(), Counter())


def read_summary(desk: Desk, day: str) -> DaySummary:
    """Return what happened on `day`."""
    with desk.read() as db:
        summary = _from_journal(db, day)
        summary.officers = report_store.list_officer_days(db, day)
        summary.figures = report_store.count_desk_day(db, day)
        summary.groups = {group.letter: group.name[0] for group in catalogue_store.list_groups(db)}
        summary.names = staff_store.list_full_names(db)
    summary.journal = (desk.head.seq, desk.head.hash)
    return summary


def _from_journal(db: Reader, day: str) -> DaySummary:
    summary, issued, fate = DaySummary(day), dict[str, dict[str, Any]](), dict[str, str]()
    for row in read_rows(db):
        data: Any = row["data"]
        action = str(row["action"])
        if row["day"] != day:
            continue
        ticket = str(data["ticket"]) if action.startswith("ticket.") else ""
        if action == ISSUED:
            issued[ticket] = {**data, "at": parse(str(row["at"]))}
            fate[ticket] = "waiting"
        elif action == CALLED and "called" not in issued[ticket]:
            issued[ticket]["called"] = True
            waited = parse(str(row["at"])) - issued[ticket]["at"]
            summary.waits.setdefault(issued[ticket]["rank"], []).append(waited.total_seconds())
        _note_fate(fate, action, data)
        summary.calls += action in ALOUD
        if action == "job.finished" and data["job_kind"] == "print":
            summary.jobs[data["state"]] += 1
        elif action == "camera.consent":
            summary.answers[data["visit"]] = data["answer"]
        elif action == "expression.noted":
            summary.scores += data["kept"]
    for ticket, fate_name in fate.items():
        summary.letters.setdefault(issued[ticket]["letter"], Counter())[fate_name] += 1
    return summary


def _note_fate(fate: dict[str, str], action: str, data: dict[str, Any]) -> None:
    """Note what became of tickets through one journal row."""
    if action == "day.closed":
        fate.update(dict.fromkeys(data["cancelled"], CLOSED))
        fate.update(dict.fromkeys(data["served"], "served"))
    elif action in ENDS:
        fate[data["ticket"]] = ENDS[action]
    elif action == "ticket.served":
        fate[data["ticket"]] = "served"
    elif action in BACK:
        fate[data["ticket"]] = "waiting"
    if action == CALLED and data["finished"]:
        fate[data["finished"]] = "served"


def find_percentile(values: list[float], percent: int) -> float:
    """Return the smallest value that at least `percent` percent of `values` do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


def format_clock(seconds: float) -> str:
    """Return minutes and seconds, whole seconds, half rounded up."""
    whole_s = int(seconds + 0.5)
    return f"{whole_s // 60}:{whole_s % 60:02d}"


def render(summary: DaySummary, unit: str, seed: int, say: Say) -> str:
    """Return the day's summary as text."""
    date = datetime.fromisoformat(summary.day).strftime("%d/%m/%Y")
    parts = [say("%(unit)s, %(date)s, seed %(seed)s", unit=unit, date=date, seed=seed)]
    parts += [
        "",
        *_tickets(summary, say),
        "",
        *_waits(summary, say),
        "",
        *_officers(summary, say),
        "",
        *_lines_of_desk(summary, say),
    ]
    return "\n".join(parts) + "\n"


def lay_out_table(head: list[str], lines: list[list[str]]) -> list[str]:
    """Lay out a table: the first column to the left, figures to the right."""
    widths = [max(len(line[place]) for line in [head, *lines]) for place in range(len(head))]
    return ["  ".join([line[0].ljust(widths[0]), *map(str.rjust, line[1:], widths[1:])]) for line in [head, *lines]]


def _tickets(summary: DaySummary, say: Say) -> list[str]:
    head = [
        say("Group"),
        say("Numbers given"),
        say("Visits served"),
        say("Cancelled"),
        say("Absent"),
        say("Cancelled by closing"),
    ]
    lines = [
        [f"{letter} {summary.groups.get(letter, '')}", *_fates(count)]
        for letter, count in sorted(summary.letters.items())
    ]
    return lay_out_table(head, [*lines, [say("Total"), *_fates(summary.total)]])


def _fates(count: Counter[str]) -> list[str]:
    """The fate of some tickets: given = served + cancelled + absent; the last figure is a part of the cancelled
    ones.
    """
    cancelled = count[CANCELLED] + count[CLOSED]
    return [str(number) for number in (count.total(), count["served"], cancelled, count["absent"], count[CLOSED])]


def _waits(summary: DaySummary, say: Say) -> list[str]:
    head = [say("Wait by rank (min:s)"), say("Numbers called"), say("Mean"), say("Median"), "P90"]
    all_waits = [wait for waits in summary.waits.values() for wait in waits]
    groups = [(str(rank), waits) for rank, waits in sorted(summary.waits.items())] + [(say("All ranks"), all_waits)]
    lines = [
        [
            name,
            str(len(waits)),
            format_clock(sum(waits) / len(waits)),
            format_clock(find_median(waits) or 0),
            format_clock(find_percentile(waits, P90_PERCENT)),
        ]
        for name, waits in groups
        if waits
    ]
    return lay_out_table(head, lines)


def _officers(summary: DaySummary, say: Say) -> list[str]:
    head = [say("Officer"), say("Visits served"), say("Asked"), say("Answers"), say("Without an answer")]
    lines = [
        [
            summary.names.get(row.officer, str(row.officer)),
            str(row.served),
            str(row.asked),
            str(row.answered),
            str(row.skipped),
        ]
        for row in summary.officers
    ]
    return lay_out_table(head, lines)


def _lines_of_desk(summary: DaySummary, say: Say) -> list[str]:
    figures = summary.figures
    rate = figures.rate if figures is not None else None
    lines = []
    if rate is not None:
        share, low, high = (f"{tenths / 10:.1f}" for tenths in (rate.percent_tenths, rate.low_tenths, rate.high_tenths))
        lines.append(
            say(
                "Satisfied: %(share)s %% (95 %% interval %(low)s to %(high)s %%, n = %(n)s)",
                share=share,
                low=low,
                high=high,
                n=rate.n,
            )
        )
    papers = ", ".join(f"{state} {count}" for state, count in sorted(summary.jobs.items()))
    lines.append(say("Print jobs: %(papers)s", papers=papers or "0"))
    agreed = sum(answer == "yes" for answer in summary.answers.values())
    lines.append(
        say(
            "Camera: %(asked)s asked, %(agreed)s agreed, %(scores)s smile scores",
            asked=len(summary.answers),
            agreed=agreed,
            scores=summary.scores,
        )
    )
    lines.append(say("Journal: %(rows)s rows, head %(hash)s", rows=summary.journal[0], hash=summary.journal[1]))
    return lines
