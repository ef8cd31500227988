"""From strokes to presses: bounced and held keys count once, typed figures become a number, a pad's address a counter.

Pure.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from motcua.devices.contract import CLEAR, DIGIT, NUMBERED, RATE, Press, Stroke

SAME_KEY_S = 0.3
"""The same key again within this time is a bounce, or the repeat of a key that is held."""
SAME_DIGIT_S = 0.12
"""Figures are typed faster: 1, 1 is eleven."""
TYPED_S = 5.0
"""After this long a figure that was typed is forgotten."""
FIGURES = 4
REMEMBERED = 256
LEVELS = range(1, 6)


@dataclass
class _Pad:
    figures: str = ""
    typed_at: float = 0.0


class Composer:
    """Makes presses of one line's strokes.

    `counters` are the counters of the addresses on a shared line; or one counter, whatever address comes. `rates`: a
    rating pad, of which only faces count; else a keypad, of which they do not. `clean`: the line itself reports each
    key once (HID, Modbus), so figures are not debounced.
    """

    def __init__(self, counters: Mapping[int, int] | int, *, rates: bool, clean: bool = False) -> None:
        self._counters, self._rates = counters, rates
        self._same_digit_s = 0.0 if clean else SAME_DIGIT_S
        self._last: dict[Stroke, float] = {}
        self._pads: dict[int, _Pad] = {}
        self.ignored = 0

    def press(self, stroke: Stroke, at: float, press_id: str | None = None) -> Press | None:
        """Return what `stroke` at `at` (monotonic seconds) completes.

        A stroke with a `press_id` from the pad is never a bounce.
        """
        counter = self._counters if isinstance(self._counters, int) else self._counters.get(stroke.address or 0)
        if counter is None:
            self.ignored += 1
            return None
        if press_id is None and self._bounced(stroke, at):
            return None
        meaning = self._face(stroke) if self._rates else self._key(stroke, at, self._pads.setdefault(counter, _Pad()))
        return None if meaning is None else Press(counter, meaning[0], meaning[1], press_id)

    def _bounced(self, stroke: Stroke, at: float) -> bool:
        """A key that is held goes on sending: the time counts from the last repeat."""
        before = self._last.pop(stroke, None)
        self._last[stroke] = at
        if len(self._last) > REMEMBERED:
            del self._last[next(iter(self._last))]
        return before is not None and at - before < (self._same_digit_s if stroke.key == DIGIT else SAME_KEY_S)

    def _face(self, stroke: Stroke) -> tuple[str, int] | None:
        if stroke.key != RATE or stroke.number not in LEVELS:
            self.ignored += 1
            return None
        return RATE, stroke.number or 0

    def _key(self, stroke: Stroke, at: float, pad: _Pad) -> tuple[str, int | None] | None:
        if at - pad.typed_at >= TYPED_S:
            pad.figures = ""
        if stroke.key == DIGIT and stroke.number in range(10):
            pad.figures = (pad.figures + str(stroke.number))[-FIGURES:]
            pad.typed_at = at
            return None
        typed, pad.figures = pad.figures, ""
        if stroke.key in NUMBERED:
            number = stroke.number if stroke.number is not None else int(typed) if typed else None
            if number is None:
                self.ignored += 1
            return None if number is None else (stroke.key, number)
        if stroke.key in {RATE, DIGIT, CLEAR}:
            self.ignored += stroke.key != CLEAR
            return None
        return stroke.key, None
