"""Jobs of cameras: look once a citizen agreed, score when the visit ends, and forget wherever it does not end so."""

from typing import Any

from motcua.counters import store as counter_store
from motcua.desk import Desk, Json, Planned, Reader, Tx
from motcua.desk.jobs import add_job
from motcua.feedback import actions as feedback_actions
from motcua.feedback import store as feedback_store
from motcua.feedback.events import CameraConsentGiven
from motcua.feedback.model import ConsentAnswer, ExpressionReading, ExpressionRecord
from motcua.feedback.rules import camera as rules
from motcua.queue import store as queue_store
from motcua.queue.events import (
    DayClosed,
    MoveUndone,
    TicketAbsent,
    TicketCalled,
    TicketHeld,
    TicketServed,
    TicketTransferred,
)
from motcua.queue.model import TicketState
from motcua.settings import store as settings_store
from motcua.settings.events import SettingsChanged
from motcua.settings.sections.camera import HUNDRED, CameraRules
from motcua.wiring.bindings import list_devices, require_device
from motcua.wiring.routes import list_routes

CAMERA = "camera"
BEGIN, FINISH, STOP = "begin", "finish", "stop"
TTL_MS = {BEGIN: 15_000, FINISH: 5_000, STOP: 60_000}
"""How long a step is worth doing. A camera that hears of the end too late has not seen it."""
EndOfTurn = TicketHeld | TicketTransferred | TicketAbsent | MoveUndone
"""The visit leaves the counter without an end that counts: what the camera saw is forgotten."""


def has_camera(db: Reader, counter: int) -> bool:
    """Say whether a declared camera can act at `counter`."""
    return bool(list_devices(db, CAMERA, counter))


def describe_constants(settings: CameraRules) -> dict[str, Any]:
    """Return by which constants and limits a camera scores, as a job carries them."""
    return {
        "slope": settings.slope / HUNDRED,
        "offset": settings.offset / HUNDRED,
        "width_px": settings.width_px,
        "sharpness": settings.sharpness,
        "darkest": settings.darkest,
        "brightest": settings.brightest,
        "yaw": settings.yaw,
        "pitch": settings.pitch,
    }


def plan_look(db: Reader, counter: int, visit: str, step: str) -> list[Planned]:
    """Return a `look` job for each camera at `counter`."""
    payload: dict[str, Json] = {"visit": visit, "step": step}
    if step != STOP:
        payload["constants"] = describe_constants(settings_store.get_settings(db).camera)
    return [
        Planned(route, "look", payload, TTL_MS[step], newest_only=True) for route in list_routes(db, CAMERA, counter)
    ]


def plan_answer(event: CameraConsentGiven, db: Reader) -> list[Planned]:
    """Begin with a yes; stop when it is taken back or lapses, or the officer switches the camera off."""
    steps = {ConsentAnswer.YES: BEGIN, ConsentAnswer.WITHDRAWN: STOP, ConsentAnswer.CHILD: STOP}
    answer = ConsentAnswer(event.answer)
    has_lapsed = answer is ConsentAnswer.NONE and feedback_actions.has_lapsed(db, event.visit)
    step = STOP if has_lapsed else steps.get(answer)
    if step is None or event.counter is None:
        return []
    return plan_look(db, event.counter, event.visit, step)


def plan_score(event: TicketServed | TicketCalled, db: Reader) -> list[Planned]:
    """Let the camera finish what it saw of the visit that `event` ended, if its citizen agreed."""
    visit = event.finished if isinstance(event, TicketCalled) else event.ticket
    if visit is None:
        return []
    is_agreed = rules.is_agreed(feedback_actions.find_consent(db, queue_store.get(db, visit)))
    return plan_look(db, event.counter, visit, FINISH) if is_agreed else []


def plan_stop(event: EndOfTurn, db: Reader) -> list[Planned]:
    """Let the camera forget a visit that has left the counter's hand, or has come back into it."""
    is_agreed = rules.is_agreed(feedback_store.find_last_consent(db, event.ticket))
    return plan_look(db, event.counter, event.ticket, STOP) if is_agreed else []


def plan_day_end(event: DayClosed, db: Reader) -> list[Planned]:
    """Let cameras forget the visits that the end of the day ended."""
    jobs: list[Planned] = []
    for visit in map(str, event.served):
        consent = feedback_store.find_last_consent(db, visit)
        if consent is not None and rules.is_agreed(consent):
            jobs += plan_look(db, consent.counter, visit, STOP)
    return jobs


