"""The emulators' page in Chromium: what devices show, buttons that press and break them, also with a finger on a
small screen.
"""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from motcua.devices import emulated_hall
from motcua.devices.contract import Driver, JobOutcome, Press
from motcua.devices.emulation import Emulator, EmulatorRequest
from motcua.devices.loading import build_driver
from motcua.devices.workbench.server import Workbench
from tests.browser.conftest import Check, OpenContext, Shot, as_a_hand, at_widths, press
from tests.waiting import wait_until

pytestmark = pytest.mark.browser

TICKET = {
    "ticket": "x", "number": "A012", "service": "Chứng thực bản sao", "unit": "Phường Mẫu", "centre": "Trung tâm",
    "wait": None,
    "issued_at": "08:00:00 23/11/2026", "people_ahead": 3, "due_at": None, "seat": None, "priority": False,
    "follow_path": "/t/ABCDEF",
    "footer": "", "reprint": False, "order": 1,
}  # fmt: skip


class Room:
    """A hall of emulators with its page, and drivers for those that a test wants driven."""

    def __init__(self, folder: Path) -> None:
        requests = [*emulated_hall.list_hall(2, folder), EmulatorRequest(kind="camera", name="may-anh")]
        self.emulators: dict[str, Emulator] = {item.name: emulated_hall.build(item) for item in requests}
        for emulator in self.emulators.values():
            emulator.start()
        self.bench = self._bench(0)
        self._drivers: list[Driver] = []

    def _bench(self, port: int) -> Workbench:
        made = Workbench(
            [*self.emulators.values()], "127.0.0.1", port, lambda _language, text: text, files("motcua") / "static"
        )
        made.start()
        return made

    def restart(self) -> None:
        """Open the page again at its address."""
        self.bench = self._bench(self.bench.port)

    def driver(self, name: str) -> Driver:
        """Return the open driver of a device."""
        entry: dict[str, Any] = dict(self.emulators[name].describe_entry())
        kind, which = entry.pop("kind"), entry.pop("driver")
        found = build_driver(kind, which, {key: value for key, value in entry.items() if key != "name"})
        found.open()
        self._drivers.append(found)
        return found

    def close(self) -> None:
        """Close everything."""
        self.bench.stop()
        for driver in self._drivers:
            driver.close()
        for emulator in self.emulators.values():
            emulator.stop()


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = Room(tmp_path)
    yield made
    made.close()


def opened(room: Room, context: OpenContext, width: int = 1280, **more: Any) -> Page:
    page = context(width=width, height=900, locale="en-US", **more).new_page()
    page.goto(room.bench.url)
    expect(page.locator(".device")).to_have_count(9)
    return page


def test_everything_a_hall_has_can_be_seen_and_read_aloud(
    room: Room, context: OpenContext, axe: Check, shot: Shot
) -> None:
    assert room.driver("may-in").work("print", TICKET) == JobOutcome("done")
    room.driver("bang-so-1").work("sign", {"counter": 1, "number": "A012", "state": "called", "order": 1})
    room.driver("ban-danh-gia-2").work("ask", {"visit": "v", "counter": 2, "window_s": 30})
    page = opened(room, context)
    expect(page.get_by_role("heading", level=2)).to_have_text(["For the whole hall", "Counter 1", "Counter 2"])
    expect(page.get_by_role("img", name="The last ticket from Printer (may-in)")).to_be_visible()
    expect(page.get_by_role("img", name="What Counter sign (bang-so-1) shows: A012")).to_be_visible()
    expect(page.get_by_role("img", name="What Camera (may-anh) shows")).to_be_visible()
    expect(page.locator("#device-may-in")).to_contain_text("Printed: 1")
    expect(page.locator("#device-ban-danh-gia-2")).to_contain_text("Asks for a rating")
    picture = page.get_by_role("img", name="The last ticket from Printer (may-in)")
    expect(picture).not_to_have_js_property("naturalWidth", 0)
    for width in at_widths(page, 1280, 390):
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert axe(page) == []
        shot(page, f"workbench-{width}", full=True)


def test_paper_that_is_taken_out_fails_the_ticket_and_put_back_prints_it(room: Room, context: OpenContext) -> None:
    page, driver = opened(room, context), room.driver("may-in")
    printer = page.locator("#device-may-in")
    printer.get_by_role("button", name="Out of paper").click()
    expect(printer.locator(".badge")).to_have_text("Out of paper")
    assert driver.work("print", TICKET) == JobOutcome("failed", "paper_out")
    printer.get_by_role("button", name="Repair everything").click()
    expect(printer.locator(".badge")).to_have_text("In order")
    assert driver.work("print", TICKET) == JobOutcome("done")
    expect(printer.get_by_role("img")).to_be_visible()


def test_a_cable_is_pulled_and_put_back_in_place(room: Room, context: OpenContext) -> None:
    page = opened(room, context)
    keypad = page.locator("#device-ban-phim-1")
    keypad.get_by_role("button", name="Unplug").click()
    expect(keypad.locator(".badge")).to_have_text("Unplugged")
    as_a_hand(page)
    keypad.get_by_role("button", name="Plug in").click()
    expect(keypad.locator(".badge")).to_have_text("No program listens")
    room.driver("ban-phim-1")
    expect(keypad.locator(".badge")).to_have_text("In order")


def test_a_finger_presses_keys_and_faces(room: Room, context: OpenContext) -> None:
    page = opened(room, context, 390, has_touch=True, is_mobile=True)
    keypad, pad = room.driver("ban-phim-2"), room.driver("ban-danh-gia-2")
    for name in ("1", "2", "Call a number"):
        page.locator("#device-ban-phim-2").get_by_role("button", name=name, exact=True).tap()
        expect(page.locator("#device-ban-phim-2 .device-text")).to_contain_text(name)
    page.locator("#device-ban-danh-gia-2").get_by_role("button", name="Very satisfied").tap()
    expect(page.locator("#device-ban-danh-gia-2 .device-text")).to_contain_text("Very satisfied")
    heard: list[tuple[int, str, int | None]] = []

    def listen(driver: Driver) -> bool:
        heard.extend((item.counter, item.press, item.number) for item in driver.step() if isinstance(item, Press))
        return bool(heard)

    wait_until(lambda: listen(keypad))
    assert heard == [(2, "call", 12)]
    heard.clear()
    wait_until(lambda: listen(pad))
    assert heard == [(2, "rate", 5)]
    sizes = page.locator("button").evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")
    assert min(sizes) >= 44


def test_a_press_leaves_the_focus_where_it_is(room: Room, context: OpenContext) -> None:
    page = opened(room, context)
    button = page.locator("#device-ban-phim-1").get_by_role("button", name="Finish")
    button.focus()
    press(page, "Enter")
    expect(page.locator("#device-ban-phim-1 .device-text")).to_have_text("Last key: Finish")
    expect(button).to_be_focused()


def test_emulators_that_are_gone_are_said_to_be(room: Room, context: OpenContext) -> None:
    page = opened(room, context)
    room.bench.stop()
    expect(page.get_by_role("alert")).to_have_text("The emulators do not answer. Are they still running?")
    room.restart()
    expect(page.get_by_role("alert")).to_have_count(0)
