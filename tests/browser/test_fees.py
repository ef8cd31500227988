"""A fee from the counter to the cash sheet: asked for, scanned from the pad, paid by a bank, counted, sent by post."""

import io

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from motcua.copies import replace
from motcua.settings.model import FeeRules
from motcua.setup.document import write
from tests.browser.conftest import Check, Hall, OpenContext, Shot, at_widths, no_wider
from tests.browser.test_dossiers import CARD, COPY, dossier_page, scan
from tests.browser.test_pad import pad_page
from tests.server.hall import ward
from tests.server.programs import command

pytestmark = pytest.mark.browser
ACCOUNT = FeeRules("970415", "VietinBank", "0011001932418", "UBND PHUONG MAU", notices=True)


def enter_account(hall: Hall) -> None:
    document = ward()
    hall.command("config.import", text=write(replace(document, settings=replace(document.settings, fees=ACCOUNT))))


def test_from_the_fee_to_the_cash_sheet(hall: Hall, context: OpenContext, axe: Check, shot: Shot) -> None:
    enter_account(hall)
    officer = dossier_page(hall, context())
    pad = pad_page(hall, context(1280, 800))
    officer.locator(f"[data-procedure='{COPY}']").first.click()
    scan(officer, CARD)
    officer.locator("tr[data-paper=original] input[type=checkbox]").first.check()
    officer.locator("#receive").click()
    code = officer.locator("#taken-in .dossier-code").inner_text()
    ask_for_letter_and_fee(officer, axe, shot)
    pay_from_pad(hall, pad, axe, shot)
    expect(officer.locator(".toast").first).to_contain_text(code)
    expect(officer.locator("#current")).to_have_attribute("data-state", "received")
    office = context()
    hall.sign_in(office)
    settle(hall, office.new_page(), code, axe, shot)
    phone = context(360, 800).new_page()
    phone.goto(f"{hall.url}/d")
    phone.locator("input[name=code]").fill(code)
    phone.locator("input[name=factor]").fill("1990")
    phone.locator("form[action='/d'] button[type=submit]").click()
    expect(phone.locator("main")).to_contain_text("Đã gửi qua bưu chính")
    shot(phone, "lookup-sent")


def ask_for_letter_and_fee(officer: Page, axe: Check, shot: Shot) -> None:
    """Ask the citizen where the result goes, and for the fee of five pages."""
    officer.locator("#by-mail").click()
    officer.locator("dialog #mailing-address").fill("Số 5 phố Huế, phường Hai Bà Trưng, Hà Nội")
    officer.locator("dialog .button-primary").click()
    expect(officer.locator("dialog")).to_have_count(0)
    officer.locator("#charge").click()
    expect(officer.locator("dialog")).to_contain_text("2.000 ₫")
    officer.locator("dialog #fee-units").fill("5")
    shot(officer, "fee-dialog")
    assert axe(officer) == []
    officer.locator("dialog .button-primary").click()
    expect(officer.locator("#current")).to_have_attribute("data-state", "fee_due")
    expect(officer.locator("#current .fee-code")).to_be_visible()


def pay_from_pad(hall: Hall, pad: Page, axe: Check, shot: Shot) -> None:
    """Pay the code that the pad shows, as a banking app and its bank do."""
    expect(pad.locator("[data-fee=due]")).to_contain_text("7.000 ₫")
    drawn = pad.locator(".pad-fee-code")
    expect(drawn).to_be_visible()
    pad.wait_for_function("() => document.querySelector('.pad-fee-code').complete")
    for _width in at_widths(pad, 360, 1280):
        assert no_wider(pad)
        shot(pad, f"fee-pad-{_width}")
    assert axe(pad) == []
    [qr] = zxingcpp.read_barcodes(Image.open(io.BytesIO(drawn.screenshot())))
    secret = hall.folder / "keys" / "bank.secret"
    hall.call("/bank/secret", {}, role="admin")
    paid = command("bank", "pay", "--server", hall.url, "--secret-file", secret, "--qr", qr.text)
    assert paid.returncode == 0, paid.stderr
    expect(pad.locator("[data-fee=paid]")).to_contain_text("Đã nhận 7.000 ₫")
    shot(pad, "fee-paid")


def settle(hall: Hall, page: Page, code: str, axe: Check, shot: Shot) -> None:
    """Look at the payment, make the result ready, look at the cash sheet, send the letter."""
    page.goto(f"{hall.url}/dossiers/{code}")
    expect(page.locator("#payments")).to_contain_text("000001/")
    for _width in at_widths(page, 360, 1280):
        assert no_wider(page)
        shot(page, f"fee-dossier-{_width}", full=True)
    assert axe(page) == []
    page.locator("#move-ready summary").click()
    page.locator("#move-ready button[type=submit]").click()
    expect(page.locator("#state")).to_have_attribute("data-state", "ready")
    page.goto(f"{hall.url}/")
    page.locator("a[href='/cash']").first.click()
    expect(page.locator("[data-means=transfer]").first).to_contain_text("7.000 ₫ (1)")
    for _width in at_widths(page, 360, 1280):
        assert no_wider(page)
        shot(page, f"cash-{_width}", full=True)
    assert axe(page) == []
    page.goto(f"{hall.url}/cash/bank")
    assert axe(page) == []
    page.goto(f"{hall.url}/mailings")
    page.locator("form[action='/mailings/list'] button[type=submit]").click()
    page.locator("form[action='/mailings/send'] input[name=tracking]").fill("EB123456789VN")
    page.locator("form[action='/mailings/send'] button[type=submit]").click()
    expect(page.locator("[data-letter=sent]")).to_contain_text("EB123456789VN")
    for _width in at_widths(page, 360, 1280):
        assert no_wider(page)
        shot(page, f"mailings-{_width}", full=True)
    assert axe(page) == []
