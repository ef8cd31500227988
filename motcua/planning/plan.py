"""How a past day is to be run again: under its own settings or others, with a leader's changes. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from msgspec import Struct

from motcua.desk.errors import Invalid
from motcua.desk.messages import mark
from motcua.desk.moment import get_zone
from motcua.planning import changes as tried
from motcua.planning.changes import Changes
from motcua.planning.day import PastVisit, RebuiltDay, StepKind
from motcua.planning.line import MINUTE_MS
from motcua.planning.rerun import QueuePosition, ReplayPlan
from motcua.planning.terms import Operational, Terms, compile_terms, map_rank
from motcua.settings.values import parse_minutes
from motcua.setup.mistakes import Mistakes, make_mistake


class TrialNote(Struct, frozen=True):
    """Something a reader should know about a replay; `params` fill the English `text`."""

    code: str
    text: str
    params: tuple[tuple[str, object], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {"code": self.code, "text": self.text, "params": dict(self.params)}


@dataclass
class ReplayTrial:
    """What is tried: other settings in place of the day's (None: its own), and changes to whichever hold."""

    settings: Operational | None = None
    changes: Changes = field(default_factory=Changes)
    notes: dict[TrialNote, None] = field(default_factory=dict)

    def note(self, code: str, text: str, **params: object) -> None:
        """Keep a note once."""
        self.notes[TrialNote(code, text, tuple(params.items()))] = None

    def plan(self, day: RebuiltDay) -> ReplayPlan:
        """Return how to run `day`. Raises `Invalid` for what cannot be tried on it."""
        if not day.is_closed:
            self.note("day.open", mark("%(day)s is not over yet; it was replayed up to its last entry."), day=day.day)
        day_settings = [(day.begin, 0, day.settings)]
        day_settings += [
            (step.at, step.seq, step.settings)
            for step in day.steps
            if step.op is StepKind.SETTINGS and step.settings is not None
        ]
        if self.settings is None and self.changes == Changes():
            terms = [(at, seq, compile_terms(settings)) for at, seq, settings in day_settings]
            return ReplayPlan(terms[0][2], terms[1:])
        tried_settings = day_settings if self.settings is None else [(day.begin, 0, self.settings)]
        if self.settings is not None:
            self._require_services(day, self.settings)
            if len(day_settings) > 1:
                self.note(
                    "settings.changed",
                    mark(
                        "On %(day)s the settings were changed during the day; the other ones were tried for "
                        "the whole day."
                    ),
                    day=day.day,
                )
        numbers = tried.number_extra_counters(
            self.changes, [settings for _at, _seq, settings in (*day_settings, *tried_settings)]
        )
        terms = [
            (at, seq, compile_terms(tried.apply_changes(settings, self.changes, numbers)))
            for at, seq, settings in tried_settings
        ]
        for (_at, _seq, before), (_same, _row, after) in zip(tried_settings, terms, strict=True):
            _require_all_served(day, compile_terms(before), after)
        positions = {} if self.settings is None else self._list_positions(day, day_settings, terms[0][2])
        return ReplayPlan(terms[0][2], terms[1:], positions, self._extra(day, numbers))

    def _extra(self, day: RebuiltDay, numbers: list[int]) -> list[tuple[int, int, int]]:
        begin = find_midnight(day)
        return [
            (
                number,
                begin + parse_minutes(extra_counter.begin) * MINUTE_MS,
                begin + parse_minutes(extra_counter.end) * MINUTE_MS,
            )
            for number, extra_counter in zip(numbers, self.changes.extra_counters, strict=True)
        ]

    def _require_services(self, day: RebuiltDay, settings: Operational) -> None:
        """Raise `Mistakes` when the other settings lack a service of the day; note counters they lack."""
        service_codes = {str(item["code"]) for item in settings["services"]}
        if missing := sorted(list_services(day.visits.values()) - service_codes):
            raise Mistakes(
                "replay.services",
                "These settings do not fit the day: %(count)s mistakes, the first at %(first)s.",
                [
                    make_mistake(
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
        present = {step.counter for step in day.steps if step.op is StepKind.OPEN}
        for number in sorted(present - numbers):
            self.note(
                "counter.missing",
                mark("Counter %(counter)s is not in the other settings and stays closed."),
                counter=number,
            )
        for number in sorted(numbers - present):
            self.note(
                "counter.closed",
                mark("Counter %(counter)s was not open on %(day)s and stays closed."),
                counter=number,
                day=day.day,
            )

    def _list_positions(
        self, day: RebuiltDay, day_settings: list[tuple[int, int, Operational]], after: Terms
    ) -> dict[str, QueuePosition]:
        befores = [(seq, compile_terms(settings)) for _at, seq, settings in day_settings]
        positions = {}
        for ticket, visit in day.visits.items():
            before = next(terms for seq, terms in reversed(befores) if seq <= visit.place)
            rank, is_certain = map_rank(visit.rank, before, after)
            if not is_certain:
                self.note(
                    "rank.unclear",
                    mark("The journal keeps ranks only: who had rank %(rank)s that day was tried with rank %(other)s."),
                    rank=visit.rank,
                    other=rank,
                )
            positions[ticket] = _place_booked(visit, rank, after)
        return positions


def _place_booked(visit: PastVisit, rank: int, terms: Terms) -> QueuePosition:
    """Return the queue position of a visit; a booked one by the other grace, an ordinary one when it came later than
    that.
    """
    if visit.due is None:
        return QueuePosition(rank, visit.arrived, None)
    if visit.issued > visit.due + terms.booked_grace:
        return QueuePosition(rank, visit.issued, None)
    return QueuePosition(rank, visit.due - terms.booked_grace, visit.due)


def list_services(visits: Iterable[PastVisit]) -> set[str]:
    """Return the services that people came for or were sent on to."""
    services = set()
    for visit in visits:
        services.add(visit.service)
        services.update(turn.to_service for turn in visit.turns if turn.to_service)
    return services


def _require_all_served(day: RebuiltDay, before: Terms, after: Terms) -> None:
    """Raise `Invalid` when changes leave a service of the day without a counter that had one."""
    for service in sorted((list_services(day.visits.values()) & before.list_services()) - after.list_services()):
        raise Invalid(
            "change.unserved",
            "With these changes no counter serves “%(service)s”, and people with numbers for it came on %(day)s.",
            service=service,
            day=day.day,
        )


def find_midnight(day: RebuiltDay) -> int:
    """Return when the day began at the desk."""
    start = datetime.fromisoformat(day.day).replace(tzinfo=get_zone(str(day.settings["timezone"])))
    return round(start.timestamp() * 1000)
