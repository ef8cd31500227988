"""What all signs have in common, whatever their cable: the state that they should show, and when it is sent."""

import time
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from motcua.devices import options as explained
from motcua.devices.contract import DriverOptions, JobOutcome, Observation
from motcua.devices.sign.codec import fit_text
from motcua.typed.sentences import mark

PACE_S = 0.05
"""From the start of one frame on a line to the next."""
CHECK_S = 5.0
LONGEST_TEXT = 16
STALE = JobOutcome("done", "stale")
State = Mapping[str, Any]
_LOST: State = {"state": "lost", "number": None}
_IDLE: State = {"state": "idle", "number": None}


class SignOptions(DriverOptions):
    """`signs` is the counter of each sign's address; with `counter` alone the line has one sign, at `address`.

    Texts stand for states.
    """

    port: Annotated[str, explained.SerialPort]
    baud: Annotated[int, explained.Baud] = Field(default=9600, ge=300, le=921_600)
    counter: Annotated[int | None, explained.Counter] = Field(default=None, ge=1)
    address: Annotated[int, explained.Address] = Field(default=1, ge=0, le=999)
    signs: Annotated[dict[int, int] | None, explained.Several] = Field(default=None, min_length=1, max_length=64)
    width: Annotated[int, explained.explain(mark("Characters of the sign"), rank=explained.WIDTH)] = Field(
        default=5, ge=1, le=LONGEST_TEXT
    )
    resend_s: Annotated[float, explained.explain(mark("Send again every … seconds"))] = Field(default=10, ge=1, le=600)
    idle: Annotated[str, explained.explain(mark("Shown while nobody is called"))] = ""
    paused: Annotated[str, explained.explain(mark("Shown while the counter is paused"))] = ""
    closed: Annotated[str, explained.explain(mark("Shown while the counter is closed"))] = ""
    lost: Annotated[str, explained.explain(mark("Shown without connection to the desk"))] = "--"
    """What is shown while the desk cannot be reached, or before it has been."""

    @model_validator(mode="after")
    def _either(self) -> Self:
        if (self.counter is None) == (self.signs is None):
            raise ValueError("write counter and address, or signs with the counter of each address")
        for address, counter in self.get_places().items():
            if address < 0 or counter < 1:
                raise ValueError(f"sign {address} of counter {counter}: addresses count from 0, counters from 1")
        return self

    def check_texts(self, letters: str) -> None:
        """Raises `ValueError` for a text that the signs cannot show."""
        for name, text in (("idle", self.idle), ("paused", self.paused), ("closed", self.closed), ("lost", self.lost)):
            if fit_text(text, letters, LONGEST_TEXT) != text.upper() or len(text) > self.width:
                raise ValueError(
                    f"{name}: a sign with {self.width} places and the letters {letters!r} cannot show {text!r}"
                )

    def get_places(self) -> dict[int, int]:
        """Return the counter of each address."""
        return self.signs if self.signs is not None else {self.address: self.counter or 0}

    def write_text(self, state: State) -> tuple[str, bool]:
        """Return what stands for `state`, and whether it is a number."""
        number = state.get("number")
        if isinstance(number, str) and number and state.get("state") in {"called", "serving"}:
            return number, True
        return {"idle": self.idle, "paused": self.paused, "closed": self.closed}.get(
            str(state.get("state")), self.lost
        ), False


class Sign:
    """One sign: what was sent last, what of it is still to be sent, and when it is due again."""

    def __init__(self, address: int, counter: int) -> None:
        self.address, self.counter = address, counter
        self.sent: tuple[str, bool] | None = None
        self.frames: deque[Any] = deque()
        self.due_at = 0.0
        self.failures, self.answered = 0, False


