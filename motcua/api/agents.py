"""The agent's cable: jobs go out, results, presses, scans and health come in, each acknowledged."""

import logging
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from socketio.exceptions import TimeoutError as NoAnswerError

from motcua.api.agent_events import get_agent
from motcua.api.agent_events import install as install_events
from motcua.api.agent_payloads import (
    AskMessage,
    DeclarationAnswer,
    DeclarationPayload,
    HealthPayload,
    JobMessage,
    JobResultAnswer,
    JobResultPayload,
    LampsMessage,
    LampState,
    LeftOutDevice,
    PaperMessage,
    SignsMessage,
)
from motcua.desk import DeskFault, Entry, Event, Reader, Unavailable, Unknown, parse, stamp
from motcua.desk.jobs import DeviceJob, JobFinished, find_newest, hand_out, list_waiting
from motcua.equipment import rules
from motcua.equipment import store as equipment_store
from motcua.equipment.events import AgentBound
from motcua.equipment.model import DeclaredDevice, OddDevice
from motcua.setup import agents as setup_agents
from motcua.typed.device_address import DeviceAddress
from motcua.web.identity import Caller
from motcua.web.language import translate
from motcua.web.site import Site
from motcua.web.socket_events import EventRequest, on, sends
from motcua.web.sockets import Namespace
from motcua.wiring import cameras
from motcua.wiring.asking import end_job
from motcua.wiring.lamps import compose_all_lamps
from motcua.wiring.signs import compose_all_signs

NAMESPACE = "/agent"
SHOW_DEVICES = ("/leaders", "/kiosk", "/pad", "/counter")
logger = logging.getLogger(__name__)


def get_holder(caller: Caller) -> str:
    """Return the name under which jobs wait for an agent: its credential's number."""
    return str(caller.credential.id) if caller.credential else ""


