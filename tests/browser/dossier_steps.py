"""Short steps with one dossier, and what the screens say to them in each language of the hall."""

import io
import re
from dataclasses import dataclass

import pypdf
import zxingcpp
from playwright.sync_api import Page, expect

from motcua.devices.printer.emulator import PrinterEmulator
from tests.browser.conftest import PHONES, Check, Hall, Shot
from tests.browser.test_dossiers import CARD, COPY, scan
from tests.waiting import wait_until

READY = [f"…-{serial:04d}" for serial in range(1, 5)]
"""Results that were ready before anybody came."""


@dataclass(frozen=True)
class Words:
    """What the screens say in one language; `counter` takes the dossier in, so that the languages do not meet."""

    locale: str
    counter: int
    papers: str
    letters: str
    procedure: str
    take_number: str
    no_card: str
    is_missing: str
    result_by: str
    no_match: str
    state: str
    board: str
    sign: str
    not_ready: str
    wall: str
    thanks: str


VIETNAMESE = Words(
    "vi-VN", 3, "Tôi cần giấy tờ gì?", "sao y ban chinh", "Chứng thực bản sao từ bản chính", "Lấy số cho việc này",
    "Đây không phải mã trên thẻ căn cước", "Còn thiếu giấy tờ: Bản chính", "Trả kết quả trước", "không khớp",
    "Đã tiếp nhận", "Bảng theo dõi hồ sơ", "Ký", "Chưa có kết quả", "Hồ sơ đã có kết quả", "Xin cảm ơn ông/bà",
)  # fmt: skip
ENGLISH = Words(
    "en-GB", 1, "Which papers do I need?", "certified copy", "Certify copies from originals", "Take a number for this",
    "This is no identity card", "Papers are missing: Bản chính", "Result by", "do not belong together", "Taken in",
    "Board of dossiers", "Sign", "There is no result to hand out yet", "Results that are ready", "Thank you",
)  # fmt: skip


def require_receipt(hall: Hall, page: Page, code: str) -> None:
    """Open the receipt as the button does, and read its text."""
    with page.context.expect_page() as opened:
        page.locator("#taken-in [data-form=receipt]").click()
    opened.value.close()
    csrf = page.evaluate("JSON.parse(document.getElementById('page').textContent).csrf")
    answer = page.context.request.post(
        f"{hall.url}/dossiers/{code}/forms/receipt.pdf", form={"csrf": csrf}, headers={"Origin": hall.url}
    )
    text = " ".join(pypdf.PdfReader(io.BytesIO(answer.body())).pages[0].extract_text().split())
    assert code in text
    assert "Nguyễn Văn An" in text


def keep_and_forget(page: Page, code: str) -> None:
    """Let the citizen agree that their data are kept, find them by the card, and erase them."""
    page.locator("#consent-yes").click()
    expect(page.locator("#consent")).to_have_count(0)
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


def print_slip(page: Page, printer: PrinterEmulator) -> str:
    """Print the slip, and read the address from its picture as a phone does."""
    printed = printer.printed
    page.locator("[data-slip]").click()
    wait_until(lambda: printer.printed == printed + 1)
    (code,) = zxingcpp.read_barcodes(printer.papers[-1].convert("L"))
    assert code.text.startswith(f"{PHONES}/d/")
    return code.text


def look_up(page: Page, hall: Hall, code: str, words: Words) -> None:
    """Answer the second question wrong, then right; the code's end finds the dossier as well."""
    main = page.locator("main")
    for factor, answer in (("1991", words.no_match), ("1990", words.state)):
        page.locator("input[name=factor]").fill(factor)
        page.locator("main button[type=submit]").click()
        expect(main).to_contain_text(answer)
    page.goto(f"{hall.url}/d?code={code.rpartition('H17-')[2]}")
    page.locator("input[name=factor]").fill("1990")
    page.locator("main button[type=submit]").click()
    expect(main).to_contain_text(code)
    expect(main).not_to_contain_text("Nguyễn Văn An")


