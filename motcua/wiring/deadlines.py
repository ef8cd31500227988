"""Time → action: a deadline of a suggestion that is near or over is reported, once for each."""

from motcua.desk import Desk, get_local_day
from motcua.settings import store as settings_store
from motcua.suggestions import actions, rules, store

LOOK_S = 60


class DeadlineWatch:
    """Looks once a minute which deadlines have come near or are over."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._looked_s: float | None = None

    def tick(self) -> None:
        """Report what has come near or is over since the last look. What fails is tried again at the next tick."""
        now_s = self._desk.clock.steady()
        if self._looked_s is not None and now_s - self._looked_s < LOOK_S:
            return
        for number in self._list_due():
            self._desk.do(actions.escalate, number)
        self._looked_s = now_s

    def _list_due(self) -> list[int]:
        with self._desk.read() as db:
            watched = store.list_watched(db)
            if not watched:
                return []
            settings = settings_store.get_settings(db)
        today = max(get_local_day(self._desk.clock.now(), settings.timezone), self._desk.head.day)
        return [item.id for item in watched if rules.find_escalation(settings, item, today) is not None]
