"""A ward writes a flow; linked procedures of one visit follow it; a note goes along to the next counter."""

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import Check, Hall, OpenContext, Shot
from tests.browser.test_dossiers import CARD, COPY, dossier_page, scan

pytestmark = pytest.mark.browser
DEATH = "1.000656"


def fill_step(page: Page, place: int, name: str, share: str) -> None:
    page.locator(f"#steps-{place}-name-vi").fill(name)
    page.locator(f"#steps-{place}-share").fill(share)


def write_flow(hall: Hall, page: Page, axe: Check, shot: Shot) -> None:
    page.goto(f"{hall.url}/settings/procedures")
    page.locator("a[href='/settings/procedures/flows']").click()
    page.locator("#flow-procedure").fill(DEATH)
    page.locator("form:has(#flow-procedure) button").click()
    for place, (name, share) in enumerate((("Tiếp nhận", "20"), ("Ghi sổ", "30"), ("Ký", "30"), ("", "0"))):
        fill_step(page, 2 * place, name, share)
    fill_step(page, 8, "Trả kết quả", "10")
    page.get_by_role("button", name="Lưu").click()
    expect(page.locator(".notice-danger")).to_contain_text("Tổng tỷ lệ các bước là 90")
    assert axe(page) == []
    shot(page, "flow-wrong")
    page.locator("[name$='-share']").last.fill("20")
    page.get_by_role("button", name="Lưu").click()
    expect(page.locator(f"[data-flow='procedure:{DEATH}'] li")).to_have_count(4)
    assert axe(page) == []
    shot(page, "flows")
    page.goto(f"{hall.url}/settings/procedures/linked")
    expect(page.locator("[data-group]")).to_have_count(2)
    assert axe(page) == []
    shot(page, "linked")


def take_flows_along(page: Page, axe: Check, shot: Shot) -> None:
    """Take the flows along as JSON, change a share, and bring them in again."""
    page.goto(page.url.split("/settings/")[0] + "/settings/procedures/flows")
    page.locator("a[href='/settings/procedures/flows/files']").click()
    with page.expect_download() as loaded:
        page.locator("a[href$='flows.json']").click()
    text = loaded.value.path().read_text(encoding="utf-8")
    send_file(page, text.replace('"role": "specialist"', '"role": "king"', 1))
    expect(page.locator("#mistakes tbody td").first).to_have_text("flows[0].steps[1]")
    assert axe(page) == []
    shot(page, "flow-files-wrong")
    send_file(page, text.replace('"name": "Ghi sổ"', '"name": "Ghi vào sổ"'))
    expect(page.locator("#changes dt")).to_have_count(2)
    assert axe(page) == []
    shot(page, "flow-files-look", full=True)
    page.set_viewport_size({"width": 360, "height": 740})
    shot(page, "flow-files-look-360", full=True)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.get_by_role("button", name="Áp dụng các thay đổi này").click()
    expect(page.locator(".notice-good")).to_be_visible()
    expect(page.locator(f"[data-flow='procedure:{DEATH}']")).to_contain_text("Ghi vào sổ")
    send_file(page, text.replace('"name": "Ghi sổ"', '"name": "Ghi vào sổ"'))
    expect(page.locator(".notice-danger")).to_be_visible()
    send_file(page, text)
    page.get_by_role("button", name="Áp dụng các thay đổi này").click()
    expect(page.locator(f"[data-flow='procedure:{DEATH}']")).to_contain_text("Ghi sổ")


def send_file(page: Page, text: str) -> None:
    page.goto(page.url.split("/settings/")[0] + "/settings/procedures/flows/files")
    file = FilePayload(name="quy-trinh.json", mimeType="application/json", buffer=text.encode())
    page.locator("#field-file").set_input_files(file)
    page.locator("form:has(#field-file) button").click()


def note_visit(hall: Hall, officer: Page, axe: Check, shot: Shot) -> None:
    officer.goto(f"{hall.url}/counter/3")
    officer.locator("#add-matter").click()
    officer.locator("#matter-query").fill("chung thuc ban sao")
    officer.locator(f"dialog [data-procedure='{COPY}']").click()
    expect(officer.locator(f"[data-matter='{COPY}']")).to_be_visible()
    officer.locator("#write-note").click()
    officer.locator("#note-text").fill("Nghe kém, nói to")
    officer.locator("dialog button[type=submit]").click()
    expect(officer.locator("#visit-note")).to_have_text("Nghe kém, nói to")
    assert axe(officer) == []
    shot(officer, "counter-visit")


def take_in_linked(officer: Page, axe: Check, shot: Shot) -> list[str]:
    officer.locator("#dossiers").click()
    officer.locator("[data-group=death]").click()
    scan(officer, CARD)
    expect(officer.locator("#applicant-name")).to_have_value("Nguyễn Văn An")
    officer.locator(f"section[id='part-{DEATH}'] tr[data-paper=declaration] input").first.check()
    officer.locator("section[id='part-1.001731'] > .spread input").uncheck()
    assert axe(officer) == []
    shot(officer, "linked-intake", full=True)
    officer.set_viewport_size({"width": 360, "height": 740})
    shot(officer, "linked-intake-360", full=True)
    officer.set_viewport_size({"width": 1280, "height": 800})
    officer.locator("#receive").click()
    expect(officer.locator("#taken-in [data-taken]")).to_have_count(2)
    shot(officer, "linked-taken")
    return officer.locator("#taken-in .dossier-code").all_inner_texts()


def test_a_flow_linked_procedures_and_the_note_of_a_visit(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    office = context()
    hall.sign_in(office)
    page = office.new_page()
    write_flow(hall, page, axe, shot)
    take_flows_along(page, axe, shot)
    officer = dossier_page(hall, context())
    note_visit(hall, officer, axe, shot)
    first, second = take_in_linked(officer, axe, shot)
    page.goto(f"{hall.url}/dossiers/{first}")
    expect(page.locator("#together")).to_contain_text(second)
    expect(page.locator("#flow tbody tr")).to_have_count(4)
    assert axe(page) == []
    shot(page, "dossier-flow", full=True)
    page.set_viewport_size({"width": 360, "height": 740})
    shot(page, "dossier-flow-360", full=True)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.locator("#following button").click()
    expect(page.locator("#flow [aria-current=step]")).to_contain_text("Ghi sổ")
    page.locator("#move-send-back summary").click()
    page.locator("#back-words").fill("Sai ngày mất")
    page.locator("#move-send-back button[type=submit]").click()
    expect(page.locator("#flow [aria-current=step]")).to_contain_text("Tiếp nhận")
    expect(page.locator("#history")).to_contain_text("Trả lại bước trước")
    page.goto(f"{hall.url}/dossiers?box=step_late")
    expect(page.locator("[data-box=step_late]")).to_have_attribute("aria-current", "page")

    hall.at(4, "open")
    hall.call("/counters/3/transfer", {"counter": 4}, role="counter", counter=3)
    hall.at(4, "call-next")
    second_counter = context()
    hall.pair(second_counter, "counter", 4)
    other = second_counter.new_page()
    other.goto(f"{hall.url}/counter/4")
    expect(other.locator("#visit-note")).to_have_text("Nghe kém, nói to")
