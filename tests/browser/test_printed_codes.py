"""Every code on every sheet is read from its PDF, and the address in it is opened, by a phone without scripts."""

import io
from collections.abc import Iterator

import pytest
import zxingcpp
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.browser.chromium import chromium_flags, find_chromium
from tests.browser.conftest import PATIENCE_MS, PHONES, Hall, OpenContext
from tests.browser.test_rate import ratings

pytestmark = pytest.mark.browser
PAPERS = ("a4", "a3")


@pytest.fixture
def phone(hall: Hall, browser: Browser) -> Iterator[Page]:
    """Lend the page of a phone in the ward's Wi-Fi: the address of the settings leads it to the desk."""
    ward = PHONES.removeprefix("http://")
    rules = f"--host-resolver-rules=MAP {ward} 127.0.0.1:{hall.port}"
    opened = browser.browser_type.launch(executable_path=find_chromium(), args=[*chromium_flags(), rules])
    page = opened.new_page(locale="vi-VN", java_script_enabled=False, viewport={"width": 320, "height": 640})
    page.set_default_timeout(PATIENCE_MS)
    yield page
    opened.close()


def read_codes(pdf: bytes) -> list[str]:
    """Return what the codes on all pages say; a code that stands there eight times is one picture."""
    pictures = [image.image for sheet in PdfReader(io.BytesIO(pdf)).pages for image in sheet.images]
    return [code.text for picture in pictures for code in zxingcpp.read_barcodes(picture)]


@pytest.mark.parametrize("kind", ["poster", "stickers"])
def test_a_counters_code_is_followed_and_rates_the_counter(
    hall: Hall, context: OpenContext, phone: Page, kind: str
) -> None:
    hall.at(3, "open")
    leader = context()
    hall.sign_in(leader)
    (address,) = read_codes(leader.request.get(f"{hall.url}/counters/3/{kind}.pdf").body())
    phone.goto(address)
    assert phone.url == f"{PHONES}/c/3"
    phone.locator('label[for="level-4"]').click()
    phone.get_by_role("button", name="Gửi").click()
    expect(phone.locator(".rate-done")).to_contain_text("Đã ghi nhận đánh giá của ông/bà về quầy 3.")
    (rating,) = ratings(hall)
    assert (rating["channel"], rating["counter"], rating["level"]) == ("counter_qr", 3, 4)


def test_the_codes_on_both_posters_are_followed_and_take_a_suggestion(
    hall: Hall, context: OpenContext, phone: Page
) -> None:
    leader = context()
    hall.sign_in(leader)
    sheets = [f"{hall.url}/suggestions/{name}.pdf?size={size}" for name in ("poster", "result") for size in PAPERS]
    addresses = [read_codes(leader.request.get(sheet).body()) for sheet in sheets]
    assert addresses == [[f"{PHONES}/y"]] * len(sheets)
    phone.goto(addresses[0][0])
    phone.get_by_label("Nội dung").last.fill("Cần thêm ghế ngồi chờ ở khu B.")
    phone.get_by_role("button", name="Gửi", exact=True).click()
    expect(phone.locator(".suggest-big")).to_be_visible()
    code = phone.locator(".suggest-big").inner_text().replace("-", "")
    assert phone.url.startswith(f"{PHONES}/y/{code}")
    assert hall.call(f"/suggestions/{code}")["state"] == "waiting"
