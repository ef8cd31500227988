"""How simulated people and devices reach the desk: its HTTP API on one kept connection, its sockets as any device
does.
"""

import http.client
import json
import time
from collections.abc import Callable
from typing import Any, Protocol
from urllib.parse import urlsplit

import socketio
from msgspec import Struct
from socketio.exceptions import SocketIOError

from motcua.demo.chance import Chance

TIMEOUT_S = 30.0
TRIES = 4
LOOK_S = 0.002
DECLARED = "devices"


class DemoError(Exception):
    """The simulated hall cannot go on; the message says what happened."""


class DisturbedError(Exception):
    """The desk refused something that was to be expected: in a watched hall, somebody real was quicker."""


class ApiAnswer(Struct, frozen=True):
    """An HTTP status and the JSON with it."""

    status: int
    body: dict[str, Any]


class DeskCalls(Protocol):
    """What simulated people press and read: the calls of the API, however they reach the desk."""

    def post(self, path: str, body: dict[str, Any], token: str | None, key: str) -> ApiAnswer:
        """Change something and return the answer. Raises `DisturbedError` for a refusal."""
        ...

    def get(self, path: str, token: str | None) -> dict[str, Any]:
        """Read something. Raises as `post` does."""
        ...


class PadCable(Protocol):
    """What a rating pad tells the desk."""

    def say(self, event: str, data: dict[str, Any]) -> dict[str, Any]:
        """Tell the desk of an event and return its answer. Raises `DisturbedError` for a refusal."""
        ...


class Api:
    """One kept connection; each change carries an idempotency key and is repeated under it when the connection
    breaks.
    """

    def __init__(self, host: str, port: int) -> None:
        self.url = f"http://{host}:{port}"
        self._connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT_S)

    def post(self, path: str, body: dict[str, Any], token: str | None, key: str) -> ApiAnswer:
        """Change something and return the answer.

        Raises `DisturbedError` for a refusal, `DemoError` when the desk does not answer.
        """
        headers = {"Content-Type": "application/json", "Idempotency-Key": key}
        return self._ask("POST", path, json.dumps(body, ensure_ascii=False).encode(), headers, token)

    def get(self, path: str, token: str | None) -> dict[str, Any]:
        """Read something. Raises as `post` does."""
        return self._ask("GET", path, None, {}, token).body

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str], token: str | None) -> ApiAnswer:
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        status, content = self._exchange(method, path, body, headers, TRIES)
        answer_body = json.loads(content) if content else {}
        if status >= http.HTTPStatus.BAD_REQUEST:
            raise DisturbedError(f"{method} {path}: {status} {answer_body.get('code')} {answer_body.get('detail')}")
        return ApiAnswer(status, answer_body)

    def _exchange(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str], tries: int
    ) -> tuple[int, bytes]:
        try:
            self._connection.request(method, path, body, headers)
            response = self._connection.getresponse()
            return response.status, response.read()
        except (http.client.HTTPException, OSError) as error:
            self._connection.close()
            if tries == 1:
                raise DemoError(f"{method} {path}: {error}") from error
        return self._exchange(method, path, body, headers, tries - 1)

    def close(self) -> None:
        """Hang up."""
        self._connection.close()


class Cable:
    """A device's socket. Events come in by `listeners`; what it says is acknowledged before the hall goes on."""

    def __init__(self, url: str, namespace: str, token: str, listeners: dict[str, Callable[[Any], None]]) -> None:
        self._namespace = namespace
        host = urlsplit(url).hostname
        self._client = socketio.Client(
            handle_sigint=False,
            reconnection_delay=0.1,
            reconnection_delay_max=1,
            websocket_extra_options={**make_options_without_proxy(host), "skip_utf8_validation": True},
        )
        for event, listener in listeners.items():
            self._client.on(event, listener, namespace=namespace)
        try:
            self._client.connect(
                url, auth={"token": token}, namespaces=[namespace], transports=["websocket"], wait_timeout=TIMEOUT_S
            )
        except SocketIOError as error:
            raise DemoError(f"{namespace}: {error}") from error

    def say(self, event: str, data: dict[str, Any]) -> dict[str, Any]:
        """Send an event with its key and return the acknowledgement; said again after a lost connection.

        Raises as `Api.post`.
        """
        for tries_left in reversed(range(TRIES)):
            try:
                answer = dict(self._client.call(event, data, namespace=self._namespace, timeout=TIMEOUT_S))
            except SocketIOError as error:
                if not tries_left:
                    raise DemoError(f"{self._namespace} {event}: {error}") from error
                await_true(lambda: self._namespace in self._client.namespaces)
                continue
            if not answer.get("ok"):
                raise DisturbedError(f"{self._namespace} {event}: {answer.get('code')} {answer.get('detail')}")
            return answer
        raise DemoError(f"{self._namespace} {event}")

    def close(self) -> None:
        """Hang up."""
        self._client.disconnect()


def make_options_without_proxy(host: str | None) -> dict[str, object]:
    """Return the options that let websocket-client ask no proxy the environment names: it heeds exceptions from a
    named one only.
    """
    return {"http_proxy_host": host, "http_proxy_port": 1, "http_no_proxy": [host]}


def await_true(claim: Callable[[], bool]) -> bool:
    """Let the other side catch up, the virtual clock standing still, until `claim` holds; False after half a minute."""
    until = time.monotonic() + TIMEOUT_S
    while not claim():
        if time.monotonic() > until:
            return False
        time.sleep(LOOK_S)
    return True


class DemoPrinter:
    """The printing agent: takes jobs from its cable, and reports each when the agenda says so."""

    def __init__(self, url: str, token: str, chance: Chance) -> None:
        self._jobs: dict[str, int] = {}
        self._chance = chance
        self._cable = Cable(url, "/agent", token, {"job": self._job})
        self._cable.say(DECLARED, {DECLARED: [{"name": "printer", "kind": "printer"}], "key": chance.make_key()})

    def _job(self, job: dict[str, Any]) -> None:
        self._jobs[str(job["payload"]["ticket"])] = int(job["id"])

    def report(self, ticket: str, state: str | None) -> None:
        """Report how the paper of `ticket` came out; None says nothing, as an agent does whose computer died.

        The job was handed out when the ticket was issued; it is looked for, with the clock standing still, because
        reporting needs its number. Raises `DemoError` when it never came.
        """
        if not await_true(lambda: ticket in self._jobs):
            raise DemoError(f"/agent: the print job of {ticket} did not come")
        job = self._jobs.pop(ticket)
        if state is not None:
            self._cable.say("result", {"id": job, "state": state, "key": self._chance.make_key()})

    def close(self) -> None:
        """Hang up."""
        self._cable.close()
