"""Learn mode: asks a person for each key three times, proposes a profile, and asks once more to see that it is right.

Pure.

Nothing here knows a cable: `ByteLearner` is told what came over a serial line, `PanelLearner` what a Modbus panel's
registers held.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, Generic, Literal, TypeVar

import yaml

from motcua.devices.contract import KEYS, Stroke
from motcua.devices.keypad.codec.modbus import Spot
from motcua.devices.keypad.keys import get_stroke
from motcua.devices.keypad.learn.bytes import NotUnderstood, is_wrong_speed, learn_frames_or_lines
from motcua.devices.keypad.learn.panel import Reading, find_panel_keys, list_spots
from motcua.devices.keypad.profile import Profile, parse
from motcua.typed.sentences import mark

Kind = Literal["keypad", "pad"]
Found = TypeVar("Found")
TIMES = 3
TIMES_MAX = 8
"""Presses of one key that may disagree before it is given up."""
MISSED_MAX = 3
QUIET_S = 0.35
"""What follows within this time belongs to the same press: a key going up, a frame sent again."""
BURST_S = 0.1
BAUDS = (9600, 19_200, 115_200, 4800)
ASKED: Mapping[Kind, tuple[str, ...]] = {
    "keypad": (*KEYS, "clear", *(f"digit:{figure}" for figure in range(10))),
    "pad": tuple(f"rate:{level}" for level in (5, 4, 3, 2, 1)),
}
"""What each kind of pad may have; a person skips what is not on it."""
_SAME = mark("The keys %(one)s and %(other)s send the same.")
_DIFFERS = mark("%(key)s sends something else each time.")
_UNCLEAR = mark("The keys cannot be told apart. Is the speed (baud) right?")
_NONE = mark("No key was pressed.")
_WRONG = mark("That was not %(key)s as it was learnt; press it again.")
_NOT_LEARNT = mark("%(key)s was not read again as it was learnt.")
_SPEED = mark("This looks like a wrong speed. Try %(baud)s baud.")


class Learner(ABC, Generic[Found]):
    """One lesson. `step` is `asking`, `verifying`, `done` or `failed`. `baud` is what the profile will say."""

    def __init__(self, kind: Kind, keys: Sequence[str] | None = None, baud: int = 9600, name: str = "") -> None:
        """Begin. Raises `ValueError` for a key that is none, e.g. `rate:5`, `digit:0`, `next` are."""
        self._kind, self._baud, self._name = kind, baud, name
        self._keys = list(keys if keys is not None else ASKED[kind])
        for key in self._keys:
            get_stroke(key)
        self._samples: dict[str, list[Found]] = {}
        self._at, self._missed = 0, 0
        self._step = "asking"
        self._proposal: Profile | None = None
        self._text: str | None = None
        self._errors: list[dict[str, Any]] = []
        self._last_text = ""

    @property
    def step(self) -> str:
        """Return where the lesson stands."""
        return self._step

    @property
    def key(self) -> str | None:
        """Return the key that is asked for now, None at the end."""
        return self._keys[self._at] if self._step in {"asking", "verifying"} else None

    def skip(self) -> None:
        """The key is not there: leave it out."""
        if self.key is not None:
            self._samples.pop(self.key, None)
            if self._step == "asking":
                del self._keys[self._at]
                self._at -= 1
            self._advance()

    def ask_again(self) -> None:
        """Forget what was heard of this key, and ask for it anew."""
        if self.key is not None and self._step == "asking":
            self._samples.pop(self.key, None)
            self._errors = []

    def get_state(self) -> dict[str, Any]:
        """Return all of it as JSON: `step`, `kind`, `ask` (`rate:5`; null at the end), `times` heard `of`, `at` of
        `keys`, `seen`, `profile` (YAML or null), `errors` (`code`, `message` in English with places for `params`).
        """
        key = self.key
        asking = self._step == "asking"
        return {
            "step": self._step,
            "kind": self._kind,
            "ask": key,
            "times": len(self._samples.get(key, [])) if key and asking else 0,
            "of": TIMES if asking else 1,
            "at": self._at,
            "keys": len(self._keys),
            "seen": self._last_text,
            "baud": self._baud,
            "profile": self._text,
            "errors": list(self._errors),
        }

    def render_profile(self) -> str:
        """Return the profile's YAML. Raises `ValueError` as long as there is none that was verified."""
        if self._text is None or self._step != "done":
            raise ValueError(self._step)
        return self._text

    def _sampled(self, sample: Found, text: str) -> None:
        """One press was heard."""
        key, self._last_text = self.key, text
        if key is None:
            return
        self._errors = []
        if self._step == "asking":
            samples = self._samples.setdefault(key, [])
            samples.append(sample)
            if self._agree(samples):
                self._advance()
            elif len(samples) >= TIMES_MAX:
                self._fail("differs", _DIFFERS, key=key)
            else:
                self._noticed(samples)
        elif self._meaning(sample) == get_stroke(key):
            self._missed = 0
            self._advance()
        else:
            self._missed += 1
            if self._missed >= MISSED_MAX:
                self._fail("not_learnt", _NOT_LEARNT, key=key)
            else:
                self._error("wrong", _WRONG, key=key)

    def _advance(self) -> None:
        self._at += 1
        if self._at < len(self._keys):
            return
        if self._step == "verifying":
            self._step = "done"
            return
        if not self._samples:
            self._fail("none", _NONE)
            return
        self._propose()

    def _propose(self) -> None:
        try:
            body = self._learnt(self._samples)
        except NotUnderstood as error:
            if error.keys:
                self._fail("same", _SAME, one=error.keys[0], other=error.keys[1])
            else:
                self._fail("unclear", _UNCLEAR)
            return
        head = {"name": self._name or f"Learnt {self._kind}", "kind": self._kind, "baud": self._baud}
        self._text = yaml.safe_dump(head | body, sort_keys=False, allow_unicode=True)
        self._proposal = parse(self._text, self._name or "learnt")
        self._step, self._at, self._missed = "verifying", 0, 0

    def _fail(self, code: str, message: str, **params: object) -> None:
        self._step = "failed"
        self._error(code, message, **params)

    def _error(self, code: str, message: str, **params: object) -> None:
        self._errors = [{"code": code, "message": message, "params": params}]

    def _noticed(self, samples: list[Found]) -> None:
        """Look at what was heard so far for something to say."""

    @abstractmethod
    def _agree(self, samples: list[Found]) -> bool:
        """Return whether these presses of one key are enough."""

    @abstractmethod
    def _learnt(self, samples: Mapping[str, list[Found]]) -> dict[str, Any]:
        """Return the profile's part that the presses prove. Raises `NotUnderstood`."""

    @abstractmethod
    def _meaning(self, sample: Found) -> Stroke | None:
        """Return what the proposed profile makes of a press."""


