"""The layout of the ticket: what is typed is drawn by the printer's own code, mistakes name their line, the usual
layout comes back.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Check, Hall, OpenContext, Shot
from tests.browser.test_settings import save, settings

pytestmark = pytest.mark.browser


def test_the_ticket_is_drawn_while_its_layout_is_typed(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    page = settings(hall, context, "printing", width=1280, height=1400)
    layout, paper = page.locator("#layout-text"), page.locator("img.layout-paper")
    expect(paper).to_be_visible()
    assert axe(page) == []
    shot(page, "settings-ticket")
    before = paper.get_attribute("src")
    usual = layout.input_value()
    layout.fill(usual.replace("number {number}", "number {number}\nnormal Tầng 2, sảnh B"))
    expect(paper).not_to_have_attribute("src", before or "")
    page.get_by_role("radio", name="58 mm").check()
    expect(page.locator("img.layout-paper-58")).to_be_visible()
    save(page)
    expect(page.get_by_text("Mọi thứ đã được lưu.")).to_be_visible()
    saved = hall.call("/settings/printing", role="admin")["data"]["printing"]
    assert "normal Tầng 2, sảnh B\n" in saved["layout"]


def test_a_wrong_line_is_named_and_led_to(hall: Hall, context: OpenContext, axe: Check, shot: Shot) -> None:
    page = settings(hall, context, "printing", width=1280, height=1400)
    layout = page.locator("#layout-text")
    expect(page.locator("img.layout-paper")).to_be_visible()
    layout.fill("number {number}\nhuge {unit}\nnormal {nobody}")
    wrong = page.locator("#layout-wrong li")
    expect(wrong).to_have_count(2)
    expect(wrong.first).to_contain_text("huge")
    assert axe(page) == []
    shot(page, "settings-ticket-mistakes")
    wrong.nth(1).get_by_role("button").click()
    picked = layout.evaluate("area => area.value.slice(area.selectionStart, area.selectionEnd)")
    assert picked == "normal {nobody}"
    save(page)
    expect(page.get_by_role("alert").filter(has_text="printing.layout[1]")).to_be_visible()
    layout.fill("")
    expect(wrong).to_have_count(0)
    expect(layout).to_have_value(re.compile(r"number \{number\}"))
    expect(page.get_by_text("Mọi thứ đã được lưu.")).to_be_visible()
    assert hall.call("/settings/printing", role="admin")["data"]["printing"]["layout"] == ""
