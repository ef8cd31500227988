"""Asks a printer how it is, in steps that never wait long: connect, `DLE EOT` 1, 2 and 4, close."""

import time

from motcua.devices.contract import DeviceError, mark
from motcua.devices.printer.codec import DLE_EOT
from motcua.devices.printer.limits import Limits
from motcua.devices.printer.status import QUESTIONS, Asked, Automatic, Condition, Replies, Reply, condition, of_automatic
from motcua.devices.printer.ways import Way


class Asking:
    """One round of questions over a way that has begun to open. `step` until `is_over`; then `found`, None for a printer that is silent.

    A printer that leaves the first question unanswered is asked no second one. It may be busy, far behind, or unable to answer.
    """

    def __init__(self, way: Way, limits: Limits) -> None:
        self._way, self._limits = way, limits
        self._until = time.monotonic() + limits.connect_s
        self._is_open = False
        self._replies = Replies()
        self._answers: dict[int, int] = {}
        self._waits_for: int | None = None
        self.is_over = False
        self.found: Condition | None = None

    def step(self, wait_s: float) -> None:
        """Go on, waiting up to `wait_s`. Raises `DeviceError` when there is no connection, or none any more."""
        if self.is_over:
            return
        if not self._is_open:
            if self._way.ready(wait_s):
                self._is_open = True
            elif time.monotonic() > self._until:
                raise DeviceError(mark("The printer does not answer."))
            return
        if self._waits_for is None:
            self._way.read(0)  # an old answer is none to a new question
            self._replies.forget()
            self._ask(QUESTIONS[0])
        for reply in self._replies.feed(self._way.read(wait_s)):
            if self._hear(reply):
                return
        if time.monotonic() > self._until:
            self._over(condition(self._answers) if self._answers else None)

    def run(self) -> Condition | None:
        """Ask to the end, some seconds at most; return what was found."""
        while not self.is_over:
            self.step(0.05)
        return self.found

    def _ask(self, question: int) -> None:
        self._waits_for = question
        self._until = time.monotonic() + self._limits.answer_s
        self._way.push(DLE_EOT + bytes((question,)), 0.05)

    def _hear(self, reply: Reply) -> bool:
        """Take a reply; return whether it was the last that is needed."""
        if isinstance(reply, Automatic) and of_automatic(reply.data).problem:
            self._over(of_automatic(reply.data))
            return True
        if not isinstance(reply, Asked) or self._waits_for is None:
            return False
        self._answers[self._waits_for] = reply.value
        later = QUESTIONS[QUESTIONS.index(self._waits_for) + 1 :]
        if later:
            self._ask(later[0])
        else:
            self._over(condition(self._answers))
        return not later

    def _over(self, found: Condition | None) -> None:
        self.is_over, self.found = True, found
