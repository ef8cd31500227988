"""The camera's picture on the settings page: to one administrator's page, while nobody is served at the counter.

Pictures pass through memory and are stored nowhere. Each beginning is in the journal, with who began it.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from socketio.exceptions import TimeoutError as NoAnswerError

from motcua.api.agent_events import get_agent
from motcua.api.agents import NAMESPACE as AGENTS
from motcua.api.agents import Agents
from motcua.api.camera_payloads import (
    CameraPictureMessage,
    CameraPicturePayload,
    CameraPreviewMessage,
    RenewAnswer,
    RenewPayload,
)
from motcua.checks.fleet import read_sentence
from motcua.counters.model import Counter
from motcua.desk import Entry, Event, Invalid, Reader, Refused, Unavailable
from motcua.feedback.actions.preview import get_camera_counter, record_preview
from motcua.feedback.rules.preview import is_nobody_served, require_nobody_served
from motcua.web.identity import Caller
from motcua.web.language import mark
from motcua.web.site import Site
from motcua.web.socket_events import EventRequest, on, sends
from motcua.web.sockets import Namespace, get_sid

NAMESPACE = "/preview"
ANSWER_S = 3
LASTS_S = 5.0
"""So long pictures come after a page asked for them."""
BETWEEN_S = 0.2
"""A picture that comes sooner after the one before is dropped."""
logger = logging.getLogger(__name__)
CameraName = tuple[int, str]
"""The number of an agent, and its name of the camera."""


@dataclass
class OpenPreview:
    """A page that shows a camera's picture: its socket, until when it has asked, and when it got the last picture."""

    page: str
    counter: int
    until: float
    sent_at: float


class CameraPreviews:
    """Who looks at which camera now. One page a camera."""

    def __init__(self, site: Site, agents: Agents) -> None:
        self._site, self._agents = site, agents
        self._open: dict[CameraName, OpenPreview] = {}
        self._namespace = Namespace(site, NAMESPACE, self._view, self._key, on_leave=self._left)
        on(self._namespace, "renew", RenewPayload, self._renew)
        on(agents.namespace, "picture", CameraPicturePayload, self._pass_on)
        self._orders = sends(site, AGENTS, "preview", CameraPreviewMessage, is_acknowledged=True)
        self._pictures = sends(site, NAMESPACE, "picture", CameraPictureMessage)
        site.desk.on_commit(self._committed)

    def _key(self, _caller: Caller, auth: dict[str, Any]) -> str:
        agent, device = auth.get("agent"), auth.get("device")
        if type(agent) is not int or not isinstance(device, str):
            raise Invalid("camera.unknown", "Name the device program and its camera.")
        with self._site.desk.read() as db:
            get_camera_counter(db, agent, device)
        return f"{agent}/{device}"

    def _view(self, db: Reader, key: str) -> dict[str, Any]:
        try:
            counter = get_camera_counter(db, *_split(key))
        except Refused:  # removed or assigned elsewhere meanwhile
            return {"counter": None, "is_free": False}
        return {"counter": counter.number, "is_free": is_nobody_served(counter)}

    @property
    def _now(self) -> float:
        return self._site.desk.clock.steady()

    def _find(self, camera: CameraName) -> OpenPreview | None:
        """Return the page that looks at a camera now, None once it has not asked for five seconds."""
        preview = self._open.get(camera)
        if preview is not None and preview.until < self._now:
            del self._open[camera]
            return None
        return preview

    def _renew(self, request: EventRequest[RenewPayload]) -> RenewAnswer:
        """Ask for the camera's picture for five more seconds. Refused while somebody can be served at its counter."""
        camera, page = _split(request.stream), get_sid()
        preview = self._find(camera)
        if preview is not None and preview.page != page:
            raise Refused("camera.previewed", "Another page shows this camera's picture now. Please close it first.")
        if not self._site.fleet.is_connected(camera[0]):
            raise Unavailable("agent.gone", "The device program is not connected.")
        if preview is None:
            answer = request.do(record_preview, *camera, answer=_answer)
            preview = self._open[camera] = OpenPreview(page, answer["counter"], 0.0, float("-inf"))
        else:
            with self._site.desk.read() as db:
                counter = get_camera_counter(db, *camera)
            require_nobody_served(counter)
            answer = _answer(None, counter)
        preview.until = self._now + LASTS_S * self._site.desk.clock.speed
        self._begin(camera)
        return answer

    def _begin(self, camera: CameraName) -> None:
        """Let the agent send pictures for five more seconds.

        Raises `Invalid("agent.refused")` with its words, and `Unavailable("agent.silent")`.
        """
        agent, device = camera
        message = CameraPreviewMessage(device=device, on=True)
        try:
            answer = self._orders.ask(message, to=self._agents.get_newest(str(agent)), timeout_s=ANSWER_S)
        except NoAnswerError as error:
            raise Unavailable("agent.silent", "The device program does not answer.") from error
        if isinstance(answer, dict) and not answer.get("ok"):
            sentence, params = read_sentence(answer) or (mark("The camera cannot show its picture now."), {})
            raise Invalid("agent.refused", sentence, **params)

    def _pass_on(self, request: EventRequest[CameraPicturePayload]) -> None:
        """What a camera sees, for the page that looks at it now. It is stored nowhere. Nobody looks: it is dropped."""
        picture, camera = request.payload, (get_agent(request.caller), request.payload.device)
        preview = self._find(camera)
        if preview is None or self._now - preview.sent_at < BETWEEN_S * self._site.desk.clock.speed:
            return
        preview.sent_at = self._now
        message = CameraPictureMessage(jpeg=picture.jpeg, width=picture.width, height=picture.height)
        self._pictures.emit(message, to=preview.page)

    def _committed(self, _batch: Sequence[Entry[Event]]) -> None:
        """End each preview of a counter that opened, or has a number in hand."""
        for camera in list(self._open):
            with self._site.desk.read() as db:
                is_free = self._view(db, _join(camera))["is_free"]
            if not is_free:
                self._end(camera)

    def _left(self, key: str) -> None:
        if key not in self._namespace.stage.list_listening():
            self._end(_split(key))

    def _end(self, camera: CameraName) -> None:
        if self._open.pop(camera, None) is not None:
            agent, device = camera
            message = CameraPreviewMessage(device=device, on=False)
            self._orders.emit(message, to=self._agents.get_newest(str(agent)))


def _join(camera: CameraName) -> str:
    return f"{camera[0]}/{camera[1]}"


def _split(key: str) -> CameraName:
    agent, _slash, device = key.partition("/")
    return int(agent), device


def _answer(_db: Reader | None, counter: Counter) -> RenewAnswer:
    return RenewAnswer(counter=counter.number, for_ms=round(LASTS_S * 1000))


def install(site: Site, agents: Agents) -> None:
    """Open the namespace of the settings page's camera picture."""
    CameraPreviews(site, agents)
