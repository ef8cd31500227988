"""Puts the desk on the web: sockets, API, pages. Starts no thread and listens nowhere."""

import logging
import os
import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Literal

from flask import Blueprint, Flask, Request, Response, jsonify
from flask.sessions import NullSession, SessionInterface
from flask_openapi3.models.info import Info
from flask_openapi3.openapi import OpenAPI
from flask_socketio import SocketIO
from werkzeug.routing import MapAdapter

from motcua import __version__, api, screens
from motcua.api import agents, camera_preview, described, local
from motcua.api.parts import CALLS
from motcua.api.shapes.base import Problem
from motcua.desk import ClockStepped, Desk, system_clock
from motcua.desk.loss import StoreLostError, require_not_lost
from motcua.desk.private import begin_private, make_folder
from motcua.screens.parts import PAGES
from motcua.setup.rooms import open_desk
from motcua.web import (
    addresses,
    bounds,
    guard,
    headers,
    language,
    lost,
    page_files,
    problems,
    security_log,
    snapshots,
    sockets,
)
from motcua.web.cookies import Cookies
from motcua.web.identity import Identity
from motcua.web.json_values import PlainJson
from motcua.web.limits import Attempts
from motcua.web.reach import Reach
from motcua.web.routes import LaterAdapter, LaterRule, bind_request
from motcua.web.site import Site
from motcua.web.stages import Stages
from motcua.web.streams import State
from motcua.wiring import (
    alert_notices,
    asking,
    bindings,
    cameras,
    dossier_notices,
    dossier_slips,
    dropoff_notices,
    dropoff_slips,
    fee_slips,
    lamps,
    lockers,
    printer,
    province,
    report_notices,
    signs,
    suggestion_notices,
    webhook_events,
)
from motcua.wiring import notices as notice_wiring
from motcua.wiring import voice as voice_wiring

PING_INTERVAL_S, PING_TIMEOUT_S = 2, 2
SIGN_INS_A_MINUTE, CODES_A_MINUTE = 5, 60
RATINGS_OF_BROWSER_A_MINUTE, RATINGS_OF_ADDRESS_A_MINUTE = 5, 60
"""Ratings that belong to no visit. A whole hall may share one address, behind the ward's Wi-Fi."""


class NoSession(SessionInterface):
    """Flask's own sessions, of which the desk has none: whoever signed in is known by `Identity`."""

    _none = NullSession()

    def open_session(self, app: Flask, request: Request) -> NullSession:
        """Return the session that cannot be written."""
        return self._none


class Pages(Blueprint):
    """The desk's pages, of which some come when the first has been served."""

    def _check_setup_finished(self, f_name: str) -> None:
        """Take what comes at any time."""


class DeskApp(OpenAPI):
    """The desk's app. Nothing of it is a coroutine, so nobody has to find that out for each request.

    Parts may come later: one loop serves all requests, so none of them sees half of what comes.
    """

    session_interface = NoSession()
    add_rest: Callable[[], None] | None = None
    """Adds the parts that come later, once; None when all are there."""

    def _check_setup_finished(self, f_name: str) -> None:
        """Take what comes at any time."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return `func` as it is."""
        return func

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """Return what finds the page of `request`."""
        if request is None or "HTTP_UPGRADE" in request.environ:
            return super().create_url_adapter(request)
        adapter = bind_request(self.url_map, request)
        return adapter if self.add_rest is None else LaterAdapter(adapter, self.require_rest)

    def require_rest(self) -> None:
        """Add the parts that come later, unless they are there."""
        if self.add_rest is not None:
            self.add_rest()


