"""A number at the kiosk, a call, and a dossier that is taken in by card and keyboard until its receipt is printed."""

import io
import re
from dataclasses import replace

import pypdf
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from motcua.setup.document import write
from tests.browser.conftest import Check, Hall, OpenContext, Shot
from tests.browser.test_kiosk import kiosk_page, tile
from tests.server.hall import ward

pytestmark = pytest.mark.browser
CARD = "001090012345|012345678|Nguyễn Văn An|04051990|Nam|Số 5 phố Huế, Hà Nội|01012022||||"
COPY = "2.000815"


def dossier_page(hall: Hall, context: BrowserContext, **ticket: object) -> Page:
    """Call the first number to counter 3, and open its page of dossiers."""
    if ticket:
        hall.call("/tickets", {"service": "certified-copy", **ticket})
    elif not hall.call("/queue", role="counter", counter=1)["items"]:
        hall.issue()
    for move in ("open", "call-next", "start"):
        hall.at(3, move)
    hall.pair(context, "counter", 3)
    page = context.new_page()
    page.goto(f"{hall.url}/counter/3")
    page.locator("#dossiers").click()
    expect(page.locator("h1")).to_contain_text(re.compile("Hồ sơ tại quầy 3|Dossiers at counter 3"))
    return page


def scan(page: Page, card: str) -> None:
    """Type what a scanner types, Enter included."""
    page.locator("#scan").fill(card)
    page.locator("#scan").press("Enter")


def test_from_the_number_to_the_receipt(hall: Hall, context: OpenContext, axe: Check, shot: Shot) -> None:
    kiosk_context = context(1080, 1920)
    kiosk = kiosk_page(hall, kiosk_context)
    tile(kiosk, "Chứng thực")
    tile(kiosk, "Chứng thực bản sao")
    expect(kiosk.locator(".ticket-number").first).to_have_text("A001")
    context_of_counter = context()
    page = dossier_page(hall, context_of_counter)
    page.locator(f"[data-procedure='{COPY}']").first.click()
    expect(page.locator("#procedure-name")).to_be_visible()
    expect(page.locator("#due")).to_contain_text("Trả kết quả trước")
    scan(page, "A001")
    expect(page.locator(".field-error")).to_contain_text("Đây không phải mã trên thẻ căn cước")
    scan(page, CARD)
    expect(page.locator("#applicant-name")).to_have_value("Nguyễn Văn An")
    expect(page.locator("#applicant-number")).to_have_value("001090012345")
    page.locator("#receive").click()
    expect(page.locator("#problem")).to_contain_text("Còn thiếu giấy tờ: Bản chính")
    page.locator("tr[data-paper=original] input[type=checkbox]").first.check()
    assert axe(page) == []
    shot(page, "dossiers-intake")
    page.locator("#receive").click()
    taken = page.locator("#taken-in")
    expect(taken).to_have_attribute("data-state", "received")
    expect(taken.locator(".dossier-code")).to_have_text(re.compile(r"^MC\.000\.25\.01\.H17-\d{6}-0001$"))
    assert axe(page) == []
    shot(page, "dossiers-taken")
    with context_of_counter.expect_page() as opened:
        taken.locator("[data-form=receipt]").click()
    opened.value.close()
    code = taken.locator(".dossier-code").inner_text()
    csrf = page.evaluate("JSON.parse(document.getElementById('page').textContent).csrf")
    answer = context_of_counter.request.post(
        f"{hall.url}/dossiers/{code}/forms/receipt.pdf", form={"csrf": csrf}, headers={"Origin": hall.url}
    )
    words = " ".join(pypdf.PdfReader(io.BytesIO(answer.body())).pages[0].extract_text().split())
    assert code in words
    assert "Nguyễn Văn An" in words
    taken.locator("#consent-yes").click()
    expect(taken.locator("#consent")).to_have_count(0)
    page.locator(f"[data-procedure='{COPY}']").first.click()
    scan(page, CARD)
    expect(page.get_by_text("Đã điền từ dữ liệu mà công dân đồng ý cho lưu.")).to_be_visible()
    expect(page.locator("#taken")).to_contain_text(code)
    page.locator("#forget").click()
    page.locator("dialog").get_by_role("button", name="Xóa").click()
    expect(page.locator(".toast")).to_contain_text("Đã xóa dữ liệu đã lưu.")
    scan(page, CARD)
    expect(page.locator("#applicant-birth")).to_have_value("04/05/1990")
    expect(page.locator("#forget")).to_have_count(0)


def test_what_the_citizen_looked_up_is_ticked_already(hall: Hall, context: OpenContext) -> None:
    matter = {"procedure": COPY, "choices": {}, "papers": ["original"]}
    page = dossier_page(hall, context(), matter=matter)
    expect(page.locator("#procedure-name")).to_have_text("Chứng thực bản sao từ bản chính")
    expect(page.locator("tr[data-paper=original] input[type=checkbox]").first).to_be_checked()
    expect(page.locator("tr[data-paper=copies] input[type=checkbox]").first).not_to_be_checked()


