"""The cable to the desk: jobs in; results, presses and health out; connected again after every loss."""

import logging
import queue
import threading
from pathlib import Path
from typing import Any

import socketio

from motcua.agent.errors import AgentError
from motcua.agent.outbox import JobResult, KeptMessage, Outbox
from motcua.agent.owner import LinkOwner
from motcua.agent.packets import JobPacket, LampsPacket, PreviewPacket, SignsPacket, WatchPacket, read_packet
from motcua.agent.wire import connect, find_stranger, find_tls_problem
from motcua.typed.sentences import mark

NAMESPACE = "/agent"
CONNECT_S, ANSWER_S = 5, 4
HEALTH_S = 10.0
RESEND_S = 1.0
FIRST_WAIT_S, LONGEST_WAIT_S = 0.25, 2.0
FINAL_REFUSALS = frozenset({"job.unknown", "job.result", "event.shape", "key.reused"})
"""Answers after which sending the same result again would change nothing."""
PASSING_REFUSALS = frozenset({"desk.stopping", "store.unavailable", "http.500"})
"""Answers after which a press is sent again: nothing has happened with it."""
TRIES_MAX = 20
logger = logging.getLogger(__name__)


class Link:
    """Keeps one connection to `server` for the devices of `owner`."""

    def __init__(self, server: str, token: str, outbox: Outbox, owner: LinkOwner, ca: Path | None = None) -> None:
        self._ca = ca
        self._server, self._token, self._outbox, self._owner = server, token, outbox, owner
        self._wake = threading.Event()
        self._stopping = False
        self._client: Any = None
        self._lost = threading.Event()
        self._answers: queue.SimpleQueue[object] = queue.SimpleQueue()
        self._tries: dict[int, int] = {}
        self._stranger = ""
        self.error: Exception | None = None

    def wake(self) -> None:
        """Look for results to send, or for the end."""
        self._wake.set()

    def stop(self) -> None:
        """Let `run` send what it can and return."""
        self._stopping = True
        self._wake.set()

    def mention(self, event: str, fields: dict[str, Any]) -> None:
        """Send something that is worth nothing later, if there is a connection now."""
        client = self._client
        if client is not None:
            try:
                client.emit(event, fields, namespace=NAMESPACE)
            except socketio.exceptions.SocketIOError:
                logger.info("%s was not sent: no connection", event)

    def run(self) -> None:
        """Stay connected until `stop`; a refusal that only a person can mend ends it too and is left in `error`."""
        wait_s = FIRST_WAIT_S
        try:
            while not self._stopping:
                wait_s = FIRST_WAIT_S if self._connected() else min(2 * wait_s, LONGEST_WAIT_S)
                self._owner.blank_devices()
                self._wake.clear()
                if not self._stopping:
                    self._wake.wait(wait_s)
        except Exception as error:
            self.error = error

    def _connected(self) -> bool:
        """Hold one connection until it is lost; return whether there was one.

        Raises `AgentError` when the desk turns the token away.
        """
        refused: list[Any] = []
        lost = self._lost = threading.Event()

        def gone(*_reason: object) -> None:
            lost.set()
            self._answers.put(None)
            self._wake.set()

        try:
            wire = connect(self._server, CONNECT_S, self._ca)
        except OSError as error:
            logger.info("no connection to %s: %s", self._server, error)
            self._report(find_tls_problem(self._server, error))
            return False
        client = socketio.Client(
            reconnection=False, handle_sigint=False, websocket_extra_options={"socket": wire, "redirect_limit": 0}
        )
        client.on("job", self._arrived, namespace=NAMESPACE)
        client.on("signs", self._signs, namespace=NAMESPACE)
        client.on("lamps", self._lamps, namespace=NAMESPACE)
        client.on("ask", self._answer_request, namespace=NAMESPACE)
        client.on("preview", self._preview, namespace=NAMESPACE)
        client.on("watch", self._watch, namespace=NAMESPACE)
        client.on("connect_error", refused.append, namespace=NAMESPACE)
        client.on("disconnect", gone, namespace=NAMESPACE)
        try:
            client.connect(
                self._server,
                auth={"token": self._token},
                transports=["websocket"],
                namespaces=[NAMESPACE],
                wait_timeout=CONNECT_S,
            )
        except Exception as error:  # what another program answers is not always an error that the library knows
            wire.close()
            self._turned_away(refused)
            logger.info("no connection to %s: %s", self._server, error)
            self._look_who_is_there()
            return False
        self._stranger = ""
        logger.info("connected to %s", self._server)
        self._client = client
        try:
            self._talk(client, lost)
        finally:
            self._client = None
            client.disconnect()
            wire.close()  # a lost connection is not closed by the library
        if lost.is_set() and not self._stopping:
            logger.warning("the connection to %s was lost", self._server)
        return True

    def _look_who_is_there(self) -> None:
        """Say once who answers at the desk's address, if it is no desk."""
        self._report(find_stranger(self._server, self._ca))

    def _report(self, stranger: AgentError | None) -> None:
        if stranger is not None and str(stranger) != self._stranger:
            logger.error("%s", stranger)
        self._stranger = str(stranger or "")

    def _turned_away(self, refused: list[Any]) -> None:
        for answer in refused:
            code = str(answer.get("message", "")) if isinstance(answer, dict) else str(answer)
            if code.startswith("auth."):
                raise AgentError(
                    mark("The server at %(server)s does not accept this agent's token. Create a new one there."),
                    server=self._server,
                )

    def _arrived(self, data: object) -> None:
        packet = read_packet(JobPacket, data)
        if packet is None:
            logger.error("the server sent a message that is not a job")
        elif self._outbox.take(packet.desk, packet.id):
            self._owner.give(packet.job)
        else:
            self._wake.set()

    def _signs(self, data: object) -> None:
        packet = read_packet(SignsPacket, data)
        if packet is not None:
            self._owner.show(packet.states)

    def _lamps(self, data: object) -> None:
        packet = read_packet(LampsPacket, data)
        if packet is not None:
            self._owner.show_lamps(packet.by_counter)

    def _answer_request(self, data: object) -> dict[str, Any]:
        return self._owner.answer_request(data if isinstance(data, dict) else {})

    def _watch(self, data: object) -> dict[str, Any]:
        packet = read_packet(WatchPacket, data)
        return {"ok": packet is not None and self._owner.watch(packet.device, packet.watch, is_on=packet.on)}

    def _preview(self, data: object) -> dict[str, Any]:
        packet = read_packet(PreviewPacket, data)
        return self._owner.preview(packet.device, is_on=packet.on) if packet is not None else {"ok": False}

    def _talk(self, client: Any, lost: threading.Event) -> None:
        sent_states: dict[str, Any] = {}
        declared: list[dict[str, Any]] | None = None
        quiet_s = HEALTH_S
        while not lost.is_set():
            self._wake.clear()
            is_declared = True
            if (devices := self._owner.list_declared()) != declared:
                answer = self._ask(client, "devices", {"devices": devices})
                declared = devices if answer.get("ok") else declared
                is_declared = bool(answer)
                _log_left_out(answer)
            for message in (
                self._outbox.list_messages() if is_declared else ()
            ):  # the desk takes a press only from a device that it knows
                if not self._tell(client, message):
                    break
            for result in self._outbox.list_results():
                self._send(client, result)
            self._outbox.settle()
            health, troubles = self._owner.report_health(), self._owner.list_troubles()
            if (states := {"": troubles, **_states(health)}) != sent_states or quiet_s >= HEALTH_S:
                self._ask(client, "health", {"devices": health, "agent": troubles})
                sent_states, quiet_s = states, 0.0
            if self._stopping:
                return
            if not self._wake.wait(RESEND_S):
                quiet_s += RESEND_S

    def _tell(self, client: Any, message: KeptMessage) -> bool:
        """Send a message to the server; return whether the next one can follow, because the server needs them in
        order.
        """
        fields = {**message.fields, "key": message.key, "age_ms": message.age_ms}
        answer = self._ask(client, message.event, fields)
        if not answer:
            return False
        code = answer.get("code")
        tries = self._tries[message.n] = self._tries.get(message.n, 0) + 1
        if not answer.get("ok") and code in PASSING_REFUSALS and tries < TRIES_MAX:
            return False
        if not answer.get("ok"):
            logger.warning("%s %s was refused: %s", message.event, message.fields.get("press", ""), code)
        self._tries.pop(message.n, None)
        self._outbox.forget(message)
        return True

    def _send(self, client: Any, result: JobResult) -> None:
        fields = {
            "desk": result.desk,
            "id": result.job,
            "state": result.state,
            "detail": result.detail,
            "key": result.key,
        }
        answer = self._ask(client, "result", fields)
        if answer.get("ok"):
            self._outbox.acknowledge(result)
        elif answer.get("code") in FINAL_REFUSALS:
            logger.error("the server rejected the result of job %s: %s", result.job, answer.get("code"))
            self._outbox.acknowledge(result)

    def _ask(self, client: Any, event: str, data: dict[str, Any]) -> dict[str, Any]:
        """Send an event and return its acknowledgement; empty when none came, and at once where the line is lost."""
        answers = self._answers = queue.SimpleQueue()
        if self._lost.is_set():
            return {}
        try:
            client.emit(
                event,
                data,
                namespace=NAMESPACE,
                callback=lambda *arguments: answers.put(arguments[0] if arguments else None),
            )
            answer = answers.get(timeout=ANSWER_S)
        except (socketio.exceptions.SocketIOError, queue.Empty):
            return {}
        return answer if isinstance(answer, dict) else {}


def _log_left_out(answer: dict[str, Any]) -> None:
    """Log which devices the desk did not take."""
    left_out = answer.get("left_out")
    for item in left_out if isinstance(left_out, list) else []:
        if isinstance(item, dict):
            logger.error("%s", item.get("detail"))


def _states(health: dict[str, Any]) -> dict[str, Any]:
    """Return of each device's health what is worth telling at once."""
    return {name: (item.get("state"), item.get("problem"), item.get("error")) for name, item in health.items()}
