"""Handing papers in at a kiosk over HTTP: page by page into memory, all at once into the store, never a card."""

import base64
import io
from collections.abc import Iterator
from typing import Any

import pytest
import segno
from PIL import Image

from motcua.copies import replace
from motcua.settings.model import DropOffRules, OpeningHours, Session
from tests.server.arranged import served_with
from tests.server.hall import Client, Json, Served, ward

pytestmark = pytest.mark.process
DEATH = "1.000656"
CARD = "001090012345|012345678|Nguyễn Văn An|04051990|Nam|Số 5 phố Huế, Hà Nội|01012022||||"


@pytest.fixture(scope="module")
def desk() -> Iterator[Served]:
    """A hall that opens for one minute a day, so that it is closed."""
    document = ward()
    settings = replace(
        document.settings,
        hours=OpeningHours(*((Session(0, 1),),) * 7),
        dropoffs=DropOffRules(is_on=True, begin_min=0, end_min=24 * 60 - 1, pages_most=3),
    )
    with served_with(replace(document, settings=settings)) as made:
        yield made


def picture(text: str = "", colour: str = "white") -> str:
    """Return a page as a photo in base64, with a QR code of `text` on it."""
    sheet = Image.new("RGB", (900, 1200), colour)
    if text:
        code = io.BytesIO()
        segno.make(text, error="m", micro=False).save(code, kind="png", scale=5, border=4)
        sheet.paste(Image.open(code).convert("RGB"), (100, 200))
    out = io.BytesIO()
    sheet.save(out, "JPEG")
    return base64.b64encode(out.getvalue()).decode()


def begin(kiosk: Client, **more: Json) -> Any:
    return kiosk.post("dropoffs/scans", {"procedure": DEATH, "agrees": True, **more})


def test_from_the_kiosk_to_the_intake(desk: Served) -> None:
    kiosk, admin = desk.client("kiosk"), desk.client("admin")
    session = begin(kiosk).json
    papers = [paper["code"] for paper in session["papers"]]
    assert papers[-1] == "other"
    pages = f"dropoffs/scans/{session['id']}/pages"
    assert kiosk.post(pages, {"paper": papers[0], "photo": picture()}).status == 201
    assert kiosk.post(pages, {"paper": "other", "photo": picture(colour="grey")}).status == 201
    assert kiosk.post(f"{pages}/1/remove").json["pages"] == [{"n": 2, "paper": "other"}]
    assert kiosk.post(pages, {"paper": papers[0], "photo": picture("https://dichvucong.gov.vn")}).status == 201
    read = kiosk.post(f"dropoffs/scans/{session['id']}/card", {"scan": f"{CARD}\r"}).json
    assert (read["name"], "001090012345" in str(read)) == ("N*** An", False)
    hand_in = f"dropoffs/scans/{session['id']}/hand-in"
    assert kiosk.post(hand_in, {"phone": "12"}).code == (422, "applicant.phone")
    receipt = kiosk.post(hand_in, {"phone": "0912 345 678"}, "hand-in-1")
    assert receipt.status == 201, receipt
    assert kiosk.post(hand_in, {"phone": "0912 345 678"}, "hand-in-1").json == receipt.json
    assert kiosk.post(f"dropoffs/scans/{session['id']}/end").status == 200
    code = receipt.json["code"]
    whole = admin.post(f"dropoffs/{code}/open").json
    assert (whole["applicant"]["name"], whole["applicant"]["phone"]) == ("Nguyễn Văn An", "0912345678")
    assert whole["papers"] == [{"code": "other", "pages": 1}, {"code": papers[0], "pages": 1}]
    assert kiosk.post(f"dropoffs/{code}/open").status == 403
    body = {
        "procedure": DEATH, "applicant": {"name": "Nguyễn Văn An", "phone": "0912345678"}, "channel": "drop_off",
        "dropoff": whole["code"], "papers": [{"code": "declaration", "copies": 1}],
        "limit": {"unit": "working_days", "count": 3}, "decision": "supplement", "missing": ["deed"],
    }  # fmt: skip
    place = desk.place()
    taken = place.client.post(f"counters/{place.number}/dossiers", body)
    assert taken.status == 201, taken
    assert (taken.json["dossier"]["channel"], taken.json["dossier"]["visit"]) == ("drop_off", None)
    again = place.client.post(f"counters/{place.number}/dossiers", body)
    assert again.code == (409, "dropoff.over")


