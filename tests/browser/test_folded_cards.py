"""Cards of a long list on the settings' pages: drawn when somebody opens them, and found before that."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Hall, OpenContext
from tests.browser.test_settings import settings

pytestmark = pytest.mark.browser


def test_a_card_is_drawn_when_it_is_opened_and_found_before(hall: Hall, context: OpenContext) -> None:
    page = settings(hall, context, "services")
    services = hall.call("/settings/services", role="admin")["data"]["services"]
    index, service = next((n, item) for n, item in enumerate(services) if len(item["procedures"]) > 1)
    card = page.locator(f"details[data-place='services[{index}]']")
    expect(card.locator("input")).to_have_count(0)
    expect(card).to_contain_text(service["procedures"][1])  # what the browser's own search looks through
    card.locator("summary").focus()
    page.keyboard.press("Enter")
    name = card.get_by_label("Tên (tiếng Việt)")
    expect(name).to_have_value(service["name"]["vi"])
    name.fill("Việc khác")
    page.get_by_role("button", name="Bỏ thay đổi").click()
    expect(name).to_have_value(service["name"]["vi"])
    other = page.locator(f"details[data-place='services[{(index + 1) % len(services)}]']")
    other.evaluate("card => { card.open = true; }")  # as its search opens it
    expect(other.locator("input").first).to_be_visible()
