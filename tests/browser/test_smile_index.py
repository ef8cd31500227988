"""The leaders' page of the smile index and the notice for citizens: readable by everybody, whole without a script."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from motcua.copies import replace
from motcua.desk import Tx
from motcua.setup import actions as setup_actions
from motcua.setup.rooms import open_desk
from tests.browser.conftest import PASSWORD, Check, Hall, OpenContext, Shot, at_widths
from tests.run_folder import MEMORY
from tests.unit.reports.smiles import make_pairs, plant

pytestmark = pytest.mark.browser
REASON = "Theo yêu cầu của đoàn kiểm tra, đến hết tháng 12"
REPORT, NOTICE = "/leaders/camera", "/camera"


def turn_on(tx: Tx) -> None:
    """Switch the camera on, name the head of the unit, and let 150 citizens have smiled today."""
    document = setup_actions.get_document(tx.db)
    camera = replace(document.settings.camera, is_on=True, contact="Bà Lan, 0901 234 567")
    suggestions = replace(document.settings.suggestions, head="truong")
    setup_actions.apply(
        tx, replace(document, settings=replace(document.settings, camera=camera, suggestions=suggestions))
    )
    plant(tx, make_pairs(150), tx.day)


@pytest.fixture(scope="module")
def smiling(template: Path) -> Iterator[Hall]:
    """Lend a hall in which 150 citizens agreed, smiled and rated."""
    with tempfile.TemporaryDirectory(dir=MEMORY, ignore_cleanup_errors=True) as name:
        shutil.copytree(template, name, dirs_exist_ok=True)
        desk = open_desk(Path(name))
        desk.do(turn_on)
        desk.stop()
        hall = Hall(Path(name))
        hall.start()
        hall.add_person("truong", "leader", "Trần Thị Trưởng")
        yield hall
        hall.stop()


def visit(hall: Hall, opened: OpenContext, path: str, who: str = "truong", **more: object) -> Page:
    made = opened(**more)
    if who:
        hall.sign_in(made, who, PASSWORD)
    page = made.new_page()
    page.goto(hall.url + path)
    expect(page.locator("h1")).to_be_visible()
    return page


@pytest.mark.parametrize("locale", ["vi-VN", "en-US"])
def test_both_pages_can_be_read_by_everybody(
    smiling: Hall, context: OpenContext, axe: Check, shot: Shot, locale: str
) -> None:
    for path, who, narrow in ((REPORT, "truong", 390), (NOTICE, "", 320)):
        page = visit(smiling, context, path, who, locale=locale)
        for width in at_widths(page, narrow, 1280):
            assert (path, page.evaluate("document.documentElement.scrollWidth") <= width) == (path, True)
            assert (path, axe(page)) == (path, [])
            shot(page, f"{path.strip('/').replace('/', '-')}-{locale}-{width}", full=True)


def test_the_notice_is_whole_without_a_script_and_changes_its_language(smiling: Hall, context: OpenContext) -> None:
    page = visit(smiling, context, NOTICE, "", width=320, java_script_enabled=False)
    expect(page.locator("main")).to_contain_text("Bà Lan, 0901 234 567")
    expect(page.locator("main")).to_contain_text("0 nghĩa là không thấy nụ cười")
    page.get_by_role("link", name="English").click()
    expect(page.locator("main")).to_contain_text("0 means that no smile was seen")


def test_the_report_has_figures_each_with_its_n_and_leads_to_its_files(smiling: Hall, context: OpenContext) -> None:
    page = visit(smiling, context, REPORT)
    expect(page.get_by_role("navigation").locator("[aria-current]")).to_have_attribute("href", REPORT)
    median = page.get_by_role("row").filter(has_text="Trung vị")
    assert median.inner_text().split()[-1] == "150"
    expect(page.locator("main")).to_contain_text("Do máy chấm, để tham khảo")
    first, last = (page.locator(f"#{name}").input_value() for name in ("from", "to"))
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename == f"camera-{first if first == last else f'{first}_{last}'}.csv"


def test_the_head_opens_and_closes_figures_by_officer(smiling: Hall, context: OpenContext) -> None:
    page = visit(smiling, context, REPORT, width=390)
    page.get_by_label("Lý do bằng văn bản").fill(REASON)
    page.get_by_role("button", name="Mở số liệu theo cán bộ").click()
    card = page.locator("#officers")
    expect(card).to_contain_text(REASON)
    expect(card).to_contain_text("Trần Thị Trưởng")
    page.get_by_role("button", name="Đóng số liệu theo cán bộ").click()
    expect(card).to_contain_text("Đã có người đóng lại")


def test_an_administrator_removes_everything_in_two_steps(hall: Hall, context: OpenContext) -> None:
    page = visit(hall, context, REPORT, "admin")
    expect(page.get_by_label("Gõ “xóa hết”")).to_be_hidden()
    page.get_by_text("Xóa tất cả những gì của camera").click()
    page.get_by_label("Gõ “xóa hết”").fill("xóa")
    page.get_by_role("button", name="Xóa tất cả ngay").click()
    expect(page.get_by_role("alert").filter(has_text="Chưa có gì bị xóa")).to_be_visible()
    page.get_by_text("Xóa tất cả những gì của camera").click()
    page.get_by_label("Gõ “xóa hết”").fill("xoa het")
    page.get_by_role("button", name="Xóa tất cả ngay").click()
    expect(page.get_by_role("status").filter(has_text="Camera đã tắt")).to_be_visible()
