"""What leaders' reports cost on five years of days and on one: a month and a year, as data, workbook and PDF.

Each store is looked at by a process of its own, whose memory is measured too. Times are those of the processor.
"""

import resource
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

from motcua.cli.door import open_reading
from motcua.cli.texts import translate_into
from motcua.desk import Reader
from motcua.reports.kinds import get_report
from motcua.reports.pdf import make_pdf
from motcua.reports.printing import LAYOUT, print_values
from motcua.reports.values import Period, ReportSheet
from motcua.reports.wording import Wording
from motcua.reports.workbook import write_xlsx
from motcua.settings import store as settings_store
from motcua.suggestions.model import Viewer
from motcua.views.officer_comparison import show_comparison
from motcua.views.officer_page import show_officer, show_own

from . import limits, years
from .run import Run

LONG_YEARS, SHORT_YEARS = 5, 1
ROUNDS, QUICK_ROUNDS = 7, 3
PERIODS = {"month": Period("2026-11-01", "2026-11-27"), "year": Period("2025-11-28", "2026-11-27")}
REPORTS = ("desk", "officers", "indices", "camera")
OFFICER, LEADER = 3, Viewer(None, "leader")
PAGES: dict[str, Callable[[Reader, Period], Any]] = {
    "own figures": lambda db, period: show_own(db, OFFICER, period),
    "an officer's page": lambda db, period: show_officer(db, OFFICER, period, LEADER, None),
    "comparison": show_comparison,
}
"""The pages that are no report, each as what it reads."""
AT = datetime(2026, 11, 28, 1, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Cost:
    """What a report of a period took, in milliseconds: for the first time, and the median of later ones.

    A page that has no files has no times of them.
    """

    first_ms: float
    data_ms: float
    xlsx_ms: float | None = None
    pdf_ms: float | None = None


def reports(run: Run) -> None:
    """Put the cost of each report on the report, and how much more five years cost than one."""
    rounds = QUICK_ROUNDS if run.quick else ROUNDS
    lived = years.live_days(run.folder / "lived")
    costs, memory = {}, 0.0
    for age in (SHORT_YEARS, LONG_YEARS):
        folder = run.folder / f"years-{age}"
        tickets = years.fill(folder, lived, age)
        run.report.add(f"  store of {age} years", tickets, "tickets")
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as beside:
            costs[age], memory = beside.submit(measure, folder, rounds).result()
    for name, cost in costs[LONG_YEARS].items():
        run.report.add(f"  {name}: data, the first time", cost.first_ms, "ms", costs[SHORT_YEARS][name].first_ms)
        run.report.put(limits.report_data(name).judge(cost.data_ms))
        run.report.put(limits.report_age(name).judge(cost.data_ms, costs[SHORT_YEARS][name].data_ms))
        if cost.xlsx_ms is not None and cost.pdf_ms is not None:
            run.report.put(limits.report_file(name, "workbook", 2).judge(cost.xlsx_ms / 1000))
            run.report.put(limits.report_file(name, "PDF", 5).judge(cost.pdf_ms / 1000))
    run.report.put(limits.REPORT_MEMORY.judge(memory))


def measure(folder: Path, rounds: int) -> tuple[dict[str, Cost], float]:
    """Return what each report of each period costs on the store in `folder`, and the memory that it took in MiB."""
    costs = {}
    with open_reading(folder) as db:
        unit = settings_store.get_settings(db).unit
        wording = Wording("vi", lambda message: translate_into("vi", message))
        for name, look in PAGES.items():
            for length, period in PERIODS.items():
                first, _view = _time(lambda look=look, period=period: look(db, period))
                data = [_time(lambda look=look, period=period: look(db, period))[0] for _ in range(rounds)]
                costs[f"{name}, a {length}"] = Cost(first, median(data))
        for name in REPORTS:
            report = get_report(name)
            for length, period in PERIODS.items():
                first, sheet = _time(lambda report=report, period=period: report.build(db, period))
                data = [_time(lambda report=report, period=period: report.build(db, period))[0] for _ in range(rounds)]
                xlsx, _book = _time(lambda sheet=sheet: write_xlsx(sheet, wording, unit, AT))
                pdf, _pages = _time(lambda sheet=sheet: _print(sheet, wording, unit))
                costs[f"{name}, a {length}"] = Cost(first, median(data), xlsx, pdf)
    return costs, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _print(sheet: ReportSheet, wording: Wording, unit: Any) -> bytes:
    values = print_values(sheet, wording, unit, AT)
    return make_pdf(LAYOUT, values, values["at"])


def _time(work: Any) -> tuple[float, Any]:
    begin = process_time()
    result = work()
    return (process_time() - begin) * 1000, result
