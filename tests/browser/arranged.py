"""A hall with booked times and seats, its kiosk, and short sentences for what hands and scanners do."""

from typing import Any

from playwright.sync_api import BrowserContext, Page, expect

from motcua.copies import replace
from motcua.settings.model import Seats
from motcua.setup.document import Document, write
from tests.browser.conftest import Hall, no_wider, patient_ward
from tests.browser.live import open_live

COPY, CARE = "certified-copy", "disability"
SEATS = tuple(f"Ghế {number}" for number in range(1, 19))


def ward() -> Document:
    """Return the ward's settings, always open."""
    return patient_ward()


def arrange(hall: Hall, **services: dict[str, Any]) -> None:
    """Change services, e.g.

    `arrange(hall, disability={"at_seat": True})`; seats are named, times of five minutes can be booked.
    """
    document = ward()
    appointments = replace(document.settings.appointments, is_open=True, slot_min=5, lead_min=0, capacity=9)
    changed = [
        replace(item, bookable=item.code == COPY, **services.get(item.code.replace("-", "_"), {}))
        for item in document.services
    ]
    settings = replace(document.settings, seats=Seats(SEATS), appointments=appointments)
    assert hall.command("config.import", text=write(replace(document, services=changed, settings=settings)))["changed"]


def kiosk_page(hall: Hall, context: BrowserContext) -> Page:
    hall.pair(context, "kiosk")
    page = context.new_page()
    page.add_init_script("window.print = () => {};")
    open_live(page, f"{hall.url}/kiosk", "/kiosk")
    expect(page.locator(".tile")).to_have_count(8)
    return page


def screen(hall: Hall, context: BrowserContext, role: str, path: str, counter: int | None = None) -> Page:
    hall.pair(context, role, counter)
    page = context.new_page()
    page.goto(f"{hall.url}/{path}")
    return page


def touch(page: Page, *names: str) -> None:
    """Touch one tile after the other."""
    for name in names:
        page.locator(".tile", has_text=name).first.click()


SCAN = """([text, end, keyMs]) => {
  const endedAt = performance.now();
  const type = (key, place) => {
    const press = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
    Object.defineProperty(press, "timeStamp", { value: endedAt - keyMs * (letters.length - place) });
    return document.activeElement.dispatchEvent(press);
  };
  const letters = [...text];
  letters.forEach(type);
  return !type(end, letters.length);
}"""


def scan(page: Page, text: str, end: str = "Enter", key_ms: int = 5) -> None:
    """Type as a scanner does: a key each `key_ms`, with Enter in the end, which presses nothing.

    Each key's event says its time, however late the computer handles it.
    """
    assert page.evaluate(SCAN, [text, end, key_ms])


def scan_letters(page: Page, text: str) -> None:
    """Type as a scanner that sends no Enter."""
    page.evaluate(SCAN, [text[:-1], text[-1], 5])


def fits(page: Page) -> bool:
    return no_wider(page)


def booked_today(hall: Hall) -> dict[str, Any]:
    """Book the next time that is free today."""
    today = hall.call("/bookings", role="officer")["day"]
    at = hall.call(f"/bookings/slots?service={COPY}&day={today}")["slots"][-1]["at"]
    return hall.call("/bookings", {"service": COPY, "slot_at": at, "phone": "0912345678"})