class ByteLearner(Learner[bytes]):
    """Learns `ascii_line` and `binary_frame` from the bytes of a serial line."""

    def __init__(self, kind: Kind, keys: Sequence[str] | None = None, baud: int = 9600, name: str = "") -> None:
        """Begin. Raises `ValueError` as above."""
        super().__init__(kind, keys, baud, name)
        self._first, self._last_at, self._closed = b"", float("-inf"), False

    def receive(self, data: bytes, at: float) -> None:
        """Take what arrived at `at` (monotonic seconds)."""
        self.end_silence(at)
        if data:
            self._closed = self._closed or (bool(self._first) and at - self._last_at >= BURST_S)
            if not self._closed:
                self._first += data
            self._last_at = at

    def end_silence(self, at: float) -> None:
        """Nothing came until `at`: after a pause, what was heard is one press, of which the first burst counts."""
        if self._first and at - self._last_at >= QUIET_S:
            sample, self._first, self._closed = self._first[:256], b"", False
            self._sampled(sample, sample.hex(" "))

    def _agree(self, samples: list[bytes]) -> bool:
        sizes = [len(sample) for sample in samples]
        return max(sizes.count(size) for size in sizes) >= TIMES

    def _noticed(self, samples: list[bytes]) -> None:
        if is_wrong_speed(samples):
            following = BAUDS[(BAUDS.index(self._baud) + 1) % len(BAUDS)] if self._baud in BAUDS else BAUDS[0]
            self._error("baud", _SPEED, baud=following)

    def _learnt(self, samples: Mapping[str, list[bytes]]) -> dict[str, Any]:
        agreed = {}
        for key, presses in samples.items():
            sizes = [len(sample) for sample in presses]
            usual = max(sizes, key=sizes.count)
            agreed[key] = [sample for sample in presses if len(sample) == usual]
        return learn_frames_or_lines(agreed)

    def _meaning(self, sample: bytes) -> Stroke | None:
        if self._proposal is None:
            return None
        codec = self._proposal.make_serial_codec()
        strokes = set(codec.feed(sample, 0.0) + codec.end_silence(1.0))
        return strokes.pop() if len(strokes) == 1 else None


class PanelLearner(Learner[Reading]):
    """Learns `modbus_keys` of one panel from what its registers hold."""

    def __init__(
        self, kind: Kind, keys: Sequence[str] | None = None, baud: int = 9600, name: str = "", *, latched: bool = False
    ) -> None:
        """Begin. Raises `ValueError` as above."""
        super().__init__(kind, keys, baud, name)
        self._latched = latched
        self._before: dict[tuple[int, int], int] = {}
        self._changes: set[tuple[int, int, int]] = set()
        self._last_at = float("-inf")

    def take_values(self, function: int, start: int, values: Sequence[int], at: float) -> None:
        """Take what the function read from `start` on, at `at` (monotonic seconds).

        What is down at first is no press.
        """
        for register, value in enumerate(values, start):
            before = self._before.get((function, register))
            self._before[function, register] = value
            if before is not None and value != before:
                self._last_at = at
                if value & ~before:
                    self._changes.add((function, register, value))
        if self._changes and at - self._last_at >= QUIET_S:
            sample, self._changes = frozenset(self._changes), set()
            text = ", ".join(f"FC{change[0]} {change[1]}: {change[2]:04X}" for change in sorted(sample))
            self._sampled(sample, text)

    def _agree(self, samples: list[Reading]) -> bool:
        return len(samples) >= TIMES and bool(frozenset.intersection(*samples[-TIMES:]))

    def _learnt(self, samples: Mapping[str, list[Reading]]) -> dict[str, Any]:
        function, spots = find_panel_keys({key: readings[-TIMES:] for key, readings in samples.items()})
        part = {"function": function} | ({"latched": True} if self._latched else {})
        return {"codec": "modbus_keys", "modbus": part, "keys": {spot: key for key, spot in spots.items()}}

    def _meaning(self, sample: Reading) -> Stroke | None:
        if self._proposal is None or self._proposal.schema.modbus is None:
            return None
        keys: Mapping[Spot, tuple[str, int | None]] = self._proposal.keys
        spots = list_spots(sample, self._proposal.schema.modbus.function, keys)
        return Stroke(*keys[spots[0]]) if len(spots) == 1 else None
