"""An evening without a camera: a document scanner brings the pages, and who has no phone looks it up by year."""

import io
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from motcua.copies import replace
from motcua.settings.model import DropOffRules, OpeningHours, Session
from motcua.setup.document import write
from tests.browser.conftest import Check, Hall, OpenContext, Shot
from tests.server.hall import wait_until, ward
from tests.server.programs import agent

pytestmark = pytest.mark.browser
CONFIG = '[[device]]\nname = "giay-to"\nkind = "document_scanner"\ndriver = "folder"\nfolder = "{folder}"\n'


@pytest.fixture
def closed(hall: Hall) -> Hall:
    """A hall that opens for one minute a day, and takes papers at any other time."""
    document = ward()
    hours = OpeningHours(*((Session(0, 1),),) * 7)
    rules = DropOffRules(is_on=True, begin_min=0, end_min=24 * 60 - 1)
    settings = replace(document.settings, hours=hours, dropoffs=rules)
    assert hall.command("config.import", text=write(replace(document, settings=settings)))["changed"]
    return hall


def touch(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def make_pdf(pages: int) -> bytes:
    out = io.BytesIO()
    sheets = [Image.new("RGB", (600, 850), "white")] * pages
    sheets[0].save(out, "PDF", save_all=True, append_images=sheets[1:])
    return out.getvalue()


def find_kiosk(hall: Hall) -> int:
    with closing(sqlite3.connect(f"file:{hall.folder}/desk.db?mode=ro", uri=True)) as db:
        return int(db.execute("SELECT max(id) FROM credentials WHERE role = 'kiosk'").fetchone()[0])


def test_pages_of_a_scanner_are_handed_in_and_looked_up_by_the_year_of_birth(
    closed: Hall, context: OpenContext, axe: Check, shot: Shot, tmp_path: Path
) -> None:
    evening = context(1080, 1920)
    closed.pair(evening, "kiosk")
    folder = tmp_path / "scans"
    token = closed.command("token.add", role="agent", name="pc", counters=[], kiosks=[find_kiosk(closed)])["token"]
    with agent(tmp_path / "agent", closed.url, token, CONFIG.format(folder=folder)):
        wait_until(folder.is_dir)
        kiosk = evening.new_page()
        kiosk.goto(f"{closed.url}/kiosk")
        code = hand_in(kiosk, folder, axe, shot)
    phone = context(360, 740).new_page()
    phone.goto(f"{closed.url}/d")
    phone.locator("[name=code]").fill(code)
    phone.locator("[name=factor]").fill("1961")
    touch(phone, "Tra cứu")
    expect(phone.locator("#state")).to_have_text("Đã nộp tại máy, cán bộ sẽ xem")
    expect(phone.locator("#push-words")).to_contain_text("báo khi hồ sơ được tiếp nhận")
    assert axe(phone) == []
    shot(phone, "scanner-lookup-360", full=True)


def hand_in(kiosk: Page, folder: Path, axe: Check, shot: Shot) -> str:
    """Hand in what the scanner writes, as a citizen without a phone; return the code."""
    kiosk.locator("#dropoff").click()
    expect(kiosk.locator(".find-keys")).to_be_visible()
    for letter in "chung thuc ban sao":
        kiosk.keyboard.press("Space" if letter == " " else letter)
    kiosk.locator(".find-results .tile", has_text="Chứng thực bản sao từ bản chính").first.click()
    touch(kiosk, "Nộp các giấy tờ này")
    shot(kiosk, "scanner-consent")
    touch(kiosk, "Tôi đồng ý")
    kiosk.locator("#dropoff-name").fill("Lê Thị Bình")
    kiosk.locator("#dropoff-email").fill("binh@example.vn")
    onward = kiosk.locator("#on")
    expect(onward).to_be_disabled()
    kiosk.locator("#dropoff-birth").click()
    for digit in "1961":
        kiosk.get_by_role("button", name=digit, exact=True).click()
    assert axe(kiosk) == []
    shot(kiosk, "scanner-contact")
    onward.click()
    expect(kiosk.locator("#scanner")).to_contain_text("ặt giấy tờ này vào máy quét")
    assert axe(kiosk) == []
    shot(kiosk, "scanner-waits")
    (folder / "garbage.docx").write_bytes(b"PK\x03\x04")
    expect(kiosk.locator(".pad-sorry")).to_contain_text("Không đọc được tệp của máy quét")
    shot(kiosk, "scanner-garbage")
    (folder / "scan0001.pdf").write_bytes(make_pdf(2))
    expect(kiosk.locator(".dropoff-pages li")).to_have_count(2)
    expect(kiosk.locator(".pad-sorry")).to_have_count(0)
    assert axe(kiosk) == []
    shot(kiosk, "scanner-pages")
    while kiosk.locator("h1").inner_text() != "Đã đủ chưa?":
        before = kiosk.locator("h1").inner_text()
        onward.click()
        expect(kiosk.locator("h1")).not_to_have_text(before)
    touch(kiosk, "Nộp")
    code = kiosk.locator("#code").inner_text()
    shot(kiosk, "scanner-done")
    wait_until(lambda: not list(folder.iterdir()))
    return code
