"""The morning check in a browser: every device shows that it works, a person says so or not, and the sheet is
printed.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from motcua.devices.keypad.emulator import KeypadEmulator, PadEmulator
from motcua.devices.printer.emulator import PrinterEmulator
from motcua.devices.sign.emulator import SignEmulator
from tests.browser.conftest import Check, Hall, OpenContext, Shot, at_widths, press
from tests.browser.driven import driving

pytestmark = pytest.mark.browser


def check_page(hall: Hall, context: OpenContext, **more: object) -> Page:
    browser = context(**{"locale": "en-US", **more})
    hall.add_person("lanh-dao", "leader", "Nguyễn Thị Hoa")
    hall.sign_in(browser, "lanh-dao")
    page = browser.new_page()
    page.add_init_script("window.printed = 0; window.print = () => { window.printed += 1; };")
    page.goto(f"{hall.url}/check")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    return page


def test_every_device_shows_that_it_works_and_the_sheet_says_so(
    hall: Hall, context: OpenContext, tmp_path: Path, axe: Check, shot: Shot
) -> None:
    printer, keypad, pad = PrinterEmulator("may-in"), KeypadEmulator("ban-phim-1", 1), PadEmulator("mat-1", 1)
    sign = SignEmulator("bang-so-1", {1: 1})
    with driving(hall, tmp_path / "pc", printer, keypad, pad, sign):
        hall.at(1, "open")
        hall.issue()
        page = check_page(hall, context, width=1280)
        expect(page.locator(".empty")).to_be_visible()
        assert axe(page) == []
        page.locator("#begin").click()
        line = page.locator("[data-line=printer]")
        expect(line.get_by_role("button", name="Yes")).to_be_visible()
        assert printer.printed == 2  # the ticket, and the check's own paper
        expect(page.locator("[data-line=sign]")).to_contain_text("Does it light up?")
        expect(page.locator("[data-line=keypad]")).to_contain_text("Press any key on it now")
        for width in at_widths(page, 1280, 390):
            assert axe(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            shot(page, f"check-{width}", full=True)
        keypad.do("next")
        expect(page.locator("[data-line=keypad] .icon-circle-check")).to_be_visible()
        pad.do("rate:5")
        expect(page.locator("[data-line=pad] .icon-circle-check")).to_be_visible()
        expect(page.locator("#live-polite")).to_contain_text("Rating keypad mat-1 (counter 1): in order")
        line.get_by_role("button", name="Yes").click()
        expect(page.locator("[data-line=sign] button").first).to_be_focused()
        press(page, "Tab")
        press(page, "Enter")
        expect(page.locator("[data-line=sign] .icon-circle-x")).to_be_visible()
        expect(page.locator("#end")).to_be_focused()
        press(page, "Enter")
        expect(page.locator("#print")).to_be_focused()
        sheet = page.locator(".sheet")
        expect(sheet.locator(".sheet-head")).to_contain_text("Nguyễn Thị Hoa")
        expect(sheet.locator(".sheet-down")).to_have_count(1)
        expect(sheet.locator(".sheet-down")).to_contain_text("A person saw that it does not.")
        expect(sheet.locator("tr", has_text="may-in")).to_contain_text("seen by a person")
        for width in at_widths(page, 1280, 390):
            assert axe(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            shot(page, f"check-sheet-{width}", full=True)
        page.locator("#print").click()
        assert page.evaluate("window.printed") == 1
        page.emulate_media(media="print")
        expect(page.locator(".sheet-foot")).to_be_visible()
        expect(page.locator("#begin")).to_be_hidden()
        shot(page, "check-print", full=True)
        assert len(hall.call("/queue")["items"]) == 1  # the press called nobody


def test_what_nobody_answered_stands_on_the_sheet_as_unknown_after_a_question(
    hall: Hall, context: OpenContext, tmp_path: Path
) -> None:
    printer = PrinterEmulator("may-in")
    with driving(hall, tmp_path / "pc", printer, KeypadEmulator("ban-phim-1", 1)):
        printer.do("paper_out")
        page = check_page(hall, context)
        page.locator("#begin").click()
        expect(page.locator("[data-line=printer]")).to_contain_text("The paper has run out: put in a new roll.")
        page.locator("#end").click()
        page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
        page.locator("#end").click()
        page.get_by_role("dialog").get_by_role("button", name="End the check").click()
        expect(page.locator(".sheet tr", has_text="may-in")).to_contain_text("does not work")
        page.reload()
        expect(page.locator(".sheet tr", has_text="may-in")).to_contain_text("The paper has run out")


def test_officers_may_not_check_and_leaders_find_it_among_their_pages(hall: Hall, context: OpenContext) -> None:
    page = check_page(hall, context)
    page.goto(f"{hall.url}/")
    page.locator(".screen-card[href='/check']").click()
    expect(page.locator(".tabs [aria-current]")).to_have_text("Morning check")
    officer = context()
    hall.add_person("can-bo")
    hall.sign_in(officer, "can-bo")
    other = officer.new_page()
    other.goto(f"{hall.url}/")
    expect(other.locator(".screen-card[href='/check']")).to_have_count(0)
    assert other.goto(f"{hall.url}/check") is not None
    expect(other.locator("#begin")).to_have_count(0)
