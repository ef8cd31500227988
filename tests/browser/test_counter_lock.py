"""A counter that nobody used waits for its officer's PIN, on a clock that the test moves; a leader's page shows
nothing any more.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from motcua.desk import Desk
from motcua.setup.passwords import hash_password
from motcua.staff import actions as staff
from motcua.staff.model import Account, Role
from tests.browser.conftest import OpenContext, Shot, as_a_hand, at_widths
from tests.passwords import PASSWORD, WEAK_PASSWORD
from tests.run_folder import MEMORY
from tests.server.by_hand import Serving, served_by_hand
from tests.server.client import Client
from tests.server.hall import opened, prepare, services, ward

pytestmark = pytest.mark.browser
LIMIT_S = 30 * 60
PIN = "7352"


class Quiet:
    """A desk whose clock the test moves, its kiosk and its counter's device."""

    def __init__(self, serving: Serving, tokens: dict[str, str]) -> None:
        self.url, self._serving = f"http://127.0.0.1:{serving.port}", serving
        self.kiosk, self.counter = (
            Client(serving.port, {"Authorization": f"Bearer {tokens[role]}"}, None) for role in ("kiosk", "counter")
        )

    def leave(self) -> None:
        """Let so much time pass without a hand that a sign-in is idle."""
        self._serving.move("advance", LIMIT_S + 1)

    def issue(self) -> str:
        """Take a number; return it."""
        answer = self.kiosk.post("tickets", {"service": services()[0].code})
        assert answer.status == 201, answer
        return str(answer.json["number"])


def people(desk: Desk) -> dict[str, str]:
    stored = hash_password(PASSWORD)
    desk.do(staff.save_account, Account(0, "binh", "Trần Văn Bình", "Công chức", Role.OFFICER, 1, stored, False))
    desk.do(staff.save_account, Account(0, "huong", "Đỗ Thị Hương", "", Role.LEADER, None, stored, False))
    desk.do(
        staff.save_account, Account(0, "cu", "Phạm Văn Cũ", "", Role.LEADER, None, hash_password(WEAK_PASSWORD), False)
    )
    return {
        role: desk.do(staff.add_token, role, 1 if role == "counter" else None, "", None).secret
        for role in ("kiosk", "counter")
    }


