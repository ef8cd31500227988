"""The flow of a procedure: by which steps a dossier is settled, whose they are, and their share of the time."""

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, ClassVar, cast

from pydantic import ConfigDict, Field, Strict, TypeAdapter

from motcua.desk.messages import mark
from motcua.procedures.values import STRICT, Heading, PartCode

STEPS_MAX, WHOLE_PERCENT = 12, 100
RECEIVE, HAND_OUT = "receive", "return"
"""The codes of the first and of the last step."""


class StepRole(StrEnum):
    """Whose step it is, as flows of wards name it. An account's own role only says what it may open here."""

    ONE_STOP = "one_stop"
    SPECIALIST = "specialist"
    LEADER = "leader"
    RECORDS = "records"


STEP_ROLE_LABELS = {
    StepRole.ONE_STOP: mark("One-stop officer"),
    StepRole.SPECIALIST: mark("Specialist officer"),
    StepRole.LEADER: mark("Leader"),
    StepRole.RECORDS: mark("Records officer"),
}


@dataclass(frozen=True)
class FlowStep:
    """A step of settling: its code, its name in Vietnamese and English, its share of the whole time in percent.

    `role` says whose step it is, `account` who usually does it, None where it may be anybody.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    code: PartCode
    name: Heading
    share_percent: Annotated[int, Strict(), Field(ge=0, le=WHOLE_PERCENT)]
    role: StepRole = StepRole.SPECIALIST
    account: Annotated[int, Strict(), Field(ge=1)] | None = None


Flow = tuple[FlowStep, ...]
DEFAULT_FLOW: Flow = (
    FlowStep(RECEIVE, ("Tiếp nhận", "Receive"), 10, StepRole.ONE_STOP),
    FlowStep("check", ("Thẩm tra", "Check"), 20, StepRole.SPECIALIST),
    FlowStep("process", ("Giải quyết", "Settle"), 45, StepRole.SPECIALIST),
    FlowStep("sign", ("Ký", "Sign"), 15, StepRole.LEADER),
    FlowStep(HAND_OUT, ("Trả kết quả", "Hand out"), 10, StepRole.ONE_STOP),
)
"""The usual way of a dossier until a ward sets its own. It never changes: dossiers without a flow have these steps.

Basis: LEGAL.md#forms-and-books, form 06.
"""
SHORT_FLOW: Flow = (
    FlowStep(RECEIVE, ("Tiếp nhận", "Receive"), 20, StepRole.ONE_STOP),
    FlowStep("process", ("Giải quyết và ký", "Settle and sign"), 60, StepRole.LEADER),
    FlowStep(HAND_OUT, ("Trả kết quả", "Hand out"), 20, StepRole.ONE_STOP),
)
"""What the page proposes for procedures that are settled on the same day; it holds once a ward saves it."""


class FlowScope(StrEnum):
    """For which procedures a flow is. A narrower one goes before a wider one."""

    USUAL = "usual"
    FIELD = "field"
    IMMEDIATE = "immediate"
    PROCEDURE = "procedure"


@dataclass(frozen=True)
class FlowTarget:
    """What a flow is for; `key` is the name of a field or the code of a procedure, else empty."""

    scope: FlowScope
    key: str = ""

    def __str__(self) -> str:
        """Return it as the store and the journal have it, like `procedure:1.001193`."""
        return f"{self.scope.value}:{self.key}" if self.key else self.scope.value


@dataclass(frozen=True)
class FlowVersion:
    """The flow of `target` from the day `since` on; `flow` is None where it has none of its own any more."""

    target: FlowTarget
    since: str
    flow: Flow | None
    changed_at: str
    account: int | None = None


_FLOW: TypeAdapter[Flow] = TypeAdapter(
    Annotated[Flow, Field(min_length=1, max_length=STEPS_MAX)], config=ConfigDict(defer_build=True)
)


def describe_flow(flow: Flow) -> list[Any]:
    """Return a flow as plain values, as the journal has it."""
    return cast(list[Any], _FLOW.dump_python(flow, mode="json"))


def write_flow(flow: Flow) -> str:
    """Return a flow as JSON."""
    return json.dumps(describe_flow(flow), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def parse_flow(text: str) -> Flow:
    """Return the flow of a JSON text. Raises pydantic's `ValidationError`."""
    return _FLOW.validate_json(text, strict=True)


def compute_flow_digest(flow: Flow) -> str:
    """Return the SHA-256 in hex of a flow; empty for the usual one that the program brings."""
    return "" if flow == DEFAULT_FLOW else hashlib.sha256(write_flow(flow).encode()).hexdigest()


def compute_basis(flow: Flow | None) -> str:
    """Return by what a page knows the flow that it began with; `-` for none."""
    return "-" if flow is None else hashlib.sha256(write_flow(flow).encode()).hexdigest()[:16]
