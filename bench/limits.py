"""What the desk must keep and what it aims at, mostly as ratios to the smallest honest server in the same run."""

from dataclasses import dataclass
from enum import StrEnum

from .report import Figure


class Rule(StrEnum):
    """How a value is held against `must` and `aim`."""

    AT_MOST = "at most"
    AT_MOST_ABOVE = "at most the reference plus"
    AT_MOST_TIMES = "at most so many times the reference"
    AT_LEAST_TIMES = "at least so many times the reference"


@dataclass(frozen=True)
class Limit:
    """One line of the table; `must` and `aim` are in `unit`, or factors of the reference, as `rule` says."""

    name: str
    unit: str
    rule: Rule
    must: float
    aim: float

    def judge(self, value: float, reference: float | None = None) -> Figure:
        """Return `value` as a figure held against this limit. Raises `ValueError` if the rule lacks its reference."""
        limit, aim = self._bound(self.must, reference), self._bound(self.aim, reference)
        if self.rule is Rule.AT_LEAST_TIMES:
            ok, reached = value >= limit, value >= aim
        else:
            ok, reached = value <= limit, value <= aim
        goals = (self._write(self.must), self._write(self.aim))
        return Figure(self.name, value, self.unit, reference, limit, aim, ok, reached, goals)

    def _write(self, amount: float) -> str:
        sign = "≥" if self.rule is Rule.AT_LEAST_TIMES else "≤"
        if self.rule is Rule.AT_MOST_ABOVE:
            return f"{sign} +{amount:.3g}"
        return f"{sign} {amount:,.3g}" + ("" if self.rule is Rule.AT_MOST else " times")

    def _bound(self, amount: float, reference: float | None) -> float:
        if self.rule is Rule.AT_MOST:
            return amount
        if reference is None:
            raise ValueError(f"{self.name}: no reference")
        return amount + reference if self.rule is Rule.AT_MOST_ABOVE else amount * reference


