"""Pages of which something did not arrive: they say what is true and what is wrong, and begin by themselves once it
does.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from tests.browser.conftest import PATIENCE_MS, Hall, Shot
from tests.waiting import PATIENCE_S

pytestmark = pytest.mark.browser

LOADS_MS = 8_000
VENDOR = "**/vendor/lit-html/lit-html.js"
SHARED = "**/js/parts/link.js"
WORDS = "**/texts/vi.js*"
SHEET = "**/css/tokens.css*"


def aborted(route: Route) -> None:
    route.abort()


def failing(route: Route) -> None:
    route.fulfill(status=500, body="")


def halved(route: Route) -> None:
    """Give the first half, as if that were all.

    It has no mark of the whole: the desk would say for ever that nothing changed.
    """
    answer = route.fetch()
    body = answer.text()
    headers = {name: value for name, value in answer.headers.items() if name not in {"etag", "last-modified"}}
    route.fulfill(status=200, headers=headers, body=body[: len(body) // 2])


def hanging(_route: Route) -> None:
    """Never answer."""


def all_arrives(page: Page) -> None:
    """Let everything arrive from now on. What is half answered just then may end as it will."""
    page.unroute_all(behavior="ignoreErrors")


FAULTS: tuple[Callable[[Route], None], ...] = (aborted, failing, halved, hanging)


@pytest.fixture
def rough(browser: Browser) -> Iterator[BrowserContext]:
    """Lend a browser in which scripts may fail."""
    made = browser.new_context(viewport={"width": 1280, "height": 800}, locale="vi-VN")
    made.set_default_timeout(PATIENCE_MS)
    yield made
    made.close()


@pytest.fixture
def busy(hall: Hall) -> Hall:
    """Lend a hall with A001 called to counter 3 and A002 waiting."""
    hall.at(3, "open")
    hall.tickets = [hall.issue(), hall.issue()]  # type: ignore[attr-defined]
    hall.at(3, "call-next")
    return hall


# (role, address, its script, what it says without one, what shows that it lives)
SCREENS = {
    "wall": ("wall", "/wall", "Lúc", ".wall-stage"),
    "kiosk": ("kiosk", "/kiosk", "xin ông/bà lấy số tại bàn hướng dẫn", ".tile"),
    "pad": ("pad", "/pad", "đánh giá sau bằng mã", ".pad-counter"),
    "counter": ("counter", "/counter/3", "A001 đang ở quầy này", ".counter-number"),
    "follow": ("", "", "A002", "#bell"),
}


def opened(hall: Hall, context: BrowserContext, screen: str) -> tuple[Page, str]:
    role, path, _fact, _life = SCREENS[screen]
    if role:
        hall.pair(context, role, 3 if role in {"pad", "counter"} else None)
    page = context.new_page()
    page.clock.install()
    url = hall.url + (path or f"/t/{hall.tickets[1]['follow_url'].rsplit('/', 1)[1]}")  # type: ignore[attr-defined]
    return page, url


def let_go(
    page: Page,
    what: Locator,
    state: Literal["attached", "visible"] = "visible",
    step_ms: int = 6_000,
    pause_ms: int = 500,
) -> None:
    """Let the page's time go by in steps until `what` is there; between them what is on its way may arrive."""
    for _ in range(20):
        with suppress(PlaywrightTimeoutError):
            return what.wait_for(state=state, timeout=pause_ms)
        page.clock.fast_forward(step_ms)
    pytest.fail("it did not happen")


IS_DECIDED = """() => {
    if (document.documentElement.hasAttribute("data-ready")) return "lives";
    const notice = document.getElementById("watch-notice");
    const left = notice && !notice.hidden && notice.querySelector("output").textContent;
    return left && left !== "0" ? "waits" : null;
}"""


def lives(page: Page, screen: str) -> None:
    """Return when the page lives. While it says that it waits its time goes by; while it loads it is left alone."""
    for _ in range(20):
        if page.wait_for_function(IS_DECIDED, timeout=PATIENCE_MS).json_value() == "lives":
            break
        page.clock.fast_forward(31_000)
    expect(page.locator(SCREENS[screen][3]).first).to_be_visible()
    expect(page.locator("#watch-notice")).to_be_hidden()
    expect(page.locator("[data-first]")).to_have_count(0)


STYLED = "() => getComputedStyle(document.documentElement).getPropertyValue('--paper') !== ''"


@pytest.mark.parametrize("screen", SCREENS)
def test_what_did_not_arrive_is_fetched_again_until_the_page_lives(
    busy: Hall, rough: BrowserContext, shot: Shot, screen: str
) -> None:
    page, url = opened(busy, rough, screen)
    number = list(SCREENS).index(screen)
    faults = FAULTS[number % 4], FAULTS[(number + 1) % 4]
    shared = (SHARED, VENDOR, WORDS)[number % 3]  # what watches is the same on all pages
    for what, fault in zip((f"**/js/{screen}/main.js", shared), faults, strict=True):
        page.route(what, fault)
        page.goto(url, wait_until="commit")
        expect(page.locator("#app")).to_contain_text(SCREENS[screen][2])
        notice = page.locator("#watch-notice")
        let_go(page, notice)
        expect(notice).to_contain_text("chưa tải được đầy đủ")
        expect(notice).to_contain_text("has not loaded completely")
        shot(page, f"watch-{screen}-{fault.__name__}")
        all_arrives(page)
        page.clock.run_for(5_000)
        lives(page, screen)


