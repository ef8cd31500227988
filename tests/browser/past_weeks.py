"""A hall with a past: four working days, a week apart, each with a queue, promised waits and a call out of order."""

from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from motcua.catalogue import store as catalogue_store
from motcua.copies import replace
from motcua.counters import actions as counters
from motcua.desk import ManualClock, get_local_day, system_clock, system_entropy
from motcua.desk.signing import make_key
from motcua.queue import actions as queue
from motcua.queue.model import TicketRequest, WaitRange
from motcua.settings.model import Day
from motcua.setup import actions as setup
from motcua.setup import template
from motcua.setup.passwords import hash_password
from motcua.setup.rooms import open_desk
from motcua.staff.model import Account, Role
from tests.browser.conftest import PASSWORD
from tests.zone import ZONE

WEEKS, PEOPLE, EVERY_MIN, VISIT_MIN = 4, 12, 2, 5
PROMISED = WaitRange(10 * 60, 25 * 60)
WORKDAYS = 5


def last_workday(now: datetime) -> datetime:
    """Return eight in the morning of the last working day before `now` at the desk."""
    day = now.astimezone(ZoneInfo(ZONE)).date() - timedelta(days=1)
    while day.weekday() >= WORKDAYS:
        day -= timedelta(days=1)
    return datetime.combine(day, time(8), ZoneInfo(ZONE))


def build(folder: Path) -> list[str]:
    """Make the hall in `folder`; return its days, the newest last."""
    newest = last_workday(system_clock.now())
    mornings = [newest - timedelta(weeks=ago) for ago in reversed(range(WEEKS))]
    folder.mkdir()
    make_key(folder, system_entropy)
    clock = ManualClock(mornings[0] - timedelta(hours=1))
    desk = open_desk(folder, clock)
    document = template.load("ward")
    document = replace(document, settings=replace(document.settings, day=Day(ZONE)))
    admin = Account(0, "admin", "Nguyễn Thị Quản", "", Role.ADMIN, None, hash_password(PASSWORD), False)
    person = Account(0, "hungdm", "Đỗ Mạnh Hùng", "", Role.OFFICER, 1, hash_password(PASSWORD), False)
    _admin, officer = desk.by("command").do(setup.set_up, document, admin, [person])
    with desk.read() as db:
        service = catalogue_store.list_services(db)[0].code
    for morning in mornings:
        clock.set(morning)
        desk.do(counters.open_counter, 1, officer.id)
        free_at = morning
        waiting = 0
        for minute in range(PEOPLE * (VISIT_MIN + EVERY_MIN)):
            clock.set(morning + timedelta(minutes=minute))
            if minute % EVERY_MIN == 0 and minute < PEOPLE * EVERY_MIN:
                desk.do(
                    queue.take_number,
                    TicketRequest(service, "elder75" if minute == 8 else None),
                    lambda _service, _rank: PROMISED,
                )
                waiting += 1
            if waiting and clock.now() >= free_at:
                if minute:
                    desk.do(queue.finish, 1)
                if minute == 3 * VISIT_MIN:
                    desk.by(f"officer:{officer.id}").do(queue.call_number, 1, "A007", "đang mệt")
                else:
                    desk.do(queue.call_next, 1)
                desk.do(queue.start, 1)
                waiting -= 1
                free_at = clock.now() + timedelta(minutes=VISIT_MIN)
        clock.set(free_at)
        desk.do(queue.finish, 1)
        desk.do(queue.close_day, get_local_day(clock.now(), ZONE))
    desk.stop()
    return [morning.date().isoformat() for morning in mornings]
