"""An administrator sees which device program serves which counters, confirms it after an update, and changes it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Check, Hall, OpenContext, Shot, at_widths
from tests.server.screen import Screen
from tests.unit.equipment.before import take_back

pytestmark = pytest.mark.browser


def declared(hall: Hall, name: str, *devices: tuple[str, str, list[int]], **serves: object) -> Screen:
    """Let an agent called `name` say what it has; the line stays open."""
    token = str(hall.command("token.add", role="agent", name=name, **serves)["token"])
    cable = Screen(hall.port, "/agent", {"token": token})
    listed = [{"name": device, "kind": kind, "counters": counters} for device, kind, counters in devices]
    assert cable.emit("devices", {"devices": listed})["ok"]
    assert cable.emit("health", {"devices": {device: {"state": "ok"} for device, _kind, _counters in devices}})["ok"]
    return cable


@pytest.fixture
def cables(hall: Hall) -> Iterator[list[Screen]]:
    """Lend two device programs: one at counters 1 to 3 with keys at 4 as well, one with a scanner, to which nothing
    was given.
    """
    made = [
        declared(
            hall, "PC quầy 1", ("phim", "keypad", [1, 2, 3, 4]), ("mat", "pad", [1]), counters=[1, 2, 3], kiosks=[]
        ),
        declared(
            hall,
            "PC sảnh",
            ("may-in", "printer", []),
            ("quet", "scanner", []),
            ("bang", "sign", [1, 2]),
            counters=[],
            kiosks=[],
        ),
    ]
    yield made
    for cable in made:
        cable.close()


def served_by(hall: Hall) -> dict[str, tuple[list[int], object]]:
    return {item["name"]: (item["counters"], item["kiosks"]) for item in hall.call("/devices", role="leader")["items"]}


def test_counters_are_given_to_device_programs_and_taken_back(
    hall: Hall, context: OpenContext, cables: list[Screen], axe: Check, shot: Shot
) -> None:
    assert len(cables) == 2
    browser = context(locale="vi-VN", width=1280)
    hall.sign_in(browser)
    page = browser.new_page()
    page.goto(f"{hall.url}/settings/devices")
    desk, lobby = (page.locator(".program", has_text=name) for name in ("PC quầy 1", "PC sảnh"))
    expect(desk.locator(".serves b")).to_contain_text("1\u20133")
    expect(desk.locator("[data-waiting=unbound]")).to_contain_text("4")
    expect(lobby.locator("[data-waiting=no_kiosk]")).to_be_visible()
    for width in at_widths(page, 1280, 390):
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert axe(page) == []
        shot(page, f"assignments-{width}", full=True)
    desk.locator("[data-waiting=unbound] button").click()
    expect(desk.locator(".serves b")).to_contain_text("1\u20134")
    expect(desk.locator("[data-waiting]")).to_have_count(0)
    lobby.locator(".serves button:has(.icon-pencil)").click()
    choose(page, axe, shot)
    expect(lobby.locator(".serves b")).to_contain_text("1, 2")
    expect(lobby.locator("[data-waiting]")).to_have_count(0)
    assert served_by(hall) == {"PC quầy 1": ([1, 2, 3, 4], []), "PC sảnh": ([1, 2], "all")}


def choose(page: Page, axe: Check, shot: Shot) -> None:
    """Give the second program counters 1 and 2, and every kiosk, in its dialog."""
    dialog = page.get_by_role("dialog")
    for number in (1, 2):
        chip = dialog.locator(f"input[name=serves][value='{number}']")
        expect(chip.locator("xpath=..")).to_contain_text("PC quầy 1")  # who else serves it
        chip.check(force=True)
    dialog.locator("input[name=kiosks][value=these]").check(force=True)
    expect(dialog.locator(".checks, .checks *").first).to_be_visible()
    shot(page, "assignment-dialog-390")
    assert axe(page) == []
    dialog.locator("input[name=kiosks][value=all]").check(force=True)
    dialog.locator(".button-primary").click()
    expect(dialog).to_have_count(0)


def test_an_enrolment_code_says_which_counters_the_new_program_serves(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    browser = context(locale="vi-VN", width=1280)
    hall.sign_in(browser)
    page = browser.new_page()
    page.goto(f"{hall.url}/settings/devices")
    page.locator("input[name=role][value=agent]").check(force=True)
    for number in (2, 3):
        page.locator(f"input[name=serves][value='{number}']").check(force=True)
    assert axe(page) == []
    shot(page, "enrolment-1280", full=True)
    page.locator(".form-actions .button-primary").click()
    code = page.locator("#enrol-command").input_value().rpartition(" ")[2]
    hall.call("/enrolments", {"code": code})
    assert [counters for counters, _kiosks in served_by(hall).values()] == [[2, 3]]


def test_what_was_taken_from_devices_at_an_update_is_shown_until_it_is_confirmed(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    declared(hall, "PC quầy 1", ("phim", "keypad", [1, 2])).close()
    hall.stop()
    take_back(hall.folder / "desk.db")
    hall.start()
    browser = context(locale="vi-VN", width=1280)
    hall.sign_in(browser)
    page = browser.new_page()
    page.goto(f"{hall.url}/settings/devices")
    notice = page.locator("[data-waiting=unconfirmed]")
    expect(notice).to_contain_text("PC quầy 1")
    expect(page.locator(".serves b")).to_contain_text("1, 2")
    assert axe(page) == []
    shot(page, "assignment-unconfirmed-1280")
    notice.locator("button").click()
    expect(notice).to_have_count(0)
    assert served_by(hall) == {"PC quầy 1": ([1, 2], [])}
    assert hall.call("/health")["problems"] == []
