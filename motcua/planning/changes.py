"""What a leader can try on a past day: other rules, other services per counter, more or fewer counters. Pure."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from motcua.desk.errors import Invalid
from motcua.planning.terms import Operational
from motcua.settings.sections.queue import Grace, GuardCalls, GuardWait, Returns
from motcua.settings.values import Time
from motcua.setup.mistakes import Mistakes, translate_schema_mistake

Names = Annotated[list[str], Field(max_length=100)]
Number = Annotated[int, Field(ge=1, le=99)]


class Change(BaseModel):
    """A part of the changes: exact types, no unknown names."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, populate_by_name=True, defer_build=True)


class CounterChange(Change):
    """Another lane for a counter; what is left out stays. `prefer` and `must` name services or groups."""

    number: Number
    services: Names | None = None
    prefer: Names | None = None
    must: Names | None = None


class ExtraCounter(Change):
    """An extra counter for some hours, for `all` services or some."""

    services: Annotated[list[str], Field(min_length=1, max_length=100)] | Literal["all"] = "all"
    begin: Time = Field(alias="from")
    end: Time = Field(alias="to")


class Changes(Change):
    """Everything that may be tried; what is left out stays as it was that day."""

    guard_calls: GuardCalls | None = None
    guard_wait_min: GuardWait | None = None
    absent_grace_min: Grace | None = None
    absent_returns: Returns | None = None
    returned_first: bool | None = None
    transfer_keeps_place: bool | None = None
    transfer_binds: bool | None = None
    counters: Annotated[list[CounterChange], Field(max_length=99)] = []
    extra_counters: Annotated[list[ExtraCounter], Field(max_length=10)] = []
    without_counters: Annotated[list[Number], Field(max_length=99)] = []


RULES = tuple(name for name in Changes.model_fields if not name.endswith("counters"))
"""The changes that are settings of the queue by the same name."""


def read_changes(raw: object) -> Changes:
    """Return the changes that plain values name. Raises `Mistakes`, `Invalid("change.hours")`."""
    try:
        changes = Changes.model_validate(raw)
    except ValidationError as error:
        wrong = [translate_schema_mistake(item) for item in error.errors(include_url=False)]
        raise Mistakes(
            "changes.mistakes", "These changes cannot be tried: %(count)s mistakes, the first at %(first)s.", wrong
        ) from None
    for extra in changes.extra_counters:
        if extra.begin >= extra.end:
            raise Invalid(
                "change.hours",
                "An extra counter needs hours that end after they begin, not %(begin)s to %(end)s.",
                **_hours(extra),
            )
    return changes


def _hours(extra: ExtraCounter) -> dict[str, str]:
    return {"begin": extra.begin, "end": extra.end}


def number_extra_counters(changes: Changes, settings: Sequence[Operational]) -> list[int]:
    """Return a number for each extra counter, above every number in these `settings`."""
    highest = max((int(counter["number"]) for one in settings for counter in one["counters"]), default=0)
    return [highest + 1 + place for place in range(len(changes.extra_counters))]


def apply_changes(settings: Operational, changes: Changes, extra: Sequence[int]) -> Operational:
    """Return operational settings with `changes` in them; the extra counters get the numbers `extra`.

    Raises `Invalid("counter.unknown" | "service.unknown" | "change.name")`.
    """
    services = [str(item["code"]) for item in settings["services"]]
    names = {*services, *(str(item["group"]) for item in settings["services"])}
    counters = {int(item["number"]): dict(item) for item in settings["counters"]}
    for change in changes.counters:
        _require_counter(counters, change.number)
        for part in ("services", "prefer", "must"):
            if (codes := getattr(change, part)) is not None:
                counters[change.number][part] = _require_names(codes, services if part == "services" else names, part)
    for number in changes.without_counters:
        _require_counter(counters, number)
        del counters[number]
    for number, extra_counter in zip(extra, changes.extra_counters, strict=True):
        wanted_services = (
            services
            if extra_counter.services == "all"
            else _require_names(extra_counter.services, services, "services")
        )
        counters[number] = {
            "number": number,
            "services": wanted_services,
            "prefer": [],
            "must": _list_required(counters.values()),
        }
    rules = {name: setting for name in RULES if (setting := getattr(changes, name)) is not None}
    return {**settings, "queue": {**settings.get("queue", {}), **rules}, "counters": list(counters.values())}


def _list_required(counters: Any) -> list[str]:
    """Return what counters must serve: an extra counter may serve that too."""
    return sorted({str(name) for counter in counters for name in counter.get("must", ())})


def _require_counter(counters: Mapping[int, object], number: int) -> None:
    if number not in counters:
        raise Invalid("counter.unknown", "There is no counter %(counter)s.", counter=number)


def _require_names(names: Sequence[str], allowed: Any, part: str) -> list[str]:
    for name in names:
        if name not in allowed and part == "services":
            raise Invalid("service.unknown", "There is no service %(service)s.", service=name[:40])
        if name not in allowed:
            raise Invalid("change.name", "“%(name)s” is neither a service nor a group.", name=name[:40])
    return list(names)
