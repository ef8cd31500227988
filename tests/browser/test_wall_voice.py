"""The wall speaks: the sentence's sound is fetched and played after the chime, twice, once somebody has switched the
sound on.
"""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Hall, OpenContext
from tests.browser.live import open_live
from tests.waiting import wait_until

pytestmark = pytest.mark.browser
COUNT_SOUNDS = """
window.played = [];
const start = AudioBufferSourceNode.prototype.start;
AudioBufferSourceNode.prototype.start = function (...given) {
    window.played.push(this.buffer.duration); return start.apply(this, given); };
"""


def ready(hall: Hall, page: Page, path: str) -> None:
    """Wait until the clips of a call are made."""
    wait_until(lambda: page.request.get(f"{hall.url}{path}").status == 200)


def test_a_call_is_spoken_twice_after_its_chime(hall: Hall, context: OpenContext) -> None:
    hall.at(1, "open")
    for _ in range(2):
        hall.issue()
    opened = context(1280, 720)
    hall.pair(opened, "wall")
    page = opened.new_page()
    page.add_init_script(COUNT_SOUNDS)
    open_live(page, f"{hall.url}/wall", "/wall")
    ready(hall, page, "/voice/recall/A001/1.wav")
    expect(page.locator(".wall-sound")).to_be_visible()
    hall.at(1, "call-next")
    expect(page.locator(".wall-number")).to_have_text("A001")
    assert page.evaluate("window.played") == [], "a page that may not sound keeps nothing for later"
    page.locator(".wall-sound").click()
    expect(page.locator(".wall-sound")).to_have_count(0)
    with page.expect_response("**/voice/recall/A001/1.wav") as answer:
        hall.at(1, "recall")
    assert (answer.value.status, answer.value.headers["content-type"], answer.value.headers["cache-control"]) == (
        200,
        "audio/wav",
        "no-store",
    )
    wait_until(lambda: len(page.evaluate("window.played")) == 2)  # the page's policy forbids waiting by an expression
    first, again = page.evaluate("window.played")
    assert first == again
    assert 4 < first < 10
