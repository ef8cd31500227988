"""What must hold after a kill: the log of the clients, the journal and the store tell the same story."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from motcua.desk import journal
from motcua.desk.database import Reader, open_reader

KEPT = (200, 201, 204)
"""Answers that are kept with their key; refusals are not."""
REFUSED = (409,)
Json = Any


class Wrong(Exception):  # noqa: N818 -- reads: this is wrong
    """Something does not hold."""


class Kept(NamedTuple):
    """A press and its final answer."""

    key: str
    path: str
    status: int
    body: bytes

    @property
    def step(self) -> str:
        """Return what was pressed."""
        return self.path.rsplit("/", 1)[-1]

    @property
    def json(self) -> Json:
        """Return the answer."""
        return json.loads(self.body) if self.body else {}


def require(holds: bool, what: str) -> None:
    """Raise `Wrong` with `what` unless it holds."""
    if not holds:
        raise Wrong(what)


def store(path: Path, presses: Sequence[Kept]) -> None:
    """Raise `Wrong` unless the store at `path` is sound and holds each press exactly once."""
    sound(path)
    db = open_reader(path)
    try:
        _once(db, list(journal.read_rows(db)), presses)
    finally:
        db.close()


def sound(path: Path) -> None:
    """Raise `Wrong` unless the journal's chain, the numbers and the counters of the store at `path` hold."""
    db = open_reader(path)
    try:
        _whole(db, list(journal.read_rows(db)))
        _numbers(db)
        _counters(db)
    finally:
        db.close()


def _whole(db: Reader, rows: list[dict[str, Json]]) -> None:
    broken = journal.find_broken_link(iter(rows))
    require(broken is None, f"the journal is broken: {broken}")
    require([tuple(row) for row in db.execute("PRAGMA integrity_check")] == [("ok",)], "the database is damaged")
    require(list(db.execute("PRAGMA foreign_key_check")) == [], "a row refers to nothing")


def _numbers(db: Reader) -> None:
    """Each letter's numbers of a day are 1 to n."""
    given: dict[tuple[str, str], list[int]] = {}
    for day, letter, serial in db.execute("SELECT day, letter, serial FROM tickets ORDER BY day, letter, serial"):
        given.setdefault((day, letter), []).append(serial)
    for (day, letter), serials in given.items():
        require(
            serials == list(range(1, len(serials) + 1)),
            f"the numbers of {letter} on {day} have a hole or a repeat: {serials}",
        )


def _counters(db: Reader) -> None:
    """Each counter has at most one open ticket, and knows it."""
    open_at = [
        (row[0], row[1]) for row in db.execute("SELECT counter, id FROM tickets WHERE state IN ('called', 'serving')")
    ]
    require(len({counter for counter, _ticket in open_at}) == len(open_at), f"a counter has two tickets: {open_at}")
    known = {(row[0], row[1]) for row in db.execute("SELECT number, in_hand FROM counters WHERE in_hand IS NOT NULL")}
    require(known == set(open_at), f"the counters hold {known}, the tickets say {open_at}")


def _once(db: Reader, rows: list[dict[str, Json]], presses: Sequence[Kept]) -> None:
    """Each press that was answered happened once, as it was answered; nothing happened that nobody pressed."""
    strange = [press for press in presses if press.status not in {*KEPT, *REFUSED}]
    require(not strange, f"unexpected answers: {strange[:3]}")
    kept = {row[0]: (row[1], row[2]) for row in db.execute("SELECT key, status, body FROM keys")}
    for press in presses:
        if press.status in KEPT:
            status, body = kept.get(press.key, (0, "null"))
            require(
                (status, json.loads(body) or {}) == (press.status, press.json), f"{press} is kept as {(status, body)}"
            )
        else:
            require(press.key not in kept, f"a refusal was kept: {press}")
    done = [press for press in presses if press.status in KEPT]
    told = [(row["action"], row["data"]) for row in rows]
    _alike(
        "issued",
        ((one.json["id"], one.json["number"]) for one in done if one.step == "tickets"),
        told,
        "ticket.issued",
        ("ticket", "number"),
    )
    called = [
        (one.json["ticket"]["id"], one.json["ticket"]["counter"])
        for one in done
        if one.step == "call-next" and one.json.get("ticket")
    ]
    _alike("called", called, told, "ticket.called", ("ticket", "counter"))
    started = [(one.json["ticket"]["id"], one.json["ticket"]["counter"]) for one in done if one.step == "start"]
    _alike("started", started, told, "ticket.started", ("ticket", "counter"))
    ended = [one.json["ticket"]["id"] for one in done if one.step == "finish"] + [
        one.json["finished"]["id"] for one in done if "finished" in one.json
    ]
    served = [data["ticket"] for action, data in told if action == "ticket.served"]
    served += [data["finished"] for action, data in told if action == "ticket.called" and data["finished"]]
    _same("served", ended, served)
    twice = [ticket for ticket, count in Counter(ticket for ticket, _counter in called).items() if count > 1]
    require(not twice, f"called twice: {twice}")


def _alike(
    what: str, answered: Iterable[tuple[Json, ...]], told: list[tuple[str, Json]], action: str, names: tuple[str, ...]
) -> None:
    _same(what, answered, [tuple(data[name] for name in names) for found, data in told if found == action])


def _same(what: str, answered: Iterable[Json], journalled: Iterable[Json]) -> None:
    lost, doubled = Counter(answered), Counter(journalled)
    require(
        lost == doubled,
        f"{what}: answered but not in the journal {lost - doubled}, in the journal but not answered {doubled - lost}",
    )


def same_wall(shown: Json, fresh: Json) -> None:
    """Raise `Wrong` unless a wall that reconnected shows what a fresh snapshot shows."""
    moving = {"at", "speed"}
    left = {name: value for name, value in shown.items() if name not in moving}
    right = {name: value for name, value in fresh.items() if name not in moving}
    require(left == right, f"the wall shows {left}, not {right}")
