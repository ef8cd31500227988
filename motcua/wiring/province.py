"""The provincial system: its list is fetched, and it is told of states. No counter waits for it.

Both ways work for themselves: one that fails does not stop the other.
"""

import hashlib
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from motcua.desk import Desk, DeskFault, Planned, Reader, Refused, get_zone, outbox, parse, stamp
from motcua.desk.messages import mark
from motcua.desk.outbox import OutboxJob
from motcua.dossiers import events
from motcua.dossiers.events import DossierEvent
from motcua.dossiers.events.fees import DossierFeeDemanded, DossierFeePaid
from motcua.dossiers.model.dossier import DossierState
from motcua.dossiers.store import dossiers
from motcua.exchange.actions.importing import import_plan
from motcua.exchange.actions.planning import plan_import
from motcua.exchange.actions.pushing import PUSH, end_push, make_push, put_back_push
from motcua.exchange.model.records import MergePlan
from motcua.exchange.rules import province
from motcua.exchange.store import records, refusals
from motcua.notify.message import NoticeError
from motcua.settings import store as settings_store
from motcua.settings.model import Settings
from motcua.typed.sheet_columns import SheetMistake
from motcua.wiring.chores import Chore
from motcua.wiring.province_access import ProvinceAccess, open_access, read_list, send

PULL_FAULT, PUSH_FAULT, ITEMS_FAULT = "province.pull", "province.push", "province.items"
AGAIN_S = (30, 60, 120, 300, 600, 1200, 1800, 3600)
"""The wait after each failed try; the last one repeats."""
LOOK_S = 2.0
BATCH = 20
OVERLAP_S = 3600
"""So much earlier than the last fetch the list is asked for, because the other clock may be wrong."""
BROKEN, MOVED = "province.broken", "exchange.moved"
STUCK = mark("The provincial system could not be looked at: %(problem)s")
PULL_TEXT = mark("The list of the provincial system cannot be fetched (%(code)s). The page of exchange says why.")
PUSH_TEXT = mark(
    "The provincial system cannot be told of dossiers (%(code)s): %(count)s are waiting. The page of exchange says why."
)
ITEMS_TEXT = mark(
    "%(count)s dossiers of the provincial system cannot be read. The first is number %(row)s of its list (%(key)s)."
)
REFUSED_TEXT = mark("The provincial system refused %(count)s dossiers. The page of exchange lists them.")
REFUSED_FAULT = "province.refused"
TOLD: tuple[type[DossierEvent], ...] = (
    events.DossierNumbered,
    events.DossierSupplementAsked,
    events.DossierSupplemented,
    events.DossierHandedOver,
    DossierFeeDemanded,
    DossierFeePaid,
    events.DossierReady,
    events.DossierReturned,
    events.DossierEnded,
    events.DossierExtended,
)
"""After these the province is told of the state, once it has a code for the dossier."""
logger = logging.getLogger(__name__)


def plan_push(event: DossierEvent, db: Reader) -> list[Planned]:
    """Return what the province is to be told, in the transaction of the change."""
    rules = settings_store.get_settings(db).province
    if not (rules.is_on and rules.status_url):
        return []
    dossier = dossiers.find_dossier(db, event.dossier)
    return [make_push(dossier)] if dossier is not None and dossier.provincial_code is not None else []


def install(desk: Desk) -> None:
    """Plan what the province is told."""
    for event in TOLD:
        desk.plan(event, plan_push)


