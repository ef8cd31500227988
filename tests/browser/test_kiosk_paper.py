"""The kiosk says how the paper came out and what to do when it did not; staff and leaders are told too, and an
officer of a key.
"""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
import socketio
from playwright.sync_api import Page, expect

from motcua.devices.printer.emulator import PrinterEmulator
from tests.browser.arranged import fits
from tests.browser.conftest import Check, Hall, OpenContext, Shot
from tests.browser.driven import driving
from tests.browser.live import open_live
from tests.waiting import PATIENCE_S, wait_until

pytestmark = pytest.mark.browser
SIZES = ((1080, 1920), (1280, 800), (390, 844))


class Agent:
    """A device program with one printer, which does with its jobs what a test wants."""

    def __init__(self, hall: Hall) -> None:
        self.jobs: list[dict[str, Any]] = []
        self._line = socketio.Client(reconnection=False)
        self._line.on("job", self.jobs.append, namespace="/agent")
        token = hall.command("token.add", role="agent", counters="all")["token"]
        self._line.connect(
            hall.url, auth={"token": token}, transports=["websocket"], namespaces=["/agent"], wait_timeout=PATIENCE_S
        )
        self.tell("devices", devices=[{"name": "may-in", "kind": "printer"}])
        self.is_("ok")

    def tell(self, event: str, **fields: Any) -> Any:
        return self._line.call(event, {**fields, "key": uuid.uuid4().hex}, namespace="/agent", timeout=PATIENCE_S)

    def is_(self, state: str, problem: str | None = None) -> None:
        self.tell("health", devices={"may-in": {"state": state, "problem": problem}})

    def end(self, count: int, state: str, detail: str | None = None) -> None:
        """End the job that is the `count`th to arrive."""
        wait_until(lambda: len(self.jobs) == count)
        assert self.tell("result", id=self.jobs[-1]["id"], state=state, detail=detail)["ok"]

    def close(self) -> None:
        self._line.disconnect()


@pytest.fixture
def agent(hall: Hall) -> Iterator[Agent]:
    made = Agent(hall)
    yield made
    made.close()


def kiosk(hall: Hall, context: OpenContext, width: int = 1080, height: int = 1920) -> Page:
    browser = context(width, height)
    hall.pair(browser, "kiosk")
    page = browser.new_page()
    open_live(page, f"{hall.url}/kiosk", "/kiosk")
    expect(page.locator(".tile").first).to_be_visible()
    page.get_by_role("button", name="English").click()
    return page


def take(page: Page) -> str:
    page.locator(".tile").nth(1).click()
    if page.locator(".kiosk-list .tile").count():
        page.locator(".kiosk-list .tile").first.click()
    expect(page.locator(".ticket-page .ticket-number")).to_be_visible()
    return str(page.locator(".ticket-page .ticket-number").text_content())


def test_a_paper_that_did_not_come_is_said_with_what_to_do_and_can_be_wanted_again(
    hall: Hall, context: OpenContext, agent: Agent, axe: Check, shot: Shot
) -> None:
    page = kiosk(hall, context)
    number = take(page)
    expect(page.locator(".kiosk-trouble")).to_have_count(0)
    agent.end(1, "failed", "paper_out")
    trouble = page.locator(".kiosk-trouble")
    expect(trouble).to_contain_text("The printer has run out of paper.")
    expect(trouble).to_contain_text(number)
    expect(page.locator("#live-urgent")).to_contain_text(number)
    expect(page.locator(".way-more")).to_contain_text("5")  # of fifty and more seconds
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        assert axe(page) == []
        assert fits(page)
        assert width < 400 or page.evaluate(
            "document.getElementById('app').scrollHeight <= document.getElementById('app').clientHeight"
        )
        shot(page, f"kiosk-paper-out-{width}")
    again = page.get_by_role("button", name="Print again")
    again.click()
    expect(trouble).to_have_count(0)
    agent.end(2, "unknown", "lost")
    assert agent.jobs[-1]["payload"]["reprint"] is True
    expect(trouble).to_contain_text("It is not clear whether your paper came out.")
    again.click()
    agent.end(3, "done")
    expect(page.get_by_text("Please take your paper.")).to_be_visible()
    expect(trouble).to_have_count(0)
    expect(again).to_have_count(0)
    assert hall.call("/queue")["items"][0]["number"] == number


