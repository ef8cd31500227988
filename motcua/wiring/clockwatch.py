"""Faults about the computer's clock. They are on health, the check and the leaders' page for the rest of the day."""

from datetime import datetime
from typing import Any

from motcua.checks.clock import describe_step, find_last_step
from motcua.desk import ClockStepped, Desk, DeskFault, Entry, get_local_day, get_zone
from motcua.desk.messages import mark
from motcua.settings import store as settings_store

CHECK = "clock"
STEP, DOUBT, BEHIND = "clock.stepped", "clock.doubted", "clock.behind"

JUMPED = mark(
    "The computer's date jumped to %(shown)s while people wait. The desk goes on by its own time until "
    "%(until)s, then that day ends."
    " If the date is wrong, set it right before."
)
WRONG_DAY = mark(
    "The computer's date is %(shown)s, but the journal's last day is %(day)s. Set the date right; until then "
    "no numbers are given out."
)


class ClockWatch:
    """Detects steps of the clock, and maintains the faults about it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._day = ""
        desk.on(ClockStepped, self._stepped)

    def _stepped(self, entry: Entry[ClockStepped]) -> None:
        self._day = entry.day
        self._note_step(entry.event.to_data(), self._timezone())

    def _timezone(self) -> str:
        with self._desk.read() as db:
            return settings_store.get_timezone(db)

    def _note_step(self, data: dict[str, Any], timezone: str) -> None:
        message, params = describe_step(data, timezone)
        self._desk.faults.note(DeskFault(STEP, CHECK, message, params))

    def tick(self) -> None:
        """Look at the clock."""
        self._desk.look_at_clock()
        timezone = self._timezone()
        self._tell_step(get_local_day(self._desk.clock.now(), timezone), timezone)
        self._tell_doubt(timezone)
        self._tell_behind(timezone)

    def _tell_step(self, day: str, timezone: str) -> None:
        """Note a step of this day after a restart, and clear the fault on the next day."""
        if day == self._day:
            return
        self._day = day
        with self._desk.read() as db:
            data = find_last_step(db, day)
        if data is None:
            self._desk.faults.clear(STEP)
        else:
            self._note_step(data, timezone)

    def _tell_doubt(self, timezone: str) -> None:
        doubted = self._desk.clock.find_doubt()
        if doubted is None:
            self._desk.faults.clear(DOUBT)
            return
        wall_time, until = doubted
        self._desk.faults.note(
            DeskFault(
                DOUBT, CHECK, JUMPED, {"shown": _date(wall_time, timezone), "until": f"{_local(until, timezone):%H:%M}"}
            )
        )

    def _tell_behind(self, timezone: str) -> None:
        last = self._desk.head.day
        if not self._desk.clock.is_behind(last, timezone):
            self._desk.faults.clear(BEHIND)
            return
        wall_date = _date(self._desk.clock.read_wall_clock(), timezone)
        self._desk.faults.note(
            DeskFault(BEHIND, CHECK, WRONG_DAY, {"shown": wall_date, "day": f"{datetime.fromisoformat(last):%d/%m/%Y}"})
        )


def _local(moment: datetime, timezone: str) -> datetime:
    return moment.astimezone(get_zone(timezone))


def _date(moment: datetime, timezone: str) -> str:
    return f"{_local(moment, timezone):%d/%m/%Y}"
