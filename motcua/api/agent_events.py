"""What people do at an agent's devices: a key on a keypad, a face on a pad, a card before a scanner."""

import logging
from dataclasses import replace
from typing import Any

from motcua.counters import store as counter_store
from motcua.desk import Door, Forbidden, Invalid, Json, Key, Refused, Tx, stamp
from motcua.equipment import store as equipment_store
from motcua.feedback import actions as feedback_actions
from motcua.feedback.model import RatingPrompt
from motcua.web.identity import Caller
from motcua.web.language import in_each
from motcua.web.site import Site, key_digest
from motcua.web.sockets import NAMESPACES, Namespace, acknowledge, event_key
from motcua.wiring import bindings, keypads
from motcua.wiring.keypads import KeyPress

NAMESPACE = "/agent"
COUNTER_MAX, NUMBER_MAX, AGE_MAX_MS = 999, 99_999, 2**40
AGES = (0, 60, 75)
CODE_MAX = 64
logger = logging.getLogger(__name__)


def pressed_of(fields: dict[str, Any]) -> KeyPress:
    """Return the press that an event carries. Raises `Invalid("event.shape")`."""
    counter, key, number, age_ms, device = (fields.get(name) for name in ("counter", "press", "number", "age_ms", "device"))
    if (
        type(counter) is int
        and 0 < counter <= COUNTER_MAX
        and isinstance(key, str)
        and (number is None or (type(number) is int and 0 <= number <= NUMBER_MAX))
        and (age_ms is None or (type(age_ms) is int and 0 <= age_ms <= AGE_MAX_MS))
        and (device is None or isinstance(device, str))
    ):
        return KeyPress(counter, key, number, age_ms, device)
    raise Invalid("event.shape", "A press carries a counter, a key, perhaps a number, and how long ago it was.")


