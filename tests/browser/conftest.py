"""A served desk and a real Chromium: what whole journeys through the screens need."""

import json
import os
import shutil
import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from motcua.cli.door import run_command
from motcua.copies import replace
from motcua.setup.document import Document
from motcua.web.cookies import DEVICE, get_former_name
from tests.browser.axe import WCAG, list_violations
from tests.browser.chromium import find_chromium, launch
from tests.browser.contexts import SERVED, Borrowed, Contexts
from tests.browser.hands import as_a_hand, press
from tests.forked import PATIENT, Forked
from tests.ports import free_port
from tests.run_folder import MEMORY, once
from tests.server import hall as served
from tests.waiting import PATIENCE_S, wait_until

__all__ = ["as_a_hand", "press"]
SCREENSHOTS = Path(__file__).parent / "screenshots"
PHONES = served.PHONES
PASSWORD = served.PASSWORD
PATIENCE_MS = PATIENCE_S * 1000
PAD_ASKS_S = 180

Json = dict[str, Any]
OpenContext = Callable[..., BrowserContext]
Check = Callable[..., list[str]]
Shot = Callable[..., Path]


@cache
def find_usual_port() -> int:
    """Return the port of a test's first desk: always the same, so that a browser has its files already."""
    return free_port()


@dataclass
class Hall:
    """A desk served by its own process from `folder`; always open, with the administrator `admin`.

    `limits` are constants of the product that are others from its next start on.
    """

    folder: Path
    port: int = field(default_factory=free_port)
    process: Forked | None = None
    tokens: dict[tuple[str, int | None], str] = field(default_factory=dict)
    limits: dict[str, object] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Return the desk's address without a slash at its end; it stays the same over a restart."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Serve, and return when the desk is ready."""
        SERVED.add(self.url)
        words = ["serve", "--data", str(self.folder), "--port", str(self.port)]
        with (self.folder / "serve.out").open("wb") as out, (self.folder / "serve.log").open("ab") as log:
            process = self.process = Forked(words, out, log, constants={**PATIENT, **self.limits})
        wait_until(lambda: process.poll() is not None or self.announced().startswith("ready http://"))
        assert process.poll() is None, (self.folder / "serve.log").read_text()

    def stop(self) -> None:
        """End the process and wait for it; nothing happens when it does not run."""
        if self.process is None:
            return
        self.process.terminate()
        self.process.wait(PATIENCE_S)
        self.process = None

    def announced(self) -> str:
        """Return what the process printed."""
        return (self.folder / "serve.out").read_text(encoding="utf-8")

    def restart(self) -> None:
        """Stop and serve again under the same address."""
        self.stop()
        self.start()

    def command(self, action: str, /, **given: Any) -> Json:
        """Run one of the command line's changes, e.g. `account.add`, in the served desk."""
        return run_command(self.folder, action, given)

    def token(self, role: str, counter: int | None = None) -> str:
        """Return a bearer token of `role`; the same one each time."""
        if (role, counter) not in self.tokens:
            self.tokens[role, counter] = str(self.command("token.add", role=role, counter=counter)["token"])
        return self.tokens[role, counter]

    def pair(self, context: BrowserContext, role: str, counter: int | None = None) -> None:
        """Make the browser of `context` a device of the hall."""
        cookie = {
            "name": get_former_name(DEVICE),
            "value": self.token(role, counter),
            "url": self.url,
            "httpOnly": True,
            "sameSite": "Lax",
        }
        context.add_cookies([cookie])  # type: ignore[list-item]

    def sign_in(self, context: BrowserContext, name: str = "admin", password: str = PASSWORD) -> None:
        """Sign a person in through the desk's own form."""
        answer = context.request.post(
            f"{self.url}/sign-in",
            form={"name": name, "password": password},
            headers={"Origin": self.url},
            max_redirects=0,
        )
        assert answer.status in {302, 303}, f"{answer.status}: {answer.text()[:500]}"

    def add_person(self, name: str, role: str = "officer", full_name: str = "", title: str = "") -> int:
        """Add an account whose password is `PASSWORD`; return its number."""
        made = self.command(
            "account.add", name=name, role=role, full_name=full_name or name, title=title, password=PASSWORD
        )
        return int(made["account"])

    def call(self, path: str, body: Json | None = None, *, role: str = "kiosk", counter: int | None = None) -> Json:
        """Send `body` to `/api/v1<path>` (or read it when there is no body) as a program of `role`; return the
        answer, {} when empty.
        """
        status, answer = self.ask(path, body, role=role, counter=counter)
        assert status < 400, answer
        return answer

    def ask(
        self, path: str, body: Json | None = None, *, role: str = "kiosk", counter: int | None = None
    ) -> tuple[int, Json]:
        """As `call`, but return the status too and take a refusal for an answer."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {self.token(role, counter)}", "Content-Type": "application/json"}
        request = urllib.request.Request(f"{self.url}/api/v1{path}", data, headers)  # noqa: S310 -- our own desk
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:  # noqa: S310 -- our own desk
                return answer.status, json.loads(answer.read() or b"{}")
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.loads(error.read())

    def issue(self, service: str = "certified-copy", priority: str | None = None) -> Json:
        """Take a number."""
        return self.call("/tickets", {"service": service, **({"priority": priority} if priority else {})})

    def at(self, counter: int, move: str, **body: Any) -> Json:
        """Do `move` (open, call-next, start …) at a counter as its own device."""
        return self.call(f"/counters/{counter}/{move}", body, role="counter", counter=counter)


def patient_ward() -> Document:
    """Return the ward's settings, always open; its pads ask as much longer as each view of these tests stays."""
    document = served.ward()
    rating = replace(document.settings.rating, window_s=PAD_ASKS_S)
    return replace(document, settings=replace(document.settings, rating=rating))


