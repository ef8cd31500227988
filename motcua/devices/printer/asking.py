"""Asks a printer how it is, in steps that never wait long: connect, `DLE EOT` 1, 2 and 4, close."""

import time

from motcua.devices.contract import DeviceError
from motcua.devices.printer.codec import DLE_EOT, PROBE
from motcua.devices.printer.limits import Limits
from motcua.devices.printer.status import (
    QUESTIONS,
    Asked,
    Automatic,
    PaperSensor,
    PrinterCondition,
    Replies,
    Reply,
    read_automatic,
    read_condition,
)
from motcua.devices.printer.ways import Way
from motcua.devices.strangers import describe_bytes, find_other_protocol, make_no_printer_error
from motcua.typed.sentences import mark

STRAY_MAX = 2
"""So many bytes that answer nothing may come in a round: a late answer, a disturbed line. More is no printer, or one
at another speed."""


class Asking:
    """One round of questions over a way that has begun to open. Call `step` until `is_over`, then read `condition`.

    `condition` is None for a printer that is silent.
    A printer that leaves the first question unanswered is asked no second one. It may be busy, far behind, or unable
    to answer. With `probes` it is sent what makes most other programs speak, and a printer do nothing.
    """

    def __init__(self, way: Way, limits: Limits, *, probes: bool = False) -> None:
        self._way, self._limits, self._probes = way, limits, probes
        self._until = time.monotonic() + limits.connect_s
        self._is_open = False
        self._replies = Replies()
        self._answers: dict[int, int] = {}
        self._waits_for: int | None = None
        self._strays = 0
        self.is_over = False
        self.condition: PrinterCondition | None = None

    def step(self, wait_s: float) -> None:
        """Go on, waiting up to `wait_s`.

        Raises `DeviceError` when there is no connection, or none any more, or no printer at its end.
        """
        if self.is_over:
            return
        try:
            self._step(wait_s)
        except DeviceError as error:
            require_printer(self._way, error)
            raise

    def _step(self, wait_s: float) -> None:
        if not self._is_open:
            if self._way.is_ready(wait_s):
                self._is_open = True
            elif time.monotonic() > self._until:
                raise DeviceError(mark("The printer does not answer."))
            return
        if self._waits_for is None:
            self._way.read(0)  # an old answer is none to a new question
            self._replies.forget()
            require_printer(self._way)
            self._ask(QUESTIONS[0])
        replies = self._replies.feed(self._way.read(wait_s))
        self._require_sense(replies)
        for reply in replies:
            if self._hear(reply):
                return
        if time.monotonic() <= self._until:
            return
        if self._probes and not self._answers:
            self._probes = False
            self._until = time.monotonic() + self._limits.probe_s
            self._way.push(PROBE, 0.05)
        else:
            self._over(read_condition(self._answers) if self._answers else None)

    def _require_sense(self, replies: list[Reply]) -> None:
        """Raise `DeviceError` for what no printer says, and for more bytes than answers."""
        require_printer(self._way)
        self._strays += sum(isinstance(reply, PaperSensor) for reply in replies)
        if self._strays + self._replies.dropped > STRAY_MAX:
            raise make_senseless_error(self._way)

    def run(self) -> PrinterCondition | None:
        """Ask to the end, some seconds at most; return what was found."""
        while not self.is_over:
            self.step(0.05)
        return self.condition

    def _ask(self, question: int) -> None:
        self._waits_for = question
        self._until = time.monotonic() + self._limits.answer_s
        self._way.push(DLE_EOT + bytes((question,)), 0.05)

    def _hear(self, reply: Reply) -> bool:
        """Take a reply; return whether it was the last that is needed."""
        if isinstance(reply, Automatic) and read_automatic(reply.data).problem:
            self._over(read_automatic(reply.data))
            return True
        if not isinstance(reply, Asked) or self._waits_for is None:
            return False
        self._answers[self._waits_for] = reply.value
        later = QUESTIONS[QUESTIONS.index(self._waits_for) + 1 :]
        if later:
            self._ask(later[0])
        else:
            self._over(read_condition(self._answers))
        return not later

    def _over(self, condition: PrinterCondition | None) -> None:
        self.is_over, self.condition = True, condition


def require_printer(way: Way, cause: DeviceError | None = None) -> None:
    """Raise `DeviceError` (permanent, `not_a_printer`) when what came over `way` names another program, in place of
    `cause`.
    """
    if way.is_network and (protocol := find_other_protocol(way.first_bytes, DLE_EOT + bytes((QUESTIONS[0],)))):
        raise make_no_printer_error(way.name, protocol) from cause


def make_senseless_error(way: Way) -> DeviceError:
    """Return the error of a way over which no printer's answers come: in the network another program, on a cable
    another speed.
    """
    if way.is_network:
        return make_no_printer_error(way.name, describe_bytes(way.first_bytes))
    message = mark(
        "The data from %(port)s cannot be understood: check the speed (baud) and the cable, and whether a "
        "printer is there."
    )
    return DeviceError(message, code="garbage", port=way.name)
