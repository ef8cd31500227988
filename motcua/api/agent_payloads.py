"""The payloads of `/agent`: what device programs send, what they are sent, and what is acknowledged."""

from typing import Annotated, Any, ClassVar, Literal, NotRequired, Self, TypedDict

from pydantic import BeforeValidator, Field, model_validator

from motcua.desk import Json
from motcua.feedback.model import ScoreObstacle
from motcua.feedback.rules.camera import FRAMES_MAX, SCORE_MAX
from motcua.web.event_list import EventPayload, KeyedPayload

COUNTER_MAX, NUMBER_MAX, AGE_MAX_MS = 999, 99_999, 2**40
CODE_MAX = 64
JOB_MAX = 2**53

Counter = Annotated[int, Field(ge=1, le=COUNTER_MAX)]


def _require_number(value: object) -> object:
    """Raise `ValueError` for `false` and `60.0`, which compare equal to an age class."""
    if value is not None and type(value) is not int:
        raise ValueError("an age class is a whole number")
    return value


AgeClass = Annotated[Literal[0, 60, 75], BeforeValidator(_require_number)]
Code = Annotated[str, Field(max_length=CODE_MAX)]
CARD_MAX, COUNTER_MAX = 1100, 999


class PressPayload(KeyedPayload):
    """A press at a counter. Its key does not cover its age, which grows while it is sent again."""

    content_fields: ClassVar[tuple[str, ...]] = ("counter", "press", "number", "device")

    counter: Counter
    press: str = Field(description="what was pressed: a key of the keypad, or `rate`")
    number: Annotated[int, Field(ge=0, le=NUMBER_MAX)] | None = Field(None, description="what was typed before it")
    age_ms: Annotated[int, Field(ge=0, le=AGE_MAX_MS)] | None = Field(
        None, description="how long ago it was; null: before the device program started"
    )
    device: str | None = Field(None, description="the device's name")


class PressAnswer(TypedDict):
    """The number of the ticket that a press was about; for a rating its status."""

    number: str | None


class QuestionPayload(KeyedPayload):
    """The lights or the sound of a pad ask for a rating."""

    visit: str
    counter: int
    device: str | None = Field(None, description="the device's name")


class ExpressionPayload(KeyedPayload):
    """What a camera says of a visit that ended: a score with its quality, or why there is none."""

    content_fields: ClassVar[tuple[str, ...]] = (
        "device", "visit", "score", "quality", "valid_frames", "seen_frames", "reason", "model_hash",
    )  # fmt: skip

    visit: str
    score: Annotated[int, Field(ge=0, le=SCORE_MAX)] | None = Field(None, description="smile index; 0: no smile seen")
    quality: Annotated[int, Field(ge=0, le=SCORE_MAX)] | None = None
    valid_frames: Annotated[int, Field(ge=0, le=FRAMES_MAX)]
    seen_frames: Annotated[int, Field(ge=0, le=FRAMES_MAX)]
    reason: Annotated[str, Field(max_length=CODE_MAX)] | None = Field(
        None, description=f"why there is no score: {', '.join(f'`{item.value}`' for item in ScoreObstacle)}"
    )
    model_hash: Annotated[str, Field(pattern="^[0-9a-f]{64}$")] = Field(description="SHA-256 of the model")
    device: str | None = Field(None, description="the device's name")


class ExpressionAnswer(TypedDict):
    """Whether the score was kept, and why not. A second reading of a visit is answered like the first."""

    visit: str
    kept: bool
    reason: str | None


class ScanPayload(EventPayload):
    """What a scanner read from a card or a code: at least one of `age`, `code` and `refused`."""

    age: AgeClass | None = Field(None, description="the age class that the card suggests")
    perhaps: AgeClass | None = Field(None, description="a higher class than `age`, if the birthday has passed")
    code: Code | None = Field(None, description="the path of a code of this hall")
    refused: Code | None = Field(None, description="why it was refused")
    device: str | None = Field(None, description="the device's name")

    @model_validator(mode="after")
    def require_content(self) -> Self:
        """Raise `ValueError` for a scan without content, or with a `perhaps` that is not higher."""
        if self.age is None and self.code is None and self.refused is None:
            raise ValueError("a scan needs an age class, a code, or why it was refused")
        if self.perhaps is not None and (self.age is None or self.perhaps <= self.age):
            raise ValueError("`perhaps` must be a higher class than `age`")
        return self


