"""The readings of the frames around the end of a visit become one reading of the visit.

Only the numbers of the last seconds are in memory. The median of at least eight readable frames counts, because one
frame can catch a word or a blink. These limits were chosen, not measured: no video of a counter was tested.
"""

from collections import Counter, deque
from collections.abc import Sequence
from statistics import median

from msgspec import Struct

from motcua.vision.gates import FrameReading, Reason
from motcua.vision.score import CONSTANTS, SmileConstants, score_smile

SAMPLES_A_SECOND = 5
FRAMES_MAX = 1000
"""A camera that is asked far too often cannot fill the memory."""


class WindowRules(Struct, frozen=True):
    """How long is looked before and after the end of the visit, and what has to come together."""

    before_s: float = 6
    after_s: float = 3
    frames: int = 8
    spread_s: float = 1.5


WINDOW = WindowRules()


class SmileReading(Struct, frozen=True):
    """What a visit's window says: score and quality 0 to 100, or None and the reason."""

    score: int | None
    quality: int | None
    valid_frames: int
    seen_frames: int
    reason: Reason | None


class SmileWindow:
    """Collects the readings of one visit. Times are seconds of a clock that nobody can set."""

    def __init__(self, rules: WindowRules = WINDOW) -> None:
        self._rules = rules
        self._frames: deque[tuple[float, FrameReading]] = deque(maxlen=FRAMES_MAX)
        self._finished_s: float | None = None

    def add(self, at_s: float, frame: FrameReading) -> None:
        """Take the reading of a frame that was taken at `at_s`; later than the window or out of order is ignored."""
        if self._frames and at_s <= self._frames[-1][0]:
            return
        if self._finished_s is not None and at_s > self._finished_s + self._rules.after_s:
            return
        self._frames.append((at_s, frame))
        self._forget_before((at_s if self._finished_s is None else self._finished_s) - self._rules.before_s)

    def finish(self, at_s: float) -> None:
        """The visit ended at `at_s`; the first time counts."""
        if self._finished_s is None:
            self._finished_s = at_s
            self._forget_before(at_s - self._rules.before_s)

    def is_complete(self, now_s: float) -> bool:
        """Say whether nothing more can come into the window."""
        return self._finished_s is not None and now_s >= self._finished_s + self._rules.after_s

    def read(self, constants: SmileConstants = CONSTANTS) -> SmileReading:
        """Return the reading of what is in the window now."""
        return read_frames(self._frames, constants, self._rules)

    def _forget_before(self, at_s: float) -> None:
        while self._frames and self._frames[0][0] < at_s:
            self._frames.popleft()


def read_frames(
    frames: Sequence[tuple[float, FrameReading]],
    constants: SmileConstants = CONSTANTS,
    rules: WindowRules = WINDOW,
) -> SmileReading:
    """Return the median of the readable frames, each with its time, or the commonest reason why there is none.

    Where too few were readable, each of them counts as the reason `too_few_frames`.
    """
    valid = [(at_s, frame.quality, frame.smile) for at_s, frame in frames if frame.smile is not None]
    seen = len(frames)
    if len(valid) >= rules.frames and valid[-1][0] - valid[0][0] >= rules.spread_s:
        score = median(score_smile(smile, constants) for _at, _quality, smile in valid)
        quality = median(quality for _at, quality, _smile in valid)
        return SmileReading(round(score), round(quality), len(valid), seen, None)
    if not seen:
        return SmileReading(None, None, 0, 0, Reason.STALE_CAMERA)
    counts = Counter(frame.reason or Reason.TOO_FEW_FRAMES for _at, frame in frames)
    order = list(Reason)
    reason = min(counts, key=lambda name: (-counts[name], order.index(name)))
    return SmileReading(None, None, len(valid), seen, reason)
