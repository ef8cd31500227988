"""What all keypads and pads have in common, whatever their cable: counters, presses, the light that asks, sounds,
health.
"""

import logging
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import Annotated, Any, ClassVar, Self

from pydantic import Field, model_validator

from motcua.devices import options as explained
from motcua.devices.contract import DeviceError, DriverOptions, JobOutcome, Observation, Press, Report, Stroke
from motcua.devices.keypad.compose import Composer
from motcua.devices.keypad.oddities import Oddities
from motcua.devices.keypad.outputs import Output
from motcua.devices.keypad.profile import Profile
from motcua.typed.sentences import mark

GARBAGE_MIN = 16
"""So many odd bytes or frames without one known key in between: a wrong speed, a wrong profile, a bad cable."""
LAMPS = frozenset({"help", "coming"})
"""What a keypad's lamp can show of a call for help."""
logger = logging.getLogger(__name__)


def explain_profile(*usual: str) -> Any:
    """Return the annotation of the profile: those that were learnt are offered first, then the `usual` ones."""
    hint = mark("The codes that its keys send: one that comes with motcua, or one that was learnt.")
    offers = [{"from": "profiles"}, *explained.offer_values(*usual)]
    return explained.explain(mark("Profile"), hint, rank=explained.PROFILE, offers=offers)


class PadOptions(DriverOptions):
    """`counter` for a line with one pad, or `counters`, the counter of each address on it.

    `profile` is a built-in's name or a file.
    """

    profile: Annotated[str, explain_profile()]
    counter: Annotated[int | None, explained.Counter] = Field(default=None, ge=1)
    counters: Annotated[dict[int, int] | None, explained.Several] = Field(default=None, min_length=1)

    @model_validator(mode="after")
    def _either(self) -> Self:
        if (self.counter is None) == (self.counters is None):
            raise ValueError("write counter, or counters with the counter of each address")
        return self

    def list_addresses(self) -> dict[int, int | None]:
        """Return the address of each counter, None where the line has but one pad."""
        if self.counters is not None:
            return {counter: address for address, counter in self.counters.items()}
        return {} if self.counter is None else {self.counter: None}


