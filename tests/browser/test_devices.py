"""The settings page of devices: how each is, a test, a new one, and a keypad that teaches what its keys send."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from motcua.devices.keypad.emulator import KeypadEmulator
from motcua.devices.printer.emulator import PrinterEmulator
from tests.browser.conftest import Check, Hall, OpenContext, Shot, at_widths, press
from tests.browser.driven import driving, states
from tests.waiting import wait_until

pytestmark = pytest.mark.browser


def devices_page(hall: Hall, context: OpenContext, **more: object) -> Page:
    browser = context(**{"locale": "en-US", **more})
    hall.sign_in(browser)
    page = browser.new_page()
    page.goto(f"{hall.url}/settings/devices")
    expect(page.locator("#fleet-title")).to_be_visible()
    return page


def row(page: Page, name: str) -> Locator:
    return page.locator(f"[data-device={name}]")


def button(place: Locator, icon: str) -> Locator:
    return place.locator(f"button:has(.icon-{icon})")


def test_each_device_says_how_it_is_and_what_to_do_and_can_be_tried(
    hall: Hall, context: OpenContext, tmp_path: Path, axe: Check, shot: Shot
) -> None:
    # by its name: once it is unplugged, the number of its line may be another test's
    printer, keypad = PrinterEmulator("may-in"), KeypadEmulator("ban-phim-1", 1, link=str(tmp_path / "line"))
    with driving(hall, tmp_path / "pc", printer, keypad):
        page = devices_page(hall, context, width=1280)
        shown = row(page, "may-in")
        expect(shown.locator(".badge .icon-circle-check")).to_be_visible()
        expect(shown.locator(".device-fixed")).to_be_visible()
        expect(row(page, "ban-phim-1")).to_contain_text("Counter keypad · Counter 1")
        button(shown, "play").click()
        expect(shown.locator(".device-test .icon-circle-check")).to_be_visible()
        wait_until(lambda: printer.printed == 1)
        printer.do("paper_out")
        expect(shown).to_contain_text("The paper has run out: put in a new roll.")
        keypad.do("unplug")
        expect(row(page, "ban-phim-1").locator(".badge .icon-circle-x")).to_be_visible()
        for width in at_widths(page, 1280, 390):
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert axe(page) == []
            shot(page, f"devices-{width}", full=True)
        printer.do("mend")
        expect(shown.locator(".badge .icon-circle-check")).to_be_visible()
    expect(page.locator(".program .badge .icon-wifi-off")).to_be_visible()
    expect(shown).to_contain_text("Its device program is not connected")
    expect(button(shown, "play")).to_be_disabled()


def test_a_printer_is_added_changed_and_removed_again(
    hall: Hall, context: OpenContext, tmp_path: Path, axe: Check, shot: Shot
) -> None:
    printer = PrinterEmulator("x")
    printer.start()
    with driving(hall, tmp_path / "pc", KeypadEmulator("ban-phim-1", 1)):
        page = devices_page(hall, context)
        page.locator(".program button:has(.icon-plus)").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_role("radio", name="Speaker").check(force=True)
        dialog.get_by_role("radio", name="Printer", exact=True).check(force=True)
        expect(dialog.get_by_label("Name")).to_have_value("may-in")
        dialog.get_by_role("button", name="Save").click()
        expect(dialog.locator("#device-port")).to_be_focused()
        expect(dialog.locator("#device-port-error")).to_be_visible()
        assert axe(page) == []
        shot(page, "device-form-1280")
        dialog.locator("#device-port").fill("tcp:/nowhere")
        dialog.get_by_role("button", name="Save").click()
        expect(dialog.locator(".notice-danger")).to_be_visible()
        dialog.locator("#device-port").fill(str(printer.describe_entry()["port"]))
        dialog.locator("#device-paper_mm").select_option("80")
        dialog.get_by_role("button", name="Save").click()
        expect(dialog).to_have_count(0)
        shown = row(page, "may-in")
        expect(shown.locator(".badge .icon-circle-check")).to_be_visible()
        button(shown, "play").click()
        expect(shown.locator(".device-test .icon-circle-check")).to_be_visible()
        wait_until(lambda: printer.printed == 1)
        button(shown, "pencil").click()
        expect(dialog.locator("#device-paper_mm")).to_have_value("80")
        dialog.locator("summary").click()
        dialog.locator("#device-poll_s").fill("hundred")
        dialog.get_by_role("button", name="Save").click()
        expect(dialog.locator("#device-poll_s-error")).to_contain_text("0.2")
        dialog.locator("#device-poll_s").fill("5")
        dialog.get_by_role("button", name="Save").click()
        expect(dialog).to_have_count(0)
        button(shown, "pencil").click()
        expect(dialog.locator("#device-poll_s")).to_have_value("5")
        press(page, "Escape")
        button(shown, "trash-2").click()
        page.get_by_role("dialog").get_by_role("button", name="Remove").click()
        expect(shown).to_have_count(0)
        wait_until(lambda: set(states(hall)) == {"ban-phim-1"})
    printer.stop()


def test_a_keypad_teaches_what_its_keys_send_and_then_works(
    hall: Hall, context: OpenContext, tmp_path: Path, axe: Check, shot: Shot
) -> None:
    keypad = KeypadEmulator("x", 2, "frame", address=1, link=str(tmp_path / "port"))
    keypad.start()
    with driving(hall, tmp_path / "pc", PrinterEmulator("may-in")):
        page = devices_page(hall, context)
        page.locator(".program button:has(.icon-keyboard)").click()
        dialog = page.get_by_role("dialog")
        expect(dialog.locator("#lesson-port-hint")).not_to_have_text("Asking the device program…")
        dialog.locator("#lesson-port").fill("")
        dialog.get_by_role("button", name="Begin").click()
        expect(dialog.locator(".notice-danger")).to_be_visible()
        dialog.locator("#lesson-port").fill(str(tmp_path / "port"))
        assert axe(page) == []
        shot(page, "learn-begin-1280")
        dialog.get_by_role("button", name="Begin").click()
        wait_until(lambda: keypad.is_heard)
        for key, word in (("next", "Call next"), ("recall", "Call again")):
            expect(dialog.locator(".lesson-key")).to_have_text(word)
            for times in range(3):
                keypad.do(key)
                if times < 2:
                    expect(dialog.locator(".lesson-dots .is-done")).to_have_count(times + 1)
        expect(dialog.locator(".lesson-seen code")).to_contain_text("aa 55")
        expect(dialog.locator(".lesson-key")).to_have_text("Start serving")
        assert axe(page) == []
        shot(page, "learn-1280")
        dialog.get_by_role("button", name="It has no such key").click()
        expect(dialog.locator(".lesson-key")).to_have_text("Finish")
        dialog.get_by_role("button", name="It has no more keys").click()
        expect(dialog.locator(".lesson-verifying .lesson-key")).to_have_text("Call next")
        keypad.do("recall")
        expect(dialog.locator(".notice-warning")).to_contain_text("That was another key")
        keypad.do("next")
        expect(dialog.locator(".lesson-key")).to_have_text("Call again")
        keypad.do("recall")
        expect(dialog.locator(".lesson-done")).to_be_visible()
        shot(page, "learn-done-1280")
        dialog.locator("#lesson-name").fill("Phím Trung Quốc")
        dialog.get_by_role("button", name="Keep it").click()
        expect(dialog.locator("#device-port")).to_have_value(str(tmp_path / "port"))
        expect(dialog.locator("#device-profile")).to_have_value(
            str(tmp_path / "pc" / "agent-data" / "profiles" / "phim-trung-quoc.yaml")
        )
        dialog.get_by_role("button", name="Save").click()
        expect(dialog.locator("#device-counter-error")).to_be_visible()
        dialog.locator("#device-counter").select_option("2")
        dialog.get_by_role("button", name="Save").click()
        expect(dialog).to_have_count(0)
        expect(row(page, "ban-phim").locator(".badge .icon-circle-check")).to_be_visible()
        hall.at(2, "open")
        number = hall.issue()["number"]
        wait_until(lambda: keypad.is_heard)
        keypad.do("next")
        wait_until(lambda: [call["number"] for call in hall.call("/wall", role="wall")["now"]] == [number])
    keypad.stop()


def test_a_lesson_that_is_left_gives_the_port_back(hall: Hall, context: OpenContext, tmp_path: Path) -> None:
    keypad = KeypadEmulator("x", 1, link=str(tmp_path / "port"))
    keypad.start()
    with driving(hall, tmp_path / "pc", PrinterEmulator("may-in")):
        page = devices_page(hall, context)
        page.locator(".program button:has(.icon-keyboard)").click()
        dialog = page.get_by_role("dialog")
        dialog.locator("#lesson-port").fill(str(tmp_path / "port"))
        dialog.get_by_role("button", name="Begin").click()
        wait_until(lambda: keypad.is_heard)
        press(page, "Escape")
        expect(dialog).to_have_count(0)
        wait_until(lambda: not keypad.is_heard)
    keypad.stop()
