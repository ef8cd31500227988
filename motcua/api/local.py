"""Commands of programs on the same computer, which know the secret in the desk's lock file."""

import hmac
from functools import partial
from typing import Any

from flask import Response, request
from flask.blueprints import Blueprint

from motcua.api.answers import respond
from motcua.api.devices import collect_check_lines, name_lines
from motcua.desk import Forbidden, Invalid
from motcua.procedures import store as procedure_store
from motcua.setup import commands, drafts
from motcua.web.bounds import require_body
from motcua.web.device_problems import find_problem_words
from motcua.web.language import translate_or_keep
from motcua.web.nearby import is_local, is_through_proxy
from motcua.web.origin import parse_place
from motcua.web.site import Site


def run_checks(site: Site) -> list[dict[str, Any]]:
    """Return each invariant, agent and device as it is now, for `motcua check`."""
    return [
        {
            "what": line.what,
            "name": label,
            "state": line.state,
            "detail": translate_or_keep(find_problem_words(line.detail), line.params) if line.detail else None,
        }
        for line, label in name_lines(site, collect_check_lines(site))
    ]


def can_be_local(site: Site) -> bool:
    """Say whether a program on this computer sent this request: it came from, and to, this computer, by whichever of
    its addresses.
    """
    remote, (host, _port) = request.remote_addr or "", parse_place(f"http://{request.host}") or ("", None)
    is_own = remote == host and site.reach.is_own_address(
        remote
    )  # a desk that was started for one address of the network
    return is_local(request) or (is_own and not is_through_proxy(request))


def install(local: Blueprint, site: Site) -> None:
    """Add the one address for local commands."""

    @local.post("/local/<name>", endpoint="command")
    def command(name: str) -> Response:
        secret = request.headers.get("X-Desk-Secret", "")
        if (
            not can_be_local(site)
            or not site.local_secret
            or not hmac.compare_digest(secret.encode(), site.local_secret.encode())
        ):
            raise Forbidden("local.secret", "Only programs on the desk's own computer may ask this.")
        if (refusal := require_body()) is not None:
            return refusal
        body = request.get_json()
        if not isinstance(body, dict):
            raise Invalid("command.shape", "The command must be a JSON object.")
        if name == "check":
            return respond((200, {"items": run_checks(site)}))
        if isinstance(body.get("text"), str):  # a settings file
            with site.desk.read() as db:
                draft = drafts.make_file_request(body["text"], procedure_store.list_codes(db))
            body["document"] = site.compute(drafts.task, draft)
        return respond((200, commands.run_command(site.desk, name, body, partial(site.hash, ""))))