def plan_settings(_event: SettingsChanged, db: Reader) -> list[Planned]:
    """Let cameras look by the new settings, or forget what they saw where they were switched off."""
    is_on = settings_store.get_settings(db).camera.is_on
    counters = sorted({number for camera in list_devices(db, CAMERA) for number in camera.counters})
    jobs: list[Planned] = []
    for counter in counter_store.list_all(db):
        if counter.number not in counters:
            continue
        last = counter.last.ticket if counter.last is not None else None
        for visit in filter(None, (last, counter.in_hand)):
            ticket = queue_store.get(db, visit)
            if rules.is_agreed(feedback_actions.find_consent(db, ticket)):
                step = BEGIN if is_on and ticket.state is TicketState.SERVING else STOP if not is_on else None
                jobs += plan_look(db, counter.number, visit, step) if step else []
    return jobs


def list_open_looks(db: Reader, agent: int) -> list[Planned]:
    """Return the jobs by which the cameras of `agent` begin anew where a citizen agreed and is being served.

    An agent that lost its server has forgotten what it saw, and the sign on the pad would not be true.
    """
    jobs: list[Planned] = []
    agent_cameras = [camera for camera in list_devices(db, CAMERA) if camera.agent == agent]
    for counter, visit in list_agreed(db) if agent_cameras else ():
        routes = {str(camera.address.with_counter(counter)) for camera in agent_cameras}
        jobs += [planned for planned in plan_look(db, counter, visit, BEGIN) if planned.device in routes]
    return jobs


def list_agreed(db: Reader) -> list[tuple[int, str]]:
    """Return counter and visit of each citizen who is being served and has agreed, none while cameras are off."""
    if not settings_store.get_settings(db).camera.is_on:
        return []
    agreed = []
    for counter in counter_store.list_all(db):
        ticket = queue_store.find(db, counter.in_hand) if counter.in_hand else None
        if ticket is None or ticket.state is not TicketState.SERVING:
            continue
        if rules.is_agreed(feedback_actions.find_consent(db, ticket)):
            agreed.append((counter.number, ticket.id))
    return agreed


def resume_looks(tx: Tx, agent: int, speed: float) -> None:
    """Plan the jobs of `list_open_looks`. They follow from no new event: the citizen's yes still holds."""
    for planned in list_open_looks(tx.db, agent):
        add_job(tx.db, planned, tx.at, f"ticket:{planned.payload['visit']}", speed)


def show_notice(tx: Tx, counter: int, visit: str) -> ConsentAnswer:
    """Record that the pad of `counter` shows the notice; see `feedback.show_camera_notice`."""
    return feedback_actions.show_camera_notice(tx, counter, visit, has_camera(tx.db, counter))


def answer_consent(tx: Tx, counter: int, visit: str, answer: str) -> ConsentAnswer:
    """Record what the citizen answered on the pad of `counter`; see `feedback.answer_consent`."""
    return feedback_actions.answer_consent(tx, counter, visit, answer, has_camera(tx.db, counter))


def note_reading(tx: Tx, agent: int, device: str | None, reading: ExpressionReading, speed: float) -> ExpressionRecord:
    """Keep what a camera of `agent`, the one called `device` if it says so, tells of a visit that ended at its counter.

    Raises `Forbidden` for a camera that is not declared, or not bound to that counter. See `feedback.note_expression`.
    """
    ticket = queue_store.find(tx.db, reading.visit)
    if ticket is not None and ticket.counter is None:
        rules.require_ended(ticket)
    if ticket is not None:
        require_device(tx.db, agent, CAMERA, ticket.counter, device)
    return feedback_actions.note_expression(tx, reading, speed)


def install(desk: Desk) -> None:
    """Plan the jobs of cameras."""
    desk.plan(CameraConsentGiven, plan_answer)
    desk.plan(TicketServed, plan_score)
    desk.plan(TicketCalled, plan_score)
    desk.plan(TicketHeld, plan_stop)
    desk.plan(TicketTransferred, plan_stop)
    desk.plan(TicketAbsent, plan_stop)
    desk.plan(MoveUndone, plan_stop)
    desk.plan(DayClosed, plan_day_end)
    desk.plan(SettingsChanged, plan_settings)
