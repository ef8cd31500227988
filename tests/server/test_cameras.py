"""A citizen's answer on the pad and a camera's reading over real sockets, and what of them is on the disk."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from motcua.cli.door import open_reading
from motcua.copies import replace
from motcua.desk import Reader
from motcua.desk.journal import read_rows
from motcua.settings.model import CameraRules
from motcua.setup.document import write
from tests.cameras import MODEL
from tests.server.bound_agents import Cable, agent, device, journal
from tests.server.hall import Place, Served, one_each, wait_until
from tests.server.hall import served as desk_of_its_own
from tests.server.screen import Screen

pytestmark = pytest.mark.process
PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"/9j/4AAQ", b"iVBORw0KGgo")
"""How JPEG, PNG and GIF begin, and JPEG and PNG as base64 text."""
SCORE, QUALITY, VALID, SEEN = 73, 91, 637, 844


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with desk_of_its_own(shared=True) as made:
        document = one_each()
        settings = replace(document.settings, camera=CameraRules(is_on=True, contact="Chị Hoa"))
        assert made.local("config.import", text=write(replace(document, settings=settings))).status == 200
        yield made


@contextmanager
def pad(served: Served, place: Place) -> Iterator[Screen]:
    screen = Screen(served.port, "/pad", {"token": served.token("pad", place.number)})
    try:
        yield screen
    finally:
        screen.close()


def start(place: Place) -> str:
    """Begin to serve somebody; return the visit."""
    ticket = place.issue()
    assert place.do("call-next").status == 200
    assert place.do("start").status == 200
    return str(ticket["id"])


def answer(screen: Screen, visit: str, choice: str, key: str | None = None) -> Any:
    return screen.emit("consent", {"visit": visit, "answer": choice, "key": key or str(uuid4())})


def speak(cable: Cable, visit: str, **more: Any) -> Any:
    reading = {
        "visit": visit, "score": SCORE, "quality": QUALITY, "valid_frames": VALID, "seen_frames": SEEN,
        "reason": None, "model_hash": MODEL, "device": "camera", "key": visit, "age_ms": 12,
    }  # fmt: skip
    return cable.emit("expression", {**reading, **more})


def steps(cable: Cable) -> list[tuple[str, str]]:
    jobs = [job["payload"] for name, job in cable.events if name == "job" and job["kind"] == "look"]
    return [(payload["step"], payload["visit"]) for payload in jobs]


def camera(place: Place) -> dict[str, Any]:
    declared: dict[str, Any] = device("camera", place.number)
    return declared


def test_a_yes_begins_the_end_finishes_and_a_score_is_kept_once(served: Served) -> None:
    place = served.place()
    with agent(served, camera(place), counters=[place.number]) as cable, pad(served, place) as screen:
        visit = start(place)
        assert screen.emit("consent_shown", {"visit": visit, "key": str(uuid4())}) == {"ok": True, "answer": "none"}
        key = str(uuid4())
        assert [answer(screen, visit, "yes", key), answer(screen, visit, "yes", key)] == [
            {"ok": True, "answer": "yes"}
        ] * 2
        wait_until(lambda: steps(cable) == [("begin", visit)])
        assert place.do("finish").status == 200
        wait_until(lambda: steps(cable) == [("begin", visit), ("finish", visit)])
        noted = {"ok": True, "visit": visit, "kept": True, "reason": None}
        assert [speak(cable, visit), speak(cable, visit, score=3)] == [noted, noted]
    with open_reading(served.folder) as db:
        row = db.execute("SELECT score, quality, valid_frames FROM expressions WHERE visit = ?", (visit,)).fetchone()
    assert tuple(row) == (SCORE, QUALITY, VALID)
    (event,) = [row for row in journal(served, "expression.noted") if row["data"]["visit"] == visit]
    assert event["data"] == {
        "visit": visit, "counter": place.number, "kept": True, "reason": None, "model": MODEL[:12],
        "via": {"agent": cable.id, "device": "camera"},
    }  # fmt: skip


def test_after_an_undo_the_same_visit_may_be_read_once_more(served: Served) -> None:
    place = served.place()
    with agent(served, camera(place), counters=[place.number]) as cable, pad(served, place) as screen:
        visit = start(place)
        answer(screen, visit, "yes")
        place.do("finish")
        assert speak(cable, visit)["kept"]
        assert place.do("undo").status == 200
        wait_until(lambda: steps(cable)[-1] == ("stop", visit))
        assert speak(cable, visit)["code"] == "expression.not_ended"
        answer(screen, visit, "yes")
        place.do("finish")
        assert speak(cable, visit, score=12) == {"ok": True, "visit": visit, "kept": True, "reason": None}


def test_what_no_camera_of_the_counter_may_say_is_refused_with_a_reason(served: Served) -> None:
    place, other = served.place(), served.place()
    with agent(served, camera(place), counters=[place.number]) as cable, pad(served, place) as screen:
        visit = start(place)
        answer(screen, visit, "yes")
        assert speak(cable, visit)["code"] == "expression.not_ended"
        place.do("finish")
        foreign = start(other)
        other.do("finish")
        assert speak(cable, foreign)["code"] == "device.undeclared"
        assert speak(cable, "20261123-A999")["code"] == "visit.unknown"
        assert speak(cable, visit, device="loa")["code"] == "device.undeclared"
        odd: list[dict[str, Any]] = [
            {"score": 101}, {"score": 73.5}, {"score": "73"}, {"quality": -1}, {"reason": "sad"},
            {"score": None, "quality": None}, {"valid_frames": 1001}, {"valid_frames": 845}, {"model_hash": "ab"},
            {"seen_frames": None}, {"visit": 7, "key": "k"},
        ]  # fmt: skip
        codes = [speak(cable, **{"visit": visit, **change})["code"] for change in odd]
        assert set(codes) <= {"event.shape", "expression.shape"}
        with open_reading(served.folder) as db:
            assert db.execute("SELECT count(*) FROM expressions WHERE visit = ?", (visit,)).fetchone()[0] == 0
        answer(screen, visit, "no")
        assert speak(cable, visit) == {"ok": True, "visit": visit, "kept": False, "reason": "no_consent"}


def test_a_pad_answers_for_its_own_counter_only(served: Served) -> None:
    place, other = served.place(), served.place()
    with agent(served, camera(place), counters=[place.number]), pad(served, other) as screen:
        visit = start(place)
        assert answer(screen, visit, "yes")["code"] == "visit.unknown"
        assert screen.emit("consent_shown", {"visit": visit})["code"] == "visit.unknown"
    with pad(served, place) as screen:
        assert answer(screen, visit, "perhaps")["code"] == "consent.answer"
        assert screen.emit("consent", {"visit": visit})["code"] == "event.shape"


def test_the_officer_switches_the_camera_off_for_the_ticket_in_hand(served: Served) -> None:
    place = served.place()
    assert place.do("no-camera").json["code"] == "counter.idle"
    with agent(served, camera(place), counters=[place.number]) as cable, pad(served, place) as screen:
        visit = start(place)
        answer(screen, visit, "yes")
        assert place.do("no-camera").json == {"camera": "child"}
        wait_until(lambda: steps(cable) == [("begin", visit), ("stop", visit)])
        assert answer(screen, visit, "yes")["code"] == "consent.answered"
    assert served.client("pad", place.number).post(f"counters/{place.number}/no-camera").status == 403


def test_a_camera_that_comes_back_looks_again_for_who_agreed(served: Served) -> None:
    place = served.place()
    made = served.local("token.add", role="agent", name="pc-again", counters=[place.number], kiosks=[]).json

    def connect() -> Cable:
        cable = Cable(served.port, "/agent", {"token": made["token"]})
        assert cable.emit("devices", {"devices": [camera(place)]})["ok"]
        return cable

    first = connect()
    with pad(served, place) as screen:
        visit = start(place)
        answer(screen, visit, "yes")
        wait_until(lambda: steps(first) == [("begin", visit)])
        first.close()
        again = connect()
        wait_until(lambda: steps(again) == [("begin", visit)])
        answer(screen, visit, "no")
        wait_until(lambda: steps(again)[-1] == ("stop", visit))
        again.close()
        last = connect()
        place.do("finish")
        assert speak(last, visit)["kept"] is False
        assert steps(last) == []
        last.close()


def test_a_pad_that_lost_its_server_gives_no_score(served: Served) -> None:
    place = served.place()
    with agent(served, camera(place), counters=[place.number]) as cable:
        with pad(served, place) as screen:
            visit = start(place)
            answer(screen, visit, "yes")
        wait_until(lambda: steps(cable) == [("begin", visit), ("stop", visit)])
        place.do("finish")
        assert speak(cable, visit)["kept"] is False


def test_who_holds_the_ticket_has_the_score_erased(served: Served) -> None:
    place = served.place()
    with agent(served, camera(place), counters=[place.number]) as cable, pad(served, place) as screen:
        ticket = place.issue()
        token = ticket["follow_url"].rsplit("/", 1)[-1]
        phone = served.client()
        assert phone.post("tickets/smile/erase", {"token": token}).json["code"] == "token.unknown"
        assert place.do("call-next").status == place.do("start").status == 200
        assert phone.post("tickets/smile/erase", {"token": token}).json["code"] == "consent.none"
        answer(screen, ticket["id"], "yes")
        place.do("finish")
        assert speak(cable, ticket["id"])["kept"]
        assert phone.post("tickets/smile/erase", {"token": "x" * 12}).json["code"] == "token.unknown"
        follow = Screen(served.port, "/follow", {"token": token})
        assert follow.state["has_smile"]
        assert [phone.post("tickets/smile/erase", {"token": token}).json for _ in range(2)] == [
            {"camera": "withdrawn"}
        ] * 2
        wait_until(lambda: not follow.state["has_smile"])
        follow.close()
    with open_reading(served.folder) as db:
        row = db.execute("SELECT score, reason FROM expressions WHERE visit = ?", (ticket["id"],)).fetchone()
    assert tuple(row) == (None, "no_consent")


def holds_reading(db: Reader, table: str) -> bool:
    """Say whether a table holds the figures of the reading, or the whole name of its model."""
    rows = [tuple(row) for row in db.execute(f"SELECT * FROM {table}")]  # noqa: S608 -- our own tables
    return any(VALID in row or SEEN in row or MODEL[12:] in repr(row) for row in rows)


def test_a_scored_visit_leaves_one_row_and_nothing_else_on_the_disk(served: Served) -> None:
    """The desk's side: files of the data folder, its log, journal, jobs and stored answers."""
    place = served.place()
    before = read_folder(served.folder)
    with agent(served, camera(place), counters=[place.number]) as cable, pad(served, place) as screen:
        visit = start(place)
        answer(screen, visit, "yes")
        place.do("finish")
        assert speak(cable, visit)["kept"]
    changed = {path: content for path, content in read_folder(served.folder).items() if before.get(path) != content}
    assert {path.name for path in changed} <= {"desk.db", "desk.db-wal", "desk.db-shm", "serve.err"}
    assert [path for path, content in changed.items() if any(sign in content for sign in PICTURES)] == []
    with open_reading(served.folder) as db:
        tables = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        holding = [table for table in tables if holds_reading(db, table)]
        rows = [row for row in read_rows(db) if row["subject"] == f"ticket:{visit}"]
    assert holding == ["expressions"]
    words = json.dumps([row["data"] for row in rows])
    assert not any(word in words for word in ("score", "quality", "frames", "landmark", "blendshape"))
    log = served.complaints()
    assert "score" not in log
    assert MODEL[12:] not in log


def read_folder(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
