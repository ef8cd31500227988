"""What people do at an agent's devices: a key on a keypad, a face on a pad, a card before a scanner."""

import logging

from motcua.api.agent_payloads import (
    CardMessage,
    CardPayload,
    ExpressionAnswer,
    ExpressionPayload,
    PressAnswer,
    PressPayload,
    QuestionPayload,
    RefusedPressMessage,
    ScanMessage,
    ScanPayload,
)
from motcua.copies import replace
from motcua.counters import store as counter_store
from motcua.desk import Forbidden, Json, Reader, Refused, Tx, stamp
from motcua.equipment import store as equipment_store
from motcua.feedback import actions as feedback_actions
from motcua.feedback.model import ExpressionReading, ExpressionRecord, RatingPrompt
from motcua.views.questions import QuestionAnswer, describe_question
from motcua.web.identity import Caller
from motcua.web.language import translate_into_each
from motcua.web.site import Site
from motcua.web.socket_events import EventRequest, on, sends
from motcua.web.sockets import NAMESPACES, Namespace
from motcua.web.switches import has_dossiers
from motcua.wiring import bindings, cameras, keypads
from motcua.wiring.keypads import PressRequest

logger = logging.getLogger(__name__)


def get_agent(caller: Caller) -> int:
    """Return the number of the agent that sent an event."""
    assert caller.credential is not None  # noqa: S101 -- who has none is not admitted
    return caller.credential.id


def describe_origin(
    request: EventRequest[PressPayload] | EventRequest[QuestionPayload] | EventRequest[ExpressionPayload],
) -> dict[str, Json]:
    """Return what the journal says beside the actor: which device program, and which of its devices."""
    return {"agent": get_agent(request.caller), "device": request.payload.device}


