"""What signing in asks for: set by an administrator, said on everybody's own page."""

import io

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import expect

from tests.browser.conftest import Check, Hall, OpenContext, Shot, at_widths
from tests.passwords import NEXT_PASSWORD, PASSWORD

pytestmark = pytest.mark.browser


def test_what_signing_in_asks_for_is_set_and_said_before_a_password_is_typed(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    browser = context(width=1280)
    hall.sign_in(browser)
    page = browser.new_page()
    page.goto(f"{hall.url}/settings/staff")
    length = page.locator("[data-place='staff.password_length']")
    expect(length).to_have_value("14")
    for width in at_widths(page, 390, 1280):
        assert axe(page) == []
        shot(page, f"settings-staff-{width}")
    length.fill("20")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_text("Mọi thứ đã được lưu")).to_be_visible()  # the button rests while it saves too
    page.goto(f"{hall.url}/account")
    expect(page.locator("#password-new-hint")).to_contain_text("20")
    for width in at_widths(page, 1280, 390):
        assert axe(page) == []
        shot(page, f"account-{width}", full=True)


def test_somebody_new_chooses_a_password_and_later_ends_a_sign_in_elsewhere(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    person = {"name": "maitt", "full_name": "Trần Thị Mai", "role": "leader", "password": PASSWORD}
    hall.call("/accounts", person, role="admin")
    page = context(width=1280).new_page()
    page.goto(f"{hall.url}/leaders")
    page.fill("[name=name]", "maitt")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="do người khác đặt")).to_be_visible()
    assert axe(page) == []
    shot(page, "account-start", full=True)
    page.get_by_label("Mật khẩu hiện tại").fill(PASSWORD)
    page.get_by_label("Mật khẩu mới", exact=True).fill(NEXT_PASSWORD)
    page.get_by_label("Nhập lại mật khẩu mới").fill(NEXT_PASSWORD)
    page.get_by_role("button", name="Đổi mật khẩu").click()
    expect(page.locator(".figures")).to_be_visible()

    elsewhere = context(width=1280)
    hall.sign_in(elsewhere, "maitt", NEXT_PASSWORD)
    page.goto(f"{hall.url}/account")
    for width in at_widths(page, 390, 1280):
        assert axe(page) == []
        shot(page, f"account-sign-ins-{width}", full=True)
    page.locator("[name=sign_in]").check()
    page.locator("#sign-ins-current").fill(NEXT_PASSWORD)
    page.get_by_role("button", name="Kết thúc các lần đăng nhập đã chọn").click()
    expect(page.get_by_role("status").filter(has_text="Đã kết thúc")).to_be_visible()
    expect(page.locator("[name=sign_in]")).to_have_count(0)
    assert "/sign-in" in elsewhere.request.get(f"{hall.url}/leaders").url


def portrait() -> bytes:
    """Return a drawn head and shoulders, taller than wide."""
    picture = Image.new("RGB", (600, 800), "#cfe3d4")
    drawing = ImageDraw.Draw(picture)
    drawing.ellipse((80, 520, 520, 1000), fill="#23406b")
    drawing.ellipse((190, 130, 410, 430), fill="#e7b48f")
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def test_an_officer_shows_a_photo_on_the_pad_and_takes_it_back(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    officer = hall.add_person("thuha", full_name="Nguyễn Thị Thu Hà", title="Công chức tư pháp")
    hall.at(3, "open", officer=officer)
    screen = context(width=1280)
    hall.pair(screen, "pad", 3)
    pad = screen.new_page()
    pad.goto(f"{hall.url}/pad")
    expect(pad.locator(".pad-card .avatar")).to_have_text("TH")
    shot(pad, "pad-card-initials-1280")

    own = context(width=1280, java_script_enabled=False)
    hall.sign_in(own, "thuha")
    page = own.new_page()
    page.goto(f"{hall.url}/account")
    page.locator("input[type=file]").set_input_files({"name": "anh.png", "mimeType": "image/png", "buffer": portrait()})
    page.get_by_role("button", name="Dùng ảnh này").click()
    expect(page.locator("#photo-error")).to_contain_text("hãy đánh dấu đồng ý")
    page.locator("input[type=file]").set_input_files({"name": "anh.png", "mimeType": "image/png", "buffer": portrait()})
    page.get_by_label("Tôi đồng ý").check()
    page.get_by_role("button", name="Dùng ảnh này").click()
    expect(page.locator(".notice-good")).to_contain_text("hiện ảnh này")
    photo = pad.locator(".pad-card img.avatar")
    expect(photo).to_have_js_property("naturalWidth", 320)
    for width in at_widths(pad, 390, 1280):
        assert axe(pad) == []
        shot(pad, f"pad-card-photo-{width}")

    look = context(width=1280)
    hall.sign_in(look, "thuha")
    account = look.new_page()
    account.goto(f"{hall.url}/account")
    expect(account.get_by_role("img", name="Ảnh của tôi")).to_have_js_property("naturalWidth", 320)
    for width in at_widths(account, 390, 1280):
        assert axe(account) == []
        assert account.evaluate("document.documentElement.scrollWidth") <= width
        shot(account, f"account-photo-{width}", full=True)
    account.get_by_role("button", name="Xóa ảnh").click()
    expect(account.locator(".notice-good")).to_have_text("Đã xóa ảnh.")
    expect(pad.locator(".pad-card .avatar")).to_have_text("TH")
    expect(photo).to_have_count(0)
