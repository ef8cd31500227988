"""One caller of a served desk over HTTP."""

import http.client
import json
import ssl
from collections.abc import Mapping
from typing import Any, NamedTuple

from tests.server.contract import Contract, check_state
from tests.waiting import PATIENCE_S

API = "/api/v1"
Json = Any


class Answer(NamedTuple):
    """What came back. `json` of an empty body is None."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Json:
        """Return the parsed body."""
        return json.loads(self.body) if self.body else None

    @property
    def code(self) -> tuple[int, str]:
        """Return status and stable code of a refusal."""
        return self.status, self.json["code"]


class Client:
    """One kept-alive connection of one caller; not for several threads.

    Answers of the API are held against its own description.
    """

    def __init__(
        self, port: int, headers: Mapping[str, str], contract: Contract | None, context: ssl.SSLContext | None = None
    ) -> None:
        self._port, self._headers, self._contract = port, dict(headers), contract
        self._http = (
            http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
            if context is None
            else http.client.HTTPSConnection("127.0.0.1", port, timeout=PATIENCE_S, context=context)
        )

    def send(
        self, method: str, path: str, data: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Return the answer to one request; a `path` without a leading slash belongs to the API."""
        target = path if path.startswith("/") else f"{API}/{path}"
        try:
            self._http.request(method, target, data, {**self._headers, **(headers or {})})
            found = self._http.getresponse()
            answer = Answer(found.status, {name.lower(): value for name, value in found.getheaders()}, found.read())
        except (OSError, http.client.HTTPException):
            self._http.close()
            raise
        if self._contract is not None and target.startswith(API):
            self._contract.check(method, target.split("?")[0], answer.status, answer.headers, answer.body)
        if self._contract is not None and target.startswith("/state/") and answer.status == http.HTTPStatus.OK:
            check_state(target.split("/")[2], answer.body)
        return answer

    def get(self, path: str, **headers: str) -> Answer:
        """Return the answer to GET `path`; header names are written with underscores."""
        return self.send("GET", path, None, named(headers))

    def post(self, path: str, body: Json = None, key: str | None = None, **headers: str) -> Answer:
        """Return the answer to POST `path` with `body` as JSON, perhaps under an idempotency key."""
        more = {"Idempotency-Key": key} if key is not None else {}
        data = json.dumps(body).encode() if body is not None else b""
        return self.send("POST", path, data, {"Content-Type": "application/json", **more, **named(headers)})

    def close(self) -> None:
        """Hang up."""
        self._http.close()


def named(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
