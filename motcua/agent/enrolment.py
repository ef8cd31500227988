"""How the agent gets a token for a one-time code, and where it keeps it: in a file that only its own account can read."""

import json
import urllib.error
import urllib.request
from http.client import HTTPException
from pathlib import Path
from typing import Any

from motcua.agent.errors import AgentError, mark
from motcua.agent.files import write_whole

TIMEOUT_S = 10


def token_file(state: Path) -> Path:
    """Return where the token lies, beside the outbox."""
    return state / "token.json"


def enrolled(server: str, code: str | None, state: Path, language: str) -> str:
    """Return the token for `server`: the one kept from an earlier start, else a new one for `code`.

    A code that is not the one of the kept token is used, as somebody made it on purpose. Raises `AgentError`, `OSError`.
    """
    kept = _kept(state)
    if kept.get("server") == server and code in {None, kept.get("code")}:
        return str(kept["token"])
    if code is None:
        raise AgentError(mark("This agent knows no token for %(server)s. Start it once with --enrol CODE or --token TOKEN."), server=server)
    token = _exchange(server, code, language)
    keep(state, {"server": server, "code": code, "token": token})
    return token


def _kept(state: Path) -> dict[str, Any]:
    try:
        found = json.loads(token_file(state).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) and isinstance(found.get("token"), str) else {}


def keep(state: Path, found: dict[str, str]) -> None:
    """Write the token's file at once and for the agent's own account only."""
    write_whole(token_file(state), json.dumps(found))


def _exchange(server: str, code: str, language: str) -> str:
    asked = urllib.request.Request(  # noqa: S310 -- the address was checked: http or https
        f"{server}/api/v1/enrolments",
        json.dumps({"code": code}).encode(),
        {"Content-Type": "application/json", "Accept-Language": language},
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(asked, timeout=TIMEOUT_S) as answer:
            return str(json.load(answer)["token"])
    except urllib.error.HTTPError as error:
        with error:
            raise AgentError(mark("The desk refused: %(problem)s"), problem=_detail(error)) from error
    except (OSError, HTTPException, ValueError, KeyError, TypeError) as error:
        raise AgentError(mark("There is no desk at %(server)s: %(problem)s"), server=server, problem=error) from error


def _detail(error: urllib.error.HTTPError) -> str:
    try:
        return str(json.load(error)["detail"])
    except (ValueError, KeyError, TypeError):
        return str(error)
