"""Writing to the unit on any phone, and the unit's inbox: with scripts and without, from 320 px on."""

import io
import json
import re
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.conftest import PHONES, Check, Hall, OpenContext, Shot, no_wider

pytestmark = pytest.mark.browser
TEXT = "Ghế chờ ở khu B ít quá, đồ ngu!\nXin gọi 0912345678 hoặc an@phuong.vn"
CODE = re.compile(r"/y/([A-Z0-9]{12})")


def photo() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    out = io.BytesIO()
    Image.new("RGB", (800, 600), "#2f7a42").save(out, "JPEG", exif=exif)
    return out.getvalue()


def send(page: Page, text: str, **more: str) -> str:
    page.get_by_label("Nội dung").last.fill(text)
    for label, words in more.items():
        page.get_by_label(label).fill(words)
    page.get_by_role("button", name="Gửi", exact=True).click()
    page.wait_for_url(CODE)
    found = CODE.search(page.url)
    assert found is not None
    return found[1]


def test_a_citizen_writes_without_scripts_on_a_small_phone_and_a_leader_answers(
    hall: Hall, context: OpenContext, shot: Shot
) -> None:
    phone = context(320, 640, java_script_enabled=False).new_page()
    phone.goto(f"{hall.url}/y")
    assert no_wider(phone)
    phone.get_by_label("Phản ánh").check()
    phone.locator("input[type=file]").set_input_files({"name": "anh.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    phone.get_by_label(re.compile("Đồng ý công khai")).check()
    shot(phone, "suggest-320")
    code = send(phone, TEXT)
    expect(phone.get_by_role("heading", name="Cảm ơn Ông/Bà. Đơn vị đã nhận được.")).to_be_visible()
    assert no_wider(phone)
    shot(phone, "suggestion-new-320")
    stored = phone.context.request.get(f"{hall.url}/y/{code}/photo.jpg").body()
    assert b"secret" not in stored
    assert Image.open(io.BytesIO(stored)).size == (800, 600)

    inbox = lead(hall, context, shot)
    answer_as_officer(hall, context)
    inbox.reload()
    inbox.get_by_role("button", name="Công khai", exact=True).click()
    inbox.get_by_label("Cho áp phích kết quả").fill("Thêm mười ghế ở khu B")
    inbox.get_by_role("button", name="Lưu").click()
    read_and_erase(hall, phone, code, shot)
    inbox.goto(f"{hall.url}/suggestions/1")
    expect(inbox.locator(".inbox-text")).to_have_text("Đã xóa")


def lead(hall: Hall, context: OpenContext, shot: Shot) -> Page:
    """Take the suggestion as the leader, look at what is masked, and give it to an officer; return the page."""
    hall.add_person("lan", "leader", "Lê Thị Lan")
    hall.add_person("hoa", "officer", "Phạm Hoa")
    leader = context(390, 800)
    hall.sign_in(leader, "lan")
    inbox = leader.new_page()
    inbox.goto(f"{hall.url}/suggestions")
    row = inbox.locator(".inbox-row")
    expect(row).to_contain_text("Chờ tiếp nhận")
    expect(row).not_to_contain_text("0912345678")
    assert no_wider(inbox)
    shot(inbox, "inbox-phone")
    inbox.get_by_role("link", name="Đọc #1").click()
    inbox.get_by_role("button", name="Tiếp nhận").click()
    expect(inbox.locator(".badge").first).to_have_text("Đang xử lý")
    inbox.get_by_role("button", name="Hiện phần bị che").click()
    expect(inbox.locator(".inbox-text")).to_contain_text("0912345678")
    inbox.goto(f"{hall.url}/suggestions/1")
    expect(inbox.locator(".inbox-text")).not_to_contain_text("0912345678")
    inbox.locator(".hidden-word summary").click()
    expect(inbox.locator(".hidden-word")).to_contain_text("đồ ngu")
    inbox.get_by_label("Ai trả lời?").select_option(label="Phạm Hoa")
    inbox.get_by_role("button", name="Giao", exact=True).click()
    expect(inbox.locator("dd", has_text="Phạm Hoa")).to_be_visible()
    shot(inbox, "inbox-item-phone")
    return inbox


def answer_as_officer(hall: Hall, context: OpenContext) -> None:
    """Answer from a template as the officer, who can do nothing else."""
    officer = context(1280, 800)
    hall.sign_in(officer, "hoa")
    desk = officer.new_page()
    desk.goto(f"{hall.url}/suggestions")
    expect(desk.locator(".inbox-row")).to_have_count(1)
    desk.get_by_role("link", name="Đọc #1").click()
    expect(desk.get_by_role("button", name="Từ chối")).to_have_count(0)
    desk.get_by_role("link", name="Cảm ơn và đã khắc phục").click()
    assert desk.get_by_label("Nội dung trả lời người gửi").input_value().startswith("Cảm ơn Ông/Bà đã góp ý.")
    desk.get_by_label("Nội dung trả lời người gửi").fill("Đã thêm mười ghế ở khu B.")
    desk.get_by_role("button", name="Gửi trả lời").click()
    expect(desk.locator(".suggest-answer")).to_contain_text("mười ghế")


def read_and_erase(hall: Hall, phone: Page, code: str, shot: Shot) -> None:
    """Read and rate the answer, take the file with all that is stored, and have it erased."""
    phone.reload()
    expect(phone.locator(".suggest-answer")).to_contain_text("Đã thêm mười ghế")
    phone.get_by_role("button", name="Rất hài lòng", exact=True).click()
    expect(phone.get_by_text("5 trên 5")).to_be_visible()
    phone.goto(f"{hall.url}/y/answers")
    expect(phone.locator("article")).to_contain_text("mười ghế")
    expect(phone.locator("article")).not_to_contain_text("0912345678")
    shot(phone, "public-answers-320")

    stored_json = json.loads(phone.context.request.get(f"{hall.url}/y/{code}/export.json").text())
    assert (stored_json["text"], stored_json["rating"]) == (TEXT, 5)
    phone.goto(f"{hall.url}/y/{code}")
    phone.locator(".suggest-erase summary").click()
    phone.get_by_role("button", name="Xóa toàn bộ ngay").click()
    expect(phone.get_by_text("đã được xóa")).to_be_visible()
    phone.goto(f"{hall.url}/y/answers")
    expect(phone.locator("article")).to_have_count(0)


@pytest.mark.parametrize("locale", ["vi-VN", "en-GB"])
def test_the_pages_are_free_of_barriers(hall: Hall, context: OpenContext, axe: Check, shot: Shot, locale: str) -> None:
    code = hall.call("/suggestions", {"text": TEXT, "contact": "Lan 0912345678"})["code"]
    hall.call("/suggestions", {"text": "Tôi tố cáo cán bộ nhận tiền.", "counter": 1})
    hall.add_person("lan", "leader", "Lê Thị Lan")
    leader = context(1280, 800, locale)
    hall.sign_in(leader, "lan")
    page = leader.new_page()
    for name, path in (
        ("suggest", "/y"),
        ("suggestion", f"/y/{code}"),
        ("public-answers", "/y/answers"),
        ("inbox", "/suggestions"),
        ("inbox-item", "/suggestions/1"),
        ("inbox-restricted", "/suggestions/2"),
    ):
        page.goto(f"{hall.url}{path}")
        assert axe(page) == [], path
        if name.startswith("inbox"):
            shot(page, f"{name}-{locale[:2]}")


def test_the_codes_on_both_posters_lead_to_the_form(hall: Hall, context: OpenContext, tmp_path: Path) -> None:
    leader = context()
    hall.sign_in(leader)
    for name in ("poster", "result"):
        for size in ("a4", "a3"):
            pdf = leader.request.get(f"{hall.url}/suggestions/{name}.pdf?size={size}").body()
            reader = PdfReader(io.BytesIO(pdf))
            assert len(reader.pages) == 1
            sheet = reader.pages[0]
            assert "Decree 61" not in sheet.extract_text()
            assert "61/2018" not in sheet.extract_text()
            assert round(float(sheet.mediabox.width)) == {"a4": 595, "a3": 842}[size]
            codes = [code.text for image in sheet.images if (code := zxingcpp.read_barcode(image.image))]
            assert codes == [f"{PHONES}/y"]
    phone = context(360, 740).new_page()
    phone.goto(f"{hall.url}/y")
    expect(phone.get_by_role("heading", name="Góp ý, phản ánh, kiến nghị")).to_be_visible()


def test_from_a_ticket_and_from_the_pad_and_with_an_officer(hall: Hall, context: OpenContext, shot: Shot) -> None:
    ticket = hall.issue()
    phone = context(360, 740).new_page()
    phone.goto(hall.url + ticket["follow_url"].removeprefix(PHONES))
    phone.get_by_role("link", name="Gửi góp ý").click()
    expect(phone.get_by_text(f"Về lượt phục vụ của vé {ticket['number']}.")).to_be_visible()
    send(phone, "Phải chờ lâu quá.")

    tablet = context(1280, 800)
    hall.pair(tablet, "pad", 1)
    pad = tablet.new_page()
    pad.goto(f"{hall.url}/pad")
    shot(pad, "pad-rest-suggest")
    pad.get_by_role("link", name="Gửi góp ý").click()
    expect(pad.get_by_text("Về quầy số 1.")).to_be_visible()
    send(pad, "Quầy này chữ nhỏ quá.")
    shot(pad, "pad-suggestion")
    expect(pad.locator(".suggest-qr")).to_be_visible()
    expect(pad.locator("body")).not_to_contain_text("Quầy này chữ nhỏ quá.")
    pad.get_by_role("link", name="Quay lại").click()
    expect(pad.locator(".pad-rest")).to_be_visible()

    hall.add_person("lan", "leader", "Lê Thị Lan")
    leader = context(390, 800)
    hall.sign_in(leader, "lan")
    page = leader.new_page()
    page.goto(f"{hall.url}/y")
    expect(page.get_by_text("Ông/Bà đang nhập giúp công dân.")).to_be_visible()
    page.get_by_label("Về quầy số").fill("3")
    send(page, "Bà cụ nói bậc thềm cao quá.")
    page.goto(f"{hall.url}/suggestions")
    expect(page.locator(".inbox-row")).to_have_count(3)


def test_words_templates_and_deadlines_are_set_on_their_page(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    admin = context()
    hall.sign_in(admin)
    page = admin.new_page()
    page.goto(f"{hall.url}/settings/suggestions")
    page.get_by_label("Số ngày để trả lời").fill("10")
    page.get_by_label("Từ ngữ xúc phạm").fill("đồ ngu\nvô duyên\n\n")
    page.get_by_role("button", name="Thêm mẫu").click()
    page.get_by_label("Tên mẫu").last.fill("Hẹn trả lời sau")
    page.get_by_label("Nội dung mẫu").last.fill("Trung tâm đang kiểm tra và sẽ trả lời trước ngày …")
    assert axe(page) == []
    shot(page, "settings-suggestions", full=True)
    page.get_by_role("button", name="Lưu").click()
    expect(page.locator(".toast, [role=status]").filter(has_text="Đã lưu").first).to_be_visible()
    stored = hall.call("/settings/suggestions", role="admin")["data"]["suggestions"]
    assert (stored["answer_days"], stored["abusive"]) == (10, ["đồ ngu", "vô duyên"])
    assert stored["templates"][-1] == {
        "code": "hen-tra-loi-sau",
        "title": "Hẹn trả lời sau",
        "text": "Trung tâm đang kiểm tra và sẽ trả lời trước ngày …",
    }
    hall.call("/suggestions", {"text": "Thật vô duyên, ở đây tối quá."})
    page.goto(f"{hall.url}/suggestions/1")
    expect(page.locator(".hidden-word")).to_have_count(1)
    expect(page.get_by_role("link", name="Hẹn trả lời sau")).to_be_visible()
