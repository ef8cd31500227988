"""From intake to the result handed out, on the board and the dossier's own page, with the apology on the way."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Check, Hall, OpenContext, Shot
from tests.browser.test_dossiers import CARD, COPY, dossier_page, scan

pytestmark = pytest.mark.browser


def make_move(page: Page, name: str) -> None:
    """Send the form of a move, opened first as people do."""
    move = page.locator(f"#move-{name}")
    move.locator("summary").click()
    move.locator("button[type=submit]").click()


def read_report(hall: Hall, page: Page, axe: Check, shot: Shot) -> None:
    """Go from the board to the report, and open what stands behind the share of electronic results."""
    page.goto(f"{hall.url}/dossiers")
    page.locator(".subjects a[href='/leaders/day']").click()
    page.locator(".tabs a[href='/leaders/dossiers']").click()
    expect(page.locator("section.card").filter(has_text="Số hóa giấy tờ và kết quả").first).to_contain_text("100,0")
    assert axe(page) == []
    shot(page, "dossier-report")
    page.locator("#behind a[href*='figure=electronic']").click()


def test_from_intake_over_the_board_to_the_result(hall: Hall, context: OpenContext, axe: Check, shot: Shot) -> None:
    officer = dossier_page(hall, context())
    officer.locator(f"[data-procedure='{COPY}']").first.click()
    scan(officer, CARD)
    officer.locator("tr[data-paper=original] input[type=checkbox]").first.check()
    officer.locator("#receive").click()
    code = officer.locator("#taken-in .dossier-code").inner_text()
    office = context()
    hall.sign_in(office)
    page = office.new_page()
    page.goto(f"{hall.url}/")
    page.locator("a[href='/dossiers']").first.click()
    expect(page.locator("h1")).to_have_text("Bảng theo dõi hồ sơ")
    filled = page.locator("[data-box]").filter(has=page.locator("b", has_text=re.compile("^1$"))).first
    filled.click()
    expect(page.locator(f"tr[data-code='{code}']")).to_contain_text("001******345")
    assert axe(page) == []
    shot(page, "dossier-board")
    page.locator(f"tr[data-code='{code}'] a").click()
    expect(page.locator("#state")).to_have_attribute("data-state", "received")
    expect(page.locator("#move-return")).to_contain_text("Chưa có kết quả")
    expect(page.locator("#applicant")).not_to_contain_text("Nguyễn Văn An")
    assert axe(page) == []
    shot(page, "dossier-page")
    page.locator("#applicant button").click()
    expect(page.locator("#applicant")).to_contain_text("Nguyễn Văn An")
    page.locator("#move-hand-over summary").click()
    page.locator("#move-hand-over select[name=step]").select_option("3")
    page.locator("#move-hand-over button[type=submit]").click()
    expect(page.locator("#step")).to_contain_text("Ký")
    page.locator("#move-extend summary").click()
    page.locator("#extend-count").fill("2")
    page.locator("#extend-words").fill("Người ký đi công tác")
    page.locator("#move-extend button[type=submit]").click()
    expect(page.locator("[data-form=extension]")).to_be_visible()
    make_move(page, "ready")
    expect(page.locator("#state")).to_have_attribute("data-state", "ready")
    page.goto(f"{hall.url}/dossiers?box=ready")
    expect(page.locator(f"tr[data-code='{code}']")).to_be_visible()
    page.goto(f"{hall.url}/dossiers/{code}")
    page.locator("#move-return summary").click()
    page.locator("#is-electronic").check()
    page.locator("#move-return input[name=result_number]").fill("12/TL")
    page.locator("#move-return button[type=submit]").click()
    expect(page.locator("#state")).to_have_attribute("data-state", "returned")
    expect(page.locator("#history li")).to_have_count(5)
    read_report(hall, page, axe, shot)
    page.locator(f"a[href='/dossiers/{code}']").click()
    expect(page.locator("h1")).to_have_text(code)
