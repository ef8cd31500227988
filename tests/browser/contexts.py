"""Browsers' contexts that one test after the other borrows: what an earlier test was sent is not fetched again.

A borrowed context has no cookie, no storage and no page of the test before. Whoever changes one otherwise has it for
itself.
"""

import json
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any
from weakref import WeakSet

from playwright.sync_api import Browser, BrowserContext, Error, Page

from tests.browser.hands import DROPPED, HASTY, TELL_OF_DROPPED
from tests.waiting import PATIENCE_S

SERVED: set[str] = set()
"""Where this process has served desks, e.g. `http://127.0.0.1:20001`: what pages have stored is stored there."""
POLICY = "Content Security Policy"
IDLE_MOST = 6
CHANGES = (
    "add_init_script", "expose_function", "expose_binding", "grant_permissions", "new_cdp_session", "on", "once",
    "route", "route_web_socket", "set_default_navigation_timeout", "set_default_timeout", "set_extra_http_headers",
    "set_geolocation", "set_offline", "close",
)  # fmt: skip
_changed: WeakSet[BrowserContext] = WeakSet()


class Borrowed:
    """A context, how it was asked for, and what went wrong in it."""

    def __init__(self, browser: Browser, options: dict[str, Any], *, is_hasty: bool) -> None:
        """Open it: a page of it that throws an error, breaks the policy or drops a press is written down."""
        self.wrong: list[str] = []
        self.context = browser.new_context(**options)
        self.context.set_default_timeout(PATIENCE_S * 1000)
        signs = (POLICY, *([] if is_hasty else [DROPPED]))
        self.context.on("weberror", lambda error: self.wrong.append(str(error.error)))
        self.context.on(
            "console", lambda line: self.wrong.append(line.text) if any(sign in line.text for sign in signs) else None
        )
        self.context.add_init_script(TELL_OF_DROPPED)
        if is_hasty or not options.get("java_script_enabled", True):  # without scripts no page takes a press for a slip
            HASTY.add(self.context)
        _changed.discard(self.context)

    def clean(self) -> bool:
        """Take out what the test has left; return whether the next may have it."""
        if self.context in _changed or not self.context.pages:
            return False
        with suppress(Error):
            page, *others = self.context.pages
            for other in others:
                other.close()
            page.goto("about:blank")
            self._forget(page)
            page.close()
            return not self.context.pages
        return False

    def _forget(self, page: Page) -> None:
        self.context.clear_cookies()
        line = self.context.new_cdp_session(page)
        for origin in sorted(SERVED):
            line.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
        line.detach()
        _changed.discard(self.context)


class Contexts:
    """The contexts of one browser."""

    def __init__(self, browser: Browser) -> None:
        """Begin without any."""
        self._browser = browser
        self._idle: defaultdict[str, list[Borrowed]] = defaultdict(list)

    def borrow(self, options: dict[str, Any], *, is_hasty: bool) -> Borrowed:
        """Return a context with these options of `Browser.new_context`."""
        idle = self._idle[_name(options, is_hasty=is_hasty)]
        if idle:
            borrowed = idle.pop()
            borrowed.wrong.clear()
            return borrowed
        return Borrowed(self._browser, options, is_hasty=is_hasty)

    def take_back(self, borrowed: Borrowed, options: dict[str, Any], *, is_hasty: bool) -> None:
        """Keep the context for the next test where it can be as new."""
        if "ignore_https_errors" not in options and borrowed.clean() and self._count_idle() < IDLE_MOST:
            self._idle[_name(options, is_hasty=is_hasty)].append(borrowed)
        else:
            borrowed.context.close()

    def _count_idle(self) -> int:
        return sum(map(len, self._idle.values()))


def _name(options: dict[str, Any], *, is_hasty: bool) -> str:
    return json.dumps([is_hasty, options], sort_keys=True, default=str)


def _noted(change: Callable[..., Any]) -> Callable[..., Any]:
    """Return a method of a context that also notes that the context is no longer as it was."""

    @wraps(change)
    def changed(context: BrowserContext, *args: Any, **options: Any) -> Any:
        _changed.add(context)
        return change(context, *args, **options)

    return changed


def _noted_clock(clock: property) -> property:
    """Return the clock of a page or context, noted as it is asked for: it stays with all pages of the context."""

    def changed(owner: Page | BrowserContext) -> Any:
        _changed.add(owner.context if isinstance(owner, Page) else owner)
        return clock.__get__(owner)

    return property(changed, doc=clock.__doc__)


for _method in CHANGES:
    setattr(BrowserContext, _method, _noted(getattr(BrowserContext, _method)))
for _owner in (Page, BrowserContext):
    setattr(_owner, "clock", _noted_clock(vars(_owner)["clock"]))  # noqa: B010 -- a property is put in place of one
