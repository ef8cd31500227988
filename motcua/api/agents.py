"""The agent's cable: jobs go out, results, presses and health come in, each acknowledged."""

import logging
from collections.abc import Sequence
from typing import Any

from motcua.desk import Entry, Event, Invalid, Reader, Unavailable, Unknown, parse, stamp
from motcua.desk.jobs import Job, finish, hand_out, waiting
from motcua.queue.events import TicketIssued
from motcua.web.identity import Caller
from motcua.web.site import Site, key_digest
from motcua.web.sockets import Namespace, acknowledge, event_key, sid

NAMESPACE = "/agent"
JOB_MAX = 2**53
logger = logging.getLogger(__name__)


def device(caller: Caller) -> str:
    """Return the device name under which an agent's printer is known: one for each enrolled agent."""
    return f"printer:{caller.credential.id}" if caller.credential else ""


class Agents:
    """The connected agents and what waits for them."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._health: dict[str, dict[str, Any]] = {}
        self._sending: set[str] = set()
        self._namespace = Namespace(site, NAMESPACE, self._view, self._key, on_join=self._send)
        on = site.socketio.on_event
        on("result", self._result, namespace=NAMESPACE)
        on("health", self._told_health, namespace=NAMESPACE)
        site.stages.after(self._committed)

    def _view(self, db: Reader, key: str) -> dict[str, Any]:
        now = stamp(self._site.desk.clock.now())
        return {"device": key, "waiting": len(waiting(db, key, now))}

    def _key(self, caller: Caller, _auth: dict[str, Any]) -> str:
        return device(caller)

    def _committed(self, batch: Sequence[Entry[Event]]) -> None:
        if any(isinstance(entry.event, TicketIssued) for entry in batch):
            for key in self._namespace.stage.listening():
                self._site.socketio.start_background_task(self._send, key)

    def _send(self, key: str) -> None:
        """Hand out what waits for `key`; one hand-out at a time."""
        if key in self._sending:
            return
        self._sending.add(key)
        try:
            while (jobs := self._waiting(key)) and key in self._namespace.stage.listening():
                for job in self._site.desk.do(hand_out, key):
                    self._site.socketio.emit("job", self._shape(job), namespace=NAMESPACE, to=self._newest(key))
                logger.debug("%d jobs for %s", len(jobs), key)
        except Unavailable:
            logger.info("jobs for %s wait for the next start", key)
        finally:
            self._sending.discard(key)

    def _waiting(self, key: str) -> list[Job]:
        with self._site.desk.read() as db:
            return waiting(db, key, stamp(self._site.desk.clock.now()))

    def _newest(self, key: str) -> str:
        """Return the agent's last connection: an older one may be dead already, and two programs with one token would print twice."""
        callers = self._namespace.callers
        return next((who for who in reversed(callers) if device(callers[who]) == key), self._namespace.stage.room(key))

    @property
    def _desk_id(self) -> str:
        """Return the database's id: job numbers are its own, a restored desk counts on from an earlier one."""
        return self._site.desk.epoch.partition(".")[0]

    def _shape(self, job: Job) -> dict[str, Any]:
        left = parse(job.expires_at) - self._site.desk.clock.now()
        ttl_ms = max(0, int(left.total_seconds() * 1000))
        payload = job.payload
        if self._site.lan_address and "follow_path" in payload:
            payload = {**payload, "follow_url": f"http://{self._site.lan_address}{payload['follow_path']}"}
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
            caller = self._namespace.callers[sid()]
            door = self._site.door(caller, key, key_digest("result", data))
            _status, body = door.do(finish, job, device(caller), state, detail, answer=_ended)
            return body if isinstance(body, dict) else {}

        return acknowledge(work)

    def _told_health(self, data: object = None, *_more: object) -> dict[str, Any]:
        """`{devices: {name: state}}`: kept in memory only."""

        def work() -> None:
            fields, _key = event_key(data)
            self._health[self._namespace.key()] = {"at": stamp(self._site.desk.clock.now()), "devices": fields.get("devices", {})}

        return acknowledge(work)


def _ended(job: Job) -> tuple[int, dict[str, Any]]:
    return 200, {"job": job.id, "state": job.state}


def install(site: Site) -> None:
    """Open the agents' namespace."""
    Agents(site)
