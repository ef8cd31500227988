"""What the desk sends to a leader's browser is shown there: the page's own service worker gets what the desk made.

No push service of a browser can be reached from here. One of the tests' own takes the desk's message and opens it as
a browser would; Chromium's debugger hands it to the worker as Chromium's push service would.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from tests.browser.chromium import find_whole_chromium, launch
from tests.browser.conftest import PATIENCE_MS, Hall
from tests.browser.test_alerts import change
from tests.receivers import PushService
from tests.waiting import wait_until

pytestmark = pytest.mark.browser
SHOWN = """navigator.serviceWorker.ready.then((registration) => registration.getNotifications()).then((all) =>
  all.map(({ title, body, tag, lang, requireInteraction }) => ({ title, body, tag, lang, requireInteraction })))"""
SHOWN_EVENT = "Push event completed"
"""What Chromium says when everything that the worker promised for a push is done."""
POST = """async ([path, body]) => (await fetch(path, { method: "POST", body: JSON.stringify(body), headers: {
  "Content-Type": "application/json", "X-CSRF-Token": JSON.parse(document.getElementById("page").textContent).csrf,
} })).status"""


class Worker:
    """The service worker of a page, spoken to by the browser's debugger."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._numbers: list[str] = []
        self._events: list[str] = []
        self._debugger = page.context.new_cdp_session(page)
        self._debugger.on("ServiceWorker.workerRegistrationUpdated", self._note)
        self._debugger.on("BackgroundService.backgroundServiceEventReceived", self._hear)
        self._debugger.send("ServiceWorker.enable")
        self._debugger.send("BackgroundService.startObserving", {"service": "pushMessaging"})
        self._debugger.send("BackgroundService.setRecording", {"service": "pushMessaging", "shouldRecord": True})
        page.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
        wait_until(lambda: page.evaluate("1") and self._numbers)

    def _note(self, event: dict[str, Any]) -> None:
        self._numbers += [item["registrationId"] for item in event["registrations"]]

    def _hear(self, event: dict[str, Any]) -> None:
        self._events.append(event["backgroundServiceEvent"]["eventName"])

    def push(self, origin: str, message: str) -> None:
        """Hand `message` to the worker as a push service does, and return when the worker has shown it.

        Nobody may ask for the notices meanwhile: Chromium forgets one that is written down and not yet on the screen.
        """
        about = {"origin": origin, "registrationId": self._numbers[-1], "data": message}
        shown = self._events.count(SHOWN_EVENT)
        self._debugger.send("ServiceWorker.deliverPushMessage", about)
        wait_until(lambda: self.page.evaluate("1") and self._events.count(SHOWN_EVENT) > shown, told=self._events.copy)

    def list_shown(self) -> list[dict[str, Any]]:
        """Return the notices that the browser shows."""
        shown: list[dict[str, Any]] = self.page.evaluate(SHOWN)
        return shown


@pytest.fixture
def leader(playwright: Playwright) -> Iterator[BrowserContext]:
    """Lend a context of a browser that shows notices."""
    browser = launch(playwright, find_whole_chromium())
    context = browser.new_context(locale="vi-VN")
    context.set_default_timeout(PATIENCE_MS)
    yield context
    browser.close()


def test_a_call_for_help_is_shown_by_the_leaders_browser(hall: Hall, leader: BrowserContext) -> None:
    hall.add_person("lan", "leader", "Lê Thị Lan")
    leader.grant_permissions(["notifications"], origin=hall.url)
    hall.sign_in(leader, "lan")
    page = leader.new_page()
    page.goto(f"{hall.url}/leaders/alerts")
    expect(page.locator("#push-switch")).to_be_visible()
    change(hall, "notices", allow_local=True)
    with PushService() as service:
        body = {"endpoint": service.endpoint, "keys": service.keys}
        assert page.evaluate(POST, ["/api/v1/alerts/push", body]) == 201
        hall.at(3, "open")
        hall.call("/help", {}, role="counter", counter=3)
        wait_until(lambda: service.texts)
        (message,) = service.texts
    worker = Worker(page)
    worker.push(hall.url, json.dumps(message, ensure_ascii=False))
    assert worker.list_shown() == [
        {
            "title": message["title"],
            "body": message["text"],
            "tag": message["tag"],
            "lang": "vi",
            "requireInteraction": True,
        }
    ]
    assert "Quầy 3" in message["text"] or "quầy 3" in message["text"]
    worker.push(hall.url, json.dumps({**message, "text": "lần nữa"}, ensure_ascii=False))  # a repeat is the same notice
    assert [item["body"] for item in worker.list_shown()] == ["lần nữa"]
