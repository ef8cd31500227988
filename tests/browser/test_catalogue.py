"""The catalogue of procedures: a leader finds a procedure, changes it from a day on, adds one, and withdraws it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Check, Hall, OpenContext, Shot, at_widths, no_wider

pytestmark = pytest.mark.browser


def open_rows(page: Page) -> None:
    """Open every row of a page that is here: its head is seen before its last rows have come."""
    page.wait_for_load_state("domcontentloaded")
    page.evaluate("for (const row of document.querySelectorAll('details')) row.open = true")


def save(page: Page) -> None:
    page.get_by_role("button", name="Lưu", exact=True).click()


def test_a_leader_keeps_the_catalogue(hall: Hall, context: OpenContext, axe: Check, shot: Shot) -> None:
    hall.add_person("lan", "leader", "Lê Thị Lan")
    opened = context(390, 800)
    hall.sign_in(opened, "lan")
    page = opened.new_page()
    page.goto(f"{hall.url}/leaders/staffing")
    page.get_by_role("link", name="Danh mục thủ tục").click()
    expect(page.locator("#listed-title")).to_have_text("Số thủ tục: 77")
    page.get_by_label("Lĩnh vực").select_option("Chứng thực")
    page.get_by_label("Tên, mã hoặc từ ngữ thường dùng").fill("sao y")
    page.get_by_role("button", name="Tìm").click()
    expect(page.locator("#listed-title")).to_have_text(re.compile("Số thủ tục: 1?\\d$"))
    page.wait_for_load_state("load")
    for _width in at_widths(page, 320, 1280, 390):
        assert no_wider(page)
    assert axe(page) == []
    shot(page, "catalogue", full=True)
    page.get_by_role("link", name="Chứng thực bản sao từ bản chính").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Chứng thực bản sao từ bản chính")
    page.wait_for_load_state("load")
    open_rows(page)
    for _width in at_widths(page, 320, 1280, 390):
        assert no_wider(page)
    assert axe(page) == []
    shot(page, "catalogue-item", full=True)

    page.get_by_label("Áp dụng từ ngày").fill("2027-01-01")
    page.locator("#fees-0-amount").fill("2.500")
    page.locator("#items-0-name-vi").fill("")
    page.locator("#items-0-name-en").fill("")
    page.locator("#items-1-count").fill("hai")
    save(page)
    expect(page.get_by_role("alert").first).to_contain_text("items-0-count")
    page.get_by_role("alert").get_by_role("link", name="items-0-count").click()
    expect(page.locator("#items-0-count")).to_have_value("hai")
    open_rows(page)
    page.locator("#items-0-count").fill("2")
    save(page)
    expect(page.get_by_role("status").first).to_have_text("Đã lưu.")
    versions = page.get_by_role("region", name="Các phiên bản").get_by_role("listitem")
    expect(versions).to_have_text(
        [re.compile("từ ngày 01/01/2027.*sửa tại đây.*Lê Thị Lan", re.DOTALL), re.compile("có sẵn")]
    )
    open_rows(page)
    expect(page.locator("#fees-0-amount")).to_have_value("2500")
    expect(page.locator("#items-0-name-vi")).to_have_value("Bản sao cần chứng thực")


def test_a_procedure_of_the_ward_asks_a_question(hall: Hall, context: OpenContext) -> None:
    hall.add_person("lan", "leader", "Lê Thị Lan")
    opened = context(1280, 900)
    hall.sign_in(opened, "lan")
    page = opened.new_page()
    page.goto(f"{hall.url}/settings/procedures/new")
    page.locator("#code").fill("1.001193")
    page.locator("#name").fill("Xác nhận tạm trú cho sinh viên")
    save(page)
    expect(page.get_by_role("alert").first).to_contain_text("Đã có thủ tục mang mã này")
    page.locator("#code").fill("P.01")
    open_rows(page)
    page.locator("#questions-0-text-vi").fill("Có ở ký túc xá không?")
    page.locator("#questions-0-choices-0-text-vi").fill("Có")
    page.locator("#questions-0-choices-1-text-vi").fill("Không")
    page.locator("#items-0-name-vi").fill("Tờ khai")
    page.locator("#items-1-name-vi").fill("Giấy xác nhận của ký túc xá")
    page.get_by_role("button", name="Thêm dòng").click()
    answer = page.locator("#items-1-when-co-o-ky-tuc-xa-khong-co")
    answer.wait_for(state="attached")  # the page has come anew
    open_rows(page)
    answer.check()
    save(page)
    expect(page.get_by_role("status").first).to_have_text("Đã lưu.")
    open_rows(page)
    expect(page.locator("#items-1-when-co-o-ky-tuc-xa-khong-co")).to_be_checked()

    page.locator("#withdrawal-since").fill("2020-01-01")
    page.locator("#withdrawal-since").press("Enter")
    expect(page.get_by_role("heading", name="Không có gì ở địa chỉ này.")).to_be_visible()
    page.goto(f"{hall.url}/settings/procedures/P.01")
    open_rows(page)
    page.locator("#withdrawal-since").fill("2099-01-01")
    page.locator("#withdrawal-since").press("Enter")
    expect(page.get_by_role("status").first).to_have_text("Đã ngừng tiếp nhận thủ tục.")


def test_a_file_is_looked_at_before_it_is_in_force(hall: Hall, context: OpenContext, axe: Check, shot: Shot) -> None:
    hall.add_person("lan", "leader", "Lê Thị Lan")
    opened = context(390, 800)
    hall.sign_in(opened, "lan")
    page = opened.new_page()
    page.goto(f"{hall.url}/settings/procedures")
    page.get_by_role("link", name="Tệp").click()
    for days, place in (("hai", "#mistakes"), ("2", "#changes-title")):
        content = f"Mã thủ tục;Thời hạn: số ngày\n1.004873;{days}\n"
        page.get_by_label("Tệp CSV hoặc XLSX").set_input_files(
            {"name": "thu-tuc.csv", "mimeType": "text/csv", "buffer": content.encode()}
        )
        page.get_by_role("button", name="Xem những gì sẽ thay đổi").click()
        page.locator(place).wait_for()
        page.wait_for_load_state("load")
        for _width in at_widths(page, 320, 1280, 390):
            assert no_wider(page)
        assert axe(page) == []
    expect(page.locator("del").first).to_have_text(re.compile("3 ngày làm việc"))
    shot(page, "catalogue-files", full=True)
    page.get_by_role("button", name="Áp dụng các thay đổi này").click()
    expect(page.get_by_role("listitem").filter(has_text="1.004873")).to_contain_text("2 ngày làm việc")
