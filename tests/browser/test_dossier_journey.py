"""One dossier from the checklist at the kiosk to the result in somebody's hand, once in each language of the hall."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from motcua.copies import replace
from motcua.devices.printer.emulator import PrinterEmulator
from motcua.setup.document import write
from tests.browser.at_counter import in_hand
from tests.browser.conftest import PHONES, Check, Hall, OpenContext, Shot, press
from tests.browser.dossier_steps import (
    ENGLISH,
    READY,
    VIETNAMESE,
    Words,
    keep_and_forget,
    look_up,
    print_slip,
    require_listed,
    require_receipt,
    settle_at_counter,
    settle_on_board,
)
from tests.browser.driven import driving
from tests.browser.test_dossiers import CARD, COPY, scan
from tests.browser.test_papers import open_kiosk, touch
from tests.browser.test_rate import ratings
from tests.server.hall import fresh_folder, ward
from tests.waiting import wait_until

pytestmark = pytest.mark.browser
PICKUP_COUNTER = 2


@dataclass(frozen=True)
class PrintingHall:
    """A served hall that lists results on its wall, and the printer of its agent."""

    hall: Hall
    printer: PrinterEmulator


@pytest.fixture(scope="module")
def printing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrintingHall]:
    """Lend one hall to both languages."""
    document = ward()
    rules = replace(document.settings.dossiers, wall_results=True, wall_results_most=15)
    printer = PrinterEmulator("may-in")
    with fresh_folder() as folder:
        hall = Hall(folder)
        hall.start()
        changed = replace(document, settings=replace(document.settings, dossiers=rules))
        hall.command("config.import", text=write(changed))
        settle_some(hall)
        with driving(hall, tmp_path_factory.mktemp("agent"), printer):
            yield PrintingHall(hall, printer)
        hall.stop()


def settle_some(hall: Hall) -> None:
    """Let the results of one visit be ready."""
    hall.issue()
    for move in ("open", "call-next", "start"):
        hall.at(PICKUP_COUNTER, move)
    intake = {"procedure": COPY, "applicant": {"name": "Trần Thị Bình"}, "papers": [{"code": "original", "copies": 1}]}
    for _end in READY:
        code = hall.at(PICKUP_COUNTER, "dossiers", **intake)["dossier"]["code"]
        hall.call(f"/dossiers/{code}/ready", {}, role="counter", counter=PICKUP_COUNTER)
    hall.at(PICKUP_COUNTER, "finish")


def take_number(hall: Hall, context: BrowserContext, words: Words) -> str:
    """Look the papers up at the kiosk, tick the one that is there, and take the number with it."""
    page = open_kiosk(hall, context)
    if words is ENGLISH:
        touch(page, "English")
    touch(page, words.papers)
    page.keyboard.type(words.letters, delay=60)
    page.locator(".find-results .tile", has_text=words.procedure).first.click()
    page.locator(".find-paper").first.click()
    expect(page.locator(".find-paper").first).to_have_attribute("aria-pressed", "true")
    touch(page, words.take_number)
    number = page.locator(".ticket-page .ticket-number")
    expect(number).to_be_visible()
    return number.inner_text()


def take_in(page: Page, words: Words, axe: Check, shot: Shot) -> str:
    """Take in what the citizen brought: ticked by the kiosk, filled in by the card; return the code."""
    original = page.locator("tr[data-paper=original] input[type=checkbox]").first
    expect(page.locator("#procedure-name")).to_have_text("Chứng thực bản sao từ bản chính")
    expect(original).to_be_checked()
    expect(page.locator("tr[data-paper=copies] input[type=checkbox]").first).not_to_be_checked()
    expect(page.locator("#due")).to_contain_text(words.result_by)
    scan(page, "A001")
    expect(page.locator(".field-error")).to_contain_text(words.no_card)
    scan(page, CARD)
    expect(page.locator("#applicant-name")).to_have_value("Nguyễn Văn An")
    expect(page.locator("#applicant-number")).to_have_value("001090012345")
    original.uncheck()
    page.locator("#receive").click()
    expect(page.locator("#problem")).to_contain_text(words.is_missing)
    original.check()
    if words is VIETNAMESE:
        assert axe(page) == []
    shot(page, f"dossiers-intake-{words.locale}")
    page.locator("#receive").click()
    taken = page.locator("#taken-in")
    expect(taken).to_have_attribute("data-state", "received")
    expect(taken.locator(".dossier-code")).to_have_text(re.compile(r"^MC\.000\.25\.01\.H17-\d{6}-000\d$"))
    return taken.locator(".dossier-code").inner_text()


def rate(pad: Page, hall: Hall, words: Words, visit: str) -> None:
    """Press the best face, and see that the rating is of `visit`."""
    count = len(ratings(hall))
    pad.locator(".pad-face[data-level='5']").click()
    expect(pad.locator("h1")).to_have_text(words.thanks)
    wait_until(lambda: len(ratings(hall)) == count + 1)
    rating = ratings(hall)[-1]
    assert (rating["visit"], rating["level"], rating["status"]) == (visit, 5, "counted")


def open_page(hall: Hall, context: BrowserContext, path: str, words: Words) -> Page:
    page = context.new_page()
    page.goto(f"{hall.url}/language/{words.locale[:2]}?next={path}")
    return page


@pytest.mark.parametrize("words", [VIETNAMESE, ENGLISH], ids=["vi", "en"])
def test_from_the_checklist_to_the_result_in_hand(
    printing: PrintingHall, context: OpenContext, axe: Check, shot: Shot, words: Words
) -> None:
    hall = printing.hall
    number = take_number(hall, context(1080, 1920), words)
    wait_until(lambda: hall.call("/queue", role="leader")["items"] != [])
    ticket = hall.call("/queue", role="leader")["items"][0]["id"]

    at_counter, at_wall, at_pad = (context(height=720, locale=words.locale) for _place in range(3))
    hall.pair(at_counter, "counter", words.counter)
    at_counter.clock.install()  # toasts go when the test says so
    hall.pair(at_wall, "wall")
    hall.pair(at_pad, "pad", words.counter)
    wall = open_page(hall, at_wall, "/wall", words)
    pad = open_page(hall, at_pad, "/pad", words)
    counter = open_page(hall, at_counter, f"/counter/{words.counter}", words)
    counter.locator("[data-command=open]").click()
    expect(counter.locator("#waiting-count")).to_have_text("1")
    press(counter, "Space")
    expect(wall.locator(".wall-number").first).to_have_text(number)
    in_hand(counter, number, "called")  # until then the key would mean another number
    press(counter, "s")
    in_hand(counter, number, "serving")
    counter.locator("#dossiers").click()
    code = take_in(counter, words, axe, shot)
    address = print_slip(counter, printing.printer)
    assert hall.call(f"/dossiers/{code}", role="leader")["dossier"]["visit"] == ticket
    if words is VIETNAMESE:
        require_receipt(hall, counter, code)
        keep_and_forget(counter, code)
    hall.at(words.counter, "finish")
    rate(pad, hall, words, ticket)

    phone = open_page(hall, context(360, 740, locale=words.locale), address.removeprefix(PHONES), words)
    look_up(phone, hall, code, words)
    assert axe(phone) == []
    shot(phone, f"dossier-lookup-{words.locale}")

    office = context(locale=words.locale)
    hall.sign_in(office)
    if words is VIETNAMESE:
        settle_on_board(open_page(hall, office, "/", words), hall, code, words, axe, shot)
    else:
        settle_at_counter(counter, code, axe)
    require_listed(wall, code, words, axe, shot)

    visit = fetch(hall, context(locale=words.locale), address, words)
    expect(wall.locator(".wall-ready li strong")).to_have_text(READY[::-1])
    at_pad.clear_cookies()
    hall.pair(at_pad, "pad", PICKUP_COUNTER)
    rate(open_page(hall, at_pad, "/pad", words), hall, words, visit)
    dossier: dict[str, Any] = hall.call(f"/dossiers/{code}", role="leader")["dossier"]
    assert dossier["state"] == "returned"
    assert (dossier["extensions"], dossier["supplements"]) == ((1, 0) if words is VIETNAMESE else (0, 1))


def fetch(hall: Hall, context: BrowserContext, address: str, words: Words) -> str:
    """Hand the result out to somebody with a number of their own, found by the slip's code; return the visit."""
    visit = hall.issue("result-pickup")["id"]
    for move in ("call-next", "start"):
        hall.at(PICKUP_COUNTER, move)
    hall.pair(context, "counter", PICKUP_COUNTER)
    page = open_page(hall, context, f"/counter/{PICKUP_COUNTER}/dossiers", words)
    page.locator("#find").fill(address)
    page.locator("#find").press("Enter")
    current = page.locator("#current")
    expect(current).to_contain_text("N*** An")
    current.locator("[data-step=return]").click()
    page.locator("dialog .button-primary").click()
    expect(current).to_have_attribute("data-state", "returned")
    hall.at(PICKUP_COUNTER, "finish")
    return str(visit)