class SignLine(ABC):
    """One line with signs.

    What they should show lives here and outlasts a pulled cable. `now` is monotonic, in seconds.
    """

    def __init__(
        self,
        options: SignOptions,
        letters: str,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._options, self._letters, self._now, self._sleep = options, letters, now, sleep
        self._states: dict[int, State] = dict.fromkeys(options.get_places().values(), _LOST)
        self._orders: dict[int, int] = {}
        self._signs = [Sign(address, counter) for address, counter in options.get_places().items()]
        self._next_at, self._check_until = 0.0, 0.0
        self._is_open = False

    # what each cable does in its own way

    @abstractmethod
    def _open(self) -> None:
        """Open the port. Raises `DeviceError`."""

    @abstractmethod
    def _close(self) -> None:
        """Close it."""

    @abstractmethod
    def _frames(self, sign: Sign, text: str, *, is_number: bool) -> list[Any]:
        """Return the frames that let `sign` show `text`."""

    @abstractmethod
    def _send(self, sign: Sign, frame: Any) -> bool:
        """Send one frame; False if the sign did not take it. Raises `DeviceError` when the port is gone."""

    @abstractmethod
    def _watch(self) -> None:
        """Raise `DeviceError` if the cable is gone: nothing may be due for a while."""

    @abstractmethod
    def _outcome(self, *, all_sent: bool) -> JobOutcome:
        """Return how a job ended; with `all_sent` every sign accepted its frames."""

    # the driver

    def open(self) -> None:
        """Open the port; every sign is sent what it should show. Raises `DeviceError`."""
        self._is_open = False
        self._open()
        self._is_open = True
        for sign in self._signs:
            sign.frames.clear()
            sign.sent, sign.due_at, sign.failures, sign.answered = None, 0.0, 0, False

    def close(self) -> None:
        """Close the port; what should be shown is kept."""
        self._is_open = False
        self._close()

    def step(self) -> list[Observation]:
        """Send the next frame that is due, if its time has come."""
        self._watch()
        if self._now() >= self._next_at and (sign := self._due()) is not None:
            self._send_next(sign)
        return []

    def work(self, kind: str, payload: Mapping[str, Any]) -> JobOutcome:
        """`sign {counter, number, state, order}` shows it unless a newer one is known; `check` lights every place
        for five seconds.
        """
        if kind == "check":
            self._check_until = self._now() + CHECK_S
            return self._outcome(all_sent=self._settle(self._signs))
        if kind != "sign":
            return JobOutcome("failed", "unknown_job")
        refused = self.remember(kind, payload)
        if refused is not None:
            return refused
        return self._outcome(
            all_sent=self._settle([sign for sign in self._signs if sign.counter == payload["counter"]])
        )

    def remember(self, kind: str, payload: Mapping[str, Any]) -> JobOutcome | None:
        """Note what `work` should show, also while the port is closed; return how the job ends if nothing is to be
        sent.
        """
        counter, order = payload.get("counter"), payload.get("order")
        if kind != "sign" or not isinstance(counter, int) or counter not in self._states:
            return JobOutcome("failed", "no_such_counter")
        if isinstance(order, int):
            if order < self._orders.get(counter, order):
                return STALE
            self._orders[counter] = order
        self._states[counter] = {"state": payload.get("state"), "number": payload.get("number")}
        return None if self._fits(counter) else JobOutcome("failed", "too_long")

    def show(self, states: list[dict[str, Any]]) -> None:
        """Take what the desk says is true now: it replaces all, orders too. A counter that it does not name is idle."""
        self._orders.clear()
        self._states = dict.fromkeys(self._states, _IDLE)
        for state in states:
            self.remember("sign", state)

    def blank(self) -> None:
        """Show at once on every sign that nobody knows. Raises `DeviceError`."""
        self._states = dict.fromkeys(self._states, _LOST)
        self._check_until = 0.0
        if self._is_open:
            self._settle([sign for sign in self._signs if sign.frames or sign.sent != self._target_text(sign)])

    # what is sent when

    def _fits(self, counter: int) -> bool:
        """Return whether the sign has places enough; one that has not shows nothing wrong instead."""
        try:
            fit_text(self._options.write_text(self._states[counter])[0], self._letters, self._options.width)
        except ValueError:
            self._states[counter] = _LOST
            return False
        return True

    def _target_text(self, sign: Sign) -> tuple[str, bool]:
        if self._now() < self._check_until:
            return "8" * self._options.width, False
        return self._options.write_text(self._states[sign.counter])

    def _due(self) -> Sign | None:
        """Return the sign whose frames are half sent, else one that should show something else, else one that is due
        again.
        """
        now = self._now()
        half = next((sign for sign in self._signs if sign.frames), None)
        new = {sign.address for sign in self._signs if sign.sent != self._target_text(sign)}
        ready = [sign for sign in self._signs if sign.due_at <= now or (not sign.failures and sign.address in new)]
        return half or min(ready, key=lambda sign: (sign.address not in new, sign.due_at), default=None)

    def _send_next(self, sign: Sign) -> bool:
        """Send one frame to `sign`; False if it was not taken."""
        display = self._target_text(sign)
        if not sign.frames or sign.sent != display:
            text = fit_text(display[0], self._letters, self._options.width)
            sign.frames = deque(self._frames(sign, text, is_number=display[1]))
            sign.sent = display
        self._next_at = self._now() + PACE_S
        was_sent = self._send(sign, sign.frames.popleft())
        if not was_sent:
            sign.frames.clear()
            sign.sent = None
        elif not sign.frames:
            sign.due_at = self._now() + self._options.resend_s
        return was_sent

    def _settle(self, signs: list[Sign]) -> bool:
        """Send all of `signs` what they should show now, in the line's pace; return whether each took it.

        One that did not answer is left to its next turn, or it would hold up the others.
        """
        ready = [sign for sign in signs if not sign.failures or sign.due_at <= self._now()]
        sent_flags = [self._send_all(sign) for sign in ready]
        return all(sent_flags) and len(ready) == len(signs)

    def _send_all(self, sign: Sign) -> bool:
        sign.frames.clear()
        while True:
            wait_s = self._next_at - self._now()
            if wait_s > 0:
                self._sleep(wait_s)
            if not self._send_next(sign):
                return False
            if not sign.frames:
                return True
