"""Time → action: on the first working day of a month the reports of the month before are made and stored."""

import base64
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from motcua.desk import Desk, get_zone, parse, stamp
from motcua.desk.messages import mark
from motcua.filing import actions, rules, store
from motcua.filing.model import DueReport, ReportFile
from motcua.planning.computing import Compute
from motcua.reports.kinds import is_report_on, list_monthly
from motcua.settings import store as settings_store
from motcua.wiring.chores import Chore

if TYPE_CHECKING:
    from motcua.reports.monthly import MonthSheet

LOOK_S = 60
SETTLED_S = 15 * 60
"""For how long nobody may have set the clock, nor started the desk: a wrong date would make reports too early."""
AGAIN_S = (60, 300, 900, 3600)
FAILED = mark("A monthly report could not be made: %(problem)s")


class MonthlyReporter:
    """Looks once a minute which reports are due, and makes one after the other with `beside`.

    `offload` runs what reads for long, `compute` what makes the PDF. Add `chore` and `tick` to the timers.
    """

    def __init__(
        self, desk: Desk, compute: Compute, beside: Callable[..., object], offload: Callable[..., Any]
    ) -> None:
        self._desk, self._compute, self._beside, self._offload = desk, compute, beside, offload
        self.chore = Chore(desk, "reports.unfiled", "store", FAILED, AGAIN_S)
        self._looked_s: float | None = None
        self._is_busy = False

    def tick(self) -> None:
        """Begin to make what is due."""
        now_s = self._desk.clock.steady()
        is_early = self._looked_s is not None and now_s - self._looked_s < LOOK_S
        if self._is_busy or is_early or not self._desk.clock.is_settled(SETTLED_S):
            return
        due = self._list_due()
        self._looked_s = now_s
        self.chore.forget_others(due)
        item = next(filter(self.chore.is_due, sorted(due, key=self.chore.has_failed)), None)
        if item is not None:
            self._is_busy = True
            self._beside(self._work, item)

    def _list_due(self) -> list[DueReport]:
        with self._desk.read() as db:
            settings = settings_store.get_settings(db)
            if not settings.monthly.is_on:
                return []
            newest = store.find_newest_months(db)
        reports = [item.id for item in list_monthly() if is_report_on(settings, item)]
        return list(rules.list_due(settings, self._find_local_time(settings.timezone), reports, newest))

    def _find_local_time(self, timezone: str) -> datetime:
        return self._desk.clock.now().astimezone(get_zone(timezone)).replace(tzinfo=None)

    def _work(self, item: DueReport) -> None:
        try:
            self._make(item)
        except Exception as error:  # as any chore
            self.chore.mark_failed(item, error)
        else:
            self.chore.mark_done(item)
            self._looked_s = None  # perhaps there is another one
        finally:
            self._is_busy = False

    def _make(self, item: DueReport) -> None:
        """Make and store one report. The time on its pages is in the journal, so that it can be made again."""
        from motcua.reports import monthly, pdf  # with the first report, once a month
        from motcua.reports.printing import LAYOUT

        made_at = stamp(self._desk.clock.now())
        with self._desk.read() as db:
            settings = settings_store.get_settings(db)
        local = parse(made_at).astimezone(get_zone(settings.timezone))
        month: MonthSheet = self._offload(build, self._desk, item, local.date().isoformat())
        language = settings.monthly.language
        values = monthly.print_month(month.sheet, language, settings.unit, local)
        answer = self._compute(pdf.task, {"layout": LAYOUT, "values": values, "at": values["at"]})
        content = base64.b64decode(answer["pdf"])
        file = ReportFile(item.report, item.month, language, made_at, month.has_figures, content)
        self._desk.do(actions.save_report, file)


def build(desk: Desk, item: DueReport, today: str) -> "MonthSheet":
    """Return the figures of a due report. Raises `Unknown("report.unknown")` for one that the program does not have."""
    from motcua.reports import monthly

    with desk.read() as db:
        return monthly.build_month(db, monthly.get_monthly(item.report), item.month, today)