class CardPayload(EventPayload):
    """What a scanner at a counter read: a card, or the code of a receipt."""

    counter: Annotated[int, Field(ge=1, le=COUNTER_MAX)]
    text: Annotated[str, Field(max_length=CARD_MAX)]
    device: str | None = Field(None, description="the device's name")


class JobResultPayload(KeyedPayload):
    """How a job ended."""

    id: Annotated[int, Field(ge=-JOB_MAX, le=JOB_MAX)] = Field(description="the job's number")
    state: str = Field(description="`done`, `failed` or `unknown`")
    detail: str | None = Field(None, description="a stable code")
    desk: str | None = Field(None, description="the `desk` that the job came with")


class JobResultAnswer(TypedDict):
    """The job and its state from now on."""

    job: int
    state: str


class DeclarationPayload(KeyedPayload):
    """The devices that a program drives from now on. An invalid entry never hides the others."""

    devices: Any = Field(None, description="list of `{name, kind, counters?}`")


class LeftOutDevice(TypedDict):
    """A device that was not accepted, and why."""

    name: str
    detail: str


class DeclarationAnswer(TypedDict):
    """How many devices were accepted, and which were left out."""

    devices: int
    left_out: NotRequired[list[LeftOutDevice]]


class HealthPayload(EventPayload):
    """The condition of a program and of its devices. An invalid entry is left out."""

    devices: Any = Field(None, description="object of `name: {state, problem?, error?, why?, counters?}`")
    agent: Any = Field(None, description="list of `{message, params}`: what is wrong with the program itself")


class JobMessage(TypedDict):
    """A job for a device: print, show, say or ask something within `ttl_ms`."""

    desk: str
    id: int
    device: str
    kind: str
    payload: dict[str, Any]
    ttl_ms: int


class SignsMessage(TypedDict):
    """What each sign has to show now. `order` is the number of the newest job."""

    desk: str
    order: int
    signs: list[dict[str, Json]]


class LampState(TypedDict):
    """What the lamp of a counter's keypad has to show: `help` or `coming`."""

    counter: int
    lamp: str


class LampsMessage(TypedDict):
    """What the lamps have to show now. A counter that is not there has no open call for help."""

    desk: str
    lamps: list[LampState]


class AskMessage(TypedDict, total=False):
    """A question from the settings page or the morning check. The program answers `{ok, …}`."""

    what: str
    name: str
    device: dict[str, Any]
    payload: dict[str, Any]
    port: str
    kind: str
    protocol: str
    baud: int
    address: int
    latched: bool


class CardMessage(TypedDict):
    """What a scanner at this counter read. It is stored nowhere."""

    text: str


class ScanMessage(TypedDict):
    """What a scanner of this kiosk read. It is stored nowhere."""

    age: AgeClass | None
    code: str | None
    refused: str | None
    perhaps: NotRequired[AgeClass]


class PaperMessage(TypedDict):
    """How printing a ticket ended."""

    ticket: str
    state: str
    detail: str | None


class RefusedPressMessage(TypedDict):
    """Why a press on the keypad of this counter did nothing."""

    press: str
    code: str
    detail: dict[str, str]


class ScannerWatchMessage(TypedDict):
    """Bring what this document scanner writes in the next ten seconds to the desk, for the session `watch`, or stop.

    A file goes to `POST /api/v1/dropoffs/scanner-files`. What was in its folder before the session is never read.
    The program answers `{ok}`: whether it watches for this session already.
    """

    device: str
    watch: str
    on: bool
