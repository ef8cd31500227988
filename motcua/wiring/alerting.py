"""Time passes, and alerts are raised and cleared; calls for help that nobody ended, end with their day."""

from datetime import timedelta

from motcua.alerts import actions, rules, store
from motcua.checks.fleet import Fleet
from motcua.desk import Desk, Json, Planned, Reader, get_local_day, outbox, stamp
from motcua.queue import store as queue_store
from motcua.settings import store as settings_store
from motcua.settings.model import Notices
from motcua.wiring import callback_watches, dossier_watches, erasing, watches, webhook_events
from motcua.wiring.courier import FAILING
from motcua.wiring.watches import AlertWatch
from motcua.wiring.ways import WEBHOOK

LOOK_S = 5
"""How often the hall is looked at."""
ALL_WATCHES = (*watches.WATCHES, *dossier_watches.WATCHES, *callback_watches.WATCHES)
UNTOLD_FAULTS = frozenset({FAILING})
"""What no webhook can tell: that webhooks fail."""


class AlertWatcher:
    """Looks at the hall on each `tick` that is due. `fleet` says how the devices are."""

    def __init__(self, desk: Desk, fleet: Fleet) -> None:
        self._desk, self._fleet = desk, fleet
        self._looked_s: float | None = None
        self._measured_s: dict[str, float] = {}
        self._down_since: dict[str, float] = {}
        self._codes: list[Json] | None = None

    def tick(self) -> None:
        """Raise and clear what has to be, at most every few seconds."""
        now_s = self._desk.clock.steady()
        if self._looked_s is not None and now_s - self._looked_s < LOOK_S:
            return
        self._looked_s = now_s
        now = self._desk.clock.now()
        with self._desk.read() as db:
            settings = settings_store.get_settings(db)
            if settings_store.get_version(db) == 0:
                return
            day = max(get_local_day(now, settings.timezone), self._desk.head.day)
            is_in_use = not erasing.is_quiet(db, now)
            hall = watches.read_hall(db, settings, now, day, self._measure_down(db, now_s), is_in_use=is_in_use)
            again_min = settings.alerts.again_min
            since = stamp(now - timedelta(minutes=again_min))
            alerts = [*store.list_open_alerts(db), *store.list_cleared_since(db, since)]
            due = self._list_due(now_s)
            kinds = [watch.kind for watch in due]
            changes = rules.decide_changes(kinds, watches.measure_all(hall, due), alerts, stamp(now), again_min)
            left_over = [
                call.id
                for call in store.list_open_help(db)
                if call.day < day or queue_store.is_day_closed(db, call.day)
            ]
        self._tell_health(settings.notices)
        for number, value in changes.cleared:
            self._desk.do(actions.clear_alert, number, value)
        for reading in changes.raised:
            self._desk.do(actions.raise_alert, reading)
        for number in left_over:
            self._desk.do(actions.end_help, number, "day_closed")

    def _list_due(self, now_s: float) -> list[AlertWatch]:
        """Return the watches whose time has come; some look less often than others."""
        due = [
            watch
            for watch in ALL_WATCHES
            if watch.kind not in self._measured_s or now_s - self._measured_s[watch.kind] >= watch.every_s
        ]
        self._measured_s.update((watch.kind, now_s) for watch in due)
        return due

    def _tell_health(self, notices: Notices) -> None:
        """Let a program of the ward know when something of the desk begins or ceases to work."""
        codes: list[Json] = [*sorted({fault.code for fault in self._desk.faults.list_all()} - UNTOLD_FAULTS)]
        if not notices.webhook_url or not notices.webhook_health:
            self._codes = None
            return
        if self._codes is None:
            self._codes = []
        if codes != self._codes:
            self._codes = codes
            data: dict[str, Json] = {"status": "degraded" if codes else "ok", "problems": codes}
            payload: dict[str, Json] = {"about": webhook_events.HEALTH, "subject": "health", "data": data}
            self._desk.do(outbox.plan_now, Planned(WEBHOOK, outbox.EVENT, payload, outbox.TTL_MS), "health")

    def _measure_down(self, db: Reader, now_s: float) -> dict[str, int]:
        """Return for how many seconds each device has been down; of an agent that is gone its name stands for all."""
        down = {
            (agent["name"] or str(agent["agent"])) if device["problem"] == "agent_gone" else device["name"]
            for agent in self._fleet.describe(db)
            for device in agent["devices"]
            if device["state"] == "down"
        }
        self._down_since = {name: self._down_since.get(name, now_s) for name in sorted(down)}
        return {name: int(now_s - since_s) for name, since_s in self._down_since.items()}
