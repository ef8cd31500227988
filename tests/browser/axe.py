"""What axe-core says of a page that the tests have open."""

import base64
import gzip
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
UNPACK = """async packed => {
    const stream = new Blob([Uint8Array.fromBase64(packed)]).stream().pipeThrough(new DecompressionStream("gzip"));
    window.axeSource = await new Response(stream).text();
}"""
"""The way to the page costs more than to read what comes: packed it is a third as long."""
BEGIN = "(0, eval)(axeSource), delete window.axeSource"
"""The page's policy lets only what is asked from outside be read as a script, and that only before it waits."""
COLOURS = ["color-contrast"]
"""What may be wrong in the dark alone: there a page differs by its colours."""
FIND = """async rules => {
    const { violations } = await axe.run(document, { runOnly: rules, resultTypes: ["violations"] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target[0]).join(", ")}`);
}"""
"""Violations alone leave the page: to hand over all that axe looked at costs as much as to look at a small page."""


def list_violations(page: Page, rules: Sequence[str] = WCAG) -> list[str]:
    """Return what breaks WCAG 2.2 AA, or those `rules`, on a page that is drawn, each as "rule: selector, …"."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(UNPACK, pack_axe())
        page.evaluate(BEGIN)
    return [str(violation) for violation in page.evaluate(FIND, rules)]


@cache
def pack_axe() -> str:
    """Return axe-core packed by gzip, as letters."""
    return base64.b64encode(gzip.compress(AXE.read_bytes())).decode()