ISSUE_EIGHT = Limit("issue, 8 clients", "1/s", Rule.AT_LEAST_TIMES, 0.6, 0.75)
ISSUE_ONE = Limit("issue, 1 client, p50", "ms", Rule.AT_MOST_TIMES, 1.4, 1.2)
SERVE_EIGHT = Limit("call + finish, 8 counters, 500 waiting", "calls/s", Rule.AT_LEAST_TIMES, 0.4, 0.6)
CALL_CROWD = Limit("one call with 5,000 waiting (reference: with 50), p50", "ms", Rule.AT_MOST_TIMES, 1.3, 1.1)
ISSUE_CROWD = Limit("one issue with 5,000 waiting (reference: with 50), p50", "ms", Rule.AT_MOST_TIMES, 1.2, 1.05)
WALLS_50 = Limit("call to last of 50 walls, p50", "ms", Rule.AT_MOST_TIMES, 2, 1.5)
WALLS_500 = Limit("call to last of 500 walls, p50", "ms", Rule.AT_MOST_TIMES, 1.6, 1.3)
IDLE_WALLS = Limit("idle desk with 200 walls, of one core", "%", Rule.AT_MOST, 3, 1.5)
IDLE_PHONES = Limit("idle desk with 200 phones, of one core", "%", Rule.AT_MOST, 3, 1.5)
START = Limit("start to first answer", "s", Rule.AT_MOST, 0.8, 0.6)
MEMORY = Limit("idle memory", "MiB", Rule.AT_MOST, 80, 65)
ISSUE_EIGHT_SLOW = Limit("issue, 8 clients, disk slower by 20 ms (reference 1/C.p50)", "1/s", Rule.AT_LEAST_TIMES, 3, 4)
GET_SLOW = Limit("unrelated GET while 8 clients issue, disk slower by 20 ms, p99", "ms", Rule.AT_MOST, 10, 5)
HISTORY = Limit("issue with 100,000 old tickets, p50 (reference: with none)", "ms", Rule.AT_MOST_TIMES, 1.2, 1.05)
LINK_SCREEN = Limit("dead link seen by the screen", "s", Rule.AT_MOST, 5, 3)
LINK_SERVER = Limit("dead link seen by the server", "s", Rule.AT_MOST, 6, 5)
CHOOSE = Limit("who is next among 500 waiting, median", "ms", Rule.AT_MOST, 1, 0.5)
ESTIMATE = Limit("estimate for 200 waiting tickets, 10 counters, median", "ms", Rule.AT_MOST, 50, 25)
REPLAY = Limit("a day of 200 tickets, 8 counters replayed, median", "ms", Rule.AT_MOST, 50, 25)
ENGINE = Limit("a simulated day of 200 people, 8 counters (reference ciw)", "ms", Rule.AT_MOST_TIMES, 1 / 20, 1 / 50)
COVERAGE = Limit("a simulated year: promised P80 missed by, from 80 %", "points", Rule.AT_MOST, 5, 2)
COVERED = Limit("officers' 95 % intervals: farthest from holding 95 % of true rates", "points", Rule.AT_MOST, 2.5, 2)
EQUAL_MISSED = Limit("equal officers: true rates outside their 95 % intervals", "%", Rule.AT_MOST, 5, 3)
SQUARED_ERROR = Limit("squared error of shrunk rates at 30 answers, as a part of raw ones'", "", Rule.AT_MOST, 0.6, 0.6)
SEARCH_KEY = Limit("a key while a procedure is searched: processor time", "ms", Rule.AT_MOST, 20, 3)
DOSSIER_PAGE = Limit(
    "a page about 100,000 dossiers: processor time (reference: a page without)", "ms", Rule.AT_MOST, 200, 50
)
DOSSIER_YEAR = Limit("which dossiers of a year were late (reference: their rows alone)", "ms", Rule.AT_MOST, 1000, 500)
DOSSIER_WATCH = Limit(
    "one look of the late monitor at 100,000 dossiers: processor time (reference: counting them by state)",
    "ms",
    Rule.AT_MOST,
    1000,
    200,
)
DOSSIER_REPORT = Limit(
    "report of a year of 100,000 dossiers: processor time (reference: their rows alone)", "ms", Rule.AT_MOST, 8000, 4000
)
EXPORT_CSV = Limit("dossiers as CSV: processor time (reference: the csv module)", "ms", Rule.AT_MOST_TIMES, 15, 12)
EXPORT_XLSX = Limit("dossiers as XLSX: processor time (reference: XlsxWriter)", "ms", Rule.AT_MOST_TIMES, 2.5, 2)
EXPORT_JSON = Limit("dossiers as JSON: processor time (reference: the json module)", "ms", Rule.AT_MOST_TIMES, 10, 8)
IMPORT_CSV = Limit(
    "new dossiers from CSV: processor time (reference: the csv module and sqlite3)", "ms", Rule.AT_MOST_TIMES, 20, 15
)
FALSE_SIGNALS = Limit("equal officers beyond the 99.8 % limits", "%", Rule.AT_MOST, 1, 0.5)
FALSE_QUARANTINES = Limit("an honest month: ratings set aside without cause", "%", Rule.AT_MOST, 0.5, 0.1)
BURST_LOST = Limit("ratings of 50 phones at once: lost or not counted", "ratings", Rule.AT_MOST, 0, 0)
BURST_CALL = Limit("call to wall while 50 phones rate, p99 (reference: before it)", "ms", Rule.AT_MOST_TIMES, 2, 1.5)
PRESS_ROW = Limit(
    "press at 9,600 baud to its journal row, p50 (reference: the bare line)", "ms", Rule.AT_MOST_ABOVE, 15, 8
)
PRESS_WALL = Limit("press to the last of 20 walls, p99", "ms", Rule.AT_MOST, 50, 25)
TICKET = Limit("a full ticket at 80 mm", "kB", Rule.AT_MOST, 20, 20)
JOIN = Limit("a call's sound put together, median", "ms", Rule.AT_MOST, 5, 1)
CENTRE_LOST = Limit("days in the hall: lost, doubled or not heard", "things", Rule.AT_MOST, 0, 0)
KILL_LOST = Limit("kill -9 under load: acknowledged and lost", "commands", Rule.AT_MOST, 0, 0)
KILL_DOUBLED = Limit("kill -9 under load: done twice", "commands", Rule.AT_MOST, 0, 0)
KILL_REUSED = Limit("kill -9 under load: numbers used twice", "numbers", Rule.AT_MOST, 0, 0)
CAMERA_FRAME = Limit(
    "a camera's frame, processor's time (reference: the bare call of the model)", "ms", Rule.AT_MOST_TIMES, 1.3, 1.15
)
CAMERA_MEMORY = Limit("memory of a camera's analysis", "MiB", Rule.AT_MOST, 260, 200)
CAMERA_SHARE = Limit("two cameras at 5 frames/s, of one core", "%", Rule.AT_MOST, 40, 25)
CAMERA_CALL = Limit("call to wall while two cameras look, p99 (reference: before it)", "ms", Rule.AT_MOST_TIMES, 2, 1.5)
KILL_ROUNDS = 50
REPORT_MEMORY = Limit("reports of five years: memory", "MiB", Rule.AT_MOST, 300, 200)


def attacked(attack: str) -> Limit:
    """Return the limit of issuing while `attack` runs."""
    return Limit(f"issue during {attack}, p99 (reference: before it)", "ms", Rule.AT_MOST_TIMES, 3, 2)


def report_data(report: str) -> Limit:
    """Return the limit of a report's data on five years of days, beside one year."""
    return Limit(f"{report}: data, median", "ms", Rule.AT_MOST, 200, 100)


def report_age(report: str) -> Limit:
    """Return how much more a report may cost on five years of days than on one."""
    return Limit(f"{report}: five years (reference: one)", "ms", Rule.AT_MOST_TIMES, 1.3, 1.1)


def report_file(report: str, kind: str, seconds: float) -> Limit:
    """Return the limit of a report as a file."""
    return Limit(f"{report}: {kind}", "s", Rule.AT_MOST, seconds, seconds / 2)
