"""Two desks that differ in one thing alone: at whose visit which smile index was read.

The multiset of index and pressed level is the same, so every figure of the whole desk is. Whatever differs between the
two, byte by byte, tells of an officer, a counter, a service, an hour or a visit.
"""

import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

from motcua.copies import replace
from motcua.desk import Desk
from motcua.feedback import actions as feedback_actions
from motcua.feedback.model import ExpressionReading, RatingRequest
from motcua.queue import actions
from motcua.queue import store as queue_store
from motcua.reports.kinds import REPORTS
from motcua.server import build as build_site
from motcua.settings.model import CameraRules, Suggestions
from motcua.setup import actions as setup_actions
from motcua.staff import actions as staff_actions
from motcua.staff.model import AT_A_COUNTER, Account, Role
from motcua.web.access import SOCKETS
from motcua.web.site import Site
from tests.conftest import SETTINGS, TODAY, Hall, build, reopen
from tests.unit.queue.at_the_desk import Day
from tests.unit.reports.smiles import HASH
from tests.waiting import wait_until

SERVICE_AT = {1: "copy", 2: "birth", 3: "business"}
VISITS_AT_A_COUNTER = 44
PEOPLE = (
    Account(0, "an", "An", "", Role.OFFICER, 1, "hashed", False),
    Account(0, "binh", "Bình", "", Role.OFFICER, 2, "hashed", False),
    Account(0, "chi", "Chi", "", Role.OFFICER, 3, "hashed", False),
    Account(0, "truong", "Trưởng", "", Role.LEADER, None, "hashed", False),
    Account(0, "quantri", "Quản trị", "", Role.ADMIN, None, "hashed", False),
)
HEAD, OFFICERS = 4, (1, 2, 3)
RULES = replace(SETTINGS, camera=CameraRules(is_on=True), suggestions=replace(Suggestions(), head="truong"))
SLICES = f"from={TODAY}&to={TODAY}&officer=1&counter=1&service=copy&hour=8&by=officer&group=counter&visit=%s"
BY_CHANCE = re.compile(rb"[A-Za-z0-9_-]{22,}|Expires=[^;]+|[0-9.,]+ GB|[0-9a-f]{16}\.\d+-\d+|[\"']revision[\"']: \d+")
"""What differs by itself: keys of forms and browsers, the room on the disk, how often a screen was looked at."""
PLACE = re.compile(r"<(?:(\w+)(?:\([^)]*\))?:)?(\w+)>")
"""A name in an address, with its type where it has one."""
VARYING = frozenset({"Date", "Content-Length"})
"""Headers that tell of the moment and of the names of folders."""


def make_twins(folder: Path, turn: Callable[[sqlite3.Connection], None] | None = None) -> tuple[Path, Path]:
    """Return the folders of both desks: at one the smiles rise from counter 1 to 3, at the other they fall.

    With `turn` they differ by what that does to the other's store, and by nothing else.
    """
    one, other = folder / "one", folder / "other"
    one.mkdir()
    hall = build(one)
    try:
        _live(hall)
    finally:
        hall.desk.stop()
    shutil.copytree(one, other)
    with closing(sqlite3.connect(other / "desk.db")) as db, db:
        (turn or _turn)(db)
    return one, other


