"""What stands before the site: strangers get their turn, and no more lines than there are places."""

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import gevent

from motcua.desk.messages import translate_into_each
from motcua.run.doorkeeper import ClientConnection, Doorkeeper
from motcua.run.front import close_after
from motcua.run.pace import Buckets, ServedClients, Turns
from motcua.web.forwarded import FORWARDED_KEY
from motcua.web.guests import is_guest
from motcua.web.lines import FULL, LINE
from motcua.web.site import Site
from motcua.web.speakers import find_link, find_speaker, is_for_sockets

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication

EACH_S, BURST = 100.0, 300.0
"""Requests that one credential gets done at once; what is more waits while others are served."""
LINKS_S, LINKS_BURST = 200.0, 2_000.0
"""Socket.IO links that may begin from one address before a credential is shown: a big hall behind one address comes
back within seconds."""
TRIAL_S = 10.0
"""How long a socket that there is no place for has to show a credential."""
RETRY_S = "10"
CODE = "connections.many"
LOOKED_AT = 200


class Turnstile:
    """The WSGI application that lets requests in to the site's."""

    def __init__(self, site: Site, app: "WSGIApplication", keeper: Doorkeeper, turns: Turns) -> None:
        self._site, self._app, self._keeper, self._turns = site, app, keeper, turns
        self._served = ServedClients()
        self._asked, self._links = Buckets(EACH_S, BURST), Buckets(LINKS_S, LINKS_BURST)

    def __call__(self, environ: dict[str, Any], start_response: "StartResponse") -> Iterable[bytes]:
        """Answer one request."""
        line: ClientConnection | None = environ.get(LINE)
        if line is None:
            return self._app(environ, start_response)
        if not environ[FORWARDED_KEY]:
            return self._answer(environ, start_response, line)
        self._keeper.vouch(line)  # a trusted proxy's own line carries many; each request counts where it came from
        carried = environ[LINE] = self._keeper.enter(str(environ["REMOTE_ADDR"]), line.hang_up)
        try:
            return self._answer(environ, start_response, carried)
        finally:
            self._keeper.leave(carried)

    def _answer(
        self, environ: dict[str, Any], start_response: "StartResponse", line: ClientConnection
    ) -> Iterable[bytes]:
        name, link = "" if is_guest(environ) else find_speaker(self._site, environ), find_link(environ)
        if name:
            line.vouch(name)
            if not self._asked.take(name) and not self._served.is_alone(name):
                self._turns.wait(is_known=True)
        else:
            self._turns.wait()
            is_socket = is_for_sockets(environ)
            if is_socket and not link and not self._links.take(line.place):
                return self._full(environ, start_response)
            if not self._keeper.admit(line):
                if not is_socket:
                    return self._full(environ, start_response)
                gevent.spawn_later(TRIAL_S, self._keeper.end_trial, line)
        if not link:
            return self._serve(environ, start_response, name)
        self._site.links.attach(link, line)
        try:
            return self._app(environ, start_response)
        finally:
            self._site.links.detach(link, line)

    def _serve(self, environ: dict[str, Any], start_response: "StartResponse", name: str) -> Iterable[bytes]:
        if is_for_sockets(environ):  # a WebSocket lasts for hours
            return self._app(environ, start_response)
        self._served.begin(name)
        try:
            return self._app(environ, start_response)
        finally:
            self._served.end(name)

    def _full(self, environ: dict[str, Any], start_response: "StartResponse") -> Iterable[bytes]:
        """Say in few bytes that there is no place, and hang up."""
        close_after(start_response)
        is_page = "text/html" in environ.get("HTTP_ACCEPT", "")[:LOOKED_AT]
        sentence = translate_into_each(FULL)["en" if environ.get("HTTP_ACCEPT_LANGUAGE", "")[:2] == "en" else "vi"]
        kind, body = (
            ("text/html", f"<!doctype html><p>{sentence}")
            if is_page
            else ("application/problem+json", _problem(sentence))
        )
        data = body.encode()
        headers = [
            ("Content-Type", f"{kind}; charset=utf-8"),
            ("Content-Length", str(len(data))),
            ("Retry-After", RETRY_S),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
            ("Connection", "close"),
        ]
        start_response("503 Service Unavailable", headers)
        return [data]


def _problem(sentence: str) -> str:
    problem = {"type": "about:blank", "title": sentence, "status": 503, "code": CODE, "detail": sentence}
    return json.dumps(problem, ensure_ascii=False)
