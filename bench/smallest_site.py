"""The calls of the smallest honest server: what a request says, one commit for all that came, the answers."""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any

import gevent
from flask import Flask, Response, jsonify, request
from flask_openapi3.openapi import OpenAPI
from flask_socketio import SocketIO
from gevent.event import AsyncResult
from pydantic import BaseModel, ConfigDict, StringConstraints

from .smallest_store import Answer, ReusedKeyError, SmallestStore

Ticket = dict[str, Any] | None
Code = Annotated[str, StringConstraints(min_length=1, max_length=64)]
UNKNOWN, NO_CONTENT, OK, CREATED, INVALID = 404, 204, 200, 201, 422
NOTHING_PASSED = {"rule": "arrival", "passed": []}


class Body(BaseModel):
    """What a request says: exact types and no unknown fields, as at the desk."""

    model_config = ConfigDict(extra="forbid", strict=True)


class NewTicket(Body):
    """What a number is taken for."""

    service: Code
    priority: Code | None = None


class CounterPath(BaseModel):
    """Which counter."""

    counter: int


@dataclass(frozen=True)
class Command:
    """What a request asks for. `run` returns the ticket, `answer` makes its status and JSON.

    `digest` stands for what is asked under `key`, if there is one.
    """

    run: Callable[[], Ticket]
    answer: Callable[[Ticket], tuple[int, Any]]
    key: str | None
    digest: str


class Group:
    """Commits the commands of all requests that have come meanwhile as one transaction, with one fsync."""

    def __init__(self, store: SmallestStore, tell: Callable[[Iterable[Ticket]], None]) -> None:
        self._store, self._tell = store, tell
        self._waiting: list[tuple[Command, AsyncResult[Answer]]] = []

    def do(self, command: Command) -> Answer:
        """Return the answer to `command`, when it is on the disk and the walls know it."""
        answer: AsyncResult[Answer] = AsyncResult()
        self._waiting.append((command, answer))
        if len(self._waiting) == 1:
            gevent.spawn(self._commit)  # runs when every request that is here has been read
        result = answer.get()
        assert result is not None  # noqa: S101 -- `_commit` sets one
        return result

    def _commit(self) -> None:
        group, self._waiting = self._waiting, []
        tickets: list[Ticket] = []
        try:
            with self._store.transaction():
                answers = [self._run(command, tickets) for command, _answer in group]
        except Exception as error:
            for _command, answer in group:
                answer.set_exception(error)
            return
        self._tell(tickets)
        for (_command, answer), result in zip(group, answers, strict=True):
            answer.set(result)

    def _run(self, command: Command, tickets: list[Ticket]) -> Answer:
        if command.key is not None:
            try:
                stored_answer = self._store.find_answer(command.key, command.digest)
            except ReusedKeyError:
                return INVALID, '{"code": "key.reused"}'
            if stored_answer is not None:
                return stored_answer
        ticket = command.run()
        tickets.append(ticket)
        status, body = command.answer(ticket)
        answer = status, json.dumps(body)
        if command.key is not None:
            self._store.keep_answer(command.key, command.digest, answer)
        return answer


def build(store: SmallestStore) -> tuple[Flask, SocketIO]:
    """Return the application of `store` and its sockets."""
    app = OpenAPI("smallest", doc_ui=False, validation_error_callback=lambda _error: refuse(INVALID, "values.invalid"))
    sockets = SocketIO(app, async_mode="gevent")

    def tell(tickets: Iterable[Ticket]) -> None:
        for ticket in tickets:
            if ticket is not None and ticket["state"] == "called":
                call = {"number": ticket["number"], "counter": ticket["counter"], "sentence": "", "audio_url": None}
                sockets.emit("call", {**call, "now": store.list_called()}, namespace="/wall")
            elif ticket is not None:
                sockets.emit("change", {"number": ticket["number"], "state": ticket["state"]}, namespace="/wall")

    group = Group(store, tell)

    def respond(run: Callable[[], Ticket], answer: Callable[[Ticket], tuple[int, Any]]) -> Response:
        key = request.headers.get("Idempotency-Key")
        digest = hashlib.sha256(f"{request.method} {request.path}\n".encode() + request.get_data()).hexdigest()
        status, text = group.do(Command(run, answer, key, digest))
        return Response("" if status == NO_CONTENT else text, status, content_type="application/json")

    def refuse(status: int, code: str) -> Response:
        return Response(json.dumps({"code": code}), status, content_type="application/problem+json")

    @app.get("/api/v1/health")
    def health() -> Response:
        return jsonify({"status": "ok"})

    @app.post("/api/v1/tickets")
    def issue(body: NewTicket) -> Response:
        service, priority = body.service, body.priority
        if not store.has_service(service, priority):
            return refuse(INVALID, "service.unknown")
        return respond(lambda: store.issue(service, priority), lambda ticket: (CREATED, ticket))

    @app.post("/api/v1/counters/<counter>/call-next")
    def call_next(path: CounterPath, body: Body) -> Response:
        counter = path.counter
        if not store.has_counter(counter):
            return refuse(UNKNOWN, "counter.unknown")
        return respond(lambda: store.call_next(counter), partial(describe, NOTHING_PASSED))

    @app.post("/api/v1/counters/<counter>/finish")
    def finish(path: CounterPath, body: Body) -> Response:
        counter = path.counter
        if not store.has_counter(counter):
            return refuse(UNKNOWN, "counter.unknown")
        return respond(lambda: store.finish(counter), partial(describe, None))

    def describe(why: Any, ticket: Ticket) -> tuple[int, Any]:
        return (NO_CONTENT, None) if ticket is None else (OK, {"ticket": ticket, "why": why, "seat": None})

    @app.post("/api/v1/counters/<counter>/open")
    def open_counter(path: CounterPath) -> Response:
        return jsonify({"counter": path.counter})

    def join(_auth: Any) -> None:
        sockets.emit("snapshot", {"now": store.list_called()}, namespace="/wall", to=request.sid)  # type: ignore[attr-defined]

    sockets.on_event("connect", join, namespace="/wall")
    return app, sockets
