"""How a past day is to be run again: under its own settings or others, with a leader's changes. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from motcua.desk.errors import Invalid
from motcua.desk.moment import zone
from motcua.planning import changes as tried
from motcua.planning.changes import Changes
from motcua.planning.day import Day, Op, Visit
from motcua.planning.line import MINUTE_MS
from motcua.planning.rerun import Plan, Standing
from motcua.planning.terms import Operational, Terms, compiled, mapped_rank
from motcua.settings.values import minutes
from motcua.setup.mistakes import Mistakes, mistake


@dataclass(frozen=True)
class Note:
    """Something a reader should know about a replay; `params` fill the English `text`."""

    code: str
    text: str
    params: tuple[tuple[str, object], ...] = ()

    def json(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {"code": self.code, "text": self.text, "params": dict(self.params)}


def mark(sentence: str) -> str:
    """Return `sentence`, which is found by the extraction of texts."""
    return sentence


@dataclass
class Trial:
    """What is tried: other settings in place of the day's (None: its own), and changes to whichever hold."""

    settings: Operational | None = None
    changes: Changes = field(default_factory=Changes)
    notes: dict[Note, None] = field(default_factory=dict)

    def note(self, code: str, text: str, **params: object) -> None:
        """Keep a note once."""
        self.notes[Note(code, text, tuple(params.items()))] = None

    def plan(self, day: Day) -> Plan:
        """Return how to run `day`. Raises `Invalid` for what cannot be tried on it."""
        if not day.is_closed:
            self.note("day.open", mark("%(day)s is not over yet; it was replayed up to its last entry."), day=day.day)
        own = [(day.begin, 0, day.settings)]
        own += [(step.at, step.seq, step.settings) for step in day.steps if step.op is Op.SETTINGS and step.settings is not None]
        if self.settings is None and self.changes == Changes():
            terms = [(at, seq, compiled(settings)) for at, seq, settings in own]
            return Plan(terms[0][2], terms[1:])
        based = own if self.settings is None else [(day.begin, 0, self.settings)]
        if self.settings is not None:
            self._fits(day, self.settings)
            if len(own) > 1:
                self.note(
                    "settings.changed",
                    mark("On %(day)s the settings were changed during the day; the other ones were tried for the whole day."),
                    day=day.day,
                )
        numbers = tried.extra_numbers(self.changes, [settings for _at, _seq, settings in (*own, *based)])
        terms = [(at, seq, compiled(tried.changed(settings, self.changes, numbers))) for at, seq, settings in based]
        for (_at, _seq, before), (_same, _row, after) in zip(based, terms, strict=True):
            _nobody_is_left_out(day, compiled(before), after)
        standing = {} if self.settings is None else self._standing(day, own, terms[0][2])
        return Plan(terms[0][2], terms[1:], standing, self._extra(day, numbers))

    def _extra(self, day: Day, numbers: list[int]) -> list[tuple[int, int, int]]:
        begin = midnight(day)
        return [
            (number, begin + minutes(more.begin) * MINUTE_MS, begin + minutes(more.end) * MINUTE_MS)
            for number, more in zip(numbers, self.changes.extra_counters, strict=True)
        ]

    def _fits(self, day: Day, settings: Operational) -> None:
        """Raise `Mistakes` when the other settings lack a service of the day; note counters they lack."""
        known = {str(item["code"]) for item in settings["services"]}
        if missing := sorted(wanted_services(day.visits.values()) - known):
            raise Mistakes(
                "replay.services",
                "These settings do not fit the day: %(count)s mistakes, the first at %(first)s.",
                [
                    mistake(
                        "services",
                        "service.missing",
                        "The service %(service)s is missing; people with numbers for it came on %(day)s.",
                        service=service,
                        day=day.day,
                    )
                    for service in missing
                ],
            )
        numbers = {int(item["number"]) for item in settings["counters"]}
        present = {step.counter for step in day.steps if step.op is Op.OPEN}
        for number in sorted(present - numbers):
            self.note("counter.missing", mark("Counter %(counter)s is not in the other settings and stays closed."), counter=number)
        for number in sorted(numbers - present):
            self.note("counter.closed", mark("Counter %(counter)s was not open on %(day)s and stays closed."), counter=number, day=day.day)

    def _standing(self, day: Day, own: list[tuple[int, int, Operational]], after: Terms) -> dict[str, Standing]:
        befores = [(seq, compiled(settings)) for _at, seq, settings in own]
        found = {}
        for ticket, visit in day.visits.items():
            before = next(terms for seq, terms in reversed(befores) if seq <= visit.place)
            rank, is_certain = mapped_rank(visit.rank, before, after)
            if not is_certain:
                self.note(
                    "rank.unclear",
                    mark("The journal keeps ranks only: who had rank %(rank)s that day was tried with rank %(other)s."),
                    rank=visit.rank,
                    other=rank,
                )
            found[ticket] = _booked(visit, rank, after)
        return found


def _booked(visit: Visit, rank: int, terms: Terms) -> Standing:
    """Return where a visit stands; a booked one by the other grace, an ordinary one when it came later than that."""
    if visit.due is None:
        return Standing(rank, visit.arrived, None)
    if visit.issued > visit.due + terms.booked_grace:
        return Standing(rank, visit.issued, None)
    return Standing(rank, visit.due - terms.booked_grace, visit.due)


def wanted_services(visits: Iterable[Visit]) -> set[str]:
    """Return the services that people came for or were sent on to."""
    found = set()
    for visit in visits:
        found.add(visit.service)
        found.update(turn.to_service for turn in visit.turns if turn.to_service)
    return found


def _nobody_is_left_out(day: Day, before: Terms, after: Terms) -> None:
    """Raise `Invalid` when changes leave a service of the day without a counter that had one."""
    for service in sorted((wanted_services(day.visits.values()) & before.served()) - after.served()):
        raise Invalid(
            "change.unserved",
            "With these changes no counter serves “%(service)s”, and people with numbers for it came on %(day)s.",
            service=service,
            day=day.day,
        )


def midnight(day: Day) -> int:
    """Return when the day began at the desk."""
    start = datetime.fromisoformat(day.day).replace(tzinfo=zone(str(day.settings["timezone"])))
    return round(start.timestamp() * 1000)