def test_the_receipts_code_and_a_second_factor_show_where_the_dossier_is(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    officer = dossier_page(hall, context())
    officer.locator(f"[data-procedure='{COPY}']").first.click()
    scan(officer, CARD)
    officer.locator("tr[data-paper=original] input[type=checkbox]").first.check()
    officer.locator("#receive").click()
    code = officer.locator("#taken-in .dossier-code").inner_text()
    phone = context(360, 740).new_page()
    phone.goto(f"{hall.url}/d")
    assert axe(phone) == []
    for factor, words in (("1991", "không khớp"), ("1990", "Đã tiếp nhận")):
        phone.get_by_label("Mã hồ sơ").fill(code.rpartition("H17-")[2])
        phone.get_by_label("Bốn số cuối điện thoại").fill(factor)
        phone.get_by_role("button", name="Tra cứu").click()
        expect(phone.locator("main")).to_contain_text(words)
    expect(phone.locator("main")).to_contain_text(code)
    expect(phone.locator("main")).not_to_contain_text("Nguyễn Văn An")
    assert axe(phone) == []
    shot(phone, "dossier-lookup")
    phone.goto(f"{hall.url}/d")
    for _try in range(5):
        phone.get_by_label("Mã hồ sơ").fill("260101-0001")
        phone.get_by_label("Bốn số cuối điện thoại").fill("1990")
        phone.get_by_role("button", name="Tra cứu").click()
    expect(phone.locator(".notice-danger")).to_contain_text("sai quá nhiều lần")


def test_a_supplement_and_a_refusal_in_english(hall: Hall, context: OpenContext) -> None:
    page = dossier_page(hall, context(locale="en-GB"))
    page.goto(f"{hall.url}/language/en?next=/counter/3/dossiers")
    page.locator(f"[data-procedure='{COPY}']").first.click()
    page.locator("#applicant-name").fill("Trần Thị Bình")
    page.locator("#supplement").click()
    dialog = page.locator("dialog")
    expect(dialog.get_by_text("The law allows this once.")).to_be_visible()
    expect(dialog.locator("input[name=missing]")).to_be_checked()
    dialog.get_by_role("button", name="Ask for it").click()
    expect(page.locator("#taken-in")).to_have_attribute("data-state", "supplement")
    expect(page.locator("[data-form=supplement]")).to_be_visible()
    page.locator(f"[data-procedure='{COPY}']").first.click()
    page.locator("#applicant-name").fill("Trần Thị Bình")
    page.locator("#refuse").click()
    dialog.locator("input[name=reason]").first.check()
    dialog.get_by_role("button", name="Refuse").click()
    expect(page.locator("#taken-in")).to_have_attribute("data-state", "refused")
    expect(page.locator("[data-form=refusal]")).to_be_visible()


def test_a_dossier_is_found_again_and_goes_its_way(hall: Hall, context: OpenContext, axe: Check) -> None:
    page = dossier_page(hall, context())
    page.locator(f"[data-procedure='{COPY}']").first.click()
    page.locator("#applicant-name").fill("Trần Thị Bình")
    page.locator("#supplement").click()
    page.locator("dialog button[type=submit]").click()
    code = page.locator("#taken-in .dossier-code").inner_text()
    page.locator("#find").fill("MC-000000-0000")
    page.locator("#find").press("Enter")
    expect(page.get_by_text("Không có hồ sơ nào mang mã này.")).to_be_visible()
    page.locator("#find").fill(code.lower())
    page.locator("#find").press("Enter")
    current = page.locator("#current")
    expect(current).to_contain_text("T*** Bình")
    expect(current).to_contain_text("Còn thiếu: Bản chính giấy tờ cần chứng thực bản sao")
    assert axe(page) == []
    for step, state in (("supplement", "received"), ("hand-over", "processing"), ("ready", "ready")):
        current.locator(f"[data-step={step}]").click()
        if step == "hand-over":
            page.locator("dialog select").select_option("1")
        page.locator("dialog .button-primary").click()
        expect(current).to_have_attribute("data-state", state)
    current.locator("[data-step=return]").click()
    page.locator("dialog .button-primary").click()
    expect(current).to_have_attribute("data-state", "returned")
    expect(current.locator("[data-step]")).to_have_count(1)


def test_without_the_switch_the_counter_shows_no_link(hall: Hall, context: OpenContext) -> None:
    document = ward()
    rules = replace(document.settings.dossiers, is_on=False)
    hall.command("config.import", text=write(replace(document, settings=replace(document.settings, dossiers=rules))))
    counter = context()
    hall.pair(counter, "counter", 3)
    page = counter.new_page()
    page.goto(f"{hall.url}/counter/3")
    expect(page.locator(".counter-closed")).to_be_visible()
    expect(page.locator("#dossiers")).to_have_count(0)
    answer = page.goto(f"{hall.url}/counter/3/dossiers")
    assert answer is not None
    assert answer.status == 404