def make_move(page: Page, name: str) -> None:
    """Send the form of a move, opened first as people do."""
    move = page.locator(f"#move-{name}")
    move.locator("summary").click()
    move.locator("button[type=submit]").click()


def settle_at_counter(page: Page, code: str, axe: Check) -> None:
    """Find the dossier by its code, ask for more, take it in, hand it over, and say that the result is ready."""
    current = page.locator("#current")
    for text, answer in (("MC-000000-0000", "There is no dossier with this code."), (code.lower(), "N*** An")):
        page.locator("#find").fill(text)
        page.locator("#find").press("Enter")
        expect(page.locator("section[aria-labelledby=find-title]")).to_contain_text(answer)
    page.clock.fast_forward(60_000)  # no toast stays so long
    expect(page.locator(".toast")).to_have_count(0)
    violations = axe(page)
    assert violations == [], violations
    steps = {
        "supplement-request": "supplement", "supplement": "received", "hand-over": "processing", "ready": "ready",
    }  # fmt: skip
    for step, state in steps.items():
        current.locator(f"[data-step={step}]").click()
        if step == "supplement-request":
            page.locator("dialog textarea").fill("Bring the second copy.")
        if step == "hand-over":
            page.locator("dialog select").select_option("1")
        page.locator("dialog .button-primary").click()
        expect(current).to_have_attribute("data-state", state)


def require_listed(wall: Page, code: str, words: Words, axe: Check, shot: Shot) -> None:
    """See that the wall lists the result before those of the morning, large enough, and names nobody."""
    ready = wall.locator(".wall-ready")
    expect(ready.locator("h2")).to_have_text(words.wall)
    expect(ready.locator("li strong")).to_have_text([f"…-{code[-4:]}", *READY[::-1]])
    expect(ready).not_to_contain_text("An")
    sizes = ready.locator("h2, p, strong, span").evaluate_all(
        "all => all.map((one) => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert min(sizes) >= 24
    assert wall.locator(".wall-stage").evaluate("one => one.scrollHeight <= one.clientHeight")
    assert axe(wall) == []
    shot(wall, f"wall-ready-{words.locale}")


def settle_on_board(page: Page, hall: Hall, code: str, words: Words, axe: Check, shot: Shot) -> None:
    """Find the dossier on the board, hand it over, promise a new day, and say that the result is ready."""
    page.locator("a[href='/dossiers']").first.click()
    expect(page.locator("h1")).to_have_text(words.board)
    page.locator("[data-box]").filter(has=page.locator("b", has_text=re.compile("^1$"))).first.click()
    expect(page.locator(f"tr[data-code='{code}']")).to_contain_text("001******345")
    if words is VIETNAMESE:
        assert axe(page) == []
    shot(page, f"dossier-board-{words.locale}")
    page.locator(f"tr[data-code='{code}'] a").click()
    expect(page.locator("#state")).to_have_attribute("data-state", "received")
    expect(page.locator("#move-return")).to_contain_text(words.not_ready)
    expect(page.locator("#applicant")).not_to_contain_text("Nguyễn Văn An")
    if words is VIETNAMESE:
        assert axe(page) == []
    shot(page, f"dossier-page-{words.locale}")
    page.locator("#applicant button").click()
    expect(page.locator("#applicant")).to_contain_text("Nguyễn Văn An")
    page.locator("#move-hand-over summary").click()
    page.locator("#move-hand-over select[name=step]").select_option("3")
    page.locator("#move-hand-over button[type=submit]").click()
    expect(page.locator("#step")).to_contain_text(words.sign)
    page.locator("#move-extend summary").click()
    page.locator("#extend-count").fill("2")
    page.locator("#extend-words").fill("Người ký đi công tác")
    page.locator("#move-extend button[type=submit]").click()
    expect(page.locator("[data-form=extension]")).to_be_visible()
    make_move(page, "ready")
    expect(page.locator("#state")).to_have_attribute("data-state", "ready")
    page.goto(f"{hall.url}/dossiers?box=ready")
    expect(page.locator("tr[data-code]")).to_have_count(len(READY) + 1)
