"""Dossiers over HTTP: a visit hands one in, who reads it is journalled, and off nothing of it is there."""

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from motcua.desk import journal
from motcua.web.access import CALLS
from motcua.web.switches import DOSSIER_DOORS
from tests.server.doors import calls
from tests.server.dossier_calls import AN, DEATH, call, lodge
from tests.server.hall import Json, Served, opened, served

pytestmark = pytest.mark.process
CARD = "001090012345|012345678|Nguyễn Văn An|04051990|Nam|Số 5 phố Huế, Hà Nội|01012022||||"
FORM = "application/x-www-form-urlencoded"


GROUP: Json = {
    "group": "death",
    "applicant": AN,
    "dossiers": [
        {"procedure": DEATH, "papers": [{"code": one, "originals": 1} for one in ("declaration", "death-notice")]},
        {"procedure": "1.003197", "limit": {"unit": "working_days", "count": 5}},
    ],
}


@pytest.fixture(scope="module")
def desk() -> Iterator[Served]:
    with served() as made:
        yield made


def test_a_dossier_from_the_card_to_the_result(desk: Served) -> None:
    place = desk.place()
    call(place)
    scanned = place.do("card", {"scan": f"]Q1{CARD}\r\n"}).json
    assert scanned["applicant"]["name"] == "Nguyễn Văn An"
    assert (scanned["applicant"]["birth"], scanned["is_kept"], scanned["applicant"]["doubts"]) == (
        "1990-05-04", False, [],
    )  # fmt: skip
    intake = place.client.get(f"dossiers/intake/{DEATH}").json["intake"]
    assert intake["usual"] == {"unit": "same_day", "count": 0, "case": {"vi": "", "en": ""}, "is_verified": True}
    assert len(intake["due"]["steps"]) >= 1
    dossier = lodge(place)
    assert dossier["code"].startswith("MC.000.25.01.H17-")
    assert dossier["applicant"] == {"name": "N*** An", "number": "001******345", "phone": ""}
    assert dossier["state"] == "received"
    code = dossier["code"]
    whole = place.client.post(f"dossiers/{code}/open").json["dossier"]
    assert whole["applicant"]["number"] == "001090012345"
    assert [paper["name"] for paper in whole["papers"]] == ["Tờ khai theo mẫu", "Hộ chiếu của An"]
    for step, body in (
        ("hand-over", {"step": 1}),
        ("supplement-request", {"missing": ["deed"]}),
        ("supplement", {"papers": [{"code": "deed", "originals": 1}]}),
        ("fee", {"amount": 15000}),
        ("fee-paid", None),
        ("provincial-code", {"provincial_code": f"H29.17-261123-{place.number:04d}"}),
        ("ready", None),
        ("return", None),
    ):
        answer = place.client.post(f"dossiers/{code}/{step}", body)
        assert answer.status == 200, answer
    listed = place.client.get(f"dossiers?visit={dossier['visit']}").json
    assert [(item["code"], item["state"]) for item in listed["items"]] == [(code, "returned")]
    assert place.client.get(f"dossiers/h29.17-261123-{place.number:04d}").json["dossier"]["code"] == code


def test_what_a_citizen_agreed_to_is_found_by_the_next_scan_and_erased_on_request(desk: Served) -> None:
    place = desk.place()
    kept = place.do("applicants", {**AN, "phone": "0912 345 678"})
    assert kept.status == 201, kept
    scanned = place.do("card", {"scan": CARD}).json
    assert (scanned["is_kept"], scanned["applicant"]["phone"]) == (True, "0912345678")
    assert place.client.post("applicants/erase", {"number": CARD}).status == 200
    assert place.client.post("applicants/erase", {"number": "001090012345"}).code == (404, "applicant.none")
    assert place.do("card", {"scan": CARD}).json["is_kept"] is False


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        ("card", {"scan": "A001"}, (422, "card.not_a_card")),
        ("card", {"scan": CARD.replace("001090012345", "0010")}, (422, "card.bad_number")),
        ("dossiers", {"procedure": "x", "applicant": AN}, (422, "procedure.unknown")),
        ("dossiers", {"procedure": DEATH, "applicant": AN, "decision": "x"}, (422, "dossier.decision")),
        ("dossiers", {"procedure": DEATH, "applicant": AN, "channel": "x"}, (422, "dossier.channel")),
        ("dossiers", {"procedure": DEATH, "applicant": AN, "limit": {"unit": "x"}}, (422, "dossier.limit_unit")),
        ("dossiers", {"procedure": DEATH, "applicant": {"name": "12"}}, (422, "applicant.name")),
        ("applicants", {"name": "Nguyễn Văn An"}, (422, "applicant.number_needed")),
    ],
)
def test_what_is_wrong_is_named(desk: Served, path: str, body: Json, code: tuple[int, str]) -> None:
    place = desk.place()
    call(place)
    assert place.do(path, body).code == code


