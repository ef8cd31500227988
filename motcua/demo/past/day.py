"""One past day from the morning to its end: the demo's people with the product's actions, at once."""

from datetime import date, datetime, timedelta
from functools import partial

from msgspec import Struct

from motcua.bookings import actions as booking_actions
from motcua.demo import citizens, officers
from motcua.demo.agenda import Agenda, AtOnce
from motcua.demo.cameras import CamerasOfDay
from motcua.demo.chance import Chance
from motcua.demo.dossiers import DossiersOfDay, DossierStaff
from motcua.demo.floor import DemoFloor, list_codes
from motcua.demo.founding import CAMERAS, Badges
from motcua.demo.help_calls import HelpCallsOfDay
from motcua.demo.past.acting import DESK, PastDesk
from motcua.demo.past.calls import PastCalls, find_actors
from motcua.demo.past.devices import PastCameras, PastPad
from motcua.demo.past.dossier_calls import PastDossiers
from motcua.demo.past.people import Roster
from motcua.demo.past.plans import PastPlans
from motcua.demo.past.promises import PastPromises
from motcua.demo.seat import Seat
from motcua.demo.visitors import Visitors
from motcua.desk import ManualClock, Tx, get_zone
from motcua.desk.vault import Vault
from motcua.feedback import actions as feedback_actions
from motcua.feedback import store as feedback_store
from motcua.queue import actions as queue_actions
from motcua.queue import store as queue_store
from motcua.queue.model import TicketState
from motcua.settings import rules as hours
from motcua.setup import actions as setup_actions
from motcua.suggestions import actions as suggestion_actions
from motcua.suggestions import rules as suggestion_rules
from motcua.suggestions import store as suggestion_store

LOOKS_AGAIN_S = 60.0
GLANCE_S = (300.0, 480.0)
"""Nobody watches a past day, so that officers without work press seldom: each press costs time and changes nothing."""


class PastHall(Struct, frozen=True):
    """What stays the same from day to day."""

    seed: int
    clock: ManualClock
    badges: Badges
    camera_actor: str
    roster: Roster
    plans: PastPlans
    promises: PastPromises
    vault: Vault


def play_day(tx: Tx, hall: PastHall, day: date) -> None:
    """Let `day` happen; the clock shows its morning, and its end afterwards. Raises `DisturbedError`, `DemoError`."""
    document = setup_actions.get_document(tx.db)
    settings = document.settings
    sessions = hours.list_sessions(settings, day)
    desk = PastDesk(tx, hall.clock)
    numbers = [counter.number for counter in document.counters]
    seats = hall.roster.draw_seats(day, numbers)
    actors = find_actors(desk, hall.badges)
    with_camera = tuple(numbers[:CAMERAS])
    pads = {
        number: PastPad(desk, actor, number, number in with_camera) for actor, number in actors.pads.values()
    }  # fmt: skip
    agenda = Agenda(hall.clock, AtOnce(hall.clock))
    past_dossiers = PastDossiers(desk, hall.vault)
    calls = PastCalls(desk, hall.badges, actors, seats, hall.promises, past_dossiers)
    floor = DemoFloor(
        day, document, hall.badges, agenda, calls, None, pads,
        Chance(f"{hall.seed} {day} steps"), lambda: end_questions(desk), False, _ignore,
        lambda visit: queue_store.get(tx.db, visit).short_code or "",
    )  # fmt: skip
    plan = Chance(f"{hall.seed} {day} plan")
    cameras = CamerasOfDay(
        floor, PastCameras(desk, hall.camera_actor, with_camera, Chance(f"{hall.seed} {day} cameras"))
    )
    staff = DossierStaff(seats, actors.leader)
    dossiers = DossiersOfDay(floor, past_dossiers, staff, hall.seed, Chance(f"{hall.seed} {day} dossiers at work"))
    offered = {service.code for service in document.services}
    bookable = {service.code for service in document.services if service.bookable and settings.appointments.is_open}
    visitors = Visitors(floor, cameras, citizens.draw_citizens(plan, day, sessions, offered, bookable))
    for counter in document.counters:
        if (account := seats.get(counter.number)) is not None:
            habits = Chance(hall.roster.get_habits(account))
            shift = officers.draw_shift(plan, habits, sessions, list_codes(settings.queue.pause_reasons))
            taught = hall.roster.update_manner(shift, account, day)
            services = frozenset(counter.services)
            seat = Seat(floor, visitors, cameras, dossiers, counter.number, services, taught, GLANCE_S)
            floor.counters.append(seat)
    help_calls = HelpCallsOfDay(floor, Chance(f"{hall.seed} {day} help"))
    for session in sessions:
        help_calls.plan(session.start_min * 60, session.end_min * 60)
    report_deadlines(desk)
    hall.promises.learn(desk)
    for moment_s, step in hall.plans.list_steps(day):
        agenda.schedule_at(floor.compute_moment(moment_s), partial(step, desk))
    zone = get_zone(settings.timezone)
    closing = hours.get_closing_time(settings, day).replace(tzinfo=zone)
    latest = hours.get_latest_time(settings, day).replace(tzinfo=zone)
    agenda.schedule_at(closing, lambda: _end_day(desk, agenda, latest))
    agenda.run()


def end_questions(desk: PastDesk) -> None:
    """End the questions that nobody answered in their time, as the server's timer does."""
    for visit in feedback_store.list_overdue(desk.db, desk.at):
        desk.do(DESK, feedback_actions.record_skip, visit, "timed_out", None)


def report_deadlines(desk: PastDesk) -> None:
    """Report deadlines that are near or over, as the server's timer does."""
    settings = setup_actions.get_document(desk.db).settings
    for item in suggestion_store.list_watched(desk.db):
        if suggestion_rules.find_escalation(settings, item, desk.day) is not None:
            desk.do(DESK, suggestion_actions.escalate, item.id)


def _end_day(desk: PastDesk, agenda: Agenda, latest: datetime) -> None:
    """End the day, a little later while somebody is in hand."""
    in_hand = queue_store.list_in_state(desk.db, desk.day, TicketState.CALLED, TicketState.SERVING)
    if in_hand and agenda.now < latest:
        again = min(latest, agenda.now + timedelta(seconds=LOOKS_AGAIN_S))
        agenda.schedule_at(again, lambda: _end_day(desk, agenda, latest))
        return
    end_questions(desk)
    desk.do(DESK, queue_actions.close_day, desk.day)
    desk.do(DESK, booking_actions.record_missed, desk.day, True)
    agenda.clear()


def _ignore(_problem: str) -> None:
    """Leave out what a watched hall would complain of: on a past day a refusal ends everything."""
