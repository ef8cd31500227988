"""Bodies and answers of the calls about devices."""

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from motcua.api.shapes.base import ApiShape, Strict
from motcua.api.shapes.staff import Counters, Kiosks
from motcua.api.texts import Line as Word


class AgentPath(ApiShape):
    """Which agent: its token's number."""

    id: int


class LinePath(ApiShape):
    """Which line of the check."""

    id: int


class Device(ApiShape):
    """A device and how it is."""

    name: str
    kind: str
    counters: list[int]
    state: Literal["ok", "degraded", "down", "unknown"]
    problem: str | None
    error: str | None
    since: str | None
    figures: dict[str, int]


class WaitingItem(ApiShape):
    """One thing that waits for an administrator, in words."""

    code: Literal["unbound", "no_counter", "no_kiosk", "unconfirmed"]
    detail: str


class AgentShape(ApiShape):
    """An enrolled device program and its devices."""

    agent: int
    name: str
    connected: bool
    problems: list[str]
    counters: list[int] = Field(description="the counters that an administrator has assigned to it")
    kiosks: list[int] | Literal["all"] = Field(
        description="the kiosks to which its scanners are assigned, by their tokens' numbers"
    )
    confirmed: bool = Field(description="no: taken from its devices when the desk was updated, and not looked at yet")
    waiting: list[WaitingItem] = Field(description="what of it waits for an administrator")
    devices: list[Device]


class Assignment(ApiShape):
    """What a device program may act for."""

    counters: list[int]
    kiosks: list[int] | Literal["all"]


class Assign(Strict):
    """The counters and kiosks that a device program serves from now on, and no others."""

    counters: Counters
    kiosks: Kiosks = Field(default_factory=list)


class Devices(ApiShape):
    """All of them."""

    items: list[AgentShape]


class AskAgent(Strict):
    """What the settings page asks an agent: `devices`, `drivers`, `ports`, `put`, `remove`, `test`, `learn`,
    `learned`, `learn_skip`, `learn_keep`, `learn_stop`, each with the fields it needs.
    """

    what: Literal[
        "devices",
        "drivers",
        "ports",
        "put",
        "remove",
        "test",
        "learn",
        "learned",
        "learn_skip",
        "learn_keep",
        "learn_stop",
    ]
    name: Word | None = None
    device: dict[str, Any] | None = None
    payload: dict[str, Any] | None = None
    port: Word | None = None
    kind: Word | None = None
    protocol: Word | None = None
    baud: Annotated[int, Field(ge=300, le=1_000_000)] | None = None
    address: Annotated[int, Field(ge=0, le=255)] | None = None
    latched: bool | None = None


class AskAnswer(ApiShape):
    """What a device program answers, in its own fields."""

    model_config = ConfigDict(extra="allow")
    ok: bool


class CheckItem(ApiShape):
    """One line of the check."""

    id: int
    what: str
    title: str
    label: str
    state: Literal["ok", "degraded", "down", "unknown"]
    detail: str | None
    needs: Literal["look", "press"] | None
    request: str | None = Field(description="what a person has to do for it, or has to say of it, now")
    seen: bool | None
    running: bool


class CheckShape(ApiShape):
    """A check that goes on, or was ended since the desk started."""

    at: str
    ended: bool
    items: list[CheckItem]


class SheetLine(ApiShape):
    """One line of a check as its sheet keeps it."""

    what: str
    title: str
    label: str
    state: Literal["ok", "degraded", "down", "unknown"]
    detail: str | None
    seen: bool | None


class CheckSheet(ApiShape):
    """The sheet of a check that was ended."""

    day: str
    at: str
    actor: str
    lines: list[SheetLine]


class CheckAnswer(ApiShape):
    """The check and the last sheet that was kept."""

    check: CheckShape | None
    last: CheckSheet | None


class Seen(Strict):
    """Whether the paper came, the sign lit up, the voice spoke."""

    seen: bool
