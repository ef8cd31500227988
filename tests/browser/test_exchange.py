"""A leader maps a file of the provincial system, looks at what it would do, imports it, and sees it on the board."""

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import Check, Hall, OpenContext, Shot, at_widths
from tests.unit.exchange.files import write_csv

pytestmark = pytest.mark.browser
ROWS = [
    "H29.17-261102-0001;Nguyễn Văn An;Đang xử lý;02/11/2020;20/11/2020;03/11/2020 08:30",
    "H29.17-261102-0002;Trần Bình;Chờ ký;02/11/2020;27/11/2020;",
]


def make_file(rows: list[str]) -> FilePayload:
    return FilePayload(name="ho-so.csv", mimeType="text/csv", buffer=write_csv(rows))


def look(page: Page, shot: Shot, name: str) -> None:
    """Take a picture of a page as a phone and as a desk shows it; neither scrolls sideways."""
    for width in at_widths(page, 360, 1280):
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        shot(page, f"{name}-{width}", full=True)


def test_from_a_sample_file_to_the_board(hall: Hall, context: OpenContext, axe: Check, shot: Shot) -> None:
    office = context()
    hall.sign_in(office)
    page = office.new_page()
    page.goto(f"{hall.url}/dossiers")
    page.locator("a[href='/dossiers/exchange']").click()
    page.locator("#sample-file").set_input_files(make_file(ROWS))
    page.get_by_role("button", name="Đọc tên cột").click()
    expect(page.locator("select[name=column-code]")).to_have_value("Mã hồ sơ")
    words = page.locator("input[name^=word-]")
    expect(words.nth(0)).to_have_value("Chờ ký")
    page.locator("select[name=state-0]").select_option("processing")
    expect(page.locator("select[name=state-1]")).to_have_value("processing")
    page.locator("select[name=column-due_on]").select_option("Hẹn trả")
    page.locator("input[name=name]").fill("Xuất hằng tuần")
    page.locator("input[name=system]").fill("Hệ thống tỉnh")
    assert axe(page) == []
    look(page, shot, "exchange-mapping")
    page.get_by_role("button", name="Lưu bảng đối chiếu").click()
    expect(page.locator(".notice-good")).to_contain_text("Đã lưu bảng đối chiếu")
    page.locator("#field-file").set_input_files(make_file([*ROWS, "x;A;Đang bay;32/11/2026;;"]))
    page.get_by_role("button", name="Xem những gì sẽ thay đổi").click()
    expect(page.locator("#mistakes")).to_contain_text("Đang bay")
    assert axe(page) == []
    look(page, shot, "exchange-mistakes")
    page.locator("#field-file").set_input_files(make_file(ROWS))
    page.get_by_role("button", name="Xem những gì sẽ thay đổi").click()
    expect(page.locator("[data-outcome=added]")).to_have_text("2")
    assert axe(page) == []
    look(page, shot, "exchange-look")
    page.locator("#plan button[type=submit]").click()
    expect(page.locator(".notice-good")).to_contain_text("Đã nhập")
    page.goto(f"{hall.url}/dossiers?box=late")
    expect(page.locator("tr[data-record='H29.17-261102-0001']")).to_contain_text("Hệ thống tỉnh")
    assert axe(page) == []
    look(page, shot, "exchange-board")
    page.goto(f"{hall.url}/dossiers/export")
    assert axe(page) == []
    look(page, shot, "exchange-export")
