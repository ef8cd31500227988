"""How the tests start Chromium."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import OFF_BY_US

pytestmark = pytest.mark.browser
SWITCH = "--disable-features="


def test_what_playwright_turns_off_stays_off(browser: Browser) -> None:
    """A newer Playwright may turn off more; then `OFF_BY_PLAYWRIGHT` needs the new names too."""
    assert browser.is_connected()
    commands = [read_command(path) for path in Path("/proc").glob("[0-9]*")]
    lists = [
        [word.removeprefix(SWITCH).split(",") for word in command if word.startswith(SWITCH)]
        for command in commands
        if "--remote-debugging-pipe" in command and any(OFF_BY_US in word for word in command)
    ]
    first, *_more, last = next(names for names in lists if len(names) > 1)
    assert set(first) - set(last) == set()


def read_command(process: Path) -> list[str]:
    """Return the words with which a process was started, none when it has ended meanwhile."""
    try:
        return (process / "cmdline").read_text(encoding="utf-8", errors="replace").split("\0")
    except OSError:
        return []
