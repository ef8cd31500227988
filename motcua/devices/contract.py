"""What a driver of any device gives and takes. Values and protocols only: the desk knows devices by this file alone.

A driver is a **codec** (pure: bytes to values), a **port** (moves bytes, knows no meaning) and is run by the agent's
supervisor on one thread of its own: `open`, then `step` again and again, `work` for each job, `close` when it failed
or the agent ends.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, runtime_checkable

from msgspec import Struct
from pydantic import BaseModel, ConfigDict

from motcua.typed.sentences import SentenceError

KEYS = ("next", "recall", "start", "finish", "absent", "hold", "transfer", "call", "pause", "help")
"""What an officer's keypad can ask for; `transfer` and `call` need a number (a counter, a ticket's digits)."""
NUMBERED = frozenset({"transfer", "call"})
RATE, DIGIT, CLEAR = "rate", "digit", "clear"
"""A face of a rating pad (number 1 to 5, 5 best); a figure of a number being typed; a number taken back."""
STROKES = (*KEYS, RATE, DIGIT, CLEAR)
COUNTER_MAX = 999
State = Literal["ok", "degraded", "down", "unknown"]
"""Health. `unknown` is a device that cannot answer: a sign, a printer without a way back."""


class DeviceError(SentenceError):
    """All that leaves a driver.

    `message` is English with places for `params`; `permanent` means that only a person can mend it.

    `code` is a stable word for pages, as in `JobOutcome.detail`, where there is a truer one than `device_down`.
    Never holds what a scanner read.
    """

    def __init__(self, message: str, /, *, permanent: bool = False, code: str | None = None, **params: object) -> None:
        super().__init__(message, **params)
        self.permanent, self.code = permanent, code


class Stroke(Struct, frozen=True):
    """One key as a codec reads it, one of `STROKES`; `address` says which pad of a shared line, None where there is
    one.
    """

    key: str
    number: int | None = None
    address: int | None = None


class DeviceMessage(Struct, frozen=True):
    """What an agent sends to the server because of something at a device: the `event` of its cable and the event's
    `fields`.

    One that `is_kept` is on disk before anything else happens with it, and is sent until it is answered.
    Any other is worth nothing later: it is sent now or never.
    `id` is the device's own name for it: two with one `id` are one message sent twice. `is_old`: nobody knows when
    it happened. `log` is a line for the log, empty where nothing of it may be logged.
    """

    event: str
    fields: Mapping[str, Any]
    is_kept: bool
    id: str | None = None
    is_old: bool = False
    log: str = ""


class Observation(Protocol):
    """What a driver saw people do. The agent passes it on and knows nothing else of it."""

    def to_message(self) -> DeviceMessage:
        """Return what the server is told of it."""
        ...


@dataclass(frozen=True)
class Press:
    """What a person asked for at `counter`: `press` is one of `KEYS` or `RATE`, with its number where it has one.

    `id` is the pad's own name for this press, where it gives one: two presses with one `id` are one press sent
    twice. `is_old`: it was kept for an unknown time before it came here.
    """

    counter: int
    press: str
    number: int | None = None
    id: str | None = None
    is_old: bool = field(default=False, compare=False)

    def to_message(self) -> DeviceMessage:
        """Return a message that is kept: a press is lost by nobody."""
        fields = {"counter": self.counter, "press": self.press, "number": self.number}
        log = f"{self.press} at counter {self.counter}"
        return DeviceMessage("press", fields, is_kept=True, id=self.id, is_old=self.is_old, log=log)


class Scan(Struct, frozen=True):
    """What a scanner read: exactly one of `age`, `code` and `refused` is set. Nothing else of a card leaves the driver.

    `age` is the age class of a card: 60, 75, or 0 for younger. `code` is the path of one of our codes: `t/…`, `b/…`,
    `seat/…`, `n/…`. `refused` is the reason why nothing else was read.
    `perhaps` is a higher age class, for a card that has only the year of birth: only the person knows whether the
    birthday has passed.
    """

    age: int | None = None
    code: str | None = None
    refused: str | None = None
    perhaps: int | None = None

    def to_message(self) -> DeviceMessage:
        """Return a message that is neither kept nor logged: it may be a citizen's card."""
        perhaps = {} if self.perhaps is None else {"perhaps": self.perhaps}
        return DeviceMessage(
            "scan", {"age": self.age, "code": self.code, "refused": self.refused, **perhaps}, is_kept=False
        )


@dataclass(frozen=True)
class CounterScan:
    """What a scanner at `counter` read, whole and without its framing: the page of dossiers reads the card there."""

    counter: int
    text: str = field(repr=False)

    def to_message(self) -> DeviceMessage:
        """Return a message that is neither kept nor logged: it may be a citizen's card."""
        return DeviceMessage("card", {"counter": self.counter, "text": self.text}, is_kept=False)