class Events:
    """What agents bring from people, each acknowledged: what is refused is told where it was pressed."""

    def __init__(self, site: Site, namespace: Namespace) -> None:
        self._site, self._namespace = site, namespace
        on = site.socketio.on_event
        on("press", self._press, namespace=NAMESPACE)
        on("shown", self._shown, namespace=NAMESPACE)
        on("scan", self._scan, namespace=NAMESPACE)

    @property
    def _at(self) -> str:
        return stamp(self._site.desk.clock.now())

    @property
    def _caller(self) -> Caller:
        return self._namespace.caller()

    @property
    def _agent(self) -> int:
        """Return the agent's number. Raises `Forbidden` once its token opens nothing any more."""
        credential = self._caller.credential
        assert credential is not None  # noqa: S101 -- who has none is not admitted
        return credential.id

    def _via(self, device: str | None) -> dict[str, Json]:
        """Return what the journal says beside the actor: which device program, and which of its devices."""
        return {"agent": self._agent, "device": device}

    def _door(self, pressed: KeyPress, key: str | None, digest: str) -> Door:
        """A keypad acts in the name of the officer who sits there, a rating pad in its agent's."""
        via = self._via(pressed.device)
        if pressed.key == keypads.RATE:
            return self._site.door(self._caller, key, digest, via=via)
        with self._site.desk.read() as db:
            counter = counter_store.find(db, pressed.counter)
        seated = counter.officer if counter is not None else None
        actor = f"officer:{seated}" if seated is not None else f"counter:{pressed.counter}"
        return self._site.desk.by(actor, Key(self._caller.name, key, digest) if key else None, via)

    def _of_this_clock(self, pressed: KeyPress) -> KeyPress:
        """A rating's age is real time; the window it falls into is the hall's clock's."""
        if pressed.key != keypads.RATE or pressed.age_ms is None:
            return pressed
        return replace(pressed, age_ms=round(pressed.age_ms * self._site.desk.clock.speed))

    def _press(self, data: object = None, *_more: object) -> dict[str, Any]:
        """`{key, counter, press, number?, age_ms, device?}`: a key on a counter's keypad, or a face on its rating pad."""

        def work() -> dict[str, Any]:
            fields, key = event_key(data)
            pressed = self._of_this_clock(pressed_of(fields))
            if self._site.checking.claim_press(self._agent, pressed.device, self._at, pressed.counter, key):
                return {"number": None}
            content = {name: fields.get(name) for name in ("counter", "press", "number", "device")}
            try:
                door = self._door(pressed, key, key_digest("press", content))
                _status, body = door.do(keypads.run_press, self._agent, pressed, answer=_done)
            except Forbidden:
                raise  # whose counter it is hears nothing of a program that has no business there
            except Refused as error:
                self._tell(pressed, error)
                raise
            return dict(body)

        return acknowledge(work)

    def _tell(self, pressed: KeyPress, error: Refused) -> None:
        """Say on the counter's own screen why a key did nothing."""
        logger.info("%s at counter %s: %s", pressed.key, pressed.counter, error.code)
        stage = self._site.stages.get("/counter")
        if stage is not None and pressed.key != keypads.RATE:
            told = {"press": pressed.key, "code": error.code, "detail": in_each(error.message, error.params)}
            self._site.socketio.emit("keypad", told, namespace="/counter", to=stage.room(str(pressed.counter)))

    def _shown(self, data: object = None, *_more: object) -> dict[str, Any]:
        """`{visit, counter, device?, key}`: the lights or the sound of a pad ask."""

        def work() -> dict[str, Any]:
            fields, key = event_key(data)
            visit, counter, device = fields.get("visit"), fields.get("counter"), fields.get("device")
            if not isinstance(visit, str) or type(counter) is not int or not (device is None or isinstance(device, str)):
                raise Invalid("visit.unknown", "There is no such visit here.")
            door, agent = self._site.door(self._caller, key, key_digest("shown", data), via=self._via(device)), self._agent

            def shown(tx: Tx) -> RatingPrompt:
                bindings.require_device(tx.db, agent, "pad", counter, device)
                return feedback_actions.record_prompt(tx, counter, visit)

            _status, body = door.do(shown, answer=_asked)
            return dict(body)

        return acknowledge(work)

    def _scan(self, data: object = None, *_more: object) -> dict[str, Any]:
        """`{age?, perhaps?, code?, refused?, device?}`: what a scanner made of a card; handed to its kiosks and kept nowhere."""

        def work() -> None:
            fields, _key = event_key(data)
            age, code, refused, perhaps = (fields.get(name) for name in ("age", "code", "refused", "perhaps"))
            fits = all(item is None or (type(item) is int and item in AGES) for item in (age, perhaps)) and all(
                item is None or (isinstance(item, str) and len(item) <= CODE_MAX) for item in (code, refused)
            )
            fits = fits and (perhaps is None or (age is not None and perhaps > age))
            if not fits or (age is None and code is None and refused is None):
                raise Invalid("event.shape", "A scan carries an age class, a code, or why it was refused.")
            agent, device = self._agent, fields.get("device")
            if self._site.checking.claim_press(agent, device, self._at):
                return
            with self._site.desk.read() as db:
                bindings.require_device(db, agent, "scanner", None, None if device is None else str(device))
                kiosks = equipment_store.binding(db, agent).kiosks
            scan = {"age": age, "code": code, "refused": refused, **({} if perhaps is None else {"perhaps": perhaps})}
            self._show_scan(scan, kiosks)

        return acknowledge(work)

    def _show_scan(self, scan: dict[str, Any], kiosks: tuple[int, ...] | None) -> None:
        """Hand a scan to the screens of `kiosks`, by their credentials; None: to every screen that shows the kiosk."""
        screens = self._site.app.extensions[NAMESPACES].get("/kiosk")
        for who, caller in list(screens.callers.items()) if screens is not None else []:
            if kiosks is None or (caller.credential is not None and caller.credential.id in kiosks):
                self._site.socketio.emit("scan", scan, namespace="/kiosk", to=who)


def install(site: Site, namespace: Namespace) -> None:
    """Listen to presses, scans, and to pads that ask."""
    Events(site, namespace)


def _done(number: str | None) -> tuple[int, dict[str, Any]]:
    return 200, {"number": number}


def _asked(found: RatingPrompt) -> tuple[int, dict[str, Any]]:
    return 200, {"visit": found.visit, "until": found.until}
