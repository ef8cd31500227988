"""Procedures that people ask for together, so that one visit takes in several dossiers."""

import json
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, cast

from pydantic import ConfigDict, Field, TypeAdapter

from motcua.dossiers.model.applicant import Applicant, IntakeRequest
from motcua.procedures.values import STRICT, Flag, Heading, PartCode, ProcedureCode

LEAST, MOST = 2, 5
"""How many procedures a group has: no visit holds more dossiers."""


@dataclass(frozen=True)
class LinkedGroup:
    """Procedures that belong together, in the order in which they are settled.

    `is_in_turn`: each needs the result of the one before, so its time begins where the one before ends.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    code: PartCode
    name: Heading
    procedures: Annotated[tuple[ProcedureCode, ...], Field(min_length=LEAST, max_length=MOST)]
    is_in_turn: Flag = False


@dataclass(frozen=True)
class LinkedVersion:
    """What a group is from the day `since` on; `group` is None where it is withdrawn."""

    code: str
    since: str
    group: LinkedGroup | None
    changed_at: str
    account: int | None = None


@dataclass(frozen=True)
class LinkedRequest:
    """The dossiers of a group that one applicant hands in together, in the order of the group."""

    group: str
    applicant: Applicant
    dossiers: tuple[IntakeRequest, ...]


_GROUP: TypeAdapter[LinkedGroup] = TypeAdapter(LinkedGroup)


def describe_group(group: LinkedGroup) -> dict[str, Any]:
    """Return a group as plain values, as the journal has it."""
    return cast(dict[str, Any], _GROUP.dump_python(group, mode="json"))


def write_group(group: LinkedGroup) -> str:
    """Return a group as JSON."""
    return json.dumps(describe_group(group), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def parse_group(text: str) -> LinkedGroup:
    """Return the group of a JSON text. Raises pydantic's `ValidationError`."""
    return _GROUP.validate_json(text, strict=True)
