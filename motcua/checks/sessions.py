"""The morning check: every invariant, every agent, every device, each shown to work or seen not to.

A line of a device asks for something: a printer prints a paper, a sign lights up, the speaker says a sentence, and a
person says whether it was so; a keypad or pad waits for a press, which then calls nobody. What nobody answered stays
`unknown` on the sheet.
"""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from msgspec import Struct

from motcua.checks.invariants import CheckLine
from motcua.copies import replace
from motcua.desk import Refused, Unknown, parse
from motcua.desk.messages import mark
from motcua.desk.steps import shift_stamp
from motcua.devices.kinds import find_kind

CLAIM_PERIOD, CLAIMED_KEYS_MAX = timedelta(minutes=15), 500
WORDS = {
    "journal": mark("Journal"),
    "clock": mark("Clock"),
    "disk": mark("Disk"),
    "folder": mark("Data folder"),
    "backup": mark("Copy of the desk"),
    "digests": mark("Signed days"),
    "voice": mark("Voice"),
    "smile": mark("Smile index"),
    "store": mark("Store"),
    "devices": mark("Devices"),
    "address": mark("Address for phones"),
    "tickets": mark("Paper tickets"),
    "settings": mark("Settings"),
    "estimates": mark("Waiting times"),
    "agent": mark("Device program"),
}
"""What the lines are called that are no device's."""


class CheckStep(Struct, frozen=True):
    """A line while it is being checked.

    `needs` is what is still missing: `look` (a person says), `press`, or nothing.
    """

    id: int
    line: CheckLine
    label: str = ""
    needs: str | None = None
    was_seen: bool | None = None
    running: bool = False


@dataclass
class CheckSession:
    """One check, from its beginning until its sheet is kept."""

    at: str
    actor: str
    items: list[CheckStep] = field(default_factory=list)
    ended: bool = False


class CheckSessions:
    """The current check session, or the last one. Only one can be open."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._check: CheckSession | None = None
        self._claimed_keys: deque[str] = deque(maxlen=CLAIMED_KEYS_MAX)

    def begin(self, at: str, actor: str, lines: list[tuple[CheckLine, str]]) -> CheckSession:
        """Begin a check of `lines` (each with the name a person knows it by); an earlier one that nobody ended is
        dropped.
        """
        with self._lock:
            items = [
                CheckStep(number, line, label, _needs(line), running=_is_tested(line))
                for number, (line, label) in enumerate(lines)
            ]
            self._check = CheckSession(at, actor, items)
            return self._check

    def shift_times(self, ms: int) -> None:
        """Shift the begin time by `ms` after the clock was set, so that the age stays the same."""
        with self._lock:
            if self._check is not None:
                self._check.at = shift_stamp(self._check.at, ms)

    def record_test(self, check: CheckSession, number: int, state: str, detail: str | None) -> None:
        """Record the result of a device test."""

        def change(item: CheckStep) -> CheckStep:
            good = state == "done"
            now = "down" if not good else "ok" if item.needs is None else "unknown"
            line = replace(item.line, state=now, detail=detail, params={})
            return replace(item, line=line, running=False, needs=item.needs if good else None)

        self._change(check, number, change)

    def record_answer(self, number: int, *, was_seen: bool) -> None:
        """Record whether a person saw or heard the result of a test. Raises `Unknown("check.line")`, `Refused`."""
        check = self._open()

        def change(item: CheckStep) -> CheckStep:
            state = "ok" if was_seen else "down"
            return replace(item, line=replace(item.line, state=state), needs=None, was_seen=was_seen, running=False)

        self._change(check, number, change)

    def claim_press(
        self, agent: int, device: object, at: str, counter: int | None = None, key: str | None = None
    ) -> bool:
        """Use a press for the step that waits for it, and return whether the press must do nothing else.

        A press that is sent again under its `key` is claimed again.
        After a quarter of an hour, an open session claims no presses: the hall works by then.
        """
        check = self._check
        if key is not None and key in self._claimed_keys:
            return True
        if check is None or check.ended or parse(at) - parse(check.at) > CLAIM_PERIOD:
            return False
        for item in check.items:
            if item.needs == "press" and item.line.device == (agent, device):
                left = tuple(number for number in item.line.counters if number != counter)

                def change(item: CheckStep, left: tuple[int, ...] = left) -> CheckStep:
                    line = replace(item.line, counters=left, state=item.line.state if left else "ok")
                    return replace(item, line=line, needs="press" if left else None)

                self._change(check, item.id, change)
                if key is not None:
                    self._claimed_keys.append(key)
                return True
        return False

    def end(self) -> CheckSession:
        """End the check. Raises `Refused("check.none")` when there is none."""
        check = self._open()
        check.ended = True
        return check

    def _open(self) -> CheckSession:
        check = self._check
        if check is None or check.ended:
            raise Refused("check.none", "No check is going on.")
        return check

    def _change(self, check: CheckSession, number: int, change: Callable[[CheckStep], CheckStep]) -> None:
        with self._lock:
            if not 0 <= number < len(check.items):
                raise Unknown("check.line", "There is no such line in this check.")
            check.items[number] = change(check.items[number])

    def find_last(self) -> CheckSession | None:
        """Return the check that goes on or went on last, None before the first."""
        return self._check


def _is_tested(line: CheckLine) -> bool:
    return _needs(line) == "look"


def _needs(line: CheckLine) -> str | None:
    kind = find_kind(line.what)
    return None if kind is None or line.device is None or line.state == "down" else kind.need


def find_title(what: str) -> str:
    """Return what people call a line, in English: the kind of a device, or what is checked; an unknown code stays."""
    kind = find_kind(what)
    return kind.label if kind is not None else WORDS.get(what, what)
