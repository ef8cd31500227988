"""The first set-up in the browser: step by step to a desk that works, and closed to strangers."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from motcua.setup.rooms import open_desk
from tests.browser.conftest import PASSWORD, Check, Hall, OpenContext, Shot, press
from tests.waiting import wait_until

pytestmark = pytest.mark.browser


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Hall]:
    """Lend a served desk that nobody has set up."""
    folder = tmp_path / "fresh"
    folder.mkdir()
    open_desk(folder).stop()
    made = Hall(folder)
    made.start()
    yield made
    made.stop()


def onward(page: Page) -> None:
    page.get_by_role("button", name="Tiếp tục").click()


def test_from_the_first_page_to_a_signed_in_administrator(
    fresh: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    page = context(width=1280).new_page()
    page.goto(f"{fresh.url}/")
    expect(page).to_have_url(f"{fresh.url}/setup")
    expect(page.get_by_role("heading", name="Đây là bộ phận của đơn vị nào?")).to_be_visible()
    onward(page)
    expect(page.get_by_label("Đơn vị", exact=True)).to_be_focused()
    page.get_by_label("Đơn vị", exact=True).fill("Phường Mỹ Đình")
    assert axe(page) == []
    press(page, "Enter")
    page.get_by_label("Họ và tên").first.fill("Trần Thị Bình")
    expect(page.get_by_label("Tên đăng nhập").first).to_have_value("binhtt")
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_label("Nhập lại mật khẩu").fill("mat-khau-khac")
    onward(page)
    expect(page.get_by_role("heading", name="Ai quản trị phần mềm?")).to_be_visible()
    page.get_by_label("Nhập lại mật khẩu").fill(PASSWORD)
    onward(page)
    first = page.get_by_role("group", name="Người thứ 1")
    first.get_by_label("Họ và tên").fill("Nguyễn Văn An")
    first.get_by_label("Chỗ ngồi").select_option("1")
    password = first.get_by_label("Mật khẩu ban đầu").input_value()
    assert len(password) >= 14
    page.get_by_role("button", name="Thêm người").click()
    page.keyboard.type("Lê Văn Cường")
    page.get_by_role("group", name="Người thứ 2").get_by_label("Công việc").select_option("leader")
    shot(page, "wizard-people")
    onward(page)
    page.get_by_label("Thứ Bảy").fill("7h30 - 11h30")
    onward(page)
    expect(page.locator("#summary")).to_contain_text("annv")
    expect(page.locator("#summary")).to_contain_text(password)
    assert axe(page) == []
    shot(page, "wizard-summary", full=True)
    page.get_by_role("button", name="Hoàn tất thiết lập").click()
    expect(page.get_by_role("heading", name="Đã thiết lập xong")).to_be_visible()
    expect(page.locator("#address-note")).to_contain_text("Chỉ máy này truy cập được hệ thống")
    assert axe(page) == []
    page.goto(f"{fresh.url}/settings/hours")
    expect(page.get_by_label("Thứ Bảy")).to_have_value("07:30-11:30")
    officer = context()
    fresh.sign_in(officer, "annv", password)
    stranger = context().new_page()
    stranger.goto(f"{fresh.url}/setup")
    expect(stranger).to_have_url(f"{fresh.url}/")


def test_what_the_desk_refuses_stands_at_its_field(fresh: Hall, context: OpenContext) -> None:
    page = context(locale="en-US", java_script_enabled=False).new_page()
    page.goto(f"{fresh.url}/setup")
    page.get_by_label("Unit", exact=True).fill("Phường Mỹ Đình")
    page.locator("#field-admin-full_name").fill("Trần Thị Bình")
    page.locator("#field-admin-name").fill("binhtt")
    page.get_by_label("Password", exact=True).fill("a" * 14)
    page.get_by_label("Password, once more").fill("a" * 14)
    page.get_by_label("Monday").fill("17:00-13:00")
    page.get_by_role("button", name="Set up the desk").click()
    expect(page.locator("#field-admin-password-error")).to_contain_text("not one letter repeated")
    expect(page.locator("#field-hours-monday-error")).to_contain_text("must end after it begins")
    expect(page.get_by_label("Unit", exact=True)).to_have_value("Phường Mỹ Đình")
    expect(page.get_by_label("Password", exact=True)).to_have_value("")
    page.get_by_label("Monday").fill("07:30-11:30")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password, once more").fill(PASSWORD)
    page.get_by_role("button", name="Set up the desk").click()
    expect(page.get_by_role("heading", name="The desk is ready")).to_be_visible()


def test_a_small_commune_starts_from_its_own_template(fresh: Hall, context: OpenContext) -> None:
    page = context(java_script_enabled=False).new_page()
    page.goto(f"{fresh.url}/setup")
    page.get_by_role("link", name="Xã nhỏ: 2 quầy").click()
    expect(page.get_by_role("link", name="Xã nhỏ: 2 quầy")).to_have_attribute("aria-current", "true")
    page.get_by_label("Đơn vị", exact=True).fill("Xã Yên Bình")
    page.locator("#field-admin-full_name").fill("Trần Thị Bình")
    page.locator("#field-admin-name").fill("binhtt")
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_label("Nhập lại mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Hoàn tất thiết lập").click()
    expect(page.get_by_role("heading", name="Đã thiết lập xong")).to_be_visible()
    assert [item["number"] for item in fresh.call("/counters")["items"]] == [1, 2]


def test_from_elsewhere_the_wizard_wants_the_code_of_the_terminal(fresh: Hall, context: OpenContext) -> None:
    """A name that is not this computer's own stands for another computer."""
    wait_until(lambda: re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}", fresh.announced()))
    said = next(line for line in fresh.announced().splitlines() if re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}", line))
    code = re.findall(r"[A-Z2-9]{4}-[A-Z2-9]{4}", said)[0]
    elsewhere = f"http://motcua.local.test:{fresh.port}"
    request = context().request
    locked = request.get(f"{fresh.url}/setup", headers={"Host": f"motcua.local.test:{fresh.port}"})
    assert "Mã thiết lập" in locked.text()
    for given, expected in (("XXXX-XXXX", "Mã không đúng"), (code.lower(), "Đây là bộ phận của đơn vị nào?")):
        answer = request.post(
            f"{fresh.url}/setup",
            form={"code": given},
            headers={"Host": f"motcua.local.test:{fresh.port}", "Origin": elsewhere},
        )
        assert expected in answer.text()
    wrong = {"Host": f"motcua.local.test:{fresh.port}"}
    answers = [request.post(f"{fresh.url}/setup", form={"code": "XXXX-XXXX"}, headers=wrong).status for _ in range(6)]
    assert answers == [403] * 5 + [429]