def build(
    desk: Desk,
    async_mode: Literal["threading", "gevent"] = "threading",
    *,
    is_whole: bool = True,
    silence_s: float | None = None,
) -> Site:
    """Return the site of `desk`. Sites share nothing: several may live in one process.

    One that is not whole imports the other parts when somebody asks for an address that it does not have. A screen may
    be silent for `silence_s` after a ping, by default for `PING_TIMEOUT_S`.
    """
    app = DeskApp(
        "motcua",
        info=Info(title="motcua", version=__version__, description="The counter hall of a one-stop desk."),
        doc_ui=False,
        validation_error_callback=problems.answer_invalid,
        validation_error_model=Problem,
    )
    app.url_rule_class = LaterRule
    app.json = PlainJson(app)
    socketio = SocketIO(
        app,
        async_mode=async_mode,
        ping_interval=PING_INTERVAL_S,
        ping_timeout=PING_TIMEOUT_S if silence_s is None else silence_s,
        max_http_buffer_size=64 * 1024,
        http_compression=False,
        cors_allowed_origins="*",  # who may connect is said by `sockets.admit`, which can say why not
        cors_credentials=False,
        manage_session=False,
        json=sockets.Json,
        logger=_sockets_log(),
        engineio_logger=_sockets_log(),
    )

    def broadcast(messages: Sequence[tuple[str, State]], namespace: str, room: str) -> None:
        for event, state in messages:
            socketio.emit(event, state, namespace=namespace, to=room)

    def end(namespace: str, room: str) -> None:
        socketio.start_background_task(sockets.disconnect, app, namespace, room)

    reach = Reach()
    cookies = Cookies(desk, reach)
    site = Site(
        app,
        socketio,
        desk,
        Identity(desk, cookies),
        Stages(desk, broadcast, end),
        sign_ins=Attempts(desk.clock, SIGN_INS_A_MINUTE),
        codes=Attempts(desk.clock, CODES_A_MINUTE),
        rating_browsers=Attempts(desk.clock, RATINGS_OF_BROWSER_A_MINUTE),
        rating_addresses=Attempts(desk.clock, RATINGS_OF_ADDRESS_A_MINUTE),
        reach=reach,
        cookies=cookies,
    )
    desk.on(ClockStepped, site.put_right)
    page_files.install(app)
    headers.install(app, site.is_strict)
    security_log.install(app, desk.clock)
    language.install(app, cookies.list_languages)
    problems.install(app)
    addresses.install(app)
    bounds.install(app)
    guard.install(site)
    sockets.install(app, socketio)
    for planner in (
        printer,
        dossier_slips,
        fee_slips,
        dropoff_slips,
        lockers,
        province,
        signs,
        lamps,
        asking,
        cameras,
        voice_wiring,
    ):
        planner.install(desk)
    for messages in (
        notice_wiring, suggestion_notices, dossier_notices, dropoff_notices, alert_notices, report_notices,
        webhook_events,
    ):  # fmt: skip
        messages.install(desk)
    bindings.install(desk)
    calls, pages = _add_api(app, site), _add_screens(app, site)
    app.add_rest = partial(_add_rest, app, site, calls, pages)
    if is_whole:
        app.require_rest()
    app.extensions["motcua"] = site
    return site


def _add_rest(app: DeskApp, site: Site, calls: described.DescribedLater, pages: Pages) -> None:
    """Add the parts that come later to the `calls` and `pages` that are served already."""
    from motcua.api import later_parts as later_calls
    from motcua.screens import later_parts as later_pages

    app.add_rest = None  # if they could not be imported, the next request tries again
    for blueprint, parts in ((calls, later_calls.CALLS), (pages, later_pages.PAGES)):
        before = len(blueprint.deferred_functions)
        for part in parts:
            part.install(blueprint, site)
        state = blueprint.make_setup_state(app, {}, first_registration=False)
        for record in blueprint.deferred_functions[before:]:
            record(state)


def _sockets_log() -> logging.Logger:
    """Return the log of the libraries behind the sockets: their errors among the others, not on an output of their
    own.
    """
    log = logging.getLogger("motcua.sockets")
    log.setLevel(logging.ERROR)
    return log


def _add_api(app: DeskApp, site: Site) -> described.DescribedLater:
    calls = described.DescribedLater("api", api.__name__, url_prefix="/api/v1", abp_responses={401: Problem})
    for part in CALLS:
        part.install(calls, site)

    ready: list[dict[str, Any]] = []
    lock = threading.Lock()

    @calls.get("/openapi.json", endpoint="openapi", doc_ui=False)
    def openapi() -> Response:
        app.require_rest()
        with lock:  # the first who asks lets it be computed beside the loop, the others wait
            if not ready:
                ready.append(described.complete(site.offload(calls.describe, app), app, site.cookies))
        return jsonify(ready[0])

    app.register_api(calls)
    commands = Blueprint("local", api.__name__)
    local.install(commands, site)
    app.register_blueprint(commands)
    camera_preview.install(site, agents.install(site))
    return calls


def _add_screens(app: OpenAPI, site: Site) -> Pages:
    blueprint = Pages("screens", screens.__name__)
    for part in PAGES:
        part.install(blueprint, site)

    @blueprint.get("/state/<name>", endpoint="state")
    @blueprint.get("/state/<name>/<key>", endpoint="state")
    def state(name: str, key: str = "") -> Response:
        return snapshots.answer_state(site, name, key)

    app.register_blueprint(blueprint)
    return blueprint


def create_app() -> Flask:
    """Return the app of the data folder that the environment names (`DATA`, default `data`), for `flask run` and its
    like.

    Where the desk's store is lost it is the app that says so, and how to bring it back.
    """
    folder = Path(os.environ.get("DATA", "data"))
    begin_private()
    make_folder(folder)
    try:
        require_not_lost(folder)
        app = build(open_desk(folder)).app
    except StoreLostError as error:
        return lost.build(error.loss, system_clock)
    assert isinstance(app, OpenAPI)  # noqa: S101 -- build makes one
    return app
