"""The cable to the desk: jobs in, results and health out, connected again after every loss."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import socketio

from motcua.agent.errors import AgentError, mark
from motcua.agent.outbox import Outbox, Result

NAMESPACE = "/agent"
CONNECT_S, ANSWER_S = 5, 4
HEALTH_S = 30.0
RESEND_S = 5.0
FIRST_WAIT_S, LONGEST_WAIT_S = 0.25, 2.0
DESK_KNOWS_BETTER = frozenset({"job.unknown", "job.result", "event.shape", "key.reused"})
"""Answers after which sending the same result again would change nothing."""
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """Something to do for the desk with the database id `desk`, within `ttl_ms` of its arrival."""

    desk: str
    id: int
    kind: str
    payload: dict[str, Any]
    ttl_ms: int


def read(data: object) -> Job | None:
    """Return the job that arrived, None for something that is no job."""
    if not isinstance(data, dict):
        return None
    desk, number, kind, payload, ttl_ms = (data.get(name) for name in ("desk", "id", "kind", "payload", "ttl_ms"))
    if not isinstance(desk, str) or not isinstance(kind, str) or not isinstance(payload, dict):
        return None
    if type(number) is not int or type(ttl_ms) is not int:
        return None
    return Job(desk, number, kind, payload, ttl_ms)


class Link:
    """Keeps one connection to `server`. `give` gets each job on a thread of its own, `health` says how the devices are."""

    def __init__(self, server: str, token: str, outbox: Outbox, give: Callable[[Job], None], health: Callable[[], dict[str, Any]]) -> None:
        self._server, self._token, self._outbox, self._give, self._health = server, token, outbox, give, health
        self._wake = threading.Event()
        self._stopping = False
        self.error: Exception | None = None

    def wake(self) -> None:
        """Look for results to send, or for the end."""
        self._wake.set()

    def stop(self) -> None:
        """Let `run` send what it can and return."""
        self._stopping = True
        self._wake.set()

    def run(self) -> None:
        """Stay connected until `stop`; a refusal that only a person can mend ends it too and is left in `error`."""
        wait_s = FIRST_WAIT_S
        try:
            while not self._stopping:
                wait_s = FIRST_WAIT_S if self._connected() else min(2 * wait_s, LONGEST_WAIT_S)
                self._wake.clear()
                if not self._stopping:
                    self._wake.wait(wait_s)
        except Exception as error:
            self.error = error

    def _connected(self) -> bool:
        """Hold one connection until it is lost; return whether there was one. Raises `AgentError` when the desk turns the token away."""
        refused: list[Any] = []
        lost = threading.Event()

        def gone(*_reason: object) -> None:
            lost.set()
            self._wake.set()

        client = socketio.Client(reconnection=False, handle_sigint=False, websocket_extra_options={"http_no_proxy": ["*"]})
        client.on("job", self._arrived, namespace=NAMESPACE)
        client.on("connect_error", refused.append, namespace=NAMESPACE)
        client.on("disconnect", gone, namespace=NAMESPACE)
        try:
            client.connect(
                self._server, auth={"token": self._token}, transports=["websocket"], namespaces=[NAMESPACE], wait_timeout=CONNECT_S
            )
        except socketio.exceptions.ConnectionError as error:
            self._turned_away(refused)
            logger.info("no connection to %s: %s", self._server, error)
            return False
        logger.info("connected to %s", self._server)
        try:
            self._talk(client, lost)
        finally:
            client.disconnect()
        if lost.is_set() and not self._stopping:
            logger.warning("the connection to %s was lost", self._server)
        return True

    def _turned_away(self, refused: list[Any]) -> None:
        for answer in refused:
            code = str(answer.get("message", "")) if isinstance(answer, dict) else str(answer)
            if code.startswith("auth."):
                raise AgentError(
                    mark("The desk at %(server)s does not accept this agent's token. Make a new one there."), server=self._server
                )

    def _arrived(self, data: object) -> None:
        job = read(data)
        if job is None:
            logger.error("the desk sent something that is no job")
        elif self._outbox.take(job.desk, job.id):
            self._give(job)
        else:
            self._wake.set()

    def _talk(self, client: Any, lost: threading.Event) -> None:
        told: dict[str, Any] = {}
        quiet_s = HEALTH_S
        while not lost.is_set():
            self._wake.clear()
            for result in self._outbox.results():
                self._send(client, result)
            health = self._health()
            if health != told or quiet_s >= HEALTH_S:
                self._ask(client, "health", {"devices": health})
                told, quiet_s = health, 0.0
            if self._stopping:
                return
            if not self._wake.wait(RESEND_S):
                quiet_s += RESEND_S

    def _send(self, client: Any, result: Result) -> None:
        given = {"desk": result.desk, "id": result.job, "state": result.state, "detail": result.detail, "key": result.key}
        answer = self._ask(client, "result", given)
        if answer.get("ok"):
            self._outbox.acknowledge(result)
        elif answer.get("code") in DESK_KNOWS_BETTER:
            logger.error("the desk has no use for the result of job %s: %s", result.job, answer.get("code"))
            self._outbox.acknowledge(result)

    def _ask(self, client: Any, event: str, data: dict[str, Any]) -> dict[str, Any]:
        """Send an event and return its acknowledgement; empty when none came."""
        try:
            answer = client.call(event, data, namespace=NAMESPACE, timeout=ANSWER_S)
        except socketio.exceptions.SocketIOError:
            return {}
        return answer if isinstance(answer, dict) else {}
