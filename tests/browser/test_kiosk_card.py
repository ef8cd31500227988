"""An ID card under the kiosk's scanner suggests a class, the person confirms it, and nothing of the card stays."""

import re
import uuid

import pytest
import socketio
from playwright.sync_api import Page, expect

from motcua.devices.scanner.samples import make_card, make_health_card
from motcua.devices.scanner.serial import get_system_date
from tests.browser.arranged import arrange, booked_today, fits, kiosk_page, scan, scan_letters
from tests.browser.conftest import Check, Hall, OpenContext, Shot
from tests.waiting import PATIENCE_S

pytestmark = pytest.mark.browser

CLASS_75, CLASS_60 = "Người từ đủ 75 tuổi", "Người từ đủ 60 đến dưới 75 tuổi"
TRACES = re.compile(r"000080000080|THỬ MẪU|Thử Nghiệm|(?<![0-9a-f])0101(?:19|20)\d\d(?![0-9a-f])")


def of(years: int) -> str:
    return make_card(years, get_system_date()).decode()


def traces(page: Page) -> list[str]:
    """Return what of a card can be found on the page or in what the browser keeps."""
    kept = page.evaluate(
        "document.documentElement.outerHTML + JSON.stringify({...localStorage}) + JSON.stringify({...sessionStorage})"
    )
    return TRACES.findall(str(kept))


def test_a_card_typed_by_the_scanner_suggests_a_class_that_the_person_confirms(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    arrange(hall)
    page = kiosk_page(hall, context(1080, 1920))
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.url} {request.post_data or ''}"))
    page.on("websocket", lambda line: line.on("framesent", lambda frame: sent.append(str(frame))))
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    scan(page, of(80))
    expect(page.locator("h1")).to_contain_text(CLASS_75)
    assert axe(page) == []
    shot(page, "kiosk-card-1080")
    page.set_viewport_size({"width": 1920, "height": 1080})
    assert fits(page)
    page.set_viewport_size({"width": 1080, "height": 1920})
    page.locator(".tile-yes").click()
    expect(page.locator(".kiosk-chosen")).to_contain_text(CLASS_75)
    page.locator(".tile", has_text="Hộ tịch").first.click()
    page.locator(".tile").first.click()
    expect(page.locator(".ticket-number")).to_be_visible()
    assert hall.call("/queue")["items"][0]["rank"] == 1
    assert (traces(page), TRACES.findall(" ".join(sent + said))) == ([], [])


def test_who_says_no_or_is_young_has_no_class_and_a_health_card_is_named(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    arrange(hall)
    page = kiosk_page(hall, context(1080, 1920))
    scan(page, of(65))
    expect(page.locator("h1")).to_contain_text(CLASS_60)
    page.locator(".kiosk-answers .tile:not(.tile-yes)").click()
    expect(page.locator(".tile")).to_have_count(8)
    expect(page.locator(".kiosk-chosen")).to_have_count(0)
    scan(page, of(30))
    expect(page.locator(".kiosk-alone .icon-id-card")).to_be_visible()
    expect(page.locator(".tile-yes")).to_have_count(0)
    assert axe(page) == []
    page.locator(".way-done").click()
    scan(page, make_health_card().decode())
    expect(page.locator(".kiosk-alone")).to_be_visible()
    assert axe(page) == []
    shot(page, "kiosk-card-refused-1080")
    page.locator(".way-done").click()
    expect(page.locator(".tile")).to_have_count(8)


def test_a_card_is_typed_into_no_entry_and_our_own_codes_still_work(hall: Hall, context: OpenContext) -> None:
    arrange(hall)
    made = booked_today(hall)
    page = kiosk_page(hall, context(1080, 1920))
    page.locator(".way:has(.icon-history)").click()
    page.locator(".pad-letters .pad-key").first.click()
    page.evaluate(
        """() => {
          window.seen = [];
          new MutationObserver(() => window.seen.push(document.querySelector(".pad-entry")?.textContent ?? ""))
            .observe(document.getElementById("app"), { subtree: true, childList: true, characterData: true });
        }"""
    )
    scan_letters(page, of(80))
    expect(page.locator("h1")).to_contain_text(CLASS_75)
    assert max(len(entry) for entry in page.evaluate("window.seen")) <= 3
    page.locator(".tile-yes").click()
    scan(page, f"{hall.url}/b/{made['code']}")
    expect(page.locator(".booked-time")).to_have_text(made["slot_at"][11:16])
    expect(page.locator(".kiosk-chosen")).to_contain_text(CLASS_75)


def test_what_the_desks_own_scanner_read_comes_to_the_kiosk(hall: Hall, context: OpenContext) -> None:
    arrange(hall)
    made = booked_today(hall)
    page = kiosk_page(hall, context(1080, 1920))
    token = hall.command("token.add", role="agent", kiosks="all")["token"]
    agent = socketio.Client(reconnection=False)
    agent.connect(
        hall.url, auth={"token": token}, transports=["websocket"], namespaces=["/agent"], wait_timeout=PATIENCE_S
    )
    agent.call(
        "devices", {"devices": [{"name": "may-quet", "kind": "scanner"}]}, namespace="/agent", timeout=PATIENCE_S
    )

    def read(**found: object) -> None:
        told = {"device": "may-quet", "age": None, "code": None, "refused": None, **found, "key": uuid.uuid4().hex}
        agent.emit("scan", told, namespace="/agent")

    try:
        read(age=75)
        expect(page.locator("h1")).to_contain_text(CLASS_75)
        page.locator(".tile-yes").click()
        read(refused="health_card")
        expect(page.locator(".kiosk-alone .icon-id-card")).to_be_visible()
        page.locator(".way-done").click()
        expect(page.locator(".kiosk-chosen")).to_contain_text(CLASS_75)
        read(code=f"b/{made['code']}")
        expect(page.locator(".booked-time")).to_have_text(made["slot_at"][11:16])
    finally:
        agent.disconnect()
