"""Before and after every request: who asks, whether the table lets them, CSRF, broken JSON, headers."""

import hmac
import json
from http import HTTPStatus
from io import BytesIO
from typing import IO, Any, cast
from urllib.parse import quote

from flask import Flask, Request, Response, g, redirect, request
from werkzeug.exceptions import BadRequest, ClientDisconnected
from werkzeug.utils import cached_property
from werkzeug.wrappers.response import Response as AnyResponse

from motcua.desk import Forbidden
from motcua.desk.keys import require_key
from motcua.staff.model import PEOPLE, Role
from motcua.web import security_log
from motcua.web.access import CALLS, PAGES
from motcua.web.bounds import LATE, require_body
from motcua.web.guests import is_guest, require_public
from motcua.web.identity import NOBODY, Caller, make_lock_refusal, make_password_refusal
from motcua.web.narrow_access import BY_THEMSELVES, WHILE_LOCKED, WHILE_PASSWORD_DUE
from motcua.web.problems import answer_problem, is_page
from motcua.web.site import Site
from motcua.web.switches import require_switched_on

MAX_BODY = 512 * 1024
ACCESS = {**CALLS, **PAGES}


class DeskRequest(Request):
    """A request whose body, if any, is JSON whatever it calls itself; an empty body is an empty object."""

    @property
    def is_json(self) -> bool:
        """Return True: programs often forget the header."""
        return True

    def _get_file_stream(self, *_about: object, **_more: object) -> BytesIO:
        """Return where a file that came with a form is kept: in memory, as nobody's photo is for the disk."""
        return BytesIO()

    def close(self) -> None:
        """Close the files that came with a form, where one came."""
        if "files" in self.__dict__:
            super().close()

    @cached_property
    def stream(self) -> IO[bytes]:
        """Return where the body is read from. One of a known length is here already, and nothing counts along."""
        data = self._read_known()
        return super().stream if data is None else BytesIO(data)

    def _read_known(self) -> bytes | None:
        """Return a body that is as long as its request says, None where werkzeug has more to look at."""
        length, most = self.environ.get("CONTENT_LENGTH", ""), self.max_content_length
        if not (length.isascii() and length.isdigit()) or most is None or int(length) > most:
            return None
        try:
            data: bytes = self.environ["wsgi.input"].read(int(length))
        except (OSError, ValueError):
            data = b""
        if len(data) < int(length):
            raise ClientDisconnected
        return data

    def get_json(self, force: bool = False, silent: bool = False, cache: bool = True) -> object:
        """Return the parsed body."""
        return super().get_json(force=True, silent=silent, cache=cache) if self.get_data() else {}


def install(site: Site) -> None:
    """Put the guard before every request of the app."""
    app = site.app
    app.request_class = DeskRequest
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY

    def before() -> Response | AnyResponse | None:
        current: Request = cast(Any, request)._get_current_object()  # looked up once, not for each of its values
        require_public(current.environ, current.endpoint, current.view_args)
        if current.endpoint is None:
            return None
        require_switched_on(site.desk, current.endpoint)
        allowed = ACCESS[current.endpoint]
        caller = NOBODY if is_guest(current.environ) else site.identity.get_caller(current, allowed)
        if caller.is_locked and current.endpoint not in WHILE_LOCKED:
            if allowed is not None and not is_page():
                raise make_lock_refusal()
            caller = (
                NOBODY  # what everybody may see is seen as everybody sees it; what else there is asks for the password
            )
        elif caller.must_change_password and current.endpoint not in WHILE_PASSWORD_DUE:
            if allowed is not None:
                return _ask_for_password()
            caller = NOBODY
        g.caller = caller
        site.note_arrival(current, caller)
        if current.environ.get("HTTP_AUTHORIZATION") and caller.credential is None and not is_guest(current.environ):
            raise Forbidden("auth.required", "This token is not valid.")
        if allowed is not None and caller.role not in allowed:
            return _turn_away(caller, allowed)
        is_change = current.method not in {"GET", "HEAD", "OPTIONS"}
        if is_change:
            if current.endpoint not in LATE and (refusal := require_body()) is not None:
                return refusal
            _check_csrf(caller)
        if caller.by_cookie and not caller.is_locked and caller.credential is not None and (is_change or _is_opened()):
            site.identity.idle.note(caller.credential.id)
        if is_change and current.path.startswith("/api/"):
            require_key(current.environ.get("HTTP_IDEMPOTENCY_KEY"))
            return _broken_json(current)
        return None

    def after(response: Response) -> Response:
        current: Request = cast(Any, request)._get_current_object()
        is_about_methods = response.status_code == HTTPStatus.METHOD_NOT_ALLOWED or current.method == "OPTIONS"
        if is_about_methods and "Allow" in response.headers:
            response.headers["Allow"] = _methods(app, response.headers["Allow"])
        if current.endpoint != "static":
            _keep(response)
        return response

    def _keep(response: Response) -> None:
        """Set a cookie that came by another name under this desk's own, unless the answer sets or ends one itself."""
        caller = site.caller
        if caller.renews and not response.headers.get("Set-Cookie"):
            site.cookies.vouch(response, caller.renews, caller.secret, is_secure=request.is_secure)

    app.before_request(before)
    app.after_request(after)


