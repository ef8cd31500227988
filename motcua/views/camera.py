"""What pad and counter screen show of the camera: the question, and the sign that it looks."""

from collections.abc import Callable
from datetime import datetime, timedelta

from msgspec import Struct

from motcua.checks.fleet import Fleet
from motcua.counters.model import Counter
from motcua.desk import Reader, parse
from motcua.equipment.model import DeclaredDevice
from motcua.feedback import actions as feedback_actions
from motcua.feedback import store as feedback_store
from motcua.feedback.model import ConsentAnswer
from motcua.feedback.rules import camera as rules
from motcua.queue import store as queue_store
from motcua.queue.model import Ticket, TicketState
from motcua.settings import store as settings_store
from motcua.settings.model import Settings
from motcua.views.shapes import View
from motcua.wiring.bindings import list_devices
from motcua.wiring.cameras import CAMERA


class CameraConditions(Struct, frozen=True):
    """How cameras are just now, which no table says. `speed` is that of the hall's clock; cameras keep real time."""

    is_working: Callable[[DeclaredDevice], bool]
    speed: float = 1.0


def read_conditions(fleet: Fleet, speed: float) -> CameraConditions:
    """Return the conditions by what agents reported: a camera works unless its agent is gone or it is down."""

    def is_working(device: DeclaredDevice) -> bool:
        condition = fleet.find_condition(device.agent, device.name)
        return fleet.is_connected(device.agent) and (condition is None or condition.state != "down")

    return CameraConditions(is_working, speed)


def ask_on_pad(db: Reader, counter: Counter, now: datetime, day: str, conditions: CameraConditions) -> View | None:
    """Return what the pad shows of the camera: `step` is `ask`, or `look` while a camera may see this citizen."""
    settings = settings_store.get_settings(db)
    if not settings.camera.is_on or not _is_watched(db, counter.number, conditions):
        return None
    seen_ticket = find_seen_ticket(db, counter, now, day, conditions.speed)
    if seen_ticket is not None:
        return _describe(seen_ticket, "look", settings)
    ticket = queue_store.find(db, counter.in_hand) if counter.in_hand else None
    if ticket is None or ticket.state is not TicketState.SERVING:
        return None
    consent = feedback_actions.find_consent(db, ticket)
    is_open = consent is None or consent.answer is ConsentAnswer.NONE
    return _describe(ticket, "ask", settings) if is_open else None


def describe_at_counter(
    db: Reader, counter: Counter, now: datetime, day: str, conditions: CameraConditions
) -> View | None:
    """Return what the counter screen shows of the camera, None where no camera may look there.

    It never says who refused: only that a camera looks, or that the officer switched it off.
    """
    if not settings_store.get_settings(db).camera.is_on or not _is_watched(db, counter.number, conditions):
        return None
    ticket = queue_store.find(db, counter.in_hand) if counter.in_hand else None
    consent = feedback_actions.find_consent(db, ticket) if ticket is not None else None
    return {
        "is_looking": find_seen_ticket(db, counter, now, day, conditions.speed) is not None,
        "is_switched_off": consent is not None and consent.answer is ConsentAnswer.CHILD,
    }


def find_seen_ticket(db: Reader, counter: Counter, now: datetime, day: str, speed: float) -> Ticket | None:
    """Return the visit that a camera at `counter` may see now: under way, or ended some seconds ago, with a yes."""
    ticket = queue_store.find(db, counter.in_hand) if counter.in_hand else None
    if ticket is not None and ticket.state is TicketState.SERVING and _is_agreed(db, ticket):
        return ticket
    served = queue_store.find_last_served(db, day, counter.number)
    if served is None or served.finished_at is None or not _is_agreed(db, served):
        return None
    is_over = now > parse(served.finished_at) + timedelta(seconds=rules.LOOKS_AFTER_S * speed)
    return None if is_over or feedback_store.has_expression(db, served.id) else served


def _is_agreed(db: Reader, ticket: Ticket) -> bool:
    return ticket.reason != "day_closed" and rules.is_agreed(feedback_actions.find_consent(db, ticket))


def _is_watched(db: Reader, counter: int, conditions: CameraConditions) -> bool:
    return any(map(conditions.is_working, list_devices(db, CAMERA, counter)))


def _describe(ticket: Ticket, step: str, settings: Settings) -> View:
    unit, camera = settings.unit, settings.camera
    contact = camera.contact or ", ".join(filter(None, (unit.name, unit.phone)))
    return {
        "visit": ticket.id,
        "number": ticket.number,
        "step": step,
        "contact": contact,
        "retention_days": camera.retention_days,
    }
