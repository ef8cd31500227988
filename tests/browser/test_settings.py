"""The settings pages: a change reaches the screens, a refusal names its place, nothing is lost by leaving."""

import re

import pytest
from playwright.sync_api import Dialog, Page, expect

from motcua.settings.model import PAGES
from tests.browser.conftest import PASSWORD, Check, Hall, OpenContext, Shot, at_widths, press
from tests.browser.test_dark_pages import look_in_the_dark
from tests.passwords import NEXT_PASSWORD

pytestmark = pytest.mark.browser


def settings(hall: Hall, opened: OpenContext, section: str, **more: object) -> Page:
    """Open a section as the administrator."""
    made = opened(**more)
    hall.sign_in(made)
    page = made.new_page()
    page.goto(f"{hall.url}/settings/{section}")
    require_drawn(page)
    return page


def require_drawn(page: Page) -> None:
    """Wait until the section stands there: before that the server's own word that it is loading does."""
    expect(page.locator("#app > :not([data-first])").first).to_be_visible()


def save(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^(Lưu|Save)$")).click()


def test_a_renamed_service_appears_on_the_kiosk(hall: Hall, context: OpenContext) -> None:
    kiosk_browser = context(width=1080, height=1920)
    hall.pair(kiosk_browser, "kiosk")
    kiosk = kiosk_browser.new_page()
    kiosk.goto(f"{hall.url}/kiosk")
    expect(kiosk.get_by_text("Hộ kinh doanh").first).to_be_visible()
    page = settings(hall, context, "services")
    page.locator("summary", has_text="Đăng ký, thay đổi, tạm ngừng, chấm dứt").click()
    page.get_by_label("Tên (tiếng Việt)").locator("visible=true").fill("Kinh doanh hộ gia đình")
    expect(page.get_by_text("Có thay đổi chưa lưu.")).to_be_visible()
    save(page)
    expect(page.get_by_text("Mọi thứ đã được lưu.")).to_be_visible()
    expect(kiosk.get_by_text("Kinh doanh hộ gia đình").first).to_be_visible()


def test_refused_settings_name_each_place_and_lead_to_it(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    page = settings(hall, context, "hours")
    page.get_by_label("Thứ Hai").fill("17:00-13:00")
    page.get_by_label("Muộn nhất kết thúc lúc").fill("nửa đêm")
    save(page)
    complaint = page.get_by_role("alert").filter(has_text="Chưa lưu")
    expect(complaint).to_contain_text("hours.monday[0]")
    expect(complaint).to_contain_text("day.latest")
    expect(complaint).to_be_focused()
    monday = page.get_by_label("Thứ Hai")
    expect(monday).to_have_attribute("aria-invalid", "true")
    expect(page.locator(f"#{monday.get_attribute('id')}-error")).to_contain_text("phải kết thúc sau khi bắt đầu")
    assert axe(page) == []
    shot(page, "settings-mistakes")
    complaint.get_by_role("link", name=re.compile("Thứ Hai")).click()
    expect(monday).to_be_focused()
    assert hall.call("/settings/hours", role="admin")["data"]["hours"]["monday"] == ["00:00-24:00"]
    monday.fill("7h30 - 11h30, 13h-17h")
    page.get_by_label("Muộn nhất kết thúc lúc").fill("23:55")
    press(page, "Enter")
    expect(page.get_by_text("Mọi thứ đã được lưu.")).to_be_visible()
    assert hall.call("/settings/hours", role="admin")["data"]["hours"]["monday"] == ["07:30-11:30", "13:00-17:00"]


def test_leaving_with_unsaved_changes_asks_first(hall: Hall, context: OpenContext) -> None:
    page = settings(hall, context, "unit")
    page.get_by_label("Điện thoại").fill("024 3768 0001")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.get_by_role("navigation").get_by_role("link", name="Giờ mở cửa").click()
    expect(page.get_by_label("Điện thoại")).to_have_value("024 3768 0001")
    assert asked == ["beforeunload"]
    page.get_by_role("button", name="Bỏ thay đổi").click()
    expect(page.get_by_label("Điện thoại")).to_have_value("")


def test_a_new_service_gets_a_code_procedures_and_a_counter(hall: Hall, context: OpenContext, shot: Shot) -> None:
    page = settings(hall, context, "services")
    page.get_by_role("button", name="Thêm dịch vụ").click()
    page.keyboard.type("Cấp bản sao từ sổ gốc")
    new = page.locator("details[open]")
    expect(new.get_by_label("Mã", exact=True)).to_have_value("cap-ban-sao-tu-so-goc")
    new.get_by_label("Tên (tiếng Anh)").fill("Copies from the register")
    new.locator("select[data-place$=group]").select_option("H")
    new.get_by_label("Tìm thủ tục theo tên hoặc mã").fill("giam ho")
    expect(new.locator(".choice").first).to_contain_text("giám hộ")
    new.locator(".choice").first.click()
    save(page)
    expect(page.get_by_role("alert").filter(has_text=re.compile(r"services\[\d+\]"))).to_be_visible()
    new.get_by_text("Quầy 4", exact=True).click()
    shot(page, "settings-new-service", full=True)
    save(page)
    expect(page.get_by_text("Mọi thứ đã được lưu.")).to_be_visible()
    found = hall.call("/settings/services", role="admin")["data"]["services"][-1]
    assert (found["code"], found["group"], len(found["procedures"])) == ("cap-ban-sao-tu-so-goc", "H", 1)


def test_the_matrix_says_who_serves_what(hall: Hall, context: OpenContext) -> None:
    page = settings(hall, context, "counters")
    cell = page.get_by_role("checkbox", name=re.compile("tại quầy 6$")).first
    cell.check()
    save(page)
    expect(page.get_by_text("Mọi thứ đã được lưu.")).to_be_visible()
    page.reload()
    expect(page.get_by_role("checkbox", name=re.compile("tại quầy 6$")).first).to_be_checked()


def test_settings_that_starve_a_class_are_refused_by_its_name_and_nothing_is_saved(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    page = settings(hall, context, "queue")
    guard = page.get_by_label("Số lượt gọi vượt liên tiếp, nhiều nhất")
    guard.fill("0")
    expect(page.get_by_text("Không có giới hạn này thì không ai được bị vượt mãi")).to_be_visible()
    save(page)
    complaint = page.get_by_role("alert").filter(has_text="Chưa lưu")
    expect(complaint).to_contain_text("“Không thuộc diện ưu tiên” có thể chờ mãi")
    expect(complaint).to_contain_text("queue.guard_calls")
    expect(guard).to_have_attribute("aria-invalid", "true")
    assert axe(page) == []
    shot(page, "settings-starving-guard")
    assert hall.call("/settings/queue", role="admin")["data"]["queue"]["guard_calls"] == 2
    page = settings(hall, context, "counters")
    page.locator("summary", has_text=re.compile("Cư trú . Bảo trợ")).click()
    hours = page.get_by_label("Giờ của Quầy 5")
    hours.fill("7h30 - 11h30")
    hours.press("Tab")
    save(page)
    complaint = page.get_by_role("alert").filter(has_text="Chưa lưu")
    expect(complaint).to_contain_text("“Đăng ký, xóa thường trú” lấy lúc 23:59")
    complaint.get_by_role("link", name=re.compile("Giờ của Quầy 5")).first.click()
    expect(hours).to_be_focused()
    expect(page.locator(f"#{hours.get_attribute('id')}-error")).to_contain_text("sẽ chờ mãi")
    shot(page, "settings-starving-hours")
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")  # where the bar that saves covers nothing
    assert axe(page) == []
    assert hall.call("/settings/counters", role="admin")["data"]["counters"][4]["hours"] == []


def test_a_lane_set_on_the_page_is_in_the_file_and_in_the_calls(hall: Hall, context: OpenContext, shot: Shot) -> None:
    page = settings(hall, context, "counters")
    summary = page.locator("summary", has_text=re.compile("Đất đai . Kinh doanh"))
    summary.click()
    item = page.locator("details[open]")
    item.get_by_label("K · Hộ kinh doanh").select_option("prefer")
    item.get_by_label("T · Nhận kết quả").select_option("first")
    expect(summary).to_contain_text("Nhận kết quả, Hộ kinh doanh")
    shot(page, "settings-lanes")
    save(page)
    expect(page.get_by_text("Mọi thứ đã được lưu.")).to_be_visible()
    counter = hall.call("/settings/counters", role="admin")["data"]["counters"][5]
    assert (counter["prefer"], counter["must"]) == (["K", "T"], ["T"])
    numbers = [hall.issue(service)["number"] for service in ("land", "household-business", "result-pickup")]
    hall.at(6, "open")
    hall.at(2, "open")
    called = hall.at(6, "call-next")
    assert (called["ticket"]["number"], called["why"]["rule"]) == (numbers[1], "lane")
    assert (
        hall.ask("/counters/2/call-next", {}, role="counter", counter=2)[0] == 204
    )  # result-pickup is called at counter 6 alone
    page.reload()
    page.locator("summary", has_text=re.compile("Đất đai . Kinh doanh")).click()
    expect(page.get_by_label("T · Nhận kết quả").locator("visible=true")).to_have_value("first")


def test_many_seats_are_named_at_once_and_each_has_its_code_on_the_sheet(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    page = settings(hall, context, "seats")
    page.get_by_label("Đến", exact=True).fill("12")
    page.get_by_role("button", name="Thêm các chỗ này").click()
    page.get_by_role("button", name="Thêm một chỗ").click()
    page.keyboard.type("Bàn viết")
    expect(page.get_by_text("13 chỗ", exact=True)).to_be_visible()
    assert axe(page) == []
    save(page)
    expect(page.get_by_text("Mọi thứ đã được lưu.")).to_be_visible()
    labels = [*(f"Ghế {number}" for number in range(1, 13)), "Bàn viết"]
    assert hall.call("/settings/seats", role="admin")["data"]["seats"]["labels"] == labels
    page.get_by_role("link", name="Tờ mã của các chỗ").click()
    codes = page.locator(".code")
    expect(codes).to_have_count(13)
    expect(page.locator(".code svg")).to_have_count(13)
    assert page.locator(".code-label").all_inner_texts() == labels
    addresses = codes.evaluate_all("found => found.map((one) => one.dataset.address)")
    seats = [re.fullmatch(r"http://[^/]+/seat/(\d+)", address) for address in addresses]
    assert [seat[1] for seat in seats if seat] == [str(number) for number in range(1, 14)]
    assert axe(page) == []
    shot(page, "settings-seat-sheet", full=True)
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="In")).to_be_hidden()
    page.set_viewport_size({"width": 718, "height": 1000})
    assert codes.nth(0).bounding_box()["y"] == codes.nth(2).bounding_box()["y"] != codes.nth(3).bounding_box()["y"]  # type: ignore[index]


def test_a_service_gets_quotas_and_is_booked(hall: Hall, context: OpenContext) -> None:
    page = settings(hall, context, "services")
    page.locator("summary", has_text="Chứng thực bản sao").click()
    item = page.locator("details[open]")
    item.get_by_label("Số cấp trong buổi sáng, nhiều nhất").fill("40")
    item.get_by_label("Đặt lịch hẹn được").check()
    save(page)
    expect(page.get_by_text("Mọi thứ đã được lưu.")).to_be_visible()
    found = hall.call("/settings/services", role="admin")["data"]["services"][0]
    assert (found["quota"], found["bookable"], found["at_seat"]) == ({"morning": 40, "afternoon": None}, True, False)
    item.get_by_label("Cán bộ đến tận chỗ ngồi").check()
    save(page)
    expect(page.get_by_role("alert").filter(has_text="services[0].at_seat")).to_be_visible()


def test_a_person_is_added_and_signs_in_with_the_start_password(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    page = settings(hall, context, "people")
    page.get_by_role("button", name="Thêm người").click()
    dialog = page.get_by_role("dialog")
    page.keyboard.type("Nguyễn Văn An")
    expect(dialog.get_by_label("Tên đăng nhập")).to_have_value("annv")
    password = dialog.get_by_label("Mật khẩu ban đầu").input_value()
    assert axe(page) == []
    shot(page, "settings-add-person")
    dialog.get_by_role("button", name="Thêm").click()
    expect(page.get_by_role("row", name="Nguyễn Văn An")).to_be_visible()
    hall.sign_in(context(), "annv", password)
    page.get_by_role("button", name="Sửa Nguyễn Văn An").click()
    dialog.get_by_label("Khóa: không được đăng nhập nữa").check()
    dialog.get_by_role("button", name="Lưu").click()
    expect(page.get_by_role("heading", name="Đã khóa")).to_be_visible()
    page.get_by_role("button", name="Sửa admin").click()
    dialog.get_by_label("Công việc").select_option("officer")
    dialog.get_by_role("button", name="Lưu").click()
    expect(dialog).to_contain_text("Phải còn ít nhất một quản trị")


def test_the_settings_file_is_checked_before_it_is_put_in_force(hall: Hall, context: OpenContext) -> None:
    page = settings(hall, context, "document")
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Tải tệp cài đặt").click()
    toml = downloading.value.path().read_text(encoding="utf-8")
    box = page.get_by_label("Hoặc dán nội dung")
    box.fill(toml.replace("undo_s = 5", "undo_s = 0"))
    page.get_by_role("button", name="Chỉ kiểm tra").click()
    expect(page.locator("#verdict")).to_contain_text("queue.undo_s")
    box.fill(toml.replace("undo_s = 5", "undo_s = 9"))
    page.get_by_role("button", name="Chỉ kiểm tra").click()
    expect(page.locator("#verdict")).to_contain_text("Nếu áp dụng, cài đặt sẽ thay đổi.")
    page.get_by_role("button", name="Áp dụng").click()
    page.get_by_role("dialog").get_by_role("button", name="Áp dụng").click()
    expect(page.locator("#verdict")).to_contain_text("Đã áp dụng cài đặt trong tệp.")
    assert hall.call("/settings/queue", role="admin")["data"]["queue"]["undo_s"] == 9


@pytest.mark.parametrize("locale", ["vi-VN", "en-US"])
def test_every_section_can_be_read_by_everybody(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot, locale: str
) -> None:
    page = settings(hall, context, "unit", locale=locale)
    for section in (item.code for item in PAGES):
        page.goto(f"{hall.url}/settings/{section}")
        require_drawn(page)
        page.evaluate("document.querySelectorAll('details').forEach((one, n) => { one.open = n % 8 === 0; })")
        expect(page.locator("details[open] .item-folded")).to_have_count(0)
        if locale == "vi-VN":  # both languages fill the same places
            assert (section, axe(page)) == (section, [])
            assert (section, look_in_the_dark(page, axe, shot, f"settings-{section}")) == (section, [])
        for width in at_widths(page, 360, 1280, 1920):
            assert (section, page.evaluate("document.documentElement.scrollWidth") <= width) == (section, True)
            shot(page, f"settings-{section}-{width}-{locale[:2]}")


def test_ones_own_password_is_changed_by_the_present_one(hall: Hall, context: OpenContext) -> None:
    page = settings(hall, context, "people")
    page.get_by_role("button", name="Đổi mật khẩu của tôi").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Mật khẩu hiện tại").fill("khong-phai-the")
    dialog.get_by_label("Mật khẩu mới").fill(NEXT_PASSWORD)
    dialog.get_by_role("button", name="Sửa").click()
    expect(dialog).to_contain_text("Mật khẩu hiện tại không đúng.")
    dialog.get_by_label("Mật khẩu hiện tại").fill(PASSWORD)
    dialog.get_by_role("button", name="Sửa").click()
    expect(page).to_have_url(re.compile("/sign-in"))
    hall.sign_in(context(), "admin", NEXT_PASSWORD)
