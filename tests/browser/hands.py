"""Keys and touches as hands make them: no page takes them for a scanner's or for a slip, and one that a page drops
fails its test.
"""

from collections.abc import Callable
from functools import wraps
from math import dist
from typing import Any
from weakref import WeakKeyDictionary, WeakSet

from playwright.sync_api import BrowserContext, Locator, Page

KEY_MS = 40
"""How long a hand holds a key down. Three keys that come faster, `MACHINE_MS` of parts/stray.js apart, are a
scanner's."""

NEAR_PX = 48
"""As far apart as two touches of the same place may be, `NEAR_PX` of parts/stray.js."""
POLLING_MS = 50
"""How often a page is asked whether so much time has passed: to ask at each frame, it would draw each frame."""
DROPPED = "motcua dropped"
TELL_OF_DROPPED = f"""(() => {{
    addEventListener("pointerdown", (event) => (window.lastPressed = event.target), true);
    const stop = Event.prototype.stopImmediatePropagation;
    Event.prototype.stopImmediatePropagation = function () {{
        if (this.isTrusted && ["pointerdown", "click", "keydown"].includes(this.type)) {{
            console.debug("{DROPPED}", this.type, this.target?.outerHTML?.slice(0, 200));
        }}
        return stop.call(this);
    }};
}})();"""
"""Only parts/hands.js stops what people do: it was meant for what stood there before."""

MIDDLE = """control => {
    control.scrollIntoViewIfNeeded();
    const box = control.getBoundingClientRect();
    return [box.x + box.width / 2, box.y + box.height / 2];
}"""
"""Where a control is when it is pressed: pressing scrolls it into view first."""
IS_SAME = "control => Boolean(window.lastPressed) && control.contains(window.lastPressed)"
"""A key of a pad is pressed again and again; what came to its place since is another thing."""


def press(page: Page, *keys: str) -> None:
    """Press keys one after the other as a hand does.

    However fast or slow the computer is, the page never takes them for a scanner's.
    """
    for key in keys:
        page.keyboard.press(key, delay=KEY_MS)


def as_a_hand(page: Page) -> None:
    """Let so much of the page's own time pass as a hand needs: a key or touch that comes sooner is taken for a
    scanner or a slip.
    """
    since = page.evaluate("performance.now()")
    page.wait_for_function("since => performance.now() - since > 600", arg=since, polling=POLLING_MS)


def forget_press(page: Page) -> None:
    """Let the next press be the page's first."""
    _PRESSED.pop(page, None)


def _no_sooner_than_a_hand(press: Callable[..., None]) -> Callable[..., None]:
    """Return `press` of a locator so that it waits as a hand does where it comes to the place of the press before
    it.
    """

    @wraps(press)
    def pressed(control: Locator, *given: Any, **more: Any) -> None:
        page = control.page
        if page.context not in HASTY:
            control.first.wait_for()
            place = control.first.evaluate(MIDDLE)
            if page in _PRESSED and dist(place, _PRESSED[page]) <= NEAR_PX and not control.first.evaluate(IS_SAME):
                as_a_hand(page)
            _PRESSED[page] = place
        press(control, *given, **more)

    return pressed


HASTY: WeakSet[BrowserContext] = WeakSet()
"""Browsers whose tests press sooner than a hand, on purpose."""
_PRESSED: WeakKeyDictionary[Page, tuple[float, float]] = WeakKeyDictionary()
for _name in ("click", "dblclick", "tap", "check", "uncheck", "set_checked"):
    setattr(Locator, _name, _no_sooner_than_a_hand(getattr(Locator, _name)))
