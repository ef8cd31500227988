"""The card of the form of questions on the settings page: what is chosen there is what phones get."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Check, Hall, OpenContext, Shot
from tests.browser.test_rate import page_of, serve
from tests.browser.test_settings import save, settings

pytestmark = pytest.mark.browser


def test_a_service_gets_the_form_by_its_card_and_loses_it_again(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    ticket = serve(hall)
    phone = context(320, 640, java_script_enabled=False).new_page()

    def offers_form() -> bool:
        answer = phone.goto(f"{page_of(hall, ticket)}/form")
        return answer is not None and answer.status == 200

    assert not offers_form()
    page = settings(hall, context, "rating")
    card = page.get_by_role("group", name="Dịch vụ có phiếu hỏi theo tiêu chí")
    name = next(item["name"] for item in hall.call("/services")["items"] if item["code"] == "certified-copy")
    service = card.get_by_label(name, exact=True)
    expect(service).not_to_be_checked()
    service.check()
    most = page.get_by_label("Số câu hỏi tối đa của phiếu")
    most.fill("9")
    save(page)
    expect(page.get_by_role("alert").filter(has_text="Chưa lưu")).to_contain_text("rating_form.questions")
    assert axe(page) == []
    assert not offers_form()
    most.fill("1")
    save(page)
    expect(page.get_by_text("Mọi thứ đã được lưu.")).to_be_visible()
    shot(page, "settings-form", full=True)
    assert offers_form()
    phone.locator("[type=radio]").first.check()
    phone.get_by_role("button", name="Câu tiếp theo").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Câu trả lời của ông/bà")  # it had one question
    page.reload()
    expect(service).to_be_checked()
    service.uncheck()
    save(page)
    expect(page.get_by_text("Mọi thứ đã được lưu.")).to_be_visible()
    assert not offers_form()