def test_who_has_no_phone_leaves_a_year_of_birth_and_looks_it_up(desk: Served) -> None:
    kiosk = desk.client("kiosk")
    session = begin(kiosk).json
    scans = f"dropoffs/scans/{session['id']}"
    assert kiosk.post(f"{scans}/pages", {"paper": "other", "photo": picture()}).json["has_birth"] is False
    who = {"name": "Lê Thị Bình", "email": "binh@example.vn"}
    assert kiosk.post(f"{scans}/hand-in", who).code == (422, "dropoff.factor")
    assert kiosk.post(f"{scans}/card", {"scan": f"{CARD}\r"}).json["has_birth"] is True
    receipt = kiosk.post(f"{scans}/hand-in", {**who, "birth": "1961"}).json
    code = receipt["code"]
    assert desk.client("admin").post(f"dropoffs/{code}/open").json["applicant"]["birth"] == "1990-05-04"
    second = begin(kiosk).json
    scans = f"dropoffs/scans/{second['id']}"
    kiosk.post(f"{scans}/pages", {"paper": "other", "photo": picture()})
    typed = kiosk.post(f"{scans}/hand-in", {**who, "birth": "1961"}).json
    assert desk.client("admin").post(f"dropoffs/{typed['code']}/open").json["applicant"]["birth"] == "1961"
    wrong = kiosk.post("dossier-lookups", {"code": typed["code"], "factor": "1962"})
    assert wrong.code == (404, "dossier.factor")
    answer = kiosk.post("dossier-lookups", {"code": typed["code"].lower(), "factor": "1961"}).json
    assert (answer["dossier"], answer["dropoff"]["state"]) == (None, "waiting")
    assert (answer["dropoff"]["code"], answer["dropoff"]["papers"]) == (
        typed["code"], [{"name": {"vi": "Giấy tờ khác", "en": "Other papers"}, "pages": 1}],
    )  # fmt: skip
    token = typed["path"].removeprefix("/d/")
    assert kiosk.post("dossier-lookups", {"token": token, "factor": "1961"}).json == answer
    assert not any(secret in str(answer) for secret in ("Bình", "binh@", "1961"))


@pytest.mark.parametrize(
    ("photo", "code"),
    [
        (picture(CARD), "photo.card"),
        (picture("001090012345||Nguyễn An|1990|Nam|Hà Nội|01012022"), "photo.card"),
        ("AAAA", "photo.bad"),
        ("no base64!", "photo.bad"),
        (base64.b64encode(b"%PDF-1.7").decode(), "photo.bad"),
    ],
    ids=["card", "card of a year", "no picture", "no base64", "PDF"],
)
def test_what_is_no_page_is_refused_and_the_session_goes_on(desk: Served, photo: str, code: str) -> None:
    kiosk = desk.client("kiosk")
    session = begin(kiosk).json
    refusal = kiosk.post(f"dropoffs/scans/{session['id']}/pages", {"paper": "other", "photo": photo})
    assert refusal.code == (422, code)
    assert "001090012345" not in str(refusal.json)
    assert kiosk.get(f"dropoffs/scans/{session['id']}").json["pages"] == []


def test_pages_are_bounded_and_belong_to_the_list(desk: Served) -> None:
    kiosk = desk.client("kiosk")
    pages = f"dropoffs/scans/{begin(kiosk).json['id']}/pages"
    assert kiosk.post(pages, {"paper": "gold", "photo": picture()}).code == (422, "dropoff.paper")
    for _page in range(3):
        assert kiosk.post(pages, {"paper": "other", "photo": picture()}).status == 201
    assert kiosk.post(pages, {"paper": "other", "photo": picture()}).code == (422, "dropoff.pages")


def test_without_consent_nothing_begins_and_a_new_session_ends_the_old_one(desk: Served) -> None:
    kiosk = desk.client("kiosk")
    assert begin(kiosk, agrees=False).code == (422, "dropoff.consent")
    assert begin(kiosk, procedure="9.999999").code == (404, "procedure.unknown")
    first, second = begin(kiosk).json["id"], begin(kiosk).json["id"]
    assert kiosk.get(f"dropoffs/scans/{first}").code == (404, "dropoff.session_over")
    assert kiosk.get(f"dropoffs/scans/{second}").status == 200
    assert desk.client("officer").post("dropoffs/scans", {"procedure": DEATH, "agrees": True}).status == 403
