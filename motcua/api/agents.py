"""The agent's cable: jobs go out, results, presses, scans and health come in, each acknowledged."""

import logging
from collections.abc import Sequence
from typing import Any

from socketio.exceptions import TimeoutError as NoAnswerError

from motcua.api.agent_events import install as install_events
from motcua.desk import DeskFault, Entry, Event, Invalid, Reader, Unavailable, Unknown, parse, stamp
from motcua.desk.jobs import DeviceJob, JobFinished, find_newest, hand_out, list_waiting
from motcua.equipment import rules
from motcua.equipment import store as equipment_store
from motcua.equipment.events import AgentBound
from motcua.equipment.model import Device, OddDevice
from motcua.setup import agents as setup_agents
from motcua.web.identity import Caller
from motcua.web.language import text
from motcua.web.site import Site, key_digest
from motcua.web.sockets import Namespace, acknowledge, event_key
from motcua.wiring.asking import end_job
from motcua.wiring.signs import compose_all_signs

NAMESPACE = "/agent"
JOB_MAX = 2**53
SHOW_DEVICES = ("/leaders", "/kiosk")
logger = logging.getLogger(__name__)


def holder(caller: Caller) -> str:
    """Return the name under which jobs wait for an agent: its credential's number."""
    return str(caller.credential.id) if caller.credential else ""


