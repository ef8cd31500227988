"""The officer's page shows what the server's rules say of each command: by the hall's own settings, in the reader's
language.
"""

import pytest
from playwright.sync_api import Page, expect

from motcua.copies import replace
from motcua.setup.document import write
from tests.browser.at_counter import counter_page, idle, in_hand
from tests.browser.conftest import Hall, OpenContext
from tests.server.hall import ward

pytestmark = pytest.mark.browser

IN_HAND = "Quầy 3 vẫn còn một số. Xin hoàn tất số đó trước."
MISSING = {1: "Xin gọi lại A001 một lần trước.", 2: "Xin gọi lại A001 2 lần nữa trước khi ghi vắng mặt."}


def require_recalls(hall: Hall, recalls: int) -> None:
    """Let a number be absent after this many recalls."""
    document = ward()
    rules = replace(document.settings.queue, absent_recalls=recalls)
    hall.command("config.import", text=write(replace(document, settings=replace(document.settings, queue=rules))))


def called(hall: Hall, context: OpenContext) -> Page:
    """Open counter 3, to which A001 is called."""
    hall.issue()
    hall.at(3, "open")
    page = counter_page(hall, context())
    idle(page)
    page.keyboard.press("Space")
    in_hand(page, "A001", "called")
    return page


@pytest.mark.parametrize("recalls", [0, 1, 2])
def test_absent_is_offered_after_as_many_recalls_as_the_settings_say(
    hall: Hall, context: OpenContext, recalls: int
) -> None:
    require_recalls(hall, recalls)
    page = called(hall, context)
    absent = page.locator("[data-command=absent]")
    for missing in range(recalls, 0, -1):
        expect(absent).to_have_attribute("aria-disabled", "true")
        expect(absent.locator(".counter-hint")).to_have_text(MISSING[missing])
        page.keyboard.press("Delete")
        expect(page.locator(".toast")).to_contain_text(MISSING[missing])
        in_hand(page, "A001", "called")
        page.clock.fast_forward(700)  # the same key sooner is a slip of the finger
        page.keyboard.press("r")
    expect(absent).to_have_attribute("aria-disabled", "false")
    expect(absent.locator(".counter-hint")).to_have_count(0)
    page.clock.fast_forward(700)
    page.keyboard.press("Delete")
    idle(page)
    expect(page.locator("#absent li")).to_contain_text("A001")


def test_why_a_command_is_refused_follows_the_language_and_stays_without_the_server(
    hall: Hall, context: OpenContext
) -> None:
    require_recalls(hall, 2)
    page = called(hall, context)
    page.get_by_role("link", name="English").click()
    hint = page.locator("[data-command=absent] .counter-hint")
    expect(hint).to_have_text("Recall A001 2 more times first.")
    expect(page.locator("[data-command=transfer]")).to_have_attribute("title", "Start serving A001 first.")
    expect(page.locator("[data-command=pause]")).to_have_attribute(
        "title", "There is still a ticket at counter 3. Finish with it first."
    )
    hall.stop()
    expect(page.locator("#connection")).not_to_contain_text("Connected")
    page.keyboard.press("Delete")
    expect(page.locator(".toast")).to_contain_text("Recall A001 2 more times first.")
    expect(hint).to_have_text("Recall A001 2 more times first.")


def test_a_counter_is_taken_over_only_while_no_number_is_in_hand(hall: Hall, context: OpenContext) -> None:
    hall.add_person("vannam", full_name="Trần Văn Nam")
    hall.issue()
    hall.at(3, "open", officer=hall.add_person("thuha", full_name="Nguyễn Thị Thu Hà"))
    hall.at(3, "call-next")
    browser = context()
    hall.sign_in(browser, "vannam")
    page = browser.new_page()
    page.clock.install()
    page.goto(f"{hall.url}/counter/3")
    button = page.get_by_role("button", name="Nhận quầy này")
    button.click()
    expect(page.locator(".toast")).to_contain_text(IN_HAND)
    hall.at(3, "finish")
    expect(page.locator(".counter-foot")).to_contain_text("Hôm nay: 1 lượt")
    page.clock.fast_forward(700)
    button.click()
    expect(page.locator("#officer")).to_have_text("Trần Văn Nam")
    idle(page)
