"""What people do at an agent's devices: a key on a keypad, a face on a pad, a card before a scanner."""

import logging
from dataclasses import replace
from typing import Any

from motcua.counters import store as counter_store
from motcua.desk import Door, Invalid, Key, Refused, stamp
from motcua.feedback import actions as feedback_actions
from motcua.feedback.model import Asking
from motcua.web.identity import Caller
from motcua.web.language import in_each
from motcua.web.site import Site, key_digest
from motcua.web.sockets import Namespace, acknowledge, event_key
from motcua.wiring import keypads
from motcua.wiring.keypads import Pressed

NAMESPACE = "/agent"
COUNTER_MAX, NUMBER_MAX, AGE_MAX_MS = 999, 99_999, 2**40
AGES = (0, 60, 75)
CODE_MAX = 64
logger = logging.getLogger(__name__)


def pressed_of(fields: dict[str, Any]) -> Pressed:
    """Return the press that an event carries. Raises `Invalid("event.shape")`."""
    counter, key, number, age_ms = (fields.get(name) for name in ("counter", "press", "number", "age_ms"))
    if (
        type(counter) is int
        and 0 < counter <= COUNTER_MAX
        and isinstance(key, str)
        and (number is None or (type(number) is int and 0 <= number <= NUMBER_MAX))
        and (age_ms is None or (type(age_ms) is int and 0 <= age_ms <= AGE_MAX_MS))
    ):
        return Pressed(counter, key, number, age_ms)
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

    def _door(self, pressed: Pressed, key: str | None, digest: str) -> Door:
        """A keypad acts in the name of the officer who sits there, a rating pad in its agent's."""
        if pressed.key == "rate":
            return self._site.door(self._caller, key, digest)
        with self._site.desk.read() as db:
            seated = counter_store.get(db, pressed.counter).officer
        actor = f"officer:{seated}" if seated is not None else f"counter:{pressed.counter}"
        return self._site.desk.by(actor, Key(self._caller.name, key, digest) if key else None)

    def _of_this_clock(self, pressed: Pressed) -> Pressed:
        """A rating's age is real time; the window it falls into is the hall's clock's."""
        if pressed.key != "rate" or pressed.age_ms is None:
            return pressed
        return replace(pressed, age_ms=round(pressed.age_ms * self._site.desk.clock.speed))

    def _press(self, data: object = None, *_more: object) -> dict[str, Any]:
        """`{key, counter, press, number?, age_ms, device?}`: a key on a counter's keypad, or a face on its rating pad."""

        def work() -> dict[str, Any]:
            fields, key = event_key(data)
            pressed = self._of_this_clock(pressed_of(fields))
            if self._site.checking.takes(self._agent, fields.get("device"), self._at, pressed.counter, key):
                return {"number": None}
            content = {name: fields.get(name) for name in ("counter", "press", "number", "device")}
            try:
                door = self._door(pressed, key, key_digest("press", content))
                _status, body = door.do(keypads.act, pressed, answer=_done)
            except Refused as error:
                self._tell(pressed, error)
                raise
            return dict(body)

        return acknowledge(work)

    def _tell(self, pressed: Pressed, error: Refused) -> None:
        """Say on the counter's own screen why a key did nothing."""
        logger.info("%s at counter %s: %s", pressed.key, pressed.counter, error.code)
        stage = self._site.stages.get("/counter")
        if stage is not None and pressed.key != "rate":
            told = {"press": pressed.key, "code": error.code, "detail": in_each(error.message, error.params)}
            self._site.socketio.emit("keypad", told, namespace="/counter", to=stage.room(str(pressed.counter)))

    def _shown(self, data: object = None, *_more: object) -> dict[str, Any]:
        """`{visit, counter, key}`: the lights or the sound of a pad ask."""

        def work() -> dict[str, Any]:
            fields, key = event_key(data)
            visit, counter = fields.get("visit"), fields.get("counter")
            if not isinstance(visit, str) or type(counter) is not int:
                raise Invalid("visit.unknown", "There is no such visit here.")
            door = self._site.door(self._caller, key, key_digest("shown", data))
            _status, body = door.do(feedback_actions.shown, counter, visit, answer=_asked)
            return dict(body)

        return acknowledge(work)

    def _scan(self, data: object = None, *_more: object) -> dict[str, Any]:
        """`{age?, perhaps?, code?, refused?}`: what a scanner made of a card; handed to the kiosks and kept nowhere."""

        def work() -> None:
            fields, _key = event_key(data)
            age, code, refused, perhaps = (fields.get(name) for name in ("age", "code", "refused", "perhaps"))
            fits = all(item is None or (type(item) is int and item in AGES) for item in (age, perhaps)) and all(
                item is None or (isinstance(item, str) and len(item) <= CODE_MAX) for item in (code, refused)
            )
            fits = fits and (perhaps is None or (age is not None and perhaps > age))
            if not fits or (age is None and code is None and refused is None):
                raise Invalid("event.shape", "A scan carries an age class, a code, or why it was refused.")
            if self._site.checking.takes(self._agent, fields.get("device"), self._at):
                return
            stage = self._site.stages.get("/kiosk")
            if stage is not None:
                scan = {"age": age, "code": code, "refused": refused, **({} if perhaps is None else {"perhaps": perhaps})}
                self._site.socketio.emit("scan", scan, namespace="/kiosk", to=stage.room(""))

        return acknowledge(work)


def install(site: Site, namespace: Namespace) -> None:
    """Listen to presses, scans, and to pads that ask."""
    Events(site, namespace)


def _done(number: str | None) -> tuple[int, dict[str, Any]]:
    return 200, {"number": number}


def _asked(found: Asking) -> tuple[int, dict[str, Any]]:
    return 200, {"visit": found.visit, "until": found.until}
