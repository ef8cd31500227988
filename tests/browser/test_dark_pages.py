"""Pages of officers and administrators are dark where the device asks for it, and everything on them can be read."""

import io
from collections.abc import Sequence

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.at_counter import counter_page, idle, in_hand
from tests.browser.axe import COLOURS, WCAG
from tests.browser.conftest import PHONES, Check, Hall, OpenContext, Shot, press, settled
from tests.browser.test_dossiers import CARD, COPY, dossier_page, scan

pytestmark = pytest.mark.browser
NIGHT, DAY = "rgb(13, 26, 43)", "rgb(250, 247, 241)"


def find_paper(page: Page) -> str:
    """Return the colour on which everything stands."""
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


def look(page: Page, axe: Check, shot: Shot, name: str, rules: Sequence[str] = WCAG) -> list[str]:
    """Return what cannot be read on the page, which is dark."""
    settled(page)  # a page is there before its colours are
    assert (name, find_paper(page)) == (name, NIGHT)
    shot(page, f"dark-{name}", full=True)
    return [f"{name}: {line}" for line in axe(page, rules)]


def look_in_the_dark(page: Page, axe: Check, shot: Shot, name: str) -> list[str]:
    """Return what cannot be read when the device of an open page asks for the dark: its colours alone differ."""
    page.emulate_media(color_scheme="dark")
    wrong = look(page, axe, shot, name, COLOURS)
    page.emulate_media(color_scheme="light")
    return wrong


def test_signing_in_the_own_account_and_the_code_on_a_page_of_the_settings(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    office = context(color_scheme="dark")
    page = office.new_page()
    page.goto(f"{hall.url}/sign-in")
    page.locator("#field-name").fill("admin")
    page.locator("#field-password").fill("wrong")
    page.locator("main button[type=submit]").click()
    expect(page.locator("#sign-in-error")).to_be_visible()
    wrong = look(page, axe, shot, "sign-in")
    hall.sign_in(office)
    page.goto(f"{hall.url}/account")
    wrong += look(page, axe, shot, "account")
    page.goto(f"{hall.url}/settings/web")
    code = page.locator(".offer-qr")
    code.evaluate("picture => picture.decode()")
    drawn = Image.open(io.BytesIO(code.screenshot())).convert("RGB")
    assert drawn.getpixel((8, 8)) == (255, 255, 255)
    assert [one.text for one in zxingcpp.read_barcodes(drawn)] == [f"{PHONES}/"]
    assert wrong == []


def test_the_counter_its_dossiers_and_the_choice_of_one(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    hall.issue()
    hall.issue("certified-copy", "elder75")
    page = counter_page(hall, context(color_scheme="dark"))
    wrong = look(page, axe, shot, "counter-closed")
    page.locator("[data-command=open]").click()
    idle(page)
    wrong += look(page, axe, shot, "counter-idle")
    press(page, "Space")
    in_hand(page, "A002", "called")
    wrong += look(page, axe, shot, "counter-called")
    press(page, "s")
    in_hand(page, "A002", "serving")
    wrong += look(page, axe, shot, "counter-serving")
    press(page, "t")
    expect(page.get_by_role("dialog")).to_be_visible()
    wrong += look(page, axe, shot, "counter-transfer")
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)  # until then the page takes no key
    press(page, "Enter")
    idle(page)
    dossiers = dossier_page(hall, context(color_scheme="dark"))
    dossiers.locator(f"[data-procedure='{COPY}']").first.click()
    scan(dossiers, CARD)
    expect(dossiers.locator("#applicant-name")).to_have_value("Nguyễn Văn An")
    wrong += look(dossiers, axe, shot, "counter-dossier")
    dossiers.locator("tr[data-paper=original] input[type=checkbox]").first.check()
    dossiers.locator("#receive").click()
    expect(dossiers.locator("#taken-in .dossier-code")).to_be_visible()
    wrong += look(dossiers, axe, shot, "counter-taken-in")
    office = context(color_scheme="dark")
    hall.sign_in(office)
    choice = office.new_page()
    choice.goto(f"{hall.url}/counter")
    wrong += look(choice, axe, shot, "counter-choice")
    assert wrong == []


def test_a_device_that_asks_for_nothing_gets_paper(hall: Hall, context: OpenContext) -> None:
    page = context().new_page()
    page.goto(f"{hall.url}/sign-in")
    assert find_paper(page) == DAY
