"""How the agent gets a token for a one-time code, and where it keeps it: in a file that only its own account can
read.
"""

import contextlib
import json
import logging
import urllib.error
import urllib.request
from http.client import HTTPException
from pathlib import Path
from typing import Any

from motcua.agent.errors import AgentError
from motcua.agent.files import copy_of, write_twice
from motcua.agent.wire import ANSWER_MAX, build_opener, find_foreign_answer, find_stranger
from motcua.typed.sentences import mark

TIMEOUT_S = 10
logger = logging.getLogger(__name__)


def get_token_path(state: Path) -> Path:
    """Return where the token lies, beside the outbox."""
    return state / "token.json"


def get_token(server: str, code: str | None, state: Path, language: str, ca: Path | None = None) -> str:
    """Return the token for `server`: the one kept from an earlier start, else a new one for `code`.

    A code that is not the one of the kept token is used, as somebody made it on purpose. Raises `AgentError`,
    `OSError`.
    """
    stored = _read_stored(state)
    if _is_same(str(stored.get("server")), server) and code in {None, stored.get("code")}:
        if stored.get("server") != server:
            write_token(state, {**stored, "server": server})
        return str(stored["token"])
    if code is None:
        raise AgentError(
            mark("This agent has no token for %(server)s. Start it once with --enrol CODE or --token-file FILE."),
            server=server,
        )
    token = _exchange(server, code, language, ca)
    write_token(state, {"server": server, "code": code, "token": token})
    return token


def _is_same(earlier: str, server: str) -> bool:
    """Say whether a token for `earlier` may go to `server`: the same address, which may have learnt https meanwhile;
    never the way back.
    """
    return server in {earlier, f"https://{earlier.removeprefix('http://')}"}


def _read_stored(state: Path) -> dict[str, Any]:
    """Return what the token's file says, or its copy where that is damaged; empty for neither."""
    path = get_token_path(state)
    stored = _read(path)
    if stored is None and path.exists():
        logger.error("%s is damaged; its copy is used if there is one", path)
    if stored is None and (stored := _read(copy_of(path))) is not None:
        with contextlib.suppress(OSError):
            write_token(state, stored)
    return stored or {}


def _read(path: Path) -> dict[str, Any] | None:
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError, RecursionError):
        return None
    return stored if isinstance(stored, dict) and isinstance(stored.get("token"), str) else None


def write_token(state: Path, enrolment: dict[str, str]) -> None:
    """Write the token's file at once and for the agent's own account only."""
    write_twice(get_token_path(state), json.dumps(enrolment))


def _exchange(server: str, code: str, language: str, ca: Path | None) -> str:
    request = urllib.request.Request(  # noqa: S310 -- the address was checked: http or https
        f"{server}/api/v1/enrolments",
        json.dumps({"code": code}).encode(),
        {"Content-Type": "application/json", "Accept-Language": language},
    )
    try:
        with build_opener(server, ca).open(request, timeout=TIMEOUT_S) as answer:
            body = answer.read(ANSWER_MAX)
            token = _token(body)
            if token is None and (stranger := find_foreign_answer(server, answer.status, answer.headers, body)):
                raise stranger
    except urllib.error.HTTPError as error:
        with error:
            body = error.read(ANSWER_MAX)
        if stranger := find_foreign_answer(server, error.code, error.headers, body):
            raise stranger from error
        raise AgentError(
            mark("The server refused: %(problem)s"), problem=json.loads(body).get("detail", error)
        ) from error
    except (OSError, HTTPException, ValueError) as error:
        raise find_stranger(server, ca) or AgentError(
            mark("There is no server at %(server)s: %(problem)s"), server=server, problem=error
        ) from error
    if token is None:
        raise AgentError(mark("There is no server at %(server)s: %(problem)s"), server=server, problem=body[:60])
    return token


def _token(body: bytes) -> str | None:
    try:
        token = json.loads(body)["token"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return token if isinstance(token, str) else None