def test_anybody_looks_a_dossier_up_by_its_code_and_second_factor_and_nobody_by_guessing(desk: Served) -> None:
    place = desk.place()
    call(place)
    code = lodge(place)["code"]
    anybody = desk.client()
    short = code.rpartition("H17-")[2]
    answer = anybody.post("dossier-lookups", {"code": short, "factor": "1990"}, "look")
    assert answer.status == 200
    assert answer.headers["cache-control"] == "no-store"
    assert (answer.json["dossier"]["code"], answer.json["dossier"]["state"]) == (code, "received")
    assert "Văn An" not in answer.body.decode()
    with closing(sqlite3.connect(f"file:{desk.folder}/desk.db?mode=ro", uri=True)) as db:
        token = db.execute("SELECT token FROM dossier_lookups WHERE dossier = ?", (code,)).fetchone()[0]
    assert anybody.post("dossier-lookups", {"token": token, "factor": "1990"}).json == answer.json
    for body, refusal in [
        ({"code": short, "factor": "1991"}, (404, "dossier.factor")),
        ({"code": "260101-0001", "factor": "1990"}, (404, "dossier.factor")),
        ({"token": "x" * 12, "factor": "1990"}, (404, "token.unknown")),
        ({"factor": "1990"}, (422, "lookup.one")),
        ({"code": short, "token": token, "factor": "1990"}, (422, "lookup.one")),
        ({"code": short}, (422, "values.invalid")),
    ]:
        assert anybody.post("dossier-lookups", body).code == refusal, body
    wrong = [anybody.post("dossier-lookups", {"code": short, "factor": "0000"}).code for _try in range(4)]
    assert wrong == [(404, "dossier.factor")] * 3 + [(409, "dossier.locked")]
    form = anybody.send("POST", "/d", f"code={short}&factor=1990".encode(), {"Content-Type": FORM})
    assert form.status == 409


def test_whoever_has_just_looked_up_can_be_told_in_the_browser(desk: Served) -> None:
    place = desk.place()
    call(place)
    short = lodge(place)["code"].rpartition("H17-")[2]
    anybody = desk.client()
    shown = anybody.send("POST", "/d", f"code={short}&factor=1990".encode(), {"Content-Type": FORM}).body.decode()
    page = json.loads(re.findall(r'id="page">(.+?)</script>', shown)[0])
    browser = {"lookup_pass": page["push"]["pass"], "endpoint": "https://fcm.googleapis.com/fcm/send/abc"}
    keys = {"p256dh": page["push"]["key"], "auth": "A" * 22}
    told = "dossier-lookups/push"
    assert anybody.post(f"{told}/state", browser).json == {"is_on": False}
    assert anybody.post(told, {**browser, "keys": keys}).json == {"ok": True}
    assert anybody.post(f"{told}/state", browser).json == {"is_on": True}
    assert anybody.post(f"{told}/end", browser).json == {"ok": True}
    assert anybody.post(f"{told}/state", browser).json == {"is_on": False}
    for body, refusal in [
        ({**browser, "keys": keys, "lookup_pass": "x"}, (403, "lookup.pass")),
        ({**browser, "keys": {**keys, "auth": "A"}}, (422, "push.subscription")),
        ({**browser, "keys": keys, "endpoint": "https://10.0.0.1/x"}, (422, "push.subscription")),
        ({**browser}, (422, "values.invalid")),
    ]:
        assert anybody.post(told, body).code == refusal, body
    worker = anybody.get("/d/worker.js")
    assert (worker.status, "javascript" in worker.headers["content-type"]) == (200, True)


def test_an_unknown_code_and_an_unknown_state_are_named(desk: Served) -> None:
    client = desk.place().client
    assert client.get("dossiers/MC-261123-9999").code == (404, "dossier.unknown")
    assert client.get("dossiers/%C4%91%20%27--").code == (404, "dossier.unknown")
    assert client.get("dossiers/intake/9.999999").code == (404, "procedure.unknown")
    assert client.get(f"dossiers/intake/{DEATH}?unit=days&count=0").code == (422, "dossier.limit_long")
    assert client.get("dossiers?state=gone").code == (422, "dossier.state")
    assert client.get("dossiers?day=x").code == (422, "day.form")