def test_a_paper_that_comes_is_not_talked_about_and_one_of_somebody_else_neither(
    hall: Hall, context: OpenContext, agent: Agent
) -> None:
    page = kiosk(hall, context)
    take(page)
    agent.end(1, "done", "paper_low")
    expect(page.get_by_text("Please take your paper.")).to_be_visible()
    hall.issue()
    agent.end(2, "failed", "cover_open")
    agent.is_("down", "paper_out")
    expect(page.locator(".kiosk-staff")).to_be_visible()  # what was told later is there
    expect(page.locator(".kiosk-trouble")).to_have_count(0)


def test_the_staff_see_it_at_the_machine_and_leaders_on_their_page(
    hall: Hall, context: OpenContext, agent: Agent, axe: Check, shot: Shot
) -> None:
    page = kiosk(hall, context)
    expect(page.locator(".kiosk-staff")).to_have_count(0)
    agent.is_("down", "paper_out")
    expect(page.locator(".kiosk-staff")).to_have_text("Printer: out of paper")
    assert axe(page) == []
    shot(page, "kiosk-staff-1080")
    browser = context(locale="en-US")
    hall.sign_in(browser)
    leaders = browser.new_page()
    leaders.goto(f"{hall.url}/leaders")
    warned = leaders.locator(".device-warnings")
    expect(warned).to_contain_text("Printer may-in")
    expect(warned).to_contain_text("The paper has run out: put in a new roll.")
    assert axe(leaders) == []
    shot(leaders, "leaders-devices-1280")
    leaders.set_viewport_size({"width": 390, "height": 844})
    assert fits(leaders)
    shot(leaders, "leaders-devices-390")
    agent.is_("ok")
    expect(warned).to_have_count(0)
    expect(page.locator(".kiosk-staff")).to_have_count(0)
    take(page)
    agent.close()  # the paper is never heard of, but it is known that nobody prints
    expect(page.locator(".kiosk-trouble")).to_contain_text("The printer cannot be reached just now.")
    leaders.get_by_role("link", name="Go to the morning check").click()
    expect(leaders.locator("#begin")).to_be_visible()


def test_a_real_printer_runs_out_of_paper_and_prints_again_when_it_has_some(
    hall: Hall, context: OpenContext, tmp_path: Any
) -> None:
    printer = PrinterEmulator("may-in")
    with driving(hall, tmp_path / "pc", printer):
        page = kiosk(hall, context)
        printer.do("paper_out")
        take(page)
        expect(page.locator(".kiosk-trouble")).to_contain_text("The printer has run out of paper.")
        printer.do("mend")
        before = printer.printed
        page.get_by_role("button", name="Print again").click()
        expect(page.get_by_text("Please take your paper.")).to_be_visible()
        wait_until(lambda: printer.printed == before + 1)


def test_a_key_that_does_nothing_says_why_at_its_counter(hall: Hall, context: OpenContext, agent: Agent) -> None:
    browser = context()
    hall.pair(browser, "counter", 1)
    page = browser.new_page()
    page.goto(f"{hall.url}/counter/1")
    expect(page.locator("#connection .connection")).not_to_have_class("connection-offline")
    hall.at(1, "open")
    expect(page.locator("[data-command=next]")).to_be_visible()
    keypad = {"name": "phim", "kind": "keypad", "counters": [1]}
    assert agent.tell("devices", devices=[{"name": "may-in", "kind": "printer"}, keypad])["ok"]
    assert not agent.tell("press", counter=1, press="recall", number=None, age_ms=10, device="phim")["ok"]
    expect(page.locator(".toast")).to_contain_text("Chưa gọi số nào đến quầy này.")