def _is_opened() -> bool:
    """Say whether somebody opens a page: scripts ask for any kind of content, and pages that load themselves anew
    say so (`?again`).
    """
    accepts = request.headers.get("Accept", "text/html")
    return (
        request.endpoint in PAGES
        and request.endpoint not in BY_THEMSELVES
        and "text/html" in accepts
        and "again" not in request.args
    )


def _methods(app: Flask, allowed: str) -> str:
    """Return those of the `allowed` methods that belong to the address itself: `/tickets/{id}` fits `/tickets/seat`
    too.
    """
    adapter = app.create_url_adapter(request)
    if adapter is None:
        return allowed
    rules = {method.strip(): adapter.match(method=method.strip(), return_rule=True)[0] for method in allowed.split(",")}
    fewest = min(len(rule.arguments) for rule in rules.values())
    return ", ".join(sorted(method for method, rule in rules.items() if len(rule.arguments) == fewest))


def _ask_for_password() -> AnyResponse:
    """Lead somebody whose password somebody else chose to the page on which they choose one. Raises `Forbidden`."""
    if is_page() and request.method == "GET":
        return redirect(f"/account?next={quote(request.full_path.rstrip('?'))}")
    raise make_password_refusal()


def _turn_away(caller: Caller, allowed: frozenset[Role]) -> AnyResponse | None:
    is_screen = caller.by_cookie and caller.role not in PEOPLE
    if (caller.credential is None or is_screen) and is_page() and allowed & PEOPLE and request.method == "GET":
        return redirect(f"/sign-in?next={quote(request.full_path.rstrip('?'))}")
    if caller.credential is None:
        raise Forbidden("auth.required", "Please sign in first.")
    raise Forbidden("auth.role", "You are not allowed to open this.")


def _check_csrf(caller: Caller) -> None:
    """A change that a browser's cookie vouches for also carries the page's own token."""
    if not caller.by_cookie:
        return
    token = request.headers.get("X-CSRF-Token") or (
        request.form.get("csrf", "") if not request.path.startswith("/api/") else ""
    )
    if not hmac.compare_digest(token.encode(), caller.csrf.encode()):
        raise Forbidden("csrf.invalid", "This page is too old. Please load it again.")


def _broken_json(current: Request) -> Response | None:
    """Return the refusal of a body that is no JSON; what it says is kept for the call."""
    data = current.get_data()
    if not data:
        return None
    try:
        value = current.get_json()
        if b"\\u" in data:  # half a character, as \\ud800, can be written in JSON but not stored
            json.dumps(value, ensure_ascii=False).encode()
    except (BadRequest, ValueError, RecursionError):
        security_log.note("json.broken")
        return answer_problem(400, "json.broken")
    return None
