"""A press on an emulated rating keypad, over a real cable and a real agent, is seen where leaders look."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from motcua.devices.keypad.emulator import PadEmulator
from tests.browser.conftest import Check, Hall, OpenContext, Shot
from tests.browser.driven import driving
from tests.browser.test_rate import ratings, serve
from tests.waiting import wait_until

pytestmark = pytest.mark.browser


def test_a_press_on_the_keypad_is_seen_by_leaders_and_not_by_the_officer(
    hall: Hall, context: OpenContext, tmp_path: Path, axe: Check, shot: Shot
) -> None:
    pad = PadEmulator("ban-danh-gia-1", 1)
    counter = context()
    hall.pair(counter, "counter", 1)
    officer = counter.new_page()
    with driving(hall, tmp_path / "pc", pad):
        officer.goto(f"{hall.url}/counter/1")
        ticket = serve(hall)
        wait_until(lambda: pad.get_state()["lit"])
        pad.do("rate:2")
        wait_until(lambda: ratings(hall))
    (rating,) = ratings(hall)
    seen = {name: rating[name] for name in ("visit", "level", "channel", "status", "counter")}
    assert seen == {"visit": ticket["id"], "level": 2, "channel": "keypad", "status": "counted", "counter": 1}
    leader = context()
    hall.sign_in(leader)
    page = leader.new_page()
    page.goto(f"{hall.url}/leaders/ratings")
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="bàn phím", exact=True))
    expect(row.get_by_role("cell").first).to_have_text("1")
    expect(page.locator("main")).to_contain_text("1 có trả lời")
    assert axe(page) == []
    shot(page, "ratings-by-keypad")
    expect(officer.locator("body")).not_to_contain_text("Không hài lòng")
