"""An honest month of ratings at a real desk: how many of them the quarantine rules set aside without cause.

People here are as clumsy as in a hall: children drum on the pad, some press late or at once, families bring several
tickets on one phone, counters close right after the last visit. Nobody cheats.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random

from motcua.counters import actions as counter_actions
from motcua.desk import Desk, ManualClock, SeededEntropy
from motcua.feedback import actions
from motcua.feedback.model import RatingRequest
from motcua.queue import actions as queue_actions
from motcua.setup import actions as setup_actions
from motcua.setup.rooms import open_desk

from . import limits
from .days import eight_counters
from .run import Run

BEGIN = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)
DAYS, QUICK_DAYS, VISITS_A_DAY, COUNTERS = 22, 2, 160, 8
READS_S, SIGMA = 5.5, 0.6
"""How long people look at the question before they press: the median, and the spread of its logarithm."""
SHARES = {
    "presses": 46.0, "thinks_again": 4.0, "drums": 1.5, "presses_late": 3.0, "scans": 9.0, "scans_counter": 4.0,
    "ignores": 32.5,
}  # fmt: skip
CLOSES = 0.03
"""The share of visits after which the officer closes the counter at once."""
FAMILY = 0.15
"""The share of those who scan a ticket whose phone rates up to three more tickets of the family."""


def honest(run: Run) -> None:
    """Simulate the month and put the share of false quarantines on the report."""
    dice = Random(1)  # noqa: S311 -- the same month each time
    clock = ManualClock(BEGIN)
    place = run.folder / "honest"
    place.mkdir()
    desk = open_desk(place, clock, SeededEntropy(1))
    desk.do(setup_actions.apply, eight_counters())
    for _day in range(QUICK_DAYS if run.quick else DAYS):
        HonestDay(desk, clock, dice).run()
    with desk.read() as db:
        total = int(db.execute("SELECT count(*) FROM ratings").fetchone()[0])
        rules = db.execute("SELECT rule, count(*) FROM quarantines GROUP BY rule ORDER BY rule").fetchall()
    desk.stop()
    aside = sum(count for _rule, count in rules)
    run.report.put(limits.FALSE_QUARANTINES.judge(aside / total * 100))
    run.report.add(f"  ratings of {DAYS if not run.quick else QUICK_DAYS} honest days", total, "ratings")
    for rule, count in rules:
        run.report.add(f"  set aside by {rule}", count, "ratings")


class HonestDay:
    """One day: visits end at eight counters, and each citizen rates in an own way, or not."""

    def __init__(self, desk: Desk, clock: ManualClock, dice: Random) -> None:
        self.desk, self.clock, self.dice = desk, clock, dice
        self.phones = 0
        self.ways: dict[str, Callable[[int, str], None]] = {
            "presses": self.press,
            "thinks_again": self.think_again,
            "drums": self.drum,
            "presses_late": self.press_late,
            "scans": self.scan,
            "scans_counter": self.scan_counter,
            "ignores": self.ignore,
        }
        self.family: list[str] = []

    def run(self) -> None:
        """Let the day happen, then go on to the next morning."""
        for counter in range(1, COUNTERS + 1):
            self.desk.do(counter_actions.open_counter, counter, 100 + counter)
        for _visit in range(VISITS_A_DAY):
            counter = self.dice.randint(1, COUNTERS)
            self.clock.advance(self.dice.expovariate(1 / 150))
            visit = self.serve(counter)
            way = self.dice.choices(list(SHARES), list(SHARES.values()))[0]
            is_last = self.dice.random() < CLOSES
            if is_last:
                self.desk.do(counter_actions.close, counter)
            self.ways[way](counter, visit)
            if is_last:
                self.desk.do(counter_actions.open_counter, counter, 100 + counter)
        day = self.desk.head.day
        self.desk.do(queue_actions.close_day, day)
        morning = BEGIN + timedelta(days=(self.clock.now() - BEGIN).days + 1)
        self.clock.set(morning)

    def serve(self, counter: int) -> str:
        """Let one visit end at `counter`, and its pad ask."""
        with self.desk.read() as db:
            service = next(
                item.services[0] for item in setup_actions.get_document(db).counters if item.number == counter
            )
        ticket = self.desk.do(queue_actions.issue, service, None).ticket
        called = self.desk.do(queue_actions.call_next, counter).ticket
        self.desk.do(queue_actions.finish, counter)
        visit = called.id if called is not None else ticket.id
        self.clock.advance(0.5)
        self.desk.do(actions.record_prompt, counter, visit)
        return visit

    def _rate(self, request: RatingRequest) -> None:
        self.desk.do(actions.rate, request)

    def _level(self) -> int:
        return self.dice.choices((5, 4, 3, 2, 1), (60, 27, 7, 4, 2))[0]

    def _read(self) -> None:
        self.clock.advance(min(28.0, READS_S * self.dice.lognormvariate(0.0, SIGMA)))

    def press(self, counter: int, visit: str) -> None:
        """Press a face once."""
        self._read()
        self._rate(RatingRequest(self._level(), "pad", visit, counter))

    def think_again(self, counter: int, visit: str) -> None:
        """Press, then press another face."""
        self.press(counter, visit)
        self.clock.advance(3)
        self._rate(RatingRequest(self._level(), "pad", visit, counter))

    def drum(self, counter: int, visit: str) -> None:
        """Let a child drum on the pad."""
        for _press in range(self.dice.randint(3, 7)):
            self.clock.advance(self.dice.uniform(0.3, 1.5))
            self._rate(RatingRequest(self.dice.randint(1, 5), "pad", visit, counter))

    def press_late(self, counter: int, _visit: str) -> None:
        """Press a keypad when the question is over."""
        self.clock.advance(self.dice.uniform(31, 120))
        self._rate(RatingRequest(self._level(), "keypad", None, counter))

    def scan(self, _counter: int, visit: str) -> None:
        """Rate on the ticket's page; the phone of a family rates several tickets."""
        self.family = [*self.family, visit][-4:]
        self.phones += 1
        rated = self.family if self.dice.random() < FAMILY else [visit]
        source = f"{self.desk.head.day} {self.phones}"
        for one in rated:
            self.clock.advance(20)
            self._rate(RatingRequest(self._level(), "qr", one, None, source=source))

    def scan_counter(self, counter: int, _visit: str) -> None:
        """Scan the counter's code without a ticket."""
        self.phones += 1
        self.clock.advance(30)
        source = f"{self.desk.head.day} {self.phones}"
        self._rate(RatingRequest(self._level(), "counter_qr", None, counter, source=source))

    def ignore(self, _counter: int, visit: str) -> None:
        """Go away."""
        self.clock.advance(31)
        self.desk.do(actions.record_skip, visit, "timed_out", None)
