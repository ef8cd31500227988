"""Who leaves an e-mail address with a suggestion reads on the page that they are told, and is told; a phone is not."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Check, Hall, OpenContext, Shot
from tests.browser.test_book import arrange
from tests.receivers import HOST, Mailbox
from tests.waiting import PATIENCE_S

pytestmark = pytest.mark.browser
TOLD = "Khi có thông tin mới, chúng tôi cũng báo vào thư điện tử của ông/bà."
NOT_TOLD = "Liên hệ mà ông/bà để lại không nhận được thông báo tự động."


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with Mailbox() as made:
        yield made


def write(page: Page, hall: Hall, contact: str) -> None:
    page.goto(f"{hall.url}/y")
    page.get_by_label("Nội dung").last.fill("Cần thêm ghế ngồi chờ ở khu B.")
    page.get_by_label("Liên hệ với ông/bà qua đâu?").fill(contact)
    page.get_by_role("button", name="Gửi", exact=True).click()
    expect(page.locator(".suggest-big")).to_be_visible()


def test_an_address_is_told_and_a_phone_number_is_not(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot, mailbox: Mailbox
) -> None:
    page = context(320, 640).new_page()
    write(page, hall, "an@example.vn")  # without a mail server nobody is told
    expect(page.locator(".suggest-code")).to_contain_text(NOT_TOLD)
    page.goto(f"{hall.url}/y")
    expect(page.locator("#field-contact-hint")).to_contain_text("Hệ thống ở đây không gửi thông báo")
    arrange(
        hall,
        {
            "smtp_host": HOST,
            "smtp_port": mailbox.port,
            "smtp_security": "none",
            "sender": "motcua@phuong.vn",
            "allow_local": True,
        },
    )
    page.goto(f"{hall.url}/y")
    expect(page.locator("#field-contact-hint")).to_contain_text("Số điện thoại không nhận tin nhắn.")
    assert axe(page) == []
    write(page, hall, "0912 345 678")
    expect(page.locator(".suggest-code")).to_contain_text(NOT_TOLD)
    write(page, hall, "an@example.vn")
    expect(page.locator(".suggest-code")).to_contain_text(TOLD)
    assert axe(page) == []
    shot(page, "suggestion-told-320")
    code = page.locator(".suggest-big").inner_text()
    assert mailbox.arrived.wait(PATIENCE_S)
    (mail,) = mailbox.mails
    assert (mail["To"], mail["Subject"]) == ("an@example.vn", "Đã nhận được ý kiến của ông/bà")
    assert code in mail.get_content()
    admin = context(1280, 900)
    hall.sign_in(admin)
    log = admin.new_page()
    log.goto(f"{hall.url}/settings/appointments")
    log.get_by_role("button", name="Xem các tin mới nhất").click()
    expect(log.get_by_text("suggestion.received")).to_be_visible()
    expect(log.locator("main")).not_to_contain_text("an@example.vn")
