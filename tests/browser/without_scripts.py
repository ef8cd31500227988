"""Looks at pages as a browser without scripts shows them: axe itself is a script, so it sees the drawn page in another
browser.
"""

import re

from playwright.sync_api import Page

from tests.browser.conftest import Check

_SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL)


def check_without_scripts(page: Page, reader: Page, axe: Check) -> list[str]:
    """Return what axe says of `page`, which runs no script: its elements as they are now, with its own style sheets.

    `reader` is a page as large, where scripts run. What stands in `noscript` is there for the one without, and is
    looked at with the rest.
    """
    elements = _SCRIPT.sub("", page.content())
    elements = elements.replace("<noscript", "<div").replace("</noscript>", "</div>")
    reader.route(page.url, lambda route: route.fulfill(body=elements, content_type="text/html; charset=utf-8"))
    reader.goto(page.url)
    reader.unroute(page.url)
    return axe(reader)
