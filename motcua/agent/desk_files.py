"""What goes over HTTP with the agent's own token: sounds that a job names, files that a device has for the desk."""

import json
import urllib.request
from collections.abc import Mapping
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

from motcua.agent.wire import build_opener
from motcua.devices.abilities import DeliveryError
from motcua.devices.paper.ticket import follow_address

TIMEOUT_S = 3
SOUND_MAX = 20_000_000
DELIVERY_S = 45
"""The desk reads every page of a file before it answers."""
PASSING_STATUSES = frozenset({401, 408, 429})
"""With 500 and above: answers after which the same delivery may well succeed."""
SERVER_ERRORS = 500


class Fetcher:
    """Gets files from the desk with the agent's own token."""

    def __init__(self, server: str, token: str, ca: Path | None = None) -> None:
        self._server, self._token = server.rstrip("/"), token
        self._opener = build_opener(self._server, ca)

    def complete(self, kind: str, payload: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return a job's payload with the address of a ticket's page, or with the bytes of its sound (`wav`).

        Raises `OSError`.
        """
        if kind == "print":
            return {**payload, "follow_url": follow_address(payload, self._server)}
        path = payload.get("audio_path")
        if kind == "say" and isinstance(path, str) and path.startswith("/"):
            return {**payload, "wav": self._get(path)}
        return payload

    def _get(self, path: str) -> bytes:
        request = urllib.request.Request(f"{self._server}{path}", headers={"Authorization": f"Bearer {self._token}"})  # noqa: S310 -- http(s)
        try:
            with self._opener.open(request, timeout=TIMEOUT_S) as answer:
                content: bytes = answer.read(SOUND_MAX)
        except (HTTPException, ValueError) as error:
            raise OSError(f"{path}: {error}") from error
        return content

    def deliver(self, path: str, fields: Mapping[str, Any]) -> None:
        """Post `fields` as JSON. Raises `DeliveryError` where the desk does not take them, `OSError` else."""
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"}
        body = json.dumps(fields).encode()
        request = urllib.request.Request(f"{self._server}{path}", body, headers)  # noqa: S310 -- http(s)
        try:
            with self._opener.open(request, timeout=DELIVERY_S):
                return
        except HTTPError as error:
            with error:
                if error.code >= SERVER_ERRORS or error.code in PASSING_STATUSES:
                    raise OSError(f"{path}: {error.code}") from error
                raise DeliveryError(str(error.code)) from error
        except (HTTPException, ValueError) as error:
            raise OSError(f"{path}: {error}") from error
