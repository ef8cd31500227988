"""Time → action: what a closed day adds up to is kept, one day after the other, the newest first."""

from collections.abc import Callable
from typing import Any

from motcua.desk import Desk, get_local_day
from motcua.desk.messages import mark
from motcua.queue.events import DayClosed
from motcua.reports.form import FORM
from motcua.settings import store as settings_store
from motcua.summaries import actions, store
from motcua.summaries.model import ClosedDay
from motcua.wiring.chores import Chore

FAILED = mark("What a past day adds up to could not be kept: %(problem)s. Reports take longer.")
DAY = "day"
"""The only item of the chore."""
PAUSE_S = 2
"""So long the desk has for itself between two days: a desk with years of them is busy for an hour, and never slow."""


class SummaryKeeper:
    """Looks which closed day has no summary, and keeps one at each `tick`.

    `offload` runs what takes the processor for long, `beside` begins it. A desk that knows of no such day asks again
    when a day was closed, and when another day began.
    """

    def __init__(
        self,
        desk: Desk,
        offload: Callable[..., Any] = lambda work, *arguments: work(*arguments),
        beside: Callable[..., object] = lambda work, *arguments: work(*arguments),
    ) -> None:
        self._desk, self._offload, self._beside = desk, offload, beside
        self.chore = Chore(desk, "summaries.missing", "store", FAILED)
        self._complete_on, self._is_busy = "", False
        self._next_s = 0.0
        desk.on(DayClosed, lambda _entry: self._look_again())

    def _look_again(self) -> None:
        self._complete_on = ""

    def tick(self) -> None:
        """Begin to keep the summary of a day, if one is missing and the last one was some seconds ago."""
        if not self._is_busy and self.chore.is_due(DAY) and self._desk.clock.steady() >= self._next_s:
            self._is_busy = True
            self._beside(self._work)

    def _work(self) -> None:
        try:
            self.keep_next()
        except Exception as error:  # as any chore
            self.chore.mark_failed(DAY, error)
        else:
            self.chore.mark_done(DAY)
        finally:
            self._is_busy = False
            self._next_s = self._desk.clock.steady() + PAUSE_S

    def keep_next(self) -> bool:
        """Keep the summary of the newest day that has none, and return whether there was one."""
        with self._desk.read() as db:
            today = get_local_day(self._desk.clock.now(), settings_store.get_timezone(db))
            if self._complete_on == today:
                return False
            day = store.find_due(db, today, FORM)  # later rows may still change today's
        if day is None:
            self._complete_on = today
            return False
        summary: ClosedDay | None = self._offload(_build, self._desk, day)
        if summary is None:
            self._complete_on = today
            return False
        self._desk.do(actions.keep_summary, summary)
        return True


def _build(desk: Desk, day: str) -> ClosedDay | None:
    from motcua.reports import summing  # with the first day that is added up

    with desk.read() as db:
        return summing.build_summary(db, day)
