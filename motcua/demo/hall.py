"""The simulated hall from its first morning on: the served desk, its devices' cables, and one day after the other."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import count
from pathlib import Path

from motcua.demo import citizens, officers
from motcua.demo.agenda import Agenda, AtOnce, RealTime
from motcua.demo.cables import Api, Cable, DemoPrinter
from motcua.demo.cameras import CamerasOfDay, DemoCameras
from motcua.demo.chance import Chance
from motcua.demo.dossier_records import ServedDossiers
from motcua.demo.dossiers import DossiersOfDay, DossierStaff
from motcua.demo.floor import DemoFloor, list_codes
from motcua.demo.founding import CAMERAS, make_password, set_up_hall
from motcua.demo.help_calls import HelpCallsOfDay
from motcua.demo.past.plans import find_leader
from motcua.demo.past.weeks import make_weeks
from motcua.demo.seat import Seat
from motcua.demo.visitors import Visitors
from motcua.demo.writers import Writers
from motcua.desk import ManualClock, SeededEntropy, get_zone
from motcua.queue import store as queue_store
from motcua.run.serving import DeskServer
from motcua.settings import rules as hours
from motcua.setup import actions as setup_actions
from motcua.setup.document import Document

FIRST_DAY = date(2026, 11, 23)
"""A working Monday; always the same, so that a seed means one day for ever."""
TIMEZONE = "Asia/Ho_Chi_Minh"
FOUNDED = time(6, 0)
MORNING_MIN = 30
IDLE_DAYS_MAX = 366
TICK_MAX_S = 30.0
HOST = "127.0.0.1"
ESTIMATE_EVERY = timedelta(minutes=5)
"""Estimates are renewed at moments of the virtual clock, so that a seed's day is the same whatever the computer's
speed."""

SILENCE_S = 3600.0
"""A day as fast as it goes loses no line, however long the computer lets its programs stand still."""


def get_local_moment(day: date, when: time) -> datetime:
    """Return the moment at which a clock in the hall shows `when` on `day`."""
    return datetime.combine(day, when, get_zone(TIMEZONE))


class Demo:
    """A hall in `folder` whose people are simulated; `speed` None runs as fast as it goes, and then its printer is
    simulated too.

    `weeks` weeks have passed in it before its first day. Starting raises what `Hall` raises, and `DemoError`.
    """

    def __init__(
        self, folder: Path, port: int, seed: int, speed: float | None, complain: Callable[[str], None], weeks: int = 0
    ) -> None:
        self.seed, self._speed, self._complain = seed, speed, complain
        password = "" if speed is None else make_password()
        entropy = SeededEntropy(seed)
        self.clock = ManualClock(get_local_moment(FIRST_DAY - timedelta(weeks=weeks), FOUNDED), speed or 1.0)
        past = make_weeks(folder, self.clock, entropy, seed, weeks, password) if weeks else None
        self.clock.set(get_local_moment(FIRST_DAY, FOUNDED))
        self.hall = DeskServer(
            folder, HOST, port, self.clock, entropy, ticking=False, silence_s=SILENCE_S if speed is None else None
        )
        self.wall_calls = 0
        self._estimated_at: datetime | None = None
        self._agenda: Agenda | None = None
        self._stopped = False
        self._cables: list[Cable | DemoPrinter | DemoCameras | Api] = []
        try:
            self.unit, self.badges = past or set_up_hall(self.hall.desk, password)
            self.hall.site.setup_code = ""
            self._connect()
        except BaseException:
            self.close()
            raise

    def _connect(self) -> None:
        badges = self.badges
        self._api = Api(HOST, self.hall.port)
        self._cables.append(self._api)
        url = self._api.url
        self._printer = DemoPrinter(url, badges.agent, Chance(f"{self.seed} printer")) if self._speed is None else None
        self._cables += [self._printer] if self._printer is not None else []
        cameras = tuple(badges.pads)[:CAMERAS]
        self._cameras = DemoCameras(url, badges.camera, cameras, Chance(f"{self.seed} cameras"))
        self._cables.append(self._cameras)
        self._pads = {number: Cable(url, "/pad", token, {}) for number, token in badges.pads.items()}
        self._cables += [*self._pads.values(), Cable(url, "/wall", badges.wall, {"call": self._count_call})]

    def _count_call(self, _call: object) -> None:
        self.wall_calls += 1

    def run_day(self, day: date) -> None:
        """Let `day` happen, from the morning until its timer has closed it."""
        document = self._set_up()
        settings = document.settings
        sessions = hours.list_sessions(settings, day)
        morning = get_local_moment(day, time()) + timedelta(minutes=sessions[0].start_min - MORNING_MIN)
        self.clock.set(max(morning, self.clock.now()))
        pace = AtOnce(self.clock) if self._speed is None else RealTime(self.clock)
        agenda = self._agenda = Agenda(self.clock, pace)
        if self._stopped:
            return
        floor = DemoFloor(
            day, document, self.badges, agenda, self._api, self._printer, self._pads,
            Chance(f"{self.seed} {day} steps"),
            self._tick, self._speed is not None, self._complain, self._read_paper,
        )  # fmt: skip
        plan = Chance(f"{self.seed} {day} plan")
        offered = {service.code for service in document.services}
        bookable = {service.code for service in document.services if service.bookable and settings.appointments.is_open}
        cameras = CamerasOfDay(floor, self._cameras)
        dossiers = self._plan_dossiers(floor)
        visitors = Visitors(floor, cameras, citizens.draw_citizens(plan, day, sessions, offered, bookable))
        for counter in document.counters:
            if counter.number in self.badges.officers:
                habits = Chance(f"{self.seed} officer {counter.number}")
                shift = officers.draw_shift(plan, habits, sessions, list_codes(settings.queue.pause_reasons))
                services = frozenset(counter.services)
                floor.counters.append(Seat(floor, visitors, cameras, dossiers, counter.number, services, shift))
        if day == FIRST_DAY:
            Writers(floor, self.hall.desk, Chance(f"{self.seed} writers"))
        help_calls = HelpCallsOfDay(floor, Chance(f"{self.seed} {day} help"))
        for session in sessions:
            help_calls.plan(session.start_min * 60, session.end_min * 60)
        self._watch_clock(agenda, day)
        agenda.run()

    def _plan_dossiers(self, floor: DemoFloor) -> DossiersOfDay:
        with self.hall.desk.read() as db:
            staff = DossierStaff(self.badges.accounts, find_leader(db))
        records = ServedDossiers(self.hall.desk, floor.day.isoformat())
        chance = Chance(f"{self.seed} {floor.day} dossiers at work")
        return DossiersOfDay(floor, records, staff, self.seed, chance)

    def _watch_clock(self, agenda: Agenda, day: date) -> None:
        """Let the server's timers look at the clock, until the day has closed."""
        interval_s = TICK_MAX_S if self._speed is None else min(TICK_MAX_S, max(1.0, self._speed / 2))

        def look() -> None:
            self._tick()
            with self.hall.desk.read() as db:
                closed = queue_store.is_day_closed(db, day.isoformat())
            if closed:
                agenda.clear()
            else:
                agenda.schedule_after(interval_s, look)

        agenda.schedule_after(interval_s, look)

    def _read_paper(self, ticket: str) -> str:
        with self.hall.desk.read() as db:
            return queue_store.get(db, ticket).short_code or ""

    def _tick(self) -> None:
        self.hall.timers.tick()
        now = self.clock.now()
        if self._estimated_at is None or now - self._estimated_at >= ESTIMATE_EVERY:
            self._estimated_at = now
            self.hall.estimates.refresh()
            if self._speed is not None:
                self.hall.voicing.refresh()
        self.hall.site.stages.tick()

    def list_days(self) -> Iterator[date]:
        """Yield the hall's working days, from the first; an end comes only when a year has none."""
        idle = 0
        for ahead in count():
            day = FIRST_DAY + timedelta(days=ahead)
            idle = 0 if hours.list_sessions(self._set_up().settings, day) else idle + 1
            if idle > IDLE_DAYS_MAX:
                return
            if not idle:
                yield day

    def _set_up(self) -> Document:
        """Return the set-up in force: in a watched hall somebody may have changed it."""
        with self.hall.desk.read() as db:
            return setup_actions.get_document(db)

    @property
    def stopped(self) -> bool:
        """Say whether the simulated hall was told to stop."""
        return self._stopped

    def stop(self) -> None:
        """Let nothing more happen in the simulated hall."""
        self._stopped = True
        if self._agenda is not None:
            self._agenda.stop()

    def close(self) -> None:
        """Hang up everything and stop the server in good order."""
        self.stop()
        for cable in reversed(self._cables):
            cable.close()
        self._cables.clear()
        self.hall.stop()