@pytest.fixture
def quiet() -> Iterator[Quiet]:
    with tempfile.TemporaryDirectory(dir=MEMORY, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        prepare(folder, ward(), "admin")
        desk = opened(folder)
        tokens = people(desk)
        desk.stop()
        with served_by_hand(folder) as serving:
            made = Quiet(serving, tokens)
            yield made
            made.kiosk.close()
            made.counter.close()


def sign_in(page: Page, quiet: Quiet, name: str, to: str, password: str = PASSWORD) -> None:
    page.goto(f"{quiet.url}/sign-in?next={to}")
    page.locator("#field-name").fill(name)
    page.locator("#field-password").fill(password)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(f"**{to}")


def at_work(page: Page, quiet: Quiet) -> None:
    """Sign the officer in, set a PIN as a person does, open the counter and serve somebody."""
    sign_in(page, quiet, "binh", "/counter/1")
    page.locator("#own-account").click()
    page.locator("#pin-current").fill(PASSWORD)
    page.locator("#pin-new").fill(PIN)
    page.locator("#pin-again").fill(PIN)
    page.get_by_role("button", name="Đặt mã PIN").click()
    expect(page.get_by_role("status").first).to_contain_text("Đã đặt mã PIN.")
    page.get_by_role("link", name="Quay lại").click()
    page.locator("[data-command=open]").click()
    expect(page.locator(".counter-ticket.is-idle")).to_be_visible()
    number = quiet.issue()
    expect(page.locator("#waiting-count")).to_have_text("1")
    page.keyboard.press("Space")
    expect(page.locator(".counter-number")).to_have_text(number)
    page.keyboard.press("s")
    expect(page.locator(".counter-ticket")).to_have_attribute("data-state", "serving")


def test_the_counter_waits_for_the_pin_and_does_what_was_pressed(
    quiet: Quiet, context: OpenContext, shot: Shot
) -> None:
    page = context(width=1280, height=800).new_page()
    at_work(page, quiet)
    second = quiet.issue()
    quiet.leave()
    lock = page.locator("#counter-lock")
    expect(lock).to_be_visible()
    expect(page.locator(".counter-ticket")).to_have_attribute("data-state", "serving")
    for width in at_widths(page, 1280, 390):
        shot(page, f"counter-locked-{width}")
    as_a_hand(page)
    page.locator("[data-command=next]").first.click()
    expect(page.locator("#unlock-secret")).to_be_focused()
    page.keyboard.type("7353")
    page.keyboard.press("Enter")
    expect(page.locator("#unlock-wrong")).to_contain_text("Còn được thử 4 lần")
    shot(page, "counter-wrong-pin-390")
    expect(page.locator(".counter-ticket")).to_have_attribute("data-state", "serving")
    page.keyboard.type(PIN)
    page.keyboard.press("Enter")
    expect(lock).to_be_hidden()
    expect(page.locator(".counter-number")).to_have_text(second)
    expect(page.locator(".counter-ticket")).to_have_attribute("data-state", "called")


def test_a_keypads_calls_show_while_the_counter_waits_and_five_wrong_pins_ask_for_the_password(
    quiet: Quiet, context: OpenContext, shot: Shot
) -> None:
    page = context(locale="en-GB").new_page()
    page.goto(f"{quiet.url}/language/vi")
    at_work(page, quiet)
    quiet.leave()
    expect(page.locator("#counter-lock")).to_be_visible()
    second = quiet.issue()
    assert quiet.counter.post("counters/1/call-next").status == 200
    expect(page.locator(".counter-number")).to_have_text(second)
    expect(page.locator("#counter-lock")).to_be_visible()
    for left in (4, 3, 2, 1):
        page.locator("#unlock-secret").fill("7353")
        page.keyboard.press("Enter")
        expect(page.locator("#unlock-wrong")).to_contain_text(f"Còn được thử {left} lần")
    page.locator("#unlock-secret").fill("7353")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Phiên đăng nhập đã kết thúc")).to_be_visible()
    shot(page, "counter-signed-out")
    page.locator(".middle .button-primary").click()
    page.locator("#field-name").fill("binh")
    page.locator("#field-password").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.locator(".counter-number")).to_have_text(second)
    expect(page.locator("#counter-lock")).to_be_hidden()


def test_a_leaders_page_shows_nothing_of_the_hall_once_the_sign_in_is_over(
    quiet: Quiet, context: OpenContext, shot: Shot
) -> None:
    page = context(width=390, height=800).new_page()
    sign_in(page, quiet, "huong", "/leaders")
    expect(page.locator(".figures")).to_be_visible()
    quiet.leave()
    expect(page.get_by_text("không còn đăng nhập")).to_be_visible()
    expect(page.locator(".figures")).to_be_hidden()
    shot(page, "leaders-signed-out")


def test_an_older_password_is_replaced_from_the_notice(quiet: Quiet, context: OpenContext, shot: Shot) -> None:
    page = context(width=390, height=900).new_page()
    sign_in(page, quiet, "cu", "/leaders", WEAK_PASSWORD)
    expect(page.locator(".weak-password")).to_be_visible()
    shot(page, "weak-password-notice")
    page.locator(".weak-password a").click()
    expect(page.locator("#password-new-hint")).to_contain_text("Ít nhất 14 ký tự")
    page.locator("#password-current").fill(WEAK_PASSWORD)
    for field in ("#password-new", "#password-again"):
        page.locator(field).fill("matkhau12345678")
    page.get_by_role("button", name="Đổi mật khẩu").click()
    expect(page.locator("#password-error")).to_contain_text("dễ bị đoán")
    shot(page, "account-refused")
    page.locator("#password-current").fill(WEAK_PASSWORD)
    for field in ("#password-new", "#password-again"):
        page.locator(field).fill(PASSWORD)
    page.get_by_role("button", name="Đổi mật khẩu").click()
    expect(page.get_by_role("status").first).to_contain_text("Đã đổi mật khẩu")
    expect(page.locator(".weak-password")).to_have_count(0)
