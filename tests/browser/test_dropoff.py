"""The evening and the next morning: papers are pictured at the kiosk, and an officer takes them in."""

import base64
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Playwright, expect

from motcua.copies import replace
from motcua.settings.model import DropOffRules, LockerRules, OpeningHours, Session
from motcua.setup.document import write
from tests.browser.chromium import find_whole_chromium, launch
from tests.browser.conftest import Check, Hall, OpenContext, Shot
from tests.browser.contexts import Contexts
from tests.server.hall import ward

pytestmark = pytest.mark.browser
COPY = "2.000815"


@pytest.fixture(scope="module")
def contexts(playwright: Playwright) -> Iterator[Contexts]:
    """Lend contexts of the whole browser: the one without windows has no camera."""
    browser = launch(playwright, find_whole_chromium())
    yield Contexts(browser)
    browser.close()


@pytest.fixture
def closed(hall: Hall) -> Hall:
    """A hall that opens for one minute a day, and takes papers at any other time."""
    document = ward()
    hours = OpeningHours(*((Session(0, 1),),) * 7)
    rules = DropOffRules(is_on=True, begin_min=0, end_min=24 * 60 - 1, has_box=True)
    settings = replace(document.settings, hours=hours, dropoffs=rules, lockers=LockerRules(doors=4))
    assert hall.command("config.import", text=write(replace(document, settings=settings)))["changed"]
    return hall


def touch(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def hand_in(kiosk: Page, axe: Check, shot: Shot) -> str:
    """Hand papers in at a kiosk, as a citizen; return the code."""
    kiosk.locator("#dropoff").click()
    expect(kiosk.locator(".find-keys")).to_be_visible()
    for letter in "chung thuc ban sao":
        kiosk.keyboard.press("Space" if letter == " " else letter)
    kiosk.locator(".find-results .tile", has_text="Chứng thực bản sao từ bản chính").first.click()
    touch(kiosk, "Nộp các giấy tờ này")
    assert axe(kiosk) == []
    shot(kiosk, "dropoff-consent")
    touch(kiosk, "Tôi đồng ý")
    kiosk.locator("#dropoff-name").fill("Nguyễn Văn An")
    kiosk.locator("#dropoff-phone").click()
    for digit in "0912345678":
        kiosk.get_by_role("button", name=digit, exact=True).click()
    assert axe(kiosk) == []
    shot(kiosk, "dropoff-contact")
    touch(kiosk, "Tiếp tục")
    kiosk.locator("#picture").click()
    shot(kiosk, "dropoff-picture")
    kiosk.locator("#keep").click()
    expect(kiosk.locator(".dropoff-pages li")).to_have_count(1)
    shot(kiosk, "dropoff-page")
    while kiosk.locator("h1").inner_text() != "Đã đủ chưa?":
        before = kiosk.locator("h1").inner_text()
        kiosk.locator("#on").click()
        expect(kiosk.locator("h1")).not_to_have_text(before)
    assert axe(kiosk) == []
    shot(kiosk, "dropoff-check")
    touch(kiosk, "Nộp")
    code = kiosk.locator("#code").inner_text()
    assert re.fullmatch(r"[A-Z0-9]{4}-[A-Z0-9]{4}", code)
    assert axe(kiosk) == []
    shot(kiosk, "dropoff-done")
    return code


def look_at_the_terminal(hall: Hall, page: Page, code: str, axe: Check, shot: Shot) -> None:
    """The hall's terminal shows what was handed in, and forgets it."""
    page.goto(f"{hall.url}/terminal")
    page.get_by_role("button", name="Hồ sơ của tôi đến đâu rồi?").click()
    page.keyboard.type(code, delay=150)
    expect(page.locator(".terminal-code")).to_have_text(code.lower())
    shot(page, "dropoff-terminal-code")
    page.keyboard.press("Enter")
    page.keyboard.type("5678", delay=150)
    touch(page, "Tra cứu")
    expect(page.locator("#dropoff")).to_contain_text("Chứng thực bản sao")
    expect(page.locator("h1")).to_have_text(code)
    assert axe(page) == []
    shot(page, "dropoff-terminal")
    touch(page, "Xong, xóa màn hình")
    expect(page.locator("#dropoff")).to_have_count(0)


def look_up_on_a_phone(hall: Hall, phone: Page, code: str, dossier: str, shot: Shot) -> None:
    """The code of the kiosk leads to the dossier that it became."""
    phone.goto(f"{hall.url}/d")
    phone.locator("[name=code]").fill(code.lower())
    phone.locator("[name=factor]").fill("5678")
    touch(phone, "Tra cứu")
    expect(phone.locator(".lookup-code")).to_have_text(dossier)
    shot(phone, "dropoff-lookup")


def test_papers_in_the_evening_become_a_dossier_in_the_morning(
    closed: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    evening = context(1080, 1920)
    closed.pair(evening, "kiosk")
    evening.grant_permissions(["camera"], origin=closed.url)
    kiosk = evening.new_page()
    kiosk.goto(f"{closed.url}/kiosk")
    code = hand_in(kiosk, axe, shot)

    look_at_the_terminal(closed, context(1080, 1920).new_page(), code, axe, shot)

    morning = context()
    closed.sign_in(morning)
    officer = morning.new_page()
    officer.goto(f"{closed.url}/dropoffs")
    shot(officer, "dropoff-list")
    officer.locator(f"[data-code='{code}'] a").first.click()
    expect(officer.locator("#state")).to_have_attribute("data-state", "waiting")
    assert axe(officer) == []
    shot(officer, "dropoff-officer")
    officer.locator("#scans button").first.click()
    picture = officer.locator(".dropoff-scan").get_attribute("src") or ""
    assert base64.b64decode(picture.partition(",")[2])[:2] == b"\xff\xd8"
    counter = context()
    closed.pair(counter, "counter", 3)
    officer = counter.new_page()
    officer.goto(f"{closed.url}/counter/3/dossiers?dropoff={code.replace('-', '')}")
    expect(officer.locator("#applicant-name")).to_have_value("Nguyễn Văn An")
    expect(officer.locator("tr[data-paper=original] input[type=checkbox]").first).to_be_checked()
    shot(officer, "dropoff-intake")
    officer.locator("#receive").click()
    expect(officer.locator("#taken-in")).to_have_attribute("data-state", "received")
    dossier = officer.locator("#taken-in .dossier-code").inner_text()

    look_up_on_a_phone(closed, context(360, 740).new_page(), code, dossier, shot)

    kiosk.goto(f"{closed.url}/kiosk")
    kiosk.locator("#locker").click()
    expect(kiosk.locator(".pad-digits")).to_be_visible()
    assert axe(kiosk) == []
    kiosk.keyboard.type("123456")
    shot(kiosk, "dropoff-pickup")
    touch(kiosk, "Tiếp tục")
    kiosk.keyboard.type("5678")
    touch(kiosk, "Mở ngăn")
    expect(kiosk.locator(".pad-sorry")).to_contain_text("Tủ hiện không trả lời")
    desk = morning.new_page()
    desk.goto(f"{closed.url}/lockers")
    expect(desk.locator("#doors tbody tr")).to_have_count(4)
    assert axe(desk) == []
    shot(desk, "dropoff-lockers")
