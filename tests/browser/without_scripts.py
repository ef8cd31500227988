"""Looks at pages as a browser without scripts shows them: axe itself is a script, so it sees the drawn page in another
browser.
"""

import re

from playwright.sync_api import Page

from tests.browser.conftest import Check, OpenContext

_SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL)


def check_without_scripts(page: Page, context: OpenContext, axe: Check) -> list[str]:
    """Return what axe says of `page`, which runs no script: its elements as they are now, with its own style sheets.

    What stands in `noscript` is there for this reader, and is looked at with the rest.
    """
    elements = _SCRIPT.sub("", page.content())
    elements = elements.replace("<noscript", "<div").replace("</noscript>", "</div>")
    size = page.viewport_size or {"width": 320, "height": 640}
    second = context(size["width"], size["height"]).new_page()
    second.route(page.url, lambda route: route.fulfill(body=elements, content_type="text/html; charset=utf-8"))
    second.goto(page.url)
    return axe(second)
