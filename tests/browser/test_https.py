"""Screens over https: a real Chromium that trusts the ward's authority, as the screen launcher lets it, and one that
does not.
"""

import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, expect

from tests.browser.chromium import chromium_flags, find_chromium
from tests.browser.conftest import PATIENCE_MS
from tests.server.certified import local
from tests.server.hall import PASSWORD, Served, fresh_folder

pytestmark = pytest.mark.browser


def trust(home: Path, authority: Path) -> None:
    """Let Chromium trust an authority."""
    store = home / ".pki" / "nssdb"
    store.mkdir(parents=True)
    for more in (["-N", "--empty-password"], ["-A", "-t", "C,,", "-n", "motcua", "-i", str(authority)]):
        subprocess.run(["certutil", "-d", f"sql:{store}", *more], check=True)  # noqa: S603, S607 -- as the launcher does


def test_the_wall_lives_over_https_and_a_person_signs_in(browser: Browser, tmp_path: Path) -> None:
    with fresh_folder() as folder:
        options, authority = local(folder)
        trust(tmp_path, authority)
        desk = Served(folder, options=options, trusts=authority, contract=False)
        program = browser.browser_type
        path, flags = find_chromium(), chromium_flags()
        trusting = program.launch(executable_path=path, args=flags, env={"HOME": str(tmp_path)})
        page = trusting.new_page(locale="vi-VN")
        page.set_default_timeout(PATIENCE_MS)
        page.goto(f"{desk.url}/sign-in")
        page.locator("[name=name]").fill("admin")
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("form button[type=submit]").first.click()
        page.wait_for_url(f"{desk.url}/")
        page.goto(f"{desk.url}/wall")
        place = desk.place()
        number = place.issue()["number"]
        place.do("call-next")
        expect(page.locator("body")).to_contain_text(number)
        assert all(cookie["secure"] for cookie in page.context.cookies() if "seen" not in cookie["name"])
        assert page.evaluate("window.isSecureContext")
        trusting.close()
        stranger = program.launch(executable_path=path, args=flags, env={"HOME": str(tmp_path / "nobody")})
        with pytest.raises(Error, match="ERR_CERT_AUTHORITY_INVALID"):
            stranger.new_page().goto(desk.url)
        stranger.close()
        desk.close()