class PadLine(ABC):
    """One line with one or more keypads, or rating pads. `now` is monotonic, in seconds."""

    rates: ClassVar[bool] = False
    clean: ClassVar[bool] = False
    """Whether the line itself reports each key once."""

    def __init__(self, options: PadOptions, profile: Profile, now: Callable[[], float] = time.monotonic) -> None:
        """Begin closed.

        Raises `DeviceError` (permanent) for a keypad's profile on a rating pad, and the other way round.
        """
        if (profile.schema.kind == "pad") is not self.rates:
            message = mark("The profile %(profile)s has kind: %(kind)s. This device is of the other kind.")
            raise DeviceError(message, permanent=True, profile=profile.name, kind=profile.schema.kind)
        self._profile, self._now = profile, now
        self._addresses = options.list_addresses()
        counters = options.counters if options.counters is not None else options.counter or 0
        self._composer = Composer(counters, rates=self.rates, clean=self.clean)
        self._lit_until: dict[int, float] = {}
        self._lamps: dict[int, str] = {}
        self._lamps_due: set[int] = set()
        self._last_counts = (0, 0)

    # what each cable does in its own way

    @abstractmethod
    def open(self) -> None:
        """Open the port. Raises `DeviceError`."""

    @abstractmethod
    def close(self) -> None:
        """Close it."""

    @abstractmethod
    def _read_presses(self) -> list[Press]:
        """Return what was pressed, within 0.1 s."""

    @abstractmethod
    def _send(self, counter: int, name: str, output: Output) -> bool:
        """Send `output` to the pad of `counter`; False if the pad did not take it.

        Raises `DeviceError` when the port is gone.
        """

    # the driver

    def step(self) -> list[Observation]:
        """Put out lights whose time is over, and return what was pressed."""
        for counter in [counter for counter, until in self._lit_until.items() if self._now() >= until]:
            del self._lit_until[counter]
            self._lamps_due.add(counter)
        while self._lamps_due:
            self._show_due(self._lamps_due.pop())
        return list(self._read_presses())

    def work(self, kind: str, payload: Mapping[str, Any]) -> JobOutcome:
        """`ask {counter, visit, window_s}` lights the pad, `beep {counter, ok}` sounds it, `check` does both on
        every pad.

        `lamp {counter, lamp}` shows what became of a call for help.
        """
        if kind == "check":
            return self._check()
        counter = payload.get("counter")
        if not isinstance(counter, int) or counter not in self._addresses:
            return JobOutcome("failed", "no_such_counter")
        if kind == "ask":
            window = payload.get("window_s")
            window_s = float(window) if isinstance(window, int | float) else 0.0
            is_lit = self._show(counter, "asked" if window_s > 0 else "idle")
            if is_lit and window_s > 0:
                self._lit_until[counter] = self._now() + window_s
            else:
                self._lit_until.pop(counter, None)
            return _outcome(is_lit, "no_light")
        if kind == "lamp":
            return self._light_lamp(counter, payload.get("lamp"))
        if kind == "beep":
            return _outcome(self._show(counter, "beep" if payload.get("ok", True) else "refused"), "no_sound")
        return JobOutcome("failed", "unknown_job")

    def remember(self, kind: str, payload: Mapping[str, Any]) -> JobOutcome | None:
        """Keep what the lamp shows for when the cable is in again. A question is over by then, and is not kept."""
        counter = payload.get("counter")
        if kind == "lamp" and isinstance(counter, int) and counter in self._addresses:
            self._keep_lamp(counter, payload.get("lamp"))
        return None

    def show_lamps(self, lamps: Mapping[int, str]) -> None:
        """Take what each lamp has to show now; the next step shows what is new."""
        for counter in self._addresses:
            before = self._lamps.get(counter)
            self._keep_lamp(counter, lamps.get(counter))
            if self._lamps.get(counter) != before:
                self._lamps_due.add(counter)

    def blank(self) -> None:
        """Ask nobody: whoever rates now would rate a visit that nobody can name. No lamp says that help comes."""
        lit_counters = list({**self._lit_until, **self._lamps})
        self._lit_until, self._lamps = {}, {}
        self._lamps_due.clear()
        try:
            for counter in lit_counters:
                self._show(counter, "idle")
        except DeviceError as error:  # the next step will say so too
            logger.info("lights could not be put out: %s", error)

    def report(self) -> Report:
        """Return `degraded` with `garbage` while more odd things arrive than keys."""
        return Report("degraded", "garbage") if self._odd_bytes() - self._last_counts[0] >= GARBAGE_MIN else Report()

    def _light_lamp(self, counter: int, lamp: object) -> JobOutcome:
        """Show `help` or `coming` until another word comes; anything else puts the lamp out."""
        self._keep_lamp(counter, lamp)
        return _outcome(self._show(counter, self._lamps.get(counter, "idle")), "no_light")

    def _keep_lamp(self, counter: int, lamp: object) -> None:
        if lamp in LAMPS:
            self._lamps[counter] = str(lamp)
        else:
            self._lamps.pop(counter, None)

    def _check(self) -> JobOutcome:
        for counter in self._addresses:
            if not (self._show(counter, "beep") is not False and self._show(counter, "asked") is not False):
                return JobOutcome("failed", "silent")
            self._lit_until[counter] = self._now() + 2.0
        return JobOutcome("done")

    def _show(self, counter: int, name: str) -> bool | None:
        """Return whether the pad took it, None if it has no such output."""
        output = self._profile.find_output(name)
        return None if output is None else self._send(counter, name, output)

    def _relight(self) -> None:
        """After the port was away: a pad may still be lit, or dark while somebody is asked."""
        for counter in self._addresses:
            self._show_due(counter)

    def _show_due(self, counter: int) -> None:
        """Show what is true now at `counter`: that somebody is asked, else what its lamp says."""
        is_asked = self._lit_until.get(counter, 0.0) > self._now()
        self._show(counter, "asked" if is_asked else self._lamps.get(counter, "idle"))

    def _presses(self, strokes: list[Stroke], press_id: str | None = None) -> list[Press]:
        presses = [press for stroke in strokes if (press := self._composer.press(stroke, self._now(), press_id))]
        odd = self._odd()
        accepted, strange = sum(item.recognized for item in odd), self._odd_bytes()
        if accepted != self._last_counts[1] or not strange:
            self._last_counts = (strange, accepted)
        return presses

    @abstractmethod
    def _odd(self) -> list[Oddities]:
        """Return what was odd, of each codec."""

    def _odd_bytes(self) -> int:
        return sum(item.garbage + item.unknown for item in self._odd())


def _outcome(is_shown: bool | None, missing: str) -> JobOutcome:
    if is_shown is None:
        return JobOutcome("failed", missing)
    return JobOutcome("done") if is_shown else JobOutcome("failed", "silent")