def test_a_section_of_the_settings_that_did_not_arrive_is_fetched_again(hall: Hall, rough: BrowserContext) -> None:
    hall.sign_in(rough)
    page = rough.new_page()
    page.clock.install()
    for fault in FAULTS:  # each page loads the form of its own section alone
        page.route("**/js/settings/people.js", fault)
        page.goto(f"{hall.url}/settings/people", wait_until="commit")
        let_go(page, page.locator("#watch-notice"))
        all_arrives(page)
        page.clock.run_for(5_000)
        page.clock.fast_forward(31_000)
        expect(page.locator("#app table")).to_contain_text("admin")
        expect(page.locator("#watch-notice")).to_be_hidden()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_style_sheet_that_does_not_arrive_holds_nothing_up(
    busy: Hall, rough: BrowserContext, fault: Callable[[Route], None]
) -> None:
    page, url = opened(busy, rough, "wall")
    page.route(SHEET, fault)
    page.goto(url, wait_until="commit")
    let_go(page, page.locator("html[data-ready]"), "attached", 31_000, LOADS_MS)
    expect(page.locator(".wall-stage")).to_contain_text("A001")
    all_arrives(page)
    for _ in range(10):  # the waits grow to 30 s of the page's time
        page.clock.fast_forward(30_500)
        with suppress(PlaywrightTimeoutError):
            # waits: between two turns of the page's own clock; ten of them are tried
            page.wait_for_function(STYLED, polling=100, timeout=2_500)
            break
    assert page.evaluate(STYLED)
    lives(page, "wall")


def test_a_browser_without_modules_shows_what_is_true_and_looks_again(busy: Hall, rough: BrowserContext) -> None:
    rough.add_init_script("delete HTMLScriptElement.prototype.noModule;")
    page, url = opened(busy, rough, "follow")
    page.route("**/js/follow/main.js", aborted)
    page.goto(url)
    expect(page.locator("#watch-notice")).to_be_visible()
    expect(page.locator(".follow-headline")).to_have_text("Ông/bà là người tiếp theo.")
    busy.at(3, "finish")
    busy.at(3, "call-next")
    let_go(page, page.locator(".follow-headline", has_text="quầy 3"), step_ms=31_000)  # each time after a longer wait


def test_a_page_that_lives_is_not_touched_and_one_whose_desk_is_gone_is_kept(busy: Hall, rough: BrowserContext) -> None:
    page, url = opened(busy, rough, "wall")
    page.goto(url)
    lives(page, "wall")
    page.evaluate("window.mark = 1; setTimeout(() => { throw new Error('later'); })")
    page.clock.run_for(60_000)
    assert page.evaluate("window.mark") == 1
    page.route(SHARED, aborted)
    page.goto(url)
    expect(page.locator("#watch-notice")).to_be_visible()
    page.route(url, aborted)
    page.clock.run_for(60_000)
    expect(page.locator("#app")).to_contain_text("A001")
    all_arrives(page)
    lives(page, "wall")


def test_a_page_of_which_no_script_arrived_at_all_looks_again_later(busy: Hall, rough: BrowserContext) -> None:
    busy.pair(rough, "wall")
    page = rough.new_page()
    page.route("**/static/**", aborted)
    page.goto(f"{busy.url}/wall")
    expect(page.locator("#app")).to_contain_text("A001")
    all_arrives(page)
    first = page.locator("iframe.awake").first
    assert "content='15; url=/awake'" in str(first.get_attribute("srcdoc"))
    first.evaluate("frame => { frame.srcdoc = frame.srcdoc.replace('15', '0'); }")  # as if so many seconds had passed
    page.locator("html[data-ready]").wait_for(state="attached", timeout=PATIENCE_S * 1000)
    expect(page.locator("iframe.awake")).to_have_count(0)


@pytest.mark.parametrize("screen", SCREENS)
def test_without_scripts_each_page_says_what_is_true(busy: Hall, browser: Browser, shot: Shot, screen: str) -> None:
    context = browser.new_context(java_script_enabled=False, locale="vi-VN", viewport={"width": 1280, "height": 800})
    role, path, fact, _life = SCREENS[screen]
    if role:
        busy.pair(context, role, 3 if role in {"pad", "counter"} else None)
    page = context.new_page()
    page.goto(busy.url + (path or f"/t/{busy.tickets[1]['follow_url'].rsplit('/', 1)[1]}"))  # type: ignore[attr-defined]
    expect(page.locator("#app")).to_contain_text(fact)
    assert page.locator("noscript meta[http-equiv=refresh], meta[http-equiv=refresh]").count() == 1
    shot(page, f"noscript-{screen}")
    context.close()


def test_a_page_of_another_version_is_loaded_anew_once(busy: Hall, rough: BrowserContext) -> None:
    page, url = opened(busy, rough, "wall")
    loads: list[str] = []
    page.on("load", lambda loaded: loads.append(loaded.url))

    def newer(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(status=answer.status, headers={**answer.headers, "motcua-build": "another"}, body=answer.body())

    page.route("**/state/wall", newer)
    page.goto(url)
    while len(loads) < 2:
        page.clock.run_for(2_500)
        page.wait_for_load_state()
    lives(page, "wall")
    page.clock.run_for(90_000)
    assert loads == [url, url]
    all_arrives(page)
