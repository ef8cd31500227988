"""What a leader would like to try on a past day: other rules, another map of services, counters more or fewer. Pure."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from motcua.desk.errors import Invalid
from motcua.planning.terms import Operational
from motcua.settings.sections.queue import Grace, GuardCalls, GuardWait, Returns
from motcua.settings.values import Time
from motcua.setup.mistakes import Mistakes, of_schema

Names = Annotated[list[str], Field(max_length=100)]
Number = Annotated[int, Field(ge=1, le=99)]


class Change(BaseModel):
    """A part of the changes: exact types, no unknown names."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, populate_by_name=True)


class CounterChange(Change):
    """Another lane for a counter; what is left out stays. `prefer` and `must` name services or groups."""

    number: Number
    services: Names | None = None
    prefer: Names | None = None
    must: Names | None = None


class ExtraCounter(Change):
    """A counter more for some hours, for `all` services or some."""

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


def read(raw: object) -> Changes:
    """Return the changes that plain values name. Raises `Mistakes`, `Invalid("change.hours")`."""
    try:
        found = Changes.model_validate(raw)
    except ValidationError as error:
        wrong = [of_schema(item) for item in error.errors(include_url=False)]
        raise Mistakes("changes.mistakes", "These changes cannot be tried: %(count)s mistakes, the first at %(first)s.", wrong) from None
    for extra in found.extra_counters:
        if extra.begin >= extra.end:
            raise Invalid(
                "change.hours", "A counter more needs hours that end after they begin; not %(begin)s to %(end)s.", **_hours(extra)
            )
    return found


def _hours(extra: ExtraCounter) -> dict[str, str]:
    return {"begin": extra.begin, "end": extra.end}


def extra_numbers(changes: Changes, settings: Sequence[Operational]) -> list[int]:
    """Return a number for each counter more, above all that any of these `settings` knows."""
    known = max((int(counter["number"]) for one in settings for counter in one["counters"]), default=0)
    return [known + 1 + place for place in range(len(changes.extra_counters))]


def changed(given: Operational, changes: Changes, extra: Sequence[int]) -> Operational:
    """Return operational settings with `changes` in them; the counters more have the numbers `extra`.

    Raises `Invalid("counter.unknown" | "service.unknown" | "change.name")`.
    """
    services = [str(item["code"]) for item in given["services"]]
    names = {*services, *(str(item["group"]) for item in given["services"])}
    counters = {int(item["number"]): dict(item) for item in given["counters"]}
    for wanted in changes.counters:
        _known(counters, wanted.number)
        for part in ("services", "prefer", "must"):
            if (found := getattr(wanted, part)) is not None:
                counters[wanted.number][part] = _named(found, services if part == "services" else names, part)
    for number in changes.without_counters:
        _known(counters, number)
        del counters[number]
    for number, more in zip(extra, changes.extra_counters, strict=True):
        wanted_services = services if more.services == "all" else _named(more.services, services, "services")
        counters[number] = {"number": number, "services": wanted_services, "prefer": [], "must": _must(counters.values())}
    rules = {name: found for name in RULES if (found := getattr(changes, name)) is not None}
    return {**given, "queue": {**given.get("queue", {}), **rules}, "counters": list(counters.values())}


def _must(counters: Any) -> list[str]:
    """Return what counters must serve: a counter more may take that too."""
    return sorted({str(name) for counter in counters for name in counter.get("must", ())})


def _known(counters: Mapping[int, object], number: int) -> None:
    if number not in counters:
        raise Invalid("counter.unknown", "There is no counter %(counter)s.", counter=number)


def _named(wanted: Sequence[str], known: Any, part: str) -> list[str]:
    for name in wanted:
        if name not in known and part == "services":
            raise Invalid("service.unknown", "There is no service %(service)s.", service=name[:40])
        if name not in known:
            raise Invalid("change.name", "“%(name)s” is neither a service nor a group.", name=name[:40])
    return list(wanted)
