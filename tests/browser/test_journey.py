"""One citizen through the whole hall: called by a key, shown on the wall, rated on the pad, counted for the leaders."""

import json
import re
import urllib.request
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.at_counter import in_hand
from tests.browser.conftest import Hall, OpenContext, press
from tests.waiting import PATIENCE_S

pytestmark = pytest.mark.browser


def state(hall: Hall, name: str, role: str) -> dict[str, Any]:
    """Return a screen's state as a program of `role` reads it."""
    asked = urllib.request.Request(f"{hall.url}/state/{name}", headers={"Authorization": f"Bearer {hall.token(role)}"})  # noqa: S310 -- our desk
    with urllib.request.urlopen(asked, timeout=PATIENCE_S) as answer:  # noqa: S310 -- our desk
        return dict(json.loads(answer.read()))


def test_from_the_call_to_the_leaders_figures_over_a_restart(hall: Hall, context: OpenContext) -> None:
    officer = hall.add_person("thuha", full_name="Nguyễn Thị Thu Hà")
    at_counter, at_wall, at_pad, on_phone = context(), context(1920, 1080), context(), context(360, 740)
    hall.sign_in(at_counter, "thuha")
    hall.pair(at_wall, "wall")
    hall.pair(at_pad, "pad", 3)
    ticket = hall.issue()
    counter, wall, pad, phone = (one.new_page() for one in (at_counter, at_wall, at_pad, on_phone))
    counter.goto(f"{hall.url}/counter/3")
    wall.goto(f"{hall.url}/wall")
    pad.goto(f"{hall.url}/pad")
    phone.goto(f"{hall.url}/t/{ticket['follow_url'].rsplit('/', 1)[1]}")
    counter.locator("[data-command=open]").click()
    expect(counter.locator("#waiting-count")).to_have_text("1")
    expect(counter.locator(".counter-ticket")).to_be_visible()

    press(counter, "Space")
    expect(wall.locator("body")).to_contain_text("A001")
    expect(phone.locator("#headline")).to_have_text(re.compile("Mời ông/bà đến quầy 3"))
    in_hand(counter, "A001", "called")  # the phone may hear of it sooner
    press(counter, "s")
    expect(phone.locator("#headline")).to_have_text("Ông/bà đang được phục vụ tại quầy 3.")
    in_hand(counter, "A001", "serving")

    hall.stop()
    expect(counter.locator("#connection")).to_contain_text("Mất kết nối")
    expect(pad.locator("h1")).to_have_text("Đang kết nối lại…")
    expect(phone.locator(".connection")).to_have_class(re.compile("connection-offline"))
    hall.start()
    expect(counter.locator("#connection")).to_have_text("Đang kết nối")
    expect(counter.locator(".counter-number")).to_have_text("A001")
    expect(pad.locator(".pad-counter")).to_be_visible()

    press(counter, "Enter")
    expect(pad.locator(".pad-where")).to_have_text("Quầy 3 · A001")
    expect(pad.locator(".pad-officer")).to_contain_text("Nguyễn Thị Thu Hà")
    expect(counter.locator(".counter-foot")).to_contain_text("Được hỏi 1 · trả lời 0")
    pad.locator(".pad-face[data-level='5']").click()
    expect(pad.locator("h1")).to_have_text("Xin cảm ơn ông/bà")
    expect(counter.locator(".counter-foot")).to_contain_text("Được hỏi 1 · trả lời 1")
    expect(counter.locator(".counter-undo")).to_have_count(0)
    expect(phone.locator(".follow-face[data-level='5']")).to_have_attribute("aria-pressed", "true")

    seen = state(hall, "leaders", "leader")
    assert seen["hall"]["served"] == 1
    assert seen["officers"] == [
        {"id": officer, "name": "Nguyễn Thị Thu Hà", "served": 1, "asked": 1, "answered": 1, "skipped": 0}
    ]
    assert seen["desk"]["rated"] == 1
    assert "level" not in json.dumps(state(hall, "counter/3", "leader"))
