"""Simulated officers whose true rates are known: how often intervals hold them, how far shrunk rates are from them,
and how often chance alone makes somebody stand out.
"""

import time
from random import Random

from motcua.reports.comparing.counts import Answers, sum_answers
from motcua.reports.comparing.funnel import is_signal
from motcua.reports.comparing.shrinkage import shrink_all

from . import limits
from .run import Run

OFFICERS, MEAN = 8, 0.88
SPREADS, COUNTS = (0.03, 0.05), (30, 80, 250)
DESKS, QUICK_DESKS = 500, 40
EQUAL_ANSWERS = 60


class Tally:
    """What came of many simulated desks."""

    def __init__(self) -> None:
        self.held_count = self.total = 0
        self.shrunk_error = self.raw_error = 0.0

    @property
    def covered(self) -> float:
        """Return the share of true rates within their intervals, in percent."""
        return self.held_count / self.total * 100

    def add_desk(self, rates: list[float], n: int, dice: Random) -> None:
        """Let citizens rate officers with these true rates, `n` each."""
        desk = [Answers(sum(dice.random() < rate for _ in range(n)), n) for rate in rates]
        for rate, answers, shrunk in zip(rates, desk, shrink_all(desk), strict=True):
            self.held_count += shrunk.low <= rate <= shrunk.high
            self.total += 1
            self.shrunk_error += (shrunk.rate - rate) ** 2
            self.raw_error += (answers.satisfied / n - rate) ** 2


def comparing(run: Run) -> None:
    """Put coverage, error and false signals on the report, and what the figures of one desk cost."""
    dice = Random(15)  # noqa: S311 -- the same officers each time
    desks = QUICK_DESKS if run.quick else DESKS
    farthest = error = 0.0
    for spread in SPREADS:
        for n in COUNTS:
            tally = Tally()
            size = MEAN * (1 - MEAN) / spread**2 - 1
            for _ in range(desks):
                rates = [dice.betavariate(MEAN * size, (1 - MEAN) * size) for _ in range(OFFICERS)]
                tally.add_desk(rates, n, dice)
            run.report.add(f"  covered at SD {spread * 100:.0f} points, {n} answers", tally.covered, "%")
            farthest = max(farthest, abs(tally.covered - 95))
            if n == COUNTS[0]:
                error = max(error, tally.shrunk_error / tally.raw_error)
    run.report.put(limits.COVERED.judge(farthest))
    run.report.put(limits.SQUARED_ERROR.judge(error))
    _equal_officers(run, dice, desks)
    _cost(run)


def _equal_officers(run: Run, dice: Random, desks: int) -> None:
    tally, flagged = Tally(), 0
    for _ in range(desks):
        tally.add_desk([MEAN] * OFFICERS, EQUAL_ANSWERS, dice)
        desk = [
            Answers(sum(dice.random() < MEAN for _ in range(EQUAL_ANSWERS)), EQUAL_ANSWERS) for _ in range(OFFICERS)
        ]
        together = sum_answers(desk)
        flagged += sum(is_signal(answers, together) for answers in desk)
    run.report.put(limits.EQUAL_MISSED.judge(100 - tally.covered))
    run.report.put(limits.FALSE_SIGNALS.judge(flagged / tally.total * 100))


def _cost(run: Run) -> None:
    desk = [Answers(n - n // 9, n) for n in range(100, 100 + OFFICERS)]
    begin = time.process_time()
    for _ in range(10):
        shrink_all(desk)
    run.report.add(f"rates of {OFFICERS} officers with intervals", (time.process_time() - begin) * 100, "ms")