def test_the_same_key_takes_in_one_dossier(desk: Served) -> None:
    place = desk.place()
    call(place)
    assert lodge(place, sets=3)["code"] == lodge(place, sets=3)["code"]


def test_nothing_that_is_stored_names_anybody(desk: Served) -> None:
    place = desk.place()
    call(place)
    code = lodge(place, words="Gọi cho ông Trần Bình")["code"]
    assert place.client.post(f"dossiers/{code}/open", None, "opened").status == 200
    assert place.do("card", {"scan": CARD}, "card").status == 200
    texts = ("Văn An", "001090012345", "Trần Bình", "Hộ chiếu của An")
    files = [path for path in desk.folder.rglob("*") if path.is_file()]
    raw = b"".join(path.read_bytes() for path in files)
    assert [text for text in texts if text.encode() in raw or json.dumps(text)[1:-1].encode() in raw] == []


def test_while_they_are_off_nothing_of_them_is_there() -> None:
    with served() as desk:
        admin = desk.client("admin")
        saved = admin.get("settings/dossiers").json
        saved["data"]["dossiers"]["is_on"] = False
        body = json.dumps({"version": saved["version"], "data": saved["data"]}).encode()
        assert admin.send("PUT", "settings/dossiers", body, {"Content-Type": "application/json"}).status == 200
        codes = {}
        for door in calls(desk):
            if door.name in DOSSIER_DOORS:
                answer = admin.send(door.method, door.path, b"{}", {"Content-Type": "application/json"})
                codes[door.name] = answer.code
        assert codes == {name: (404, "page.unknown") for name in DOSSIER_DOORS if name in CALLS}


def test_who_read_the_applicant_stands_in_the_journal() -> None:
    with served() as desk:
        place = desk.place()
        call(place)
        code = lodge(place)["code"]
        place.client.post(f"dossiers/{code}/open")
        desk.stop()
        store = opened(desk.folder)
        with store.read() as db:
            rows = journal.list_rows(db, "dossier.opened")
        store.stop()
    assert [(row["subject"], row["actor"]) for row in rows] == [(f"dossier:{code}", f"counter:{place.number}")]


def test_linked_procedures_are_taken_in_by_one_call_and_go_back_with_a_reason(desk: Served) -> None:
    place = desk.place()
    call(place)
    due = place.client.get("dossiers/intake/1.003197?before=same_day:0,working_days:7").json["intake"]["due"]
    assert due["on"] > place.client.get("dossiers/intake/1.003197").json["intake"]["due"]["on"]
    for before in ("planet:1", "working_days:x", "working_days:9999"):
        assert place.client.get(f"dossiers/intake/1.003197?before={before}").status == 422
    answer = place.do("linked-dossiers", GROUP, f"linked-{place.number}")
    assert answer.status == 201, answer
    first, second = answer.json["dossiers"]
    assert (first["visit"], second["applicant"]["name"]) == (second["visit"], "N*** An")
    assert second["step_due"] < f"{second['due_on']}T{second['due_at']}"
    assert place.do("linked-dossiers", GROUP, f"linked-{place.number}").json == answer.json, "the same key"
    assert place.do("linked-dossiers", {**GROUP, "group": "x"}, f"wrong-{place.number}").status == 404
    path = f"dossiers/{first['code']}"
    assert place.client.post(f"{path}/hand-over", {"step": 2}).status == 200
    assert place.client.post(f"{path}/hand-over", {"step": 1}).status == 422
    assert place.client.post(f"{path}/send-back", {"step": 1, "words": ""}).status == 422
    back = place.client.post(f"{path}/send-back", {"step": 1, "words": "Sai ngày mất"})
    assert (back.status, back.json["dossier"]["step"]) == (200, 1)


def test_the_visit_in_hand_has_matters_and_a_note_of_its_own(desk: Served) -> None:
    place = desk.place()
    call(place)
    assert place.do("matters", {"procedure": DEATH}).status == 200
    assert place.do("matters", {"procedure": DEATH}).status == 409
    assert place.do("matters", {"procedure": "9.999999"}).status == 422
    assert place.do("matters/remove", {"procedure": "1.000894"}).status == 404
    assert place.do("note", {"text": "x" * 301}).status == 422
    assert place.do("note", {"text": "Nghe kém", "visit": "20200101-A001"}).status == 409
    answer = place.do("note", {"text": "Nghe kém"})
    assert answer.status == 200
    assert "Nghe kém" not in str(answer.json), "answers are kept for some days"
    assert place.do("finish").status == 200