def _live(hall: Hall) -> None:
    day = Day(hall)
    with day.desk.read() as db:
        document = setup_actions.get_document(db)
    day.desk.do(setup_actions.apply, replace(document, settings=RULES))
    for account in PEOPLE:
        day.desk.do(staff_actions.save_account, account)
    for counter, officer in zip(SERVICE_AT, OFFICERS, strict=True):
        day.desk.do(_open, counter, officer)
    for counter, service in SERVICE_AT.items():
        for number in range(VISITS_AT_A_COUNTER):
            hall.clock.advance(60)
            level = 1 + number % 5
            serve(day.desk, counter, service, level, level * 8 + counter * 12 + number // 5)


def _open(tx: Any, counter: int, officer: int) -> None:
    from motcua.counters import actions as counter_actions

    counter_actions.open_counter(tx, counter, officer)


def serve(desk: Desk, counter: int, service: str, level: int, score: int) -> None:
    """Let one citizen be served who agrees, smiles and rates."""
    visit = desk.do(actions.issue, service, None).ticket.id
    desk.do(actions.call_next, counter)
    desk.do(actions.start, counter)
    desk.do(feedback_actions.show_camera_notice, counter, visit, True)
    desk.do(feedback_actions.answer_consent, counter, visit, "yes", True)
    desk.do(actions.finish, counter)
    desk.do(feedback_actions.rate, RatingRequest(level, "pad", visit, None))
    desk.do(feedback_actions.note_expression, ExpressionReading(visit, score, score + 10, 20, 30, None, HASH))


def _turn(db: sqlite3.Connection) -> None:
    """Deal the readings of each level in the opposite order of visits."""
    for level in range(1, 6):
        query = (
            "SELECT e.visit, e.score, e.quality FROM expressions e JOIN ratings r ON r.visit = e.visit"
            " WHERE r.level = ? ORDER BY e.visit"
        )
        rows = db.execute(query, (level,)).fetchall()
        for row, source in zip(rows, reversed(rows), strict=True):
            db.execute("UPDATE expressions SET score = ?, quality = ? WHERE visit = ?", (source[1], source[2], row[0]))


@dataclass
class Twin:
    """A desk, its pages, and a token of each role (None: nobody)."""

    desk: Desk
    folder: Path
    site: Site
    tokens: dict[Role | None, str]
    names: dict[str, str]

    @property
    def app(self) -> Flask:
        return self.site.app

    def ask(self, method: str, path: str, role: Role | None) -> bytes:
        """Return all of an answer: status, headers, body, without what is made by chance."""
        headers = {"Accept-Language": "en"}
        if role is not None:
            headers["Authorization"] = f"Bearer {self.tokens[role]}"
        with self.app.test_client().open(
            path, method=method, headers=headers, json=None if method == "GET" else {}
        ) as answer:
            head = "\n".join(f"{name}: {value}" for name, value in answer.headers if name not in VARYING)
            whole = f"{answer.status}\n{head}\n".encode() + answer.get_data()
        return strip(whole, self.folder)

    def listen(self, namespace: str, role: Role) -> Any:
        """Return somebody who is connected to a namespace, None where it lets nobody in just now."""
        auth = {"counter": 1, "token": self.tokens[role]}
        client = self.site.socketio.test_client(self.app, namespace=namespace, auth=auth)
        return client if client.is_connected(namespace) else None

    def serve_two(self, scores: tuple[int, int]) -> None:
        """Let two more citizens be served at counter 1, with the same rating and these smiles."""
        for score in scores:
            serve(self.desk, 1, "copy", 4, score)

    def hear(self, namespace: str, role: Role | None) -> bytes:
        """Return what a namespace says to somebody who connects."""
        auth = {"counter": 1, **({"token": self.tokens[role]} if role else {})}
        client = self.site.socketio.test_client(self.app, namespace=namespace, auth=auth)
        if not client.is_connected(namespace):
            return b"refused"
        messages: list[Any] = []

        def has_heard() -> bool:
            messages.extend(client.get_received(namespace))
            return bool(messages)

        wait_until(has_heard)
        client.disconnect(namespace)
        return strip(repr(messages).encode(), self.folder)


def strip(answer: bytes, folder: Path) -> bytes:
    """Return an answer without what is made by chance, and without the name of the desk's folder."""
    return BY_CHANCE.sub(b"?", answer.replace(str(folder).encode(), b"DIR"))


def open_twin(folder: Path) -> Twin:
    """Return a desk of the pair with its pages."""
    hall = reopen(folder, seed=2)
    hall.clock.advance(165 * 60)
    site = build_site(hall.desk)
    tokens: dict[Role | None, str] = {}
    for role in Role:
        account = {Role.OFFICER: "an", Role.LEADER: "truong", Role.ADMIN: "quantri"}.get(role)
        counter = 1 if role in AT_A_COUNTER else None
        tokens[role] = hall.desk.do(staff_actions.add_token, role.value, counter, role.value, account).secret
    with hall.desk.read() as db:
        ticket = queue_store.get(db, f"{TODAY.replace('-', '')}-A001")
    names = {
        "id": ticket.id,
        "visit": ticket.id,
        "ticket_id": ticket.id,
        "code": ticket.code,
        "kind": "poster",
        "section": "camera",
        "locale": "vi",
        "key": "1",
        "step": "take",
        "filename": "css/base.css",
    }
    return Twin(hall.desk, folder, site, tokens, names)


def list_paths(rule: Rule, names: dict[str, str]) -> Iterator[str]:
    """Yield the addresses of a rule, filled in with what is there at the desk."""
    for name in _list_names(rule):
        yield PLACE.sub(partial(_fill, {**names, "name": name}), rule.rule)


def _fill(names: dict[str, str], place: re.Match[str]) -> str:
    return "1" if place[1] == "int" else names.get(place[2], "1")


def _list_names(rule: Rule) -> list[str]:
    if rule.endpoint == "screens.state":
        return [namespace.strip("/") for namespace in SOCKETS]
    return [report.id for report in REPORTS] if rule.endpoint == "screens.leaders_report" else ["1"]
