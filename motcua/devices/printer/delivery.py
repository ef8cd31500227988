"""Brings one job to a printer and says how it ended.

`failed` only when no byte of it was accepted or the printer named the cause.
"""

import time

from msgspec import Struct

from motcua.devices.contract import DeviceError, JobOutcome
from motcua.devices.printer.asking import STRAY_MAX, Asking, make_senseless_error, require_printer
from motcua.devices.printer.codec import ASK_PAPER, PROBE, mark_command
from motcua.devices.printer.limits import Limits
from motcua.devices.printer.machines import Confirm
from motcua.devices.printer.status import (
    Automatic,
    Marked,
    PaperSensor,
    PrinterCondition,
    Replies,
    Reply,
    read_automatic,
)
from motcua.devices.printer.ways import Way

_LOST = JobOutcome("unknown", "lost")
_OFFLINE = JobOutcome("failed", "offline")
_UNCONFIRMED = JobOutcome("done", "sent_unconfirmed")
_GARBAGE = JobOutcome("unknown", "garbage")
_SETTLES_S = 0.05
"""A confirmation is one byte, so it counts only when nothing else follows it for so long."""
_SLOW_S = 1.0
"""A job that takes longer to send than this is still on its way when the last byte is taken: its end is waited for
longer too."""


class PrintJob(Struct, frozen=True):
    """The bytes of one paper, the seconds that it takes to print, and the four digits of its mark."""

    data: bytes
    paper_s: float
    digits: bytes