@pytest.fixture(scope="session")
def template() -> Path:
    """Set a desk up once; each hall is a copy of its folder."""
    return once("patient ward", lambda folder: served.prepare(folder, patient_ward(), "admin"))


@pytest.fixture
def hall(template: Path) -> Iterator[Hall]:
    """Lend a served desk of its own to each test."""
    with tempfile.TemporaryDirectory(dir=MEMORY, ignore_cleanup_errors=True) as name:
        shutil.copytree(template, name, dirs_exist_ok=True)
        made = Hall(Path(name), find_usual_port())
        made.start()
        yield made
        made.stop()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Lend what drives browsers."""
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE_MS)
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Lend Chromium: `MOTCUA_CHROMIUM`, else the one on the path.

    Without one the tests are skipped, in CI they fail.
    """
    opened = launch(playwright, find_chromium())
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def contexts(browser: Browser) -> Contexts:
    """Lend the contexts that one test after the other has."""
    return Contexts(browser)


@pytest.fixture
def context(contexts: Contexts) -> Iterator[OpenContext]:
    """Lend a maker of browser contexts: `context(width=1280, height=800, locale="vi-VN", …)`.

    The test fails in the end if a page threw an error, broke the content policy, or dropped a press: it would have
    gone on without what it pressed for. Clicks come no sooner than a hand's at the same place; tests that mean to be
    quicker open a context with `is_hasty=True`.
    """
    opened: list[tuple[Borrowed, dict[str, Any]]] = []

    def make(
        width: int = 1280, height: int = 800, locale: str = "vi-VN", *, is_hasty: bool = False, **more: Any
    ) -> BrowserContext:
        options = {"viewport": {"width": width, "height": height}, "locale": locale, **more}
        borrowed = contexts.borrow(options, is_hasty=is_hasty)
        opened.append((borrowed, options))
        return borrowed.context

    yield make
    for borrowed, options in opened:
        contexts.take_back(borrowed, options)
    assert [problem for borrowed, _options in opened for problem in borrowed.wrong] == []


def settled(page: Page) -> None:
    """Return when the page is drawn as it stays: loaded, with its letters, and nothing that still fades or slides."""
    page.wait_for_load_state("load")
    page.evaluate("""async () => {
        await document.fonts.ready;
        const passing = document.getAnimations().filter(
      (one) => Number.isFinite(one.effect?.getComputedTiming().endTime));
        await Promise.allSettled(passing.map((one) => one.finished));
    }""")


def no_wider(page: Page) -> bool:
    """Say whether the page, as it stays, is no wider than its window."""
    settled(page)
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def at_widths(page: Page, *widths: int) -> Iterator[int]:
    """Show the page at one width after the other; it stays at the last.

    To open it again for each would take seconds. It is measured as it stays: letters that are still to come are wider.
    """
    settled(page)
    height = (page.viewport_size or {"height": 800})["height"]
    for width in widths:
        page.set_viewport_size({"width": width, "height": height})
        yield width


@pytest.fixture
def axe() -> Check:
    """Lend `axe(page)`: the page's WCAG 2.2 AA violations, each as "rule: selector, …"; none is [].

    `axe(page, rules)` looks for those alone.
    """

    def check(page: Page, rules: Sequence[str] = WCAG) -> list[str]:
        settled(page)
        return list_violations(page, rules)

    return check


@pytest.fixture
def shot() -> Shot:
    """Lend `shot(page, name, full=False)`: a picture in `tests/browser/screenshots`, which git does not see.

    Pictures are for people: they are taken when `MOTCUA_SCREENSHOTS=1`.
    """

    def take(page: Page, name: str, *, full: bool = False) -> Path:
        path = SCREENSHOTS / f"{name}.png"
        if os.environ.get("MOTCUA_SCREENSHOTS") != "1":
            return path
        SCREENSHOTS.mkdir(exist_ok=True)
        (SCREENSHOTS / ".gitignore").write_text("*\n")
        settled(page)
        page.screenshot(path=path, full_page=full)
        return path

    return take