class Agents:
    """The connected agents and what waits for them."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._sending: set[str] = set()
        self._namespace = Namespace(site, NAMESPACE, self._view, self._key, on_join=self._joined, on_leave=self._left)
        on = site.socketio.on_event
        on("result", self._result, namespace=NAMESPACE)
        on("devices", self._declared, namespace=NAMESPACE)
        on("health", self._told_health, namespace=NAMESPACE)
        site.stages.after(self._committed)
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
            if stage is not None and stage.listening():
                self._site.socketio.start_background_task(stage.tell)

    def _printed(self, entry: Entry[JobFinished]) -> None:
        """Say at the kiosks how a paper came out: who waits there for it knows the number from the screen."""
        event, stage = entry.event, self._site.stages.get("/kiosk")
        if event.job_kind == "print" and stage is not None and event.about:
            told = {"ticket": event.about.removeprefix("ticket:"), "state": event.state, "detail": event.detail}
            self._site.socketio.emit("paper", told, namespace="/kiosk", to=stage.room(""))

    def _view(self, db: Reader, key: str) -> dict[str, Any]:
        now = stamp(self._site.desk.clock.now())
        return {"device": f"printer:{key}", "waiting": len(list_waiting(db, key, now))}

    def _key(self, caller: Caller, _auth: dict[str, Any]) -> str:
        return holder(caller)

    def _joined(self, key: str) -> None:
        self._site.fleet.mark_connected(int(key), stamp(self._site.desk.clock.now()))
        self._show_signs(key)
        self._send(key)

    def _left(self, key: str) -> None:
        if key not in self._namespace.stage.listening():
            self._site.fleet.mark_gone(int(key))
            self._note_troubles(int(key), None)

    def _note_troubles(self, agent: int, given: object) -> None:
        """Keep what an agent says is wrong with itself; `/health` tells the first of it."""
        self._site.fleet.update_troubles(agent, given)
        self._note_faults(agent)

    def _note_faults(self, agent: int) -> None:
        code = f"agent.{agent}"
        if troubles := self._site.fleet.list_agent_troubles(agent):
            self._site.desk.faults.note(DeskFault(code, "devices", *troubles[0]))
        else:
            self._site.desk.faults.clear(code)

    def _show_signs(self, key: str) -> None:
        """Say what every sign has to show now: an agent that comes back may have missed a change, or blanked its signs."""
        agent = int(key)
        with self._site.desk.read() as db:
            signs, bound = compose_all_signs(db), equipment_store.binding(db, agent).counters
            state = {"desk": self._desk_id, "order": find_newest(db), "signs": [sign for sign in signs if sign["counter"] in bound]}
        self._site.socketio.emit("signs", state, namespace=NAMESPACE, to=self.newest(key))

    def _bound(self, entry: Entry[AgentBound]) -> None:
        """Let the signs of an agent that serves other counters now show those, and no others."""
        key = str(entry.event.agent)
        if key in self._namespace.stage.listening():
            self._site.socketio.start_background_task(self._show_signs, key)

    def _committed(self, batch: Sequence[Entry[Event]]) -> None:
        listening = self._namespace.stage.listening()
        if listening and any(self._site.desk.plans(type(entry.event)) for entry in batch):
            for key in listening:
                self._site.socketio.start_background_task(self._send, key)

    def _send(self, key: str) -> None:
        """Hand out what waits for `key`; one hand-out at a time."""
        if key in self._sending:
            return
        self._sending.add(key)
        try:
            while (jobs := self._waiting(key)) and key in self._namespace.stage.listening():
                for job in self._site.desk.do(hand_out, key):
                    self._site.socketio.emit("job", self._shape(job), namespace=NAMESPACE, to=self.newest(key))
                logger.debug("%d jobs for %s", len(jobs), key)
        except Unavailable:
            logger.info("jobs for %s wait for the next start", key)
        finally:
            self._sending.discard(key)

    def _waiting(self, key: str) -> list[DeviceJob]:
        with self._site.desk.read() as db:
            return list_waiting(db, key, stamp(self._site.desk.clock.now()))

    def newest(self, key: str) -> str:
        """Return the agent's last connection: an older one may be dead already, and two programs with one token would print twice."""
        callers = self._namespace.callers
        return next((who for who in reversed(callers) if holder(callers[who]) == key), self._namespace.stage.room(key))

    def ask(self, agent: int, asked: dict[str, Any], timeout_s: int) -> dict[str, Any]:
        """Ask an agent for something now and return its answer. Raises `Unavailable("agent.gone" | "agent.silent")`."""
        if not self._site.fleet.is_connected(agent):
            raise Unavailable("agent.gone", "The device program is not connected.")
        try:
            answer = self._site.socketio.call("ask", asked, namespace=NAMESPACE, to=self.newest(str(agent)), timeout=timeout_s)
        except NoAnswerError as error:
            raise Unavailable("agent.silent", "The device program does not answer.") from error
        return answer if isinstance(answer, dict) else {}

    @property
    def _desk_id(self) -> str:
        """Return the database's id: job numbers are its own, a restored desk counts on from an earlier one."""
        return self._site.desk.epoch.partition(".")[0]

    def _shape(self, job: DeviceJob) -> dict[str, Any]:
        """`ttl_ms` and `window_s` are real time at the cable's other end, however fast the hall's clock runs."""
        clock, payload = self._site.desk.clock, job.payload
        left = parse(job.expires_at) - clock.now()
        ttl_ms = max(0, int(left.total_seconds() * 1000 / clock.speed))
        if isinstance(window_s := payload.get("window_s"), int) and clock.speed > 1:
            payload = {**payload, "window_s": max(1, round(window_s / clock.speed))}
        if "follow_path" in payload:
            base = self._site.addresses.phones_known()  # as it is now, not when the number was taken
            payload = {**payload, "follow_url": f"{base}{payload['follow_path']}" if base else ""}
        return {"desk": self._desk_id, "id": job.id, "device": job.device, "kind": job.kind, "payload": payload, "ttl_ms": ttl_ms}

    def _result(self, data: object = None, *_more: object) -> dict[str, Any]:
        """`{id, state, detail?, desk?, key?}`: how a job ended; `desk` is the one that the job came with."""

        def work() -> dict[str, Any]:
            fields, key = event_key(data)
            job, state, detail = fields.get("id"), fields.get("state"), fields.get("detail")
            if (
                not isinstance(job, int)
                or abs(job) > JOB_MAX
                or not isinstance(state, str)
                or not (detail is None or isinstance(detail, str))
            ):
                raise Invalid("event.shape", "A result carries a job's id and how it ended.")
            if fields.get("desk", self._desk_id) != self._desk_id:
                raise Unknown("job.unknown", "There is no such job.")
            caller = self._namespace.caller()
            door = self._site.door(caller, key, key_digest("result", data))
            _status, body = door.do(end_job, job, holder(caller), state, detail, answer=_ended)
            return body if isinstance(body, dict) else {}

        return acknowledge(work)

    def _declared(self, data: object = None, *_more: object) -> dict[str, Any]:
        """`{devices: [{name, kind, counters?}]}`: what the agent drives from now on; what was left out is said and shown."""

        def work() -> dict[str, Any]:
            fields, key = event_key(data)
            caller = self._namespace.caller()
            agent, listed = int(holder(caller)), fields.get("devices")
            door = self._site.door(caller, key, key_digest("devices", data))
            _status, body = door.do(setup_agents.declare, agent, listed, answer=_taken)
            self._site.fleet.set_left_out(agent, [(item.message, item.params) for item in rules.declared(agent, listed)[1]])
            self._note_faults(agent)
            return dict(body)

        return acknowledge(work)

    def _told_health(self, data: object = None, *_more: object) -> dict[str, Any]:
        """`{devices: {name: {state, problem?, error?, counters?}}, agent?: [{message, params}]}`: kept in memory only."""

        def work() -> None:
            fields, _key = event_key(data)
            agent = int(holder(self._namespace.caller()))
            self._note_troubles(agent, fields.get("agent"))
            self._site.fleet.update_devices(agent, fields.get("devices"), stamp(self._site.desk.clock.now()))

        return acknowledge(work)


def _ended(job: DeviceJob) -> tuple[int, dict[str, Any]]:
    return 200, {"job": job.id, "state": job.state}


def _taken(declared: tuple[list[Device], list[OddDevice]]) -> tuple[int, dict[str, Any]]:
    devices, odd = declared
    left_out = [{"name": item.name, "detail": text(item.message, item.params)} for item in odd]
    return 200, {"devices": len(devices), **({"left_out": left_out} if left_out else {})}


def install(site: Site) -> None:
    """Open the agents' namespace."""
    agents = Agents(site)
    site.app.extensions["motcua.agents"] = agents
    install_events(site, agents.namespace)
