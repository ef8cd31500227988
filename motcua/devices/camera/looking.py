"""One look of a camera: from a citizen's *yes* to the seconds after the end of the visit. Numbers only."""

from collections.abc import Mapping
from math import isfinite
from typing import Any, Literal, cast

from msgspec import Struct

from motcua.copies import replace
from motcua.devices.contract import Expression
from motcua.vision.gates import VISIT_GATES, FrameReading, Gates
from motcua.vision.model_file import MODEL_SHA256
from motcua.vision.score import CONSTANTS, SmileConstants
from motcua.vision.window import WINDOW, SmileWindow

STEPS = ("begin", "finish", "stop")
Step = Literal["begin", "finish", "stop"]
VISIT_MAX, CONSTANT_MAX = 40, 1000.0
USUAL = {"slope": CONSTANTS.slope, "offset": CONSTANTS.offset}
LIMITS = ("width_px", "sharpness", "darkest", "brightest", "yaw", "pitch")
ARRIVAL_S = 1.0
"""How long after the window its last pictures may still be in the analysis."""


class ScoreRules(Struct, frozen=True):
    """By which constants a smile is scored, and which pictures may be read."""

    constants: SmileConstants = CONSTANTS
    gates: Gates = VISIT_GATES


class LookOrder(Struct, frozen=True):
    """A job `look` as the desk writes it: which visit, what to do, and by which rules it is scored."""

    visit: str
    step: Step
    rules: ScoreRules


def read_order(payload: Mapping[str, Any]) -> LookOrder | None:
    """Return the order of a job's payload, None for one that cannot be understood."""
    visit, step = payload.get("visit"), payload.get("step")
    if not isinstance(visit, str) or not 0 < len(visit) <= VISIT_MAX or step not in STEPS:
        return None
    rules = read_rules(payload.get("constants"))
    return None if rules is None else LookOrder(visit, cast(Step, step), rules)


def read_rules(value: object) -> ScoreRules | None:
    """Return the rules of a job's constants, the usual ones where it has none, None for anything that is no constants.

    What this program does not know is left out: the desk may be newer.
    """
    if value is None:
        return ScoreRules()
    if not isinstance(value, Mapping):
        return None
    numbers = {name: value[name] for name in (*USUAL, *LIMITS) if name in value}
    if not all(_is_number(number) for number in numbers.values()):
        return None
    slope, offset = (float(numbers.get(name, usual)) for name, usual in USUAL.items())
    limits = {name: number for name, number in numbers.items() if name in LIMITS}
    return ScoreRules(replace(CONSTANTS, slope=slope, offset=offset), replace(VISIT_GATES, **limits))


def _is_number(value: object) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and isfinite(cast(float, value)) and abs(cast(float, value)) <= CONSTANT_MAX


class VisitLook:
    """The look at one visit; `number` tells its pictures from those of the look before."""

    def __init__(self, number: int, order: LookOrder) -> None:
        self.number, self.visit = number, order.visit
        self.rules = order.rules
        self._window = SmileWindow()
        self._finished_at: float | None = None
        self._newest_at = float("-inf")

    @property
    def is_finishing(self) -> bool:
        """Whether the visit has ended."""
        return self._finished_at is not None

    def add(self, at: float, reading: FrameReading) -> None:
        """Take what the picture of the moment `at` says."""
        self._window.add(at, reading)
        self._newest_at = max(self._newest_at, at)

    def finish(self, at: float) -> None:
        """The visit has ended; the first time counts."""
        if self._finished_at is None:
            self._finished_at = at
            self._window.finish(at)

    def is_over(self, now: float) -> bool:
        """Say whether all pictures of the window have come: a later one is there, or a second has passed."""
        if self._finished_at is None or not self._window.is_complete(now):
            return False
        end = self._finished_at + WINDOW.after_s
        return self._newest_at >= end or now >= end + ARRIVAL_S

    def read(self) -> Expression:
        """Return what it says of the visit."""
        reading = self._window.read(self.rules.constants)
        return Expression(
            self.visit,
            reading.score,
            reading.quality,
            reading.valid_frames,
            reading.seen_frames,
            None if reading.reason is None else str(reading.reason),
            MODEL_SHA256,
        )


def tell_stale(visit: str) -> Expression:
    """Return what is told of a visit whose end came too late to be looked at."""
    return Expression(visit, None, None, 0, 0, "stale_camera", MODEL_SHA256)
