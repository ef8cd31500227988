"""The photo of one's own that the rating pad shows: by consent, small, at that counter only, and gone when it shall."""

import io
from collections.abc import Iterator

import pytest
from PIL import Image

from tests.passwords import PASSWORD
from tests.server.client import Answer, Client
from tests.server.hall import Served, served
from tests.server.test_own_account import Page
from tests.server.test_suggestions_api import BOUNDARY, png_bomb

pytestmark = pytest.mark.process
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


@pytest.fixture(scope="module")
def desk() -> Iterator[Served]:
    with served() as made:
        yield made


@pytest.fixture
def admin(desk: Served) -> Client:
    return desk.client("admin")


def picture(colour: str) -> bytes:
    """Return a tall photo with a place written into it."""
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    out = io.BytesIO()
    Image.new("RGB", (600, 900), colour).save(out, "JPEG", exif=exif)
    return out.getvalue()


def upload(page: Page, photo: bytes | None, **fields: str) -> Answer:
    """Send the form of the photo as a browser does."""
    out = io.BytesIO()
    for name, value in {"csrf": page.csrf(), "agrees": "1", **fields}.items():
        out.write(f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode())
    if photo is not None:
        head = 'Content-Disposition: form-data; name="photo"; filename="a.jpg"\r\nContent-Type: image/jpeg'
        out.write(f"--{BOUNDARY}\r\n{head}\r\n\r\n".encode() + photo + b"\r\n")
    out.write(f"--{BOUNDARY}--\r\n".encode())
    headers = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}", "Cookie": page.cookie}
    return page._client.send("POST", "/account/photo", out.getvalue(), headers)


def officer(desk: Served, name: str) -> tuple[int, Page]:
    """Make an officer, who signs in; return the account's number and the browser."""
    made = desk.local("account.add", name=name, role="officer", full_name=name, title="Công chức", password=PASSWORD)
    return made.json["account"], Page(desk, name)


def test_the_pad_of_the_counter_shows_the_photo_while_its_officer_sits_there(desk: Served, admin: Client) -> None:
    place, other = desk.place(), desk.place()
    number, page = officer(desk, "hoa")
    pad, other_pad = desk.client("pad", place.number), desk.client("pad", other.number)
    path = f"/pad/{place.number}/photo.jpg"
    assert upload(page, picture("red")).headers["location"] == "/account?done=photo"
    assert pad.get(path).code == (404, "photo.unknown")  # she sits nowhere yet
    assert place.do("close").status == 200
    assert place.do("open", {"officer": number}).status == 200
    shown = pad.get(path)
    image = Image.open(io.BytesIO(shown.body))
    assert (shown.headers["content-type"], image.size, image.format) == ("image/jpeg", (320, 320), "JPEG")
    assert (b"secret" in shown.body, dict(image.getexif()), shown.headers["cache-control"]) == (False, {}, "no-store")
    before = pad.get(f"/state/pad/{place.number}").json["officer"]
    assert (before["name"], len(before["photo"])) == ("hoa", 12)
    assert other_pad.get(path).code == (403, "counter.not_yours")
    assert other_pad.get(f"/pad/{other.number}/photo.jpg").code == (404, "photo.unknown")
    assert upload(page, picture("blue")).status == 303
    assert pad.get(f"/state/pad/{place.number}").json["officer"]["photo"] not in {None, before["photo"]}
    assert pad.get(path).body != shown.body
    assert place.do("close").status == 200
    assert pad.get(path).code == (404, "photo.unknown")


@pytest.mark.parametrize(
    ("photo", "fields", "words"),
    [
        (png_bomb(), {}, "Ảnh này quá lớn."),
        (b"\xff\xd8\xff" + b"0" * 10_500_000, {}, "Ảnh này quá lớn."),
        (SVG, {}, "không phải ảnh đọc được"),
        (picture("red")[:400], {}, "không phải ảnh đọc được"),
        (None, {}, "Hãy chọn một ảnh trước."),
        (picture("red"), {"agrees": ""}, "hãy đánh dấu đồng ý"),
    ],
    ids=["200 megapixels", "10.5 MB", "svg", "cut off", "no file", "no consent"],
)
def test_what_is_no_photo_or_not_agreed_to_is_refused_and_nothing_is_kept(
    desk: Served, photo: bytes | None, fields: dict[str, str], words: str
) -> None:
    _number, page = officer(desk, f"thu{len(words)}x{len(photo or b'')}")
    answer = upload(page, photo, **fields)
    assert (answer.status, words in answer.body.decode()) == (422, True)
    assert page.open("/account/photo.jpg").status == 404


def test_nobody_changes_the_photo_of_another_and_a_forged_form_changes_nothing(desk: Served, admin: Client) -> None:
    number, page = officer(desk, "lan")
    assert upload(page, picture("red")).status == 303
    hers = page.open("/account/photo.jpg").body
    desk.local("account.add", name="sep", role="admin", full_name="Sếp", password=PASSWORD)
    boss = Page(desk, "sep")
    assert boss.open("/account/photo.jpg").status == 404
    assert upload(boss, picture("blue"), account=str(number), officer=str(number)).status == 303
    assert boss.send("/account/photo/remove", account=str(number)).status == 303
    assert boss.open("/account/photo.jpg").status == 404
    assert upload(page, picture("green"), csrf="forged").status == 403
    assert admin.send("POST", "/account/photo/remove").code == (403, "account.none")  # a token is no person
    assert page.open("/account/photo.jpg").body == hers


def test_it_is_gone_when_it_is_removed_or_the_account_disabled_and_the_journal_has_no_picture(
    desk: Served, admin: Client
) -> None:
    place = desk.place()
    number, page = officer(desk, "mai")
    assert place.do("close").status == 200
    assert place.do("open", {"officer": number}).status == 200
    pad, state = desk.client("pad", place.number), f"/state/pad/{place.number}"
    for way in ("removed", "disabled"):
        assert upload(page, picture("red")).status == 303
        assert pad.get(state).json["officer"]["photo"]
        if way == "removed":
            assert page.send("/account/photo/remove").headers["location"] == "/account?done=no_photo"
            assert page.send("/account/photo/remove").status == 303  # there is none: nothing happens
        else:
            assert admin.send("PATCH", f"accounts/{number}", b'{"disabled": true}').status == 200
        assert pad.get(state).json["officer"]["photo"] is None
        assert pad.get(f"/pad/{place.number}/photo.jpg").code == (404, "photo.unknown")
