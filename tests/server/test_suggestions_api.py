"""Writing to the unit over HTTP: the contract, the form, and everything that must not be stored."""

import contextlib
import io
import json
import struct
import zlib
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from PIL import Image

from tests.server.client import Answer, Client
from tests.server.hall import PHONES, Served, served

pytestmark = pytest.mark.process

BOUNDARY = "----motcua"
TEXT = "Cần thêm ghế ngồi chờ ở khu B."


def send_form(client: Client, photo: bytes | None = None, origin: str | None = None, **fields: str) -> Answer:
    """Send the page's form as a browser does."""
    values = {"key": uuid4().hex, "t": "", "c": "", "kind": "suggestion", "text": TEXT, "contact": "", **fields}
    out = io.BytesIO()
    for name, value in values.items():
        out.write(f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode())
    if photo is not None:
        head = 'Content-Disposition: form-data; name="photo"; filename="a.jpg"\r\nContent-Type: image/jpeg'
        out.write(f"--{BOUNDARY}\r\n{head}\r\n\r\n".encode() + photo + b"\r\n")
    out.write(f"--{BOUNDARY}--\r\n".encode())
    headers = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    return client.send("POST", "/y", out.getvalue(), {**headers, **({"Origin": origin} if origin else {})})


def png_bomb() -> bytes:
    """Return a PNG of some kilobytes that says it has 200 million pixels."""
    header = struct.pack(">IIBBBBB", 20_000, 10_000, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * ((20_000 // 8 + 1) * 10_000))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (2400, 1200), "green").save(out, "JPEG")
    return out.getvalue()


@pytest.fixture(scope="module")
def desk() -> Iterator[Served]:
    with served() as made:
        yield made


@pytest.fixture
def kiosk(desk: Served) -> Client:
    """Lend a device of the hall, which nobody slows down."""
    return desk.client("kiosk", Accept_Language="en")


def count(desk: Served) -> int:
    page = desk.client("leader").send("GET", "/suggestions").body.decode()
    return page.count('class="card inbox-row')


def test_a_program_writes_and_reads_by_the_code(desk: Served, kiosk: Client) -> None:
    body = {"text": TEXT, "contact": "Lan 0912345678", "kind": "report", "counter": 1}
    made = kiosk.post("suggestions", body)
    assert made.status == 201
    assert made.json["follow_url"] == f"{PHONES}/y/{made.json['code']}"
    read = desk.client().get(f"suggestions/{made.json['code'].lower()}").json
    assert (read["kind"], read["state"], read["answer"], read["messages"]) == ("report", "waiting", None, [])
    assert set(read["deadlines"]) == {"take_by", "supplement_by", "answer_by", "publish_by"}
    assert "0912345678" not in json.dumps(read)
    assert desk.client().get("suggestions/AAAABBBBCCCC").code == (404, "suggestion.code")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"text": "   "}, "suggestion.text"),
        ({"text": TEXT, "kind": "vote"}, "suggestion.kind"),
        ({"text": TEXT, "visit": "20261123-A999"}, "visit.unknown"),
        ({"text": TEXT, "token": "forged-token"}, "token.unknown"),
        ({"text": TEXT, "counter": 99}, "counter.unknown"),
        ({"text": "a" * 4001}, "values.invalid"),
        ({"text": TEXT, "state": "answered"}, "values.invalid"),
    ],
)
def test_wrong_values_are_refused_and_nothing_is_stored(
    desk: Served, kiosk: Client, body: dict[str, Any], code: str
) -> None:
    before = count(desk)
    answer = kiosk.post("suggestions", body)
    assert answer.status == 422, answer.json
    assert answer.json["code"] == code
    assert count(desk) == before


def test_five_megabytes_are_too_much(desk: Served, kiosk: Client) -> None:
    before = count(desk)
    assert kiosk.send("POST", "suggestions", json.dumps({"text": "a" * 600_000}).encode()).status == 413
    with contextlib.suppress(ConnectionError):  # the desk answers before it has read so much
        assert desk.client("kiosk").post("suggestions", {"text": "a" * 5_000_000}).status == 413
    assert send_form(kiosk, text="a" * 5_000_000).status == 413
    assert count(desk) == before


def test_a_photo_is_decoded_apart_and_stored_small(kiosk: Client) -> None:
    answer = send_form(kiosk, picture())
    assert answer.status == 303
    code = answer.headers["location"].removeprefix("/y/").partition("?")[0]
    stored = kiosk.send("GET", f"/y/{code}/photo.jpg")
    assert Image.open(io.BytesIO(stored.body)).size == (1600, 800)


@pytest.mark.parametrize(
    ("photo", "words"),
    [
        (png_bomb(), "This photo is too large."),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "is not a readable photo"),
        (b"%PDF-1.7", "is not a readable photo"),
        (picture()[:500], "is not a readable photo"),
    ],
    ids=["200 megapixels", "svg", "pdf", "cut off"],
)
def test_what_is_no_photo_is_refused_and_the_words_stay_in_the_form(
    desk: Served, kiosk: Client, photo: bytes, words: str
) -> None:
    before = count(desk)
    answer = send_form(kiosk, photo)
    page = answer.body.decode()
    assert (answer.status, words in page, TEXT in page) == (422, True, True)
    assert count(desk) == before


def test_a_file_elsewhere_is_not_taken(kiosk: Client) -> None:
    headers = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    assert kiosk.send("POST", "/y/AAAABBBBCCCC/add", b"--x--", headers).status == 415


def test_a_form_of_another_site_is_refused(desk: Served, kiosk: Client) -> None:
    before = count(desk)
    assert send_form(kiosk, origin="https://evil.example").status == 403
    assert count(desk) == before


def test_a_form_that_is_sent_twice_counts_once(desk: Served, kiosk: Client) -> None:
    before, key = count(desk), uuid4().hex
    first, second = send_form(kiosk, key=key), send_form(kiosk, key=key)
    assert first.headers["location"] == second.headers["location"]
    other = send_form(kiosk, key=key, text="Nội dung khác hẳn.")
    assert other.status == 422
    assert "Nội dung khác hẳn." in other.body.decode()
    assert count(desk) == before + 1


def test_signs_that_turn_text_around_and_marks_apart_are_cleaned(kiosk: Client) -> None:
    made = kiosk.post("suggestions", {"text": "  Ca\u0301n bo\u0323\u0302 \u202etốt\u202c 😀 <b>x</b>"}).json
    page = kiosk.send("GET", f"/y/{made['code']}").body.decode()
    assert "Cán bộ tốt 😀 &lt;b&gt;x&lt;/b&gt;" in page
    stored = json.loads(kiosk.send("GET", f"/y/{made['code']}/export.json").body)
    assert stored["text"] == "Cán bộ tốt 😀 <b>x</b>"


def test_a_denunciation_is_not_in_the_list_of_a_program_or_an_administrator(desk: Served, kiosk: Client) -> None:
    before = count(desk)
    made = kiosk.post("suggestions", {"text": "Tôi tố cáo cán bộ nhận tiền.", "counter": 1}).json
    assert kiosk.get(f"suggestions/{made['code']}").json["is_restricted"] is True
    assert count(desk) == before
    assert "tố cáo cán bộ" not in desk.client("admin").send("GET", "/suggestions").body.decode()


def test_whoever_writes_without_end_is_slowed_down(desk: Served) -> None:
    with_nobody = desk.client()
    statuses = {with_nobody.post("suggestions", {"text": TEXT}).status for _ in range(21)}
    assert statuses == {201, 429}
