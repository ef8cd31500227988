"""Pages keep translators away, and stay true where one has been at work all the same."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Hall, OpenContext

pytestmark = pytest.mark.browser

TRANSLATE = """() => {
  // As Chrome's translator does: each text goes into two <font>s, and the text node that was there is taken away.
  const walker = document.createTreeWalker(document.getElementById("app"), NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) if (walker.currentNode.data.trim()) texts.push(walker.currentNode);
  for (const text of texts) {
    const [outer, inner] = [document.createElement("font"), document.createElement("font")];
    inner.append("«" + text.data + "»");
    outer.append(inner);
    text.replaceWith(outer);
  }
  return document.querySelectorAll("#app font").length;
}"""


def test_each_page_asks_not_to_be_translated(hall: Hall, context: OpenContext) -> None:
    page = context().new_page()
    for path in ("/", "/sign-in", "/book", "/nothing-here"):
        page.goto(hall.url + path)
        assert page.locator("html").get_attribute("translate") == "no"
        assert "notranslate" in str(page.locator("html").get_attribute("class"))
        assert page.locator("meta[name=google]").get_attribute("content") == "notranslate"
        assert page.locator("html").get_attribute("lang") == "vi"


def test_a_translated_page_still_hears_what_changes(hall: Hall, context: OpenContext) -> None:
    hall.at(3, "open")
    first, second = hall.issue(), hall.issue()
    page = context(390, 844).new_page()
    page.goto(f"{hall.url}/t/{second['follow_url'].rsplit('/', 1)[1]}")
    expect(page.locator(".follow-ahead")).to_have_text("1")
    # what the server wrote is drawn anew by the page, and once more when it hears the desk
    expect(page.locator("#tools .connection")).to_have_text("Đang kết nối")
    assert page.evaluate(TRANSLATE) > 10  # two around each text; the page draws itself anew once within a second
    hall.at(3, "call-next")
    expect(page.locator("#headline")).to_have_text("Ông/bà là người tiếp theo.")
    assert page.evaluate(TRANSLATE) > 10
    hall.at(3, "finish")
    hall.at(3, "call-next")
    expect(page.locator("#headline")).to_contain_text("quầy 3")
    expect(page.locator(".ticket-number").first).to_have_text("A002")
    assert first["number"] == "A001"


def test_what_did_not_change_stays_translated(hall: Hall, context: OpenContext) -> None:
    hall.issue()
    wall = context(1280, 720)
    hall.pair(wall, "wall")
    page = wall.new_page()
    page.clock.install()
    page.goto(f"{hall.url}/wall")
    expect(page.locator(".wall-waiting")).to_contain_text("Chứng thực")
    expect(page.locator("html[data-ready]")).to_be_attached()
    page.evaluate(TRANSLATE)
    expect(page.locator(".wall-unit font")).to_have_count(
        0
    )  # drawn anew once, as it is not known what the translator took
    page.evaluate(TRANSLATE)
    page.clock.run_for(1_100)  # it draws each second; more at once would look as if the desk were silent
    expect(page.locator(".wall-unit font")).to_have_count(2)
    hall.issue()
    expect(page.locator(".wall-waiting")).to_have_text("2 Chứng thực")