class Expression(Struct, frozen=True):
    """What a camera saw on leaving of a person who agreed: `score` and `quality` are 0 to 100.

    Without a score there is a `reason`. The counts are frames, the hash is the model's. No picture, no face.
    """

    visit: str
    score: int | None
    quality: int | None
    valid_frames: int
    seen_frames: int
    reason: str | None
    model_hash: str

    def to_message(self) -> DeviceMessage:
        """Return a message that is kept, once a visit. What was scored is never logged."""
        fields = {
            "visit": self.visit,
            "score": self.score,
            "quality": self.quality,
            "valid_frames": self.valid_frames,
            "seen_frames": self.seen_frames,
            "reason": self.reason,
            "model_hash": self.model_hash,
        }
        return DeviceMessage("expression", fields, is_kept=True, id=self.visit, log=f"looked at visit {self.visit}")


class PreviewPicture(Struct, frozen=True):
    """What a camera sees while somebody sets its region: a small JPEG as base64 text, and the camera's own size."""

    jpeg: str
    width: int
    height: int

    def __repr__(self) -> str:
        return f"PreviewPicture({self.width}x{self.height})"

    def to_message(self) -> DeviceMessage:
        """Return a message that is neither kept nor logged: it is a picture of people."""
        return DeviceMessage("picture", {"jpeg": self.jpeg, "width": self.width, "height": self.height}, is_kept=False)


class JobOutcome(Struct, frozen=True):
    """How a job ended.

    `detail` is a stable code: `paper_low`, `paper_out`, `sent_unconfirmed` …, None where all is said.

    `failed` only when nothing of the job can have happened; `unknown` when it began and its end was not seen.
    """

    state: Literal["done", "failed", "unknown"]
    detail: str | None = None


class Report(Struct, frozen=True):
    """How a device is, as its driver sees it while it is open; `problem` is a stable code as in `JobOutcome.detail`."""

    state: State = "ok"
    problem: str | None = None


class Codec(Protocol):
    """Bytes to strokes. Keeps an unfinished tail of bounded length; garbage never raises and never makes a stroke."""

    def feed(self, data: bytes, at: float) -> list[Stroke]:
        """Return the strokes that `data`, read at `at` (monotonic seconds), completes."""
        ...

    def end_silence(self, at: float) -> list[Stroke]:
        """Nothing came until `at`: return what silence completes, forget an unfinished tail after 0.1 s of it."""
        ...


class DriverOptions(BaseModel):
    """The base of every driver's options; an unknown name is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Driver(Protocol):
    """One device, or one line with several on it. Used by one thread."""

    def open(self) -> None:
        """Open the port and see that the device can be used. Raises `DeviceError`."""
        ...

    def step(self) -> list[Observation]:
        """Do what is due (read, poll, send again) and return what people did.

        Returns within 0.1 s. Raises `DeviceError`.
        """
        ...

    def work(self, kind: str, payload: Mapping[str, Any]) -> JobOutcome:
        """Do one job: `print`, `sign`, `say`, `ask`, `look`, `check`.

        Raises `DeviceError` only when nothing of it has happened.
        """
        ...

    def report(self) -> Report:
        """Return how the device is."""
        ...

    def blank(self) -> None:
        """The desk cannot be reached: show nothing that may be out of date. Does nothing where nothing is shown."""
        ...

    def close(self) -> None:
        """Close the port; never raises, may be called twice."""
        ...


@runtime_checkable
class Acknowledging(Protocol):
    """A driver whose line sends a press again until it is taken: such a press is lost by nobody."""

    def confirm_stored(self) -> None:
        """All presses that `step` returned so far are on disk: tell the line. Raises `DeviceError`."""
        ...


@runtime_checkable
class Remembering(Protocol):
    """A driver that shows a state. What it is told while its cable is out stands there once the cable is in again."""

    def remember(self, kind: str, payload: Mapping[str, Any]) -> JobOutcome | None:
        """Note what the job `kind` should show; return how the job ends if nothing has to be sent for it."""
        ...


@runtime_checkable
class Signalling(Protocol):
    """A driver with a lamp that shows what becomes of a call for help."""

    def show_lamps(self, lamps: Mapping[int, str]) -> None:
        """Take what each counter's lamp has to show now: it replaces all. A counter without a word is dark."""
        ...


def list_counters(options: Mapping[str, Any]) -> list[int]:
    """Return the counters that a device belongs to by its entry: `counter`, or those of the addresses in `counters`
    or `signs`.
    """
    many = options.get("counters") or options.get("signs") or {}
    numbers = [*many.values()] if isinstance(many, Mapping) else []
    return sorted(
        {number for number in [*numbers, options.get("counter")] if type(number) is int and 0 < number <= COUNTER_MAX}
    )