class ProvinceLink:
    """Fetches and tells. `tick` starts the work with `beside` and returns; `offload` runs what blocks."""

    def __init__(self, desk: Desk, folder: Path, beside: Callable[..., object], offload: Callable[..., Any]) -> None:
        self._desk, self._folder, self._beside, self._offload = desk, folder, beside, offload
        self.chore = Chore(desk, "province.stuck", "devices", STUCK)
        self._due_s: dict[str, float] = {}
        self._tries: dict[str, int] = {}
        self._busy: set[str] = set()
        self._fetched_at: datetime | None = None

    def tick(self) -> None:
        """Start what is due."""
        with self._desk.read() as db:
            settings = settings_store.get_settings(db)
            refused = refusals.count_refusals(db) if settings.dossiers.is_on else 0
        is_on = settings.dossiers.is_on and settings.province.is_on
        fault = DeskFault(REFUSED_FAULT, "devices", REFUSED_TEXT, {"count": refused})
        self._note(REFUSED_FAULT, fault if refused else None)
        ways = (
            (PULL_FAULT, settings.province.list_url, self._pull),
            (PUSH_FAULT, settings.province.status_url, self._push),
        )
        for way, url, work in ways:
            if not (is_on and url):
                self._desk.faults.clear(way)
                self._due_s.pop(way, None)
            elif way not in self._busy and self._due_s.get(way, 0.0) <= self._desk.clock.steady():
                self._busy.add(way)
                self._beside(self._run, way, work, settings)
        if not is_on:
            self._desk.faults.clear(ITEMS_FAULT)

    def _run(self, way: str, work: Callable[[Settings], float], settings: Settings) -> None:
        wait_s: float = AGAIN_S[min(self._tries.get(way, 0), len(AGAIN_S) - 1)]
        try:
            wait_s = work(settings)
            self._tries[way] = 0
        except NoticeError as problem:
            self._fail(way, problem.code)
        except Refused as refusal:
            if refusal.code == MOVED:
                wait_s = LOOK_S
            else:
                self._fail(way, refusal.code)
        except Exception:
            logger.exception("%s failed", way)
            self._fail(way, BROKEN)
        finally:
            self._due_s[way] = self._desk.clock.steady() + wait_s
            self._busy.discard(way)

    def _fail(self, way: str, code: str) -> None:
        """Note why a way does not work; it is tried again after a growing pause."""
        self._tries[way] = self._tries.get(way, 0) + 1
        with self._desk.read() as db:
            count = outbox.count_waiting(db, PUSH)
        text = PULL_TEXT if way == PULL_FAULT else PUSH_TEXT
        self._note(way, DeskFault(way, "devices", text, {"code": code, "count": count}))

    def _note(self, code: str, fault: DeskFault | None) -> None:
        if fault is None:
            self._desk.faults.clear(code)
        else:
            self._desk.faults.note(fault)

    def _pull(self, settings: Settings) -> float:
        """Fetch the list and take in what is new; return how long to wait."""
        with self._desk.read() as db:
            access = open_access(db, self._folder, settings)
        begun_at = self._desk.clock.now().astimezone(get_zone(access.timezone))
        since = self._fetched_at - timedelta(seconds=OVERLAP_S) if self._fetched_at else None
        content = self._offload(read_list, access, since)
        plan, has_news, mistakes = self._offload(_read_list, self._desk, access, content)
        if has_news:
            self._desk.do(import_plan, plan, "pull", None)
        self._fetched_at = begun_at
        self._note(PULL_FAULT, None)
        self._note(ITEMS_FAULT, _describe_mistakes(mistakes))
        return access.rules.list_min * 60

    def _push(self, settings: Settings) -> float:
        """Tell the province of what is due; return how long to wait."""
        while heads := self._list_heads():
            with self._desk.read() as db:
                access = open_access(db, self._folder, settings)
            for head in heads:
                self._tell(access, head)
        with self._desk.read() as db:
            failing = outbox.count_waiting(db, PUSH, tries=3)
        params = {"code": "province.refused", "count": failing}
        self._note(PUSH_FAULT, DeskFault(PUSH_FAULT, "devices", PUSH_TEXT, params) if failing else None)
        return LOOK_S

    def _list_heads(self) -> list[OutboxJob]:
        """Return what is due; what fails is due later, so that this ends."""
        with self._desk.read() as db:
            return outbox.list_heads(db, PUSH, stamp(self._desk.clock.now()), BATCH)

    def _tell(self, access: ProvinceAccess, head: OutboxJob) -> None:
        """Tell the province of one state; it ends, or waits longer each time. Raises `NoticeError` for all of them."""
        job, now = head.job, self._desk.clock.now()
        with self._desk.read() as db:
            dossier = dossiers.find_dossier(db, str(job.payload.get("dossier")))
        if parse(job.expires_at) <= now:
            self._end(job.id, "province.stale")
            return
        if dossier is None or dossier.provincial_code is None:
            self._end(job.id, "province.gone")
            return
        local = parse(head.planned_at).astimezone(get_zone(access.timezone))
        report = province.StateReport(dossier, DossierState(str(job.payload["state"])), local)
        body = province.write_state(report, access.mapping, sends_days=access.rules.sends_days)
        if body is None:
            self._end(job.id, "province.no_state")
            return
        try:
            self._offload(send, access, dossier.provincial_code, body)
        except NoticeError as problem:
            if problem.code == "province.refused" and problem.permanent:
                self._end(job.id, f"province.refused {problem.reply}")
                return
            if problem.code != "province.refused":
                raise
            wait_s = AGAIN_S[min(job.tries, len(AGAIN_S) - 1)]
            self._desk.do(put_back_push, job.id, stamp(now + timedelta(seconds=wait_s)), f"{problem}")
            return
        self._desk.do(end_push, job.id, None)

    def _end(self, number: int, detail: str) -> None:
        logger.warning("the province was not told (job %s): %s", number, detail)
        self._desk.do(end_push, number, detail)


def _read_list(desk: Desk, access: ProvinceAccess, content: bytes) -> tuple[MergePlan, bool, list[SheetMistake]]:
    """Return what a list would do, whether that is anything, and what in it cannot be read. Raises `Invalid`."""
    items = province.list_items(content, access.rules.list_items)
    rows, mistakes = province.read_items(items, access.mapping)
    with desk.read() as db:
        digest = hashlib.sha256(content).hexdigest()
        plan = plan_import(db, [row.record for row in rows], access.mapping, digest)
        has_news = bool(plan.written or plan.differences or records.count_differences(db))
    return plan, has_news, mistakes


def _describe_mistakes(mistakes: list[SheetMistake]) -> DeskFault | None:
    if not mistakes:
        return None
    first = mistakes[0]
    params = {"count": len({item.row for item in mistakes}), "row": first.row, "key": first.column}
    return DeskFault(ITEMS_FAULT, "devices", ITEMS_TEXT, params)
