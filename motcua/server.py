"""Puts the desk on the web: sockets, API, pages. Starts no thread and listens nowhere."""

import os
from pathlib import Path

from flask import Blueprint, Response, jsonify
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models import Info
from flask_openapi3.openapi import OpenAPI
from flask_socketio import SocketIO

from motcua import __version__, api, screens
from motcua.api import agents, counters, hall, local, ratings, tickets
from motcua.api.shapes import Problem
from motcua.desk import Desk
from motcua.screens import counter, follow, kiosk, leaders, pad, pages, wall
from motcua.web import guard, language, problems, snapshots
from motcua.web.identity import Identity
from motcua.web.limits import Attempts
from motcua.web.site import Site
from motcua.web.streams import State, Stages
from motcua.wiring import printer
from motcua.wiring.rooms import open_desk

PING_INTERVAL_S, PING_TIMEOUT_S = 1, 2
SIGN_INS_A_MINUTE, CODES_A_MINUTE = 5, 60


def build(desk: Desk, async_mode: str = "threading") -> Site:
    """Return the site of `desk`. Sites share nothing: several may live in one process."""
    app = OpenAPI(
        "motcua",
        info=Info(title="motcua", version=__version__, description="The counter hall of a one-stop desk."),
        doc_ui=False,
        responses={"4XX": Problem},
        security_schemes={"token": {"type": "http", "scheme": "bearer"}},
        validation_error_callback=problems.invalid,
        validation_error_model=Problem,
    )
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    socketio = SocketIO(
        app,
        async_mode=async_mode,
        ping_interval=PING_INTERVAL_S,
        ping_timeout=PING_TIMEOUT_S,
        max_http_buffer_size=64 * 1024,
        http_compression=False,
        serve_client=False,
        manage_session=False,
        cors_allowed_origins=None,
    )

    def send(event: str, state: State, namespace: str, room: str) -> None:
        socketio.emit(event, state, namespace=namespace, to=room)

    identity = Identity(desk)
    site = Site(
        app,
        socketio,
        desk,
        identity,
        Stages(desk, send),
        sign_ins=Attempts(desk.clock, SIGN_INS_A_MINUTE),
        codes=Attempts(desk.clock, CODES_A_MINUTE),
    )
    language.install(app)
    problems.install(app)
    guard.install(site)
    printer.install(desk)
    _add_api(app, site)
    _add_screens(app, site)
    app.extensions["motcua"] = site
    return site


def _add_api(app: OpenAPI, site: Site) -> None:
    calls = APIBlueprint("api", api.__name__, url_prefix="/api/v1", abp_security=[{"token": []}])
    for part in (tickets, counters, ratings, hall):
        part.install(calls, site)

    @calls.get("/openapi.json", endpoint="openapi", doc_ui=False)
    def openapi() -> Response:
        return jsonify(app.api_doc)

    app.register_api(calls)
    own = Blueprint("local", api.__name__)
    local.install(own, site)
    app.register_blueprint(own)
    agents.install(site)


def _add_screens(app: OpenAPI, site: Site) -> None:
    blueprint = Blueprint("screens", screens.__name__)
    for part in (pages, wall, kiosk, counter, pad, follow, leaders):
        part.install(blueprint, site)

    @blueprint.get("/state/<name>", endpoint="state")
    @blueprint.get("/state/<name>/<key>", endpoint="state")
    def state(name: str, key: str = "") -> Response:
        return snapshots.state(site, name, key)

    app.register_blueprint(blueprint)


def create_app() -> OpenAPI:
    """Return the app of the data folder that the environment names (`DATA`, default `data`), for `flask run` and its like."""
    folder = Path(os.environ.get("DATA", "data"))
    folder.mkdir(parents=True, exist_ok=True)
    app = build(open_desk(folder)).app
    assert isinstance(app, OpenAPI)  # noqa: S101 -- build makes one
    return app