class _NamedError(Exception):
    """The printer said by itself why it stopped."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


class _StalledError(Exception):
    """The printer takes no more."""


class Delivery:
    """One job over `way`.

    With `asks` the printer is asked before and after. `condition` is how it was found, None where it is silent;
    `error` what is there instead of a printer. One of which nothing is known yet (`doubts`) must answer, unless its
    port is a printer's.
    """

    def __init__(
        self,
        way: Way,
        job: PrintJob,
        limits: Limits,
        *,
        asks: bool,
        confirm: Confirm,
        doubts: DeviceError | None = None,
    ) -> None:
        self._way, self._job, self._limits, self._doubts = way, job, limits, doubts
        self._asks, self._confirm = asks and way.answers, confirm
        self._replies = Replies()
        self._early: list[Reply] = []
        self._sent_s = 0.0
        self._has_begun = False
        self.condition: PrinterCondition | None = None
        self.error: DeviceError | None = None

    def run(self) -> JobOutcome:
        """Do it, and leave the way closed unless it stays open. Never raises `DeviceError`."""
        try:
            return self._run()
        except _NamedError as named:
            self.condition = PrinterCondition(named.problem)
            return JobOutcome("failed", named.problem)
        except DeviceError as error:
            return self._after(error)
        finally:
            if not self._way.stays_open:
                self._way.close()

    def _after(self, error: DeviceError) -> JobOutcome:
        """Say what an error means for the job.

        Where another program answers nothing was printed, however much of the job it took.
        """
        try:
            require_printer(self._way, error)
        except DeviceError as stranger:
            error = stranger
        if error.code is None:
            return _LOST if self._has_begun and self._way.accepted else _OFFLINE
        self.error, self.condition = error, None
        return _GARBAGE if self._has_begun and error.code == _GARBAGE.detail else JobOutcome("failed", error.code)

    def _run(self) -> JobOutcome:
        self._way.begin()
        if not self._way.is_ready(self._limits.connect_s):
            return _OFFLINE
        if self._asks:
            self.condition = Asking(self._way, self._limits, probes=self._doubts is not None).run()
            if self.condition is None and self._doubts is not None:
                raise self._doubts
            if self.condition is not None and self.condition.problem:
                return JobOutcome("failed", self.condition.problem)
        self._has_begun, self._way.accepted = True, 0  # what counts are bytes of the job
        is_mute = self._way.is_network and self.condition is None
        try:
            self._send((PROBE if is_mute else b"") + self._job.data)
        except _StalledError:
            return self._after_stall()
        if problem := self._way.finish():
            return JobOutcome("failed", problem)
        if self.condition is None:
            return self._unanswered()
        return self._confirmed()

    def _send(self, data: bytes) -> None:
        """Send, and see it off: bytes that the system took but the device does not fetch are no progress."""
        began = moved = time.monotonic()
        left, before = len(data), 0
        while left or self._way.count_waiting():
            pushed = self._way.push(data[len(data) - left :], 0.05) if left else 0
            left -= pushed
            self._overhear()
            now, waiting = time.monotonic(), self._way.count_waiting()
            if pushed or waiting < before:
                moved = now
            elif now - moved > (self._limits.stall_s if self._way.accepted else self._limits.start_s):
                raise _StalledError
            before = waiting
            if not left and waiting:
                time.sleep(0.01)
        self._sent_s += time.monotonic() - began

    def _overhear(self) -> None:
        """Read while sending.

        An answer that was not asked for comes from dots that look like a question: it is not listened to.
        """
        if not self._way.answers:
            return
        self._early += self._hear(self._way.read(0))

    def _hear(self, came: bytes) -> list[Reply]:
        """Return the replies in `came`.

        Raises `_NamedError`, or `DeviceError` where no printer is. Among rubbish nothing is named.
        """
        replies = self._replies.feed(came)
        require_printer(self._way)
        named = [read_automatic(reply.data).problem for reply in replies if isinstance(reply, Automatic)]
        if self._replies.dropped <= STRAY_MAX and (problem := next(filter(None, named), None)):
            raise _NamedError(problem)
        return replies

    def _after_stall(self) -> JobOutcome:
        """Ask why, over a connection of its own: on the old one a question would stand behind the job."""
        if not self._way.accepted:
            return _OFFLINE
        if not self._asks or self._way.stays_open:
            return _LOST
        self._way.close()
        try:
            self._way.begin()
            condition = Asking(self._way, self._limits).run()
        except DeviceError:
            return _LOST
        self.condition = condition or self.condition
        return JobOutcome("failed", condition.problem) if condition is not None and condition.problem else _LOST

    def _unanswered(self) -> JobOutcome:
        """A printer that says nothing: all that can still be noticed is that it hangs up."""
        if self._way.answers:
            self._way.read(self._limits.last_s)
            require_printer(self._way)
        return _UNCONFIRMED

    def _confirmed(self) -> JobOutcome:
        """Ask for a sign that comes after the paper; without one, ask how the printer is."""
        question = mark_command(self._job.digits) if self._confirm == "mark" else ASK_PAPER
        self._replies.forget()
        dropped = self._replies.dropped
        self._early = []  # a fast printer answers while the question is still being seen off
        try:
            self._send(question)
        except _StalledError:
            return self._after_stall()
        late_s = 3 * self._sent_s if self._sent_s > _SLOW_S else 0.0
        until = time.monotonic() + self._job.paper_s + self._limits.after_s + late_s
        low = self.condition is not None and self.condition.low
        sensors: list[PaperSensor] = []
        while self._early or time.monotonic() < until:
            replies, self._early = self._early + self._hear(self._way.read(_SETTLES_S)), []
            if sensors and not replies and self._replies.dropped == dropped:
                return _done(low or sensors[0].low)
            for reply in replies:
                if isinstance(reply, Marked) and reply.digits == self._job.digits:
                    return _done(low)
                if isinstance(reply, PaperSensor) and self._confirm == "paper":
                    sensors.append(reply)
            if len(sensors) > 1 or (sensors and self._replies.dropped > dropped):
                raise make_senseless_error(self._way)
        condition = Asking(self._way, self._limits).run()
        if condition is None:
            return _LOST
        self.condition = condition
        return JobOutcome("failed", condition.problem) if condition.problem else _UNCONFIRMED


def _done(low: bool) -> JobOutcome:
    return JobOutcome("done", "paper_low" if low else None)
