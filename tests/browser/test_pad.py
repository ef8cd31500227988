"""The rating pad: asks once a visit ended, asks why, thanks, rests; says so when its server is away."""

import json
import re
import urllib.request
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from motcua.copies import replace
from motcua.setup.document import write
from tests.browser.conftest import Check, Hall, OpenContext, Shot, no_wider, patient_ward
from tests.waiting import PATIENCE_S

pytestmark = pytest.mark.browser


def pad_page(hall: Hall, context: BrowserContext, number: int = 3) -> Page:
    """Open the pad of a counter."""
    hall.pair(context, "pad", number)
    page = context.new_page()
    page.goto(f"{hall.url}/pad")
    expect(page.locator(".pad-counter")).to_contain_text(str(number))
    return page


def visit(hall: Hall, counter: int = 3) -> str:
    """Serve somebody at a counter; return the visit."""
    ticket = hall.issue()
    hall.at(counter, "call-next")
    hall.at(counter, "finish")
    return str(ticket["id"])


def leaders(hall: Hall) -> dict[str, Any]:
    """Return what leaders see now."""
    asked = urllib.request.Request(  # noqa: S310 -- our desk
        f"{hall.url}/state/leaders", headers={"Authorization": f"Bearer {hall.token('leader')}"}
    )
    with urllib.request.urlopen(asked, timeout=PATIENCE_S) as answer:  # noqa: S310 -- our desk
        return dict(json.loads(answer.read()))


def desk(hall: Hall) -> dict[str, Any]:
    """Return today's counts of ratings as leaders see them."""
    return {name: leaders(hall)["desk"][name] for name in ("served", "asked", "answered", "skipped", "unprompted")}


def test_the_name_of_the_unit_is_in_whole_words_on_a_narrow_screen(hall: Hall, context: OpenContext) -> None:
    page = pad_page(hall, context(width=320, height=640))
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("button", name="Tiếng Việt")).to_be_visible()
    box = page.locator(".pad-unit p").bounding_box()
    assert box is not None
    assert box["width"] >= 128
    assert no_wider(page)


def test_a_press_lands_with_its_reasons_and_the_pad_rests_again(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    officer = hall.add_person("thuha", full_name="Nguyễn Thị Thu Hà", title="Công chức tư pháp")
    hall.at(3, "open", officer=officer)
    page = pad_page(hall, context())
    assert axe(page) == []
    shot(page, "pad-rest-1280")
    visit(hall)
    expect(page.locator("h1")).to_have_text("Ông/bà có hài lòng với lần phục vụ này?")
    expect(page.locator(".pad-officer")).to_contain_text("Nguyễn Thị Thu Hà")
    expect(page.locator(".pad-where")).to_have_text("Quầy 3 · A001")
    expect(page.locator(".pad-left")).to_have_text(re.compile(r"Tự đóng sau 1\d\d giây"))
    expect(page.locator("#live-polite")).to_have_text("Ông/bà có hài lòng với lần phục vụ này?")
    assert axe(page) == []
    shot(page, "pad-ask-1280")
    page.set_viewport_size({"width": 360, "height": 740})
    assert no_wider(page)
    shot(page, "pad-ask-360", full=True)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("button", name="Very satisfied")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("button", name="Dissatisfied", exact=True).click()
    expect(page.locator("h1")).to_have_text("What could be better?")
    assert axe(page) == []
    shot(page, "pad-reasons-en-1280")
    page.get_by_role("button", name="Long wait or late result").click()
    page.get_by_role("button", name="Send").click()
    expect(page.locator("h1")).to_have_text("Thank you")
    assert axe(page) == []
    expect(page.locator(".pad-counter")).to_contain_text("Quầy")
    assert desk(hall) == {"served": 1, "asked": 1, "answered": 1, "skipped": 0, "unprompted": 0}
    assert leaders(hall)["desk"]["rated"] == 1


def test_skipping_undoing_and_the_next_visit(hall: Hall, context: OpenContext) -> None:
    document = patient_ward()
    queue = replace(document.settings.queue, undo_s=60)
    hall.command("config.import", text=write(replace(document, settings=replace(document.settings, queue=queue))))
    hall.at(3, "open")
    page = pad_page(hall, context())
    visit(hall)
    expect(page.locator(".pad-face")).to_have_count(5)
    hall.at(3, "undo")
    expect(page.locator(".pad-counter")).to_be_visible()
    hall.at(3, "finish")
    expect(page.locator(".pad-face")).to_have_count(5)
    page.get_by_role("button", name="Bỏ qua").click()
    expect(page.locator(".pad-counter")).to_be_visible()
    visit(hall)
    page.locator(".pad-face[data-level='3']").click()
    expect(page.get_by_role("button", name="Bỏ qua")).to_be_visible()
    visit(hall)
    expect(page.locator(".pad-where")).to_have_text("Quầy 3 · A003")
    page.locator(".pad-face[data-level='5']").press("Enter")
    expect(page.locator("h1")).to_have_text("Xin cảm ơn ông/bà")
    assert desk(hall) == {"served": 3, "asked": 3, "answered": 2, "skipped": 1, "unprompted": 0}


def test_without_its_server_it_says_so_and_comes_back(hall: Hall, context: OpenContext, axe: Check, shot: Shot) -> None:
    hall.at(3, "open")
    page = pad_page(hall, context())
    visit(hall)
    expect(page.locator(".pad-face")).to_have_count(5)
    hall.stop()
    expect(page.locator("h1")).to_have_text("Đang kết nối lại…")
    expect(page.locator(".pad-face")).to_have_count(0)
    assert axe(page) == []
    shot(page, "pad-lost-1280")
    hall.start()
    expect(page.locator(".pad-face")).to_have_count(5)
    page.locator(".pad-face[data-level='4']").click()
    expect(page.locator("h1")).to_have_text("Xin cảm ơn ông/bà")
    assert desk(hall) == {"served": 1, "asked": 1, "answered": 1, "skipped": 0, "unprompted": 0}


def test_an_administrator_chooses_whose_pad_it_is(hall: Hall, context: OpenContext, axe: Check) -> None:
    admin = context()
    hall.sign_in(admin)
    page = admin.new_page()
    page.goto(f"{hall.url}/pad")
    expect(page.get_by_role("link", name="Quầy 3")).to_be_visible()
    assert axe(page) == []
    hall.at(3, "open")
    page.get_by_role("link", name="Quầy 3").click()
    expect(page.locator(".pad-counter")).to_contain_text("3")
    visit(hall)
    page.locator(".pad-face[data-level='5']").click()
    expect(page.locator("h1")).to_have_text("Xin cảm ơn ông/bà")
