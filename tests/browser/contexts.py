"""Browsers' contexts that one test after the other borrows: what an earlier test was sent is not fetched again.

A borrowed context has no cookie and no storage of the test before, and a blank page without a past, which is the first
that the test opens: a page of its own would need a process of its own. It may have been opened for windows of another
size; its pages have the size that was asked for. Whoever changes a context or page otherwise has it for itself.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import wraps
from typing import Any
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary, WeakSet

from playwright.sync_api import Browser, BrowserContext, Error, Page, ViewportSize

from tests.browser.hands import DROPPED, HASTY, TELL_OF_DROPPED, forget_press
from tests.waiting import PATIENCE_S

SERVED: set[str] = set()
"""Where this process has served desks, e.g. `http://127.0.0.1:20001`: what pages have stored is stored there."""
POLICY = "Content Security Policy"
IDLE_MOST = 10
"""So many wait for the next test, those that were used last: each has fetched the files of many pages by then."""
CHANGES = (
    "add_init_script", "expose_function", "expose_binding", "grant_permissions", "new_cdp_session", "on", "once",
    "route", "route_web_socket", "set_default_navigation_timeout", "set_default_timeout", "set_extra_http_headers",
    "set_geolocation", "set_offline", "close",
)  # fmt: skip
PAGE_CHANGES = (
    "add_init_script", "add_locator_handler", "emulate_media", "expose_function", "expose_binding", "on", "once",
    "route", "route_from_har", "route_web_socket", "set_default_navigation_timeout", "set_default_timeout",
    "set_extra_http_headers",
)  # fmt: skip
_changed: WeakSet[BrowserContext | Page] = WeakSet()
_blank: WeakKeyDictionary[BrowserContext, Page] = WeakKeyDictionary()
"""The page that a context keeps from one test to the next."""
_sizes: WeakKeyDictionary[BrowserContext, ViewportSize] = WeakKeyDictionary()
"""How large the windows of a borrowed context are."""


class Borrowed:
    """A context, how it was asked for, and what went wrong in it."""

    def __init__(self, browser: Browser, options: dict[str, Any]) -> None:
        """Open it: a page of it that throws an error, breaks the policy or drops a press is written down."""
        self.wrong: list[str] = []
        self.name = _name(options)
        self._has_scripts = bool(options.get("java_script_enabled", True))
        self.context = browser.new_context(**options)
        self.context.set_default_timeout(PATIENCE_S * 1000)
        self.context.on("weberror", lambda error: self.wrong.append(str(error.error)))
        self.context.on("console", lambda line: self._read(line.text))
        self.context.add_init_script(TELL_OF_DROPPED)
        _changed.discard(self.context)

    def lend(self, size: ViewportSize, *, is_hasty: bool) -> None:
        """Let a test have it: with windows of this `size`, and for presses as quick as the test likes if `is_hasty`."""
        self.wrong.clear()
        _sizes[self.context] = size
        if self.context in _blank:
            _resize(_blank[self.context])
        if is_hasty or not self._has_scripts:  # without scripts no page takes a press for a slip
            HASTY.add(self.context)
        else:
            HASTY.discard(self.context)

    def _read(self, line: str) -> None:
        if POLICY in line or (DROPPED in line and self.context not in HASTY):
            self.wrong.append(line)

    def clean(self) -> bool:
        """Take out what the test has left; return whether the next may have it."""
        if self.context in _changed:
            return False
        kept = next((page for page in self.context.pages if page not in _changed), None)
        with suppress(Error):
            for page in self.context.pages:
                if page is not kept:
                    page.close()
            if self._empty(kept := kept or self.context.new_page()):
                _blank[self.context] = kept
                return self.context.pages == [kept]
        return False

    def _empty(self, page: Page) -> bool:
        """Let `page` be as if it had just been opened; return whether that was possible."""
        line = self.context.new_cdp_session(page)
        visited = {urlsplit(entry["url"]).netloc for entry in line.send("Page.getNavigationHistory", {})["entries"]}
        if len(visited - {""}) > 1:  # what a page itself stored goes from where it is only
            return False
        if page.url.startswith("http"):  # a blank page draws nothing, which a mouse would wait for
            page.mouse.move(0, 0)
        page.evaluate("try { sessionStorage.clear(); } catch { /* a blank page has none */ }")
        page.goto("about:blank")
        self.context.clear_cookies()
        for origin in sorted(SERVED):
            line.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
        line.send("Page.resetNavigationHistory")
        line.detach()
        _changed.discard(self.context)
        page.evaluate("window.name = ''")
        forget_press(page)
        return True


class Contexts:
    """The contexts of one browser."""

    def __init__(self, browser: Browser) -> None:
        """Begin without any."""
        self._browser = browser
        self._idle: list[Borrowed] = []
        """The one that was used last is the last."""

    def borrow(self, options: dict[str, Any], *, is_hasty: bool) -> Borrowed:
        """Return a context with these options of `Browser.new_context`."""
        name = _name(options)
        borrowed = next((idle for idle in reversed(self._idle) if idle.name == name), None)
        if borrowed:
            self._idle.remove(borrowed)
        else:
            borrowed = Borrowed(self._browser, options)
        borrowed.lend(options["viewport"], is_hasty=is_hasty)
        return borrowed

    def take_back(self, borrowed: Borrowed, options: dict[str, Any]) -> None:
        """Keep the context for the next test where it can be as new."""
        if "ignore_https_errors" in options or not borrowed.clean():
            borrowed.context.close()
            return
        self._idle.append(borrowed)
        if len(self._idle) > IDLE_MOST:
            self._idle.pop(0).context.close()


def _name(options: dict[str, Any]) -> str:
    return json.dumps({**options, "viewport": None}, sort_keys=True, default=str)


def _resize(page: Page) -> None:
    size = _sizes.get(page.context, page.viewport_size)
    if size and size != page.viewport_size:
        page.set_viewport_size(size)


def _noted(change: Callable[..., Any]) -> Callable[..., Any]:
    """Return a method of a context or page that also notes that its owner is no longer as it was."""

    @wraps(change)
    def changed(owner: BrowserContext | Page, *args: Any, **options: Any) -> Any:
        _changed.add(owner)
        return change(owner, *args, **options)

    return changed


def _noted_clock(clock: property) -> property:
    """Return the clock of a page or context, noted as it is asked for: it stays with all pages of the context."""

    def changed(owner: Page | BrowserContext) -> Any:
        _changed.add(owner.context if isinstance(owner, Page) else owner)
        return clock.__get__(owner)

    return property(changed, doc=clock.__doc__)


def _blank_first(new_page: Callable[[BrowserContext], Page]) -> Callable[[BrowserContext], Page]:
    """Return `BrowserContext.new_page`, which gives out the page that the context has kept first."""

    @wraps(new_page)
    def opened(context: BrowserContext) -> Page:
        page = _blank.pop(context, None) or new_page(context)
        _resize(page)
        return page

    return opened


def _sized(expect_page: Callable[..., Any]) -> Callable[..., Any]:
    """Return `BrowserContext.expect_page`, whose page has the size of those that the test itself opens."""

    @wraps(expect_page)
    @contextmanager
    def expected(context: BrowserContext, *args: Any, **options: Any) -> Iterator[Any]:
        with expect_page(context, *args, **options) as opened:
            yield opened
        _resize(opened.value)

    return expected


for _method in CHANGES:
    setattr(BrowserContext, _method, _noted(getattr(BrowserContext, _method)))
for _method in PAGE_CHANGES:
    setattr(Page, _method, _noted(getattr(Page, _method)))
for _owner in (Page, BrowserContext):
    setattr(_owner, "clock", _noted_clock(vars(_owner)["clock"]))  # noqa: B010 -- a property is put in place of one
BrowserContext.new_page = _blank_first(BrowserContext.new_page)  # type: ignore[assignment, method-assign]
BrowserContext.expect_page = _sized(BrowserContext.expect_page)  # type: ignore[method-assign]
