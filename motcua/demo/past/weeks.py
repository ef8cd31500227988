"""Making the past weeks of a demo's hall in its folder, before the hall is served."""

from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path

from motcua.copies import replace
from motcua.demo.cables import DemoError, DisturbedError
from motcua.demo.founding import Badges, make_document, set_up_hall
from motcua.demo.officers import PEOPLE
from motcua.demo.past.day import PastHall, play_day
from motcua.demo.past.people import LEAVER, LEAVERS_COUNTER, WEEK_DAYS, Roster
from motcua.demo.past.plans import PastPlans, find_leader
from motcua.demo.past.promises import PastPromises
from motcua.desk import Desk, Entropy, ManualClock, get_zone, signing
from motcua.desk.lock import DeskLock
from motcua.dossiers.store.vaults import get_vault
from motcua.settings import rules as hours
from motcua.settings.model import DayOff
from motcua.setup import actions as setup_actions
from motcua.setup.document import Document
from motcua.setup.rooms import open_desk
from motcua.staff import actions as staff_actions
from motcua.staff import store as staff_store
from motcua.staff.model import Account, Role
from motcua.wiring import erasing

MORNING = time(6, 0)
RENAMED = "certified-copy"
EARLIER_NAME = ("Sao y bản chính", "True copies")
"""What the service was called in the first half of the weeks."""
LIMITED, QUOTA = "land", (30, 25)
"""A service with numbers for so many in a morning and an afternoon; so many never come."""
DECLARATION = "Quyết định công bố danh mục thủ tục hành chính của đơn vị"
BASIS = "Quy chế đánh giá, khen thưởng của đơn vị"
STORM_WEEK, STORM_WEEKDAY = 2, 3
STORM = "Nghỉ phòng, chống bão"
STORM_SOURCE = "thông báo của đơn vị"


def make_weeks(
    folder: Path, clock: ManualClock, entropy: Entropy, seed: int, weeks: int, password: str
) -> tuple[str, Badges]:
    """Set up a hall in the empty `folder` and let `weeks` weeks happen; return as `set_up_hall` does.

    The past begins on the day that `clock` shows, and the clock shows its last day afterwards. Raises `DemoError`.
    """
    with closing(DeskLock(folder)):
        signing.make_key(folder, entropy)
        desk = open_desk(folder, clock, entropy)
        try:
            first = clock.now().astimezone(get_zone(make_document().settings.timezone)).date()
            unit, badges = set_up_hall(desk, password, make_earlier_document(first))
            _let_pass(desk, clock, seed, first, weeks, badges)
        except DisturbedError as error:
            raise DemoError(str(error)) from error
        finally:
            desk.stop()
    return unit, badges


def make_later_document(first: date) -> Document:
    """Return the demo's set-up with what a unit adds in time: a quota, and what it declares.

    That is for the indices, and the basis of proposals about officers.
    """
    document = make_document()
    declared = replace(
        document.settings.indices, declared_on=first.isoformat(), source=DECLARATION, procedures=214, settled_here=98,
        received_here=201, online=176, is_posted=True, is_published=True,
    )  # fmt: skip
    services = [replace(one, quota=QUOTA) if one.code == LIMITED else one for one in document.services]
    proposals = replace(document.settings.proposals, basis=BASIS)
    settings = replace(document.settings, indices=declared, proposals=proposals)
    return replace(document, settings=settings, services=services)


def make_earlier_document(first: date) -> Document:
    """Return that set-up as it was at first: one service had another name, and no dossiers were taken in yet."""
    document = make_later_document(first)
    services = [replace(one, name=EARLIER_NAME) if one.code == RENAMED else one for one in document.services]
    dossiers = replace(document.settings.dossiers, is_on=False)
    return replace(document, settings=replace(document.settings, dossiers=dossiers), services=services)


def _let_pass(desk: Desk, clock: ManualClock, seed: int, first: date, weeks: int, badges: Badges) -> None:
    document = make_document()
    zone = get_zone(document.settings.timezone)
    leaver = _add_leaver(desk)
    roster = Roster(seed, first, weeks, badges.accounts, leaver.id)
    with desk.read() as db:
        leader = find_leader(db)
        camera = staff_store.find_by_secret(db, badges.camera, clock.now().isoformat())
    if camera is None:
        raise DemoError("the token of the simulated cameras is missing")
    days = [first + timedelta(days=ahead) for ahead in range(weeks * WEEK_DAYS)]
    storm = find_storm(roster)
    working = [day for day in days if hours.list_sessions(document.settings, day) and day != storm]
    plans = PastPlans(seed, working, roster, leader)
    hall = PastHall(seed, clock, badges, camera.actor, roster, plans, PastPromises(), get_vault(desk))
    changes = _list_changes(roster, leaver)
    for day in days:
        morning = datetime.combine(day, MORNING, zone)
        clock.set(max(morning, clock.now()))
        for change in changes.pop(day, ()):
            change(desk)
        if day in working:
            for purge in erasing.PURGES:
                desk.do(purge)
            desk.do(play_day, hall, day)


def _add_leaver(desk: Desk) -> Account:
    """Add the officer who will leave, who never signs in with a password."""
    full_name, title = PEOPLE[-2]
    account = Account(0, LEAVER, full_name, title, Role.OFFICER, LEAVERS_COUNTER, "", False)
    return desk.by("command").do(staff_actions.save_account, account)


def find_storm(roster: Roster) -> date | None:
    """Return the one day off that is no holiday, None where the past is too short for it."""
    storm = roster.first + timedelta(days=STORM_WEEK * WEEK_DAYS + STORM_WEEKDAY)
    return storm if storm < roster.leaves_on else None


def _list_changes(roster: Roster, leaver: Account) -> dict[date, list[Callable[[Desk], object]]]:
    """Return what is changed on which morning: a day off a day ahead, one who leaves, a service's new name."""
    earlier, later = make_earlier_document(roster.first), make_later_document(roster.first)
    changes: dict[date, list[Callable[[Desk], object]]] = {}
    if (storm := find_storm(roster)) is not None:
        off = DayOff(storm.isoformat(), STORM, STORM_SOURCE)
        earlier, later = _add_day_off(earlier, off), _add_day_off(later, off)
        changes[storm - timedelta(days=1)] = [partial(_apply, earlier)]
    changes[roster.leaves_on] = [partial(_close_account, leaver), partial(_apply, later)]
    return changes


def _add_day_off(document: Document, off: DayOff) -> Document:
    settings = replace(document.settings, days_off=(*document.settings.days_off, off))
    return replace(document, settings=settings)


def _apply(document: Document, desk: Desk) -> None:
    desk.by("command").do(setup_actions.apply, document)


def _close_account(account: Account, desk: Desk) -> None:
    desk.by("command").do(staff_actions.save_account, replace(account, disabled=True))