class Agents:
    """The connected agents and what waits for them."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._sending: set[str] = set()
        self._namespace = Namespace(site, NAMESPACE, self._view, self._key, on_join=self._joined, on_leave=self._left)
        on(self._namespace, "result", JobResultPayload, self._end_job)
        on(self._namespace, "devices", DeclarationPayload, self._declare)
        on(self._namespace, "health", HealthPayload, self._note_health)
        self._jobs = sends(site, NAMESPACE, "job", JobMessage)
        self._signs = sends(site, NAMESPACE, "signs", SignsMessage)
        self._lamps = sends(site, NAMESPACE, "lamps", LampsMessage)
        self._asks = sends(site, NAMESPACE, "ask", AskMessage, is_acknowledged=True)
        self._papers = sends(site, "/kiosk", "paper", PaperMessage)
        site.stages.on_commit(self._committed)
        site.desk.on(JobFinished, self._printed)
        site.desk.on(AgentBound, self._bound)
        site.fleet.changed = self._tell_screens

    @property
    def namespace(self) -> Namespace:
        """Return the agents' connections."""
        return self._namespace

    def _tell_screens(self) -> None:
        """Let the screens that show how devices are look again, beside what is being done now."""
        for stage in (self._site.stages.get(name) for name in SHOW_DEVICES):
            if stage is not None and stage.list_listening():
                self._site.socketio.start_background_task(stage.tell)

    def _printed(self, entry: Entry[JobFinished]) -> None:
        """Say at the kiosks how a paper came out: who waits there for it knows the number from the screen."""
        event, stage = entry.event, self._site.stages.get("/kiosk")
        if event.job_kind == "print" and stage is not None and event.about:
            ticket = event.about.removeprefix("ticket:")
            self._papers.emit(
                PaperMessage(ticket=ticket, state=event.state, detail=event.detail), to=stage.get_room("")
            )

    def _view(self, db: Reader, key: str) -> dict[str, Any]:
        now = stamp(self._site.desk.clock.now())
        return {"device": str(DeviceAddress("printer", key)), "waiting": len(list_waiting(db, key, now))}

    def _key(self, caller: Caller, _auth: dict[str, Any]) -> str:
        return get_holder(caller)

    def _joined(self, key: str) -> None:
        self._site.fleet.mark_connected(int(key), stamp(self._site.desk.clock.now()))
        self._show_states(key)
        self._resume_looks(int(key))
        self._send(key)

    def _resume_looks(self, agent: int) -> None:
        """Let cameras look again for whoever agreed: an agent that comes back has forgotten it."""
        with self._site.desk.read() as db:
            has_looks = bool(cameras.list_open_looks(db, agent))
        if has_looks:
            with suppress(Unavailable):  # the store accepts no writes: then nobody is scored
                self._site.desk.do(cameras.resume_looks, agent, self._site.desk.clock.speed)

    def _left(self, key: str) -> None:
        if key not in self._namespace.stage.list_listening():
            self._site.fleet.mark_gone(int(key))
            self._note_troubles(int(key), None)

    def _note_troubles(self, agent: int, troubles: object) -> None:
        """Keep what an agent says is wrong with itself; `/health` tells the first of it."""
        self._site.fleet.update_troubles(agent, troubles)
        self._note_faults(agent)

    def _note_faults(self, agent: int) -> None:
        code = f"agent.{agent}"
        if troubles := self._site.fleet.list_agent_troubles(agent):
            self._site.desk.faults.note(DeskFault(code, "devices", *troubles[0]))
        else:
            self._site.desk.faults.clear(code)

    def _show_states(self, key: str) -> None:
        """Say what every sign and every keypad's lamp has to show now: an agent that comes back may have missed a
        change, or blanked them.
        """
        agent = int(key)
        with self._site.desk.read() as db:
            signs, bound = compose_all_signs(db), equipment_store.get_binding(db, agent).counters
            message = SignsMessage(
                desk=self._desk_id, order=find_newest(db), signs=[sign for sign in signs if sign["counter"] in bound]
            )
            lamps = [
                LampState(counter=counter, lamp=lamp)
                for counter, lamp in compose_all_lamps(db).items()
                if counter in bound
            ]
        self._signs.emit(message, to=self.get_newest(key))
        self._lamps.emit(LampsMessage(desk=self._desk_id, lamps=lamps), to=self.get_newest(key))

    def _bound(self, entry: Entry[AgentBound]) -> None:
        """Let the signs and lamps of an agent that serves other counters now show those, and no others."""
        key = str(entry.event.agent)
        if key in self._namespace.stage.list_listening():
            self._site.socketio.start_background_task(self._show_states, key)

    def _committed(self, batch: Sequence[Entry[Event]]) -> None:
        listening = self._namespace.stage.list_listening()
        if listening and any(self._site.desk.can_plan(type(entry.event)) for entry in batch):
            for key in listening:
                self._site.socketio.start_background_task(self._send, key)

    def _send(self, key: str) -> None:
        """Hand out what waits for `key`; one hand-out at a time."""
        if key in self._sending:
            return
        self._sending.add(key)
        try:
            while (jobs := self._waiting(key)) and key in self._namespace.stage.list_listening():
                for job in self._site.desk.do(hand_out, key):
                    self._jobs.emit(self._shape(job), to=self.get_newest(key))
                logger.debug("%d jobs for %s", len(jobs), key)
        except Unavailable:
            logger.info("jobs for %s wait for the next start", key)
        finally:
            self._sending.discard(key)

    def _waiting(self, key: str) -> list[DeviceJob]:
        with self._site.desk.read() as db:
            return list_waiting(db, key, stamp(self._site.desk.clock.now()))

    def get_newest(self, key: str) -> str:
        """Return the agent's last connection: an older one may be dead already, and two programs with one token
        would print twice.
        """
        callers = self._namespace.callers
        return next(
            (who for who in reversed(callers) if get_holder(callers[who]) == key), self._namespace.stage.get_room(key)
        )

    def ask(self, agent: int, message: AskMessage, timeout_s: int) -> dict[str, Any]:
        """Ask an agent for something now and return its answer. Raises `Unavailable("agent.gone" | "agent.silent")`."""
        if not self._site.fleet.is_connected(agent):
            raise Unavailable("agent.gone", "The device program is not connected.")
        try:
            answer = self._asks.ask(message, to=self.get_newest(str(agent)), timeout_s=timeout_s)
        except NoAnswerError as error:
            raise Unavailable("agent.silent", "The device program does not answer.") from error
        return answer if isinstance(answer, dict) else {}

    @property
    def _desk_id(self) -> str:
        """Return the database's id: job numbers are its own, a restored desk counts on from an earlier one."""
        return self._site.desk.epoch.partition(".")[0]

    def _shape(self, job: DeviceJob) -> JobMessage:
        """`ttl_ms` and `window_s` are real time at the cable's other end, however fast the hall's clock runs."""
        clock, payload = self._site.desk.clock, job.payload
        left = parse(job.expires_at) - clock.now()
        ttl_ms = max(0, int(left.total_seconds() * 1000 / clock.speed))
        if isinstance(window_s := payload.get("window_s"), int) and clock.speed > 1:
            payload = {**payload, "window_s": max(1, round(window_s / clock.speed))}
        if "follow_path" in payload:
            base = self._site.addresses.find_without_request()  # as it is now, not when the number was taken
            payload = {**payload, "follow_url": f"{base}{payload['follow_path']}" if base else ""}
        return JobMessage(
            desk=self._desk_id, id=job.id, device=job.device, kind=job.kind, payload=payload, ttl_ms=ttl_ms
        )

    def _end_job(self, request: EventRequest[JobResultPayload]) -> JobResultAnswer:
        """How a job ended."""
        payload = request.payload
        if payload.desk not in {None, self._desk_id}:
            raise Unknown("job.unknown", "There is no such job.")
        return request.do(end_job, payload.id, get_holder(request.caller), payload.state, payload.detail, answer=_ended)

    def _declare(self, request: EventRequest[DeclarationPayload]) -> DeclarationAnswer:
        """The devices that a device program drives from now on. Devices that are not valid are left out."""
        agent, entries = get_agent(request.caller), request.payload.devices
        answer = request.do(setup_agents.declare, agent, entries, answer=_declared)
        self._site.fleet.set_left_out(
            agent, [(item.message, item.params) for item in rules.read_declaration(agent, entries)[1]]
        )
        self._note_faults(agent)
        return answer

    def _note_health(self, request: EventRequest[HealthPayload]) -> None:
        """The condition of a device program and its devices. It is kept in memory only."""
        agent = get_agent(request.caller)
        self._note_troubles(agent, request.payload.agent)
        self._site.fleet.update_devices(agent, request.payload.devices, stamp(self._site.desk.clock.now()))


def _ended(_db: Reader, job: DeviceJob) -> JobResultAnswer:
    return JobResultAnswer(job=job.id, state=job.state)


def _declared(_db: Reader, declared: tuple[list[DeclaredDevice], list[OddDevice]]) -> DeclarationAnswer:
    devices, odd = declared
    answer = DeclarationAnswer(devices=len(devices))
    if odd:
        answer["left_out"] = [
            LeftOutDevice(name=item.name, detail=translate(item.message, item.params)) for item in odd
        ]
    return answer


def install(site: Site) -> Agents:
    """Open the agents' namespace and return it."""
    agents = Agents(site)
    site.app.extensions["motcua.agents"] = agents
    install_events(site, agents.namespace)
    return agents