class DeviceEvents:
    """What agents bring from people, each acknowledged. A refusal is also shown where it was pressed."""

    def __init__(self, site: Site, namespace: Namespace) -> None:
        self._site = site
        on(namespace, "press", PressPayload, self._press)
        on(namespace, "shown", QuestionPayload, self._show_question)
        on(namespace, "scan", ScanPayload, self._scan)
        on(namespace, "card", CardPayload, self._read_card)
        on(namespace, "expression", ExpressionPayload, self._note_expression)
        self._refused_press = sends(site, "/counter", "keypad", RefusedPressMessage)
        self._cards = sends(site, "/counter", "card", CardMessage)
        self._scanned = sends(site, "/kiosk", "scan", ScanMessage)

    @property
    def _at(self) -> str:
        return stamp(self._site.desk.clock.now())

    def _actor(self, press_request: PressRequest) -> str | None:
        """A keypad acts in the name of the officer who sits there, a rating pad in its agent's."""
        if press_request.press == keypads.RATE:
            return None
        with self._site.desk.read() as db:
            counter = counter_store.find(db, press_request.counter)
        officer = counter.officer if counter is not None else None
        return f"officer:{officer}" if officer is not None else f"counter:{press_request.counter}"

    def _of_this_clock(self, press_request: PressRequest) -> PressRequest:
        """A rating's age is real time; the window it falls into is the hall's clock's."""
        if press_request.press != keypads.RATE or press_request.age_ms is None:
            return press_request
        return replace(press_request, age_ms=round(press_request.age_ms * self._site.desk.clock.speed))

    def _press(self, request: EventRequest[PressPayload]) -> PressAnswer:
        """A key on a counter's keypad, or a face on its rating pad."""
        payload, agent = request.payload, get_agent(request.caller)
        press_request = PressRequest(payload.counter, payload.press, payload.number, payload.age_ms, payload.device)
        if self._site.checking.claim_press(agent, press_request.device, self._at, press_request.counter, request.key):
            return PressAnswer(number=None)
        try:
            acting = request.replace_actor(self._actor(press_request), describe_origin(request))
            return acting.do(keypads.run_press, agent, self._of_this_clock(press_request), answer=_number)
        except Forbidden:
            raise  # whose counter it is hears nothing of a program that has no business there
        except Refused as error:
            self._show_refusal(press_request, error)
            raise

    def _show_refusal(self, press_request: PressRequest, error: Refused) -> None:
        """Say on the counter's own screen why a key did nothing."""
        logger.info("%s at counter %s: %s", press_request.press, press_request.counter, error.code)
        stage = self._site.stages.get("/counter")
        if stage is not None and press_request.press != keypads.RATE:
            detail = translate_into_each(error.message, error.params)
            message = RefusedPressMessage(press=press_request.press, code=error.code, detail=detail)
            self._refused_press.emit(message, to=stage.get_room(str(press_request.counter)))

    def _show_question(self, request: EventRequest[QuestionPayload]) -> QuestionAnswer:
        """The lights or the sound of a pad ask for a rating."""
        payload, agent = request.payload, get_agent(request.caller)

        def show(tx: Tx) -> RatingPrompt:
            bindings.require_device(tx.db, agent, "pad", payload.counter, payload.device)
            return feedback_actions.record_prompt(tx, payload.counter, payload.visit)

        return request.replace_actor(None, describe_origin(request)).do(show, answer=describe_question)

    def _note_expression(self, request: EventRequest[ExpressionPayload]) -> ExpressionAnswer:
        """What a camera says of the smile at the end of a visit whose citizen agreed. It holds no picture."""
        payload, agent = request.payload, get_agent(request.caller)
        reading = ExpressionReading(
            payload.visit,
            payload.score,
            payload.quality,
            payload.valid_frames,
            payload.seen_frames,
            payload.reason,
            payload.model_hash,
        )
        # a visit has one reading, whatever its key; after an undo the same visit may have another one
        acting = replace(request.replace_actor(None, describe_origin(request)), key=None)
        speed = self._site.desk.clock.speed
        return acting.do(cameras.note_reading, agent, payload.device, reading, speed, answer=_noted)

    def _scan(self, request: EventRequest[ScanPayload]) -> None:
        """What a scanner read from a card or a code; it is handed to the scanner's kiosks and stored nowhere."""
        payload, agent = request.payload, get_agent(request.caller)
        if self._site.checking.claim_press(agent, payload.device, self._at):
            return
        with self._site.desk.read() as db:
            bindings.require_device(db, agent, "scanner", None, payload.device)
            kiosks = equipment_store.get_binding(db, agent).kiosks
        message = ScanMessage(age=payload.age, code=payload.code, refused=payload.refused)
        if payload.perhaps is not None:
            message["perhaps"] = payload.perhaps
        self._show_scan(message, kiosks)

    def _read_card(self, request: EventRequest[CardPayload]) -> None:
        """What a scanner at a counter read: its pages alone get it, while dossiers are on. It is stored nowhere."""
        payload, agent = request.payload, get_agent(request.caller)
        if self._site.checking.claim_press(agent, payload.device, self._at, payload.counter):
            return
        with self._site.desk.read() as db:
            bindings.require_device(db, agent, "reader", payload.counter, payload.device)
        stage = self._site.stages.get("/counter")
        if stage is not None and has_dossiers(self._site.desk):
            self._cards.emit(CardMessage(text=payload.text), to=stage.get_room(str(payload.counter)))

    def _show_scan(self, message: ScanMessage, kiosks: tuple[int, ...] | None) -> None:
        """Hand a scan to the screens of `kiosks`, by their credentials; None: to every screen that shows the kiosk."""
        screens = self._site.app.extensions[NAMESPACES].get("/kiosk")
        for who, caller in list(screens.callers.items()) if screens is not None else []:
            if kiosks is None or (caller.credential is not None and caller.credential.id in kiosks):
                self._scanned.emit(message, to=who)


def _noted(_db: Reader, record: ExpressionRecord) -> ExpressionAnswer:
    reason = record.reason.value if record.reason is not None else None
    return ExpressionAnswer(visit=record.visit, kept=record.has_score, reason=reason)


def _number(_db: Reader, number: str | None) -> PressAnswer:
    return PressAnswer(number=number)


def install(site: Site, namespace: Namespace) -> None:
    """Listen to presses, scans, and to pads that ask."""
    DeviceEvents(site, namespace)
