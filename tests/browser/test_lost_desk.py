"""A desk that answers no more, though its connections stand: each page says so, screens sooner than phones."""

import json
import signal

import pytest
from playwright.sync_api import Page, expect

from motcua.run.pings import RARE_INTERVAL_S, RARE_TIMEOUT_S
from motcua.server import PING_INTERVAL_S
from tests.browser.conftest import Hall, OpenContext
from tests.waiting import PATIENCE_S

pytestmark = pytest.mark.browser
PATIENCE_MS = PATIENCE_S * 1000


def promise(page: Page, url: str) -> tuple[int, int]:
    """Open `url` and return how often the desk will ping it, and how long an answer may take, in milliseconds."""
    frames: list[str] = []
    page.on("websocket", lambda line: line.on("framereceived", lambda frame: frames.append(str(frame))))
    page.goto(url)
    while not frames:
        page.wait_for_timeout(50)  # waits: lets what came be told
    opened = json.loads(frames[0][1:])
    return opened["pingInterval"], opened["pingTimeout"]


def test_pages_of_screens_ask_for_often_and_those_of_phones_for_rare_pings(hall: Hall, context: OpenContext) -> None:
    often = (PING_INTERVAL_S * 1000, PATIENCE_MS)  # a busy computer has time
    code = hall.issue()["follow_url"].rpartition("/")[2]
    paths = {"wall": "wall", "kiosk": "kiosk", "counter": "counter/1", "pad": "pad"}
    for role, path in paths.items():
        made = context()
        hall.pair(made, role, 1 if role in {"counter", "pad"} else None)
        assert promise(made.new_page(), f"{hall.url}/{path}") == often, role
    assert promise(context().new_page(), f"{hall.url}/t/{code}") == (RARE_INTERVAL_S * 1000, RARE_TIMEOUT_S * 1000)


def test_a_page_says_that_a_frozen_desk_answers_no_more_and_that_it_is_back(hall: Hall, context: OpenContext) -> None:
    hall.stop()
    hall.limits = {"motcua.server.PING_TIMEOUT_S": 1, "motcua.run.pings.RARE_INTERVAL_S": 2}
    hall.limits["motcua.run.pings.RARE_TIMEOUT_S"] = 2
    hall.start()
    code = hall.issue()["follow_url"].rpartition("/")[2]
    screen = context()
    hall.pair(screen, "wall")
    wall, phone = screen.new_page(), context().new_page()
    lost = {wall: ".wall-lost", phone: ".connection-offline"}
    wall.goto(f"{hall.url}/wall")
    phone.goto(f"{hall.url}/t/{code}")
    for page, words in lost.items():
        expect(page.locator("html[data-ready]")).to_have_count(1, timeout=PATIENCE_MS)
        expect(page.locator(words)).to_have_count(0, timeout=PATIENCE_MS)
    assert hall.process is not None
    hall.process.send_signal(signal.SIGSTOP)
    try:
        for page, words in lost.items():
            expect(page.locator(words)).to_be_visible(timeout=PATIENCE_MS)
    finally:
        hall.process.send_signal(signal.SIGCONT)
    for page, words in lost.items():
        expect(page.locator(words)).to_have_count(0, timeout=PATIENCE_MS)
