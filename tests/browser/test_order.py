"""The order that explains itself, on every screen: why, how long, what is left, and at which seat."""

import re
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Route, expect

from motcua.copies import replace
from motcua.desk import system_clock
from motcua.settings.model import OpeningHours, Session
from motcua.setup.document import write
from tests.browser.arranged import CARE, arrange, fits, kiosk_page, scan, screen, touch, ward
from tests.browser.at_counter import idle
from tests.browser.conftest import Check, Hall, OpenContext, Shot, press
from tests.browser.intercepted import intercept
from tests.browser.live import open_live
from tests.browser.past_weeks import build
from tests.zone import ZONE

pytestmark = pytest.mark.browser
MINUTES = 24 * 60
RANGE = re.compile("(khoảng \\d+(\N{EN DASH}\\d+)?|dưới \\d+) phút")


def test_who_took_priority_at_the_kiosk_is_explained_at_the_counter_and_on_the_others_phone(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    other = hall.issue()
    kiosk = kiosk_page(hall, context(1080, 1920))
    kiosk.get_by_role("button", name="Tôi thuộc diện ưu tiên").click()
    kiosk.get_by_role("button", name=re.compile("đủ 75 tuổi")).click()
    touch(kiosk, "Chứng thực", "Chứng thực bản sao")
    expect(kiosk.locator(".ticket-number")).to_have_text("A002")
    expect(kiosk.locator(".ticket-unknown")).to_have_text("Chưa đủ dữ liệu để ước tính thời gian chờ")
    counter = screen(hall, context(), "counter", "counter/1", 1)
    counter.locator("[data-command=open]").click()
    idle(counter)  # who waits is said of a closed counter too
    expect(counter.locator("#waiting-count")).to_have_text("2")
    press(counter, "Space")
    expect(counter.locator("#why")).to_contain_text("Vì sao A002 trước A001?")
    expect(counter.locator("#why")).to_contain_text(
        re.compile(
            r"A002 trước A001: A002 thuộc diện ưu tiên \(người từ đủ 75 tuổi\); A001 chờ (dưới )?\d+ phút, chưa quá 20"
        )
    )
    assert axe(counter) == []
    shot(counter, "counter-why-1280")
    phone = context(390, 844).new_page()
    phone.goto(f"{hall.url}/t/{other['follow_url'].rsplit('/', 1)[1]}")
    expect(phone.locator("#headline")).to_have_text("Ông/bà là người tiếp theo.")
    expect(phone.locator("main")).not_to_contain_text("75")


def test_a_quota_that_is_gone_sends_nobody_to_wait(hall: Hall, context: OpenContext, axe: Check, shot: Shot) -> None:
    arrange(hall, birth={"quota": (2, 2)}, result_pickup={"quota": (0, 0)})
    page = kiosk_page(hall, context(1080, 1920))
    shot(page, "kiosk-quota-1080")
    expect(page.locator(".tile", has_text="Nhận kết quả")).to_be_disabled()
    expect(page.locator(".tile", has_text="Nhận kết quả")).to_contain_text("Đã hết số hôm nay.")
    touch(page, "Hộ tịch")
    tile = page.locator(".tile", has_text="khai sinh").first
    expect(tile).to_contain_text("Còn 2 số")
    hall.issue("birth")
    expect(tile).to_contain_text("Còn 1 số")

    def come_before(route: Route) -> None:
        hall.issue("birth")
        route.continue_()

    intercept(page, "**/api/v1/tickets", come_before)
    tile.click()
    expect(page.locator("h1")).to_have_text("Chưa cấp được số")
    expect(page.locator(".kiosk-alone")).to_contain_text("Đã hết số")
    assert axe(page) == []
    page.get_by_role("button", name="Về màn hình đầu").click()
    touch(page, "Hộ tịch")
    expect(tile).to_be_disabled()
    expect(tile).to_contain_text(re.compile("Mời ông/bà quay lại (vào buổi chiều|vào ngày làm việc tiếp theo)"))
    assert axe(page) == []
    shot(page, "kiosk-quota-gone-1080")
    page.get_by_role("button", name="English").click()
    expect(page.locator(".tile-gone")).to_contain_text("Please come back")
    assert axe(page) == []
    assert fits(page)


def test_an_officer_comes_to_the_seat(hall: Hall, context: OpenContext, axe: Check, shot: Shot) -> None:
    arrange(hall, disability={"at_seat": True})
    page = kiosk_page(hall, context(1080, 1920))
    touch(page, "Bảo trợ", "khuyết tật")
    expect(page.locator("h1")).to_have_text("Ông/bà ngồi ở đâu?")
    assert axe(page) == []
    shot(page, "kiosk-seat-1080")
    page.get_by_role("button", name="Quay lại").click()
    touch(page, "khuyết tật")
    scan(page, f"{hall.url}/seat/5")
    expect(page.locator(".ticket-seat")).to_have_text("Chỗ ngồi: Ghế 5")
    number = page.locator(".ticket-number").inner_text()
    assert axe(page) == []
    shot(page, "kiosk-number-seat-1080")
    walls = context(1920, 1080)
    hall.pair(walls, "wall")
    wall = walls.new_page()
    open_live(wall, f"{hall.url}/wall", "/wall")
    expect(wall.locator(".wall-waiting")).to_contain_text("1")
    at = next(item["number"] for item in hall.call("/counters", role="leader")["items"] if CARE in item["services"])
    counter = screen(hall, context(), "counter", f"counter/{at}", at)
    counter.locator("[data-command=open]").click()
    idle(counter)
    expect(counter.locator(".counter-queue")).to_contain_text("Ghế 5")
    press(counter, "Space")
    expect(counter.locator(".counter-seat")).to_have_text("Đến chỗ ngồi: Ghế 5")
    assert axe(counter) == []
    shot(counter, "counter-seat-1280")
    expect(wall.locator(".wall-number")).to_have_text(number)
    expect(wall.locator(".wall-seat")).to_have_text(re.compile("Ghế 5\\s*mời ngồi tại chỗ"))
    expect(wall.locator(".wall-line")).to_have_text(f"Số {number} mời ngồi tại chỗ, cán bộ đến Ghế 5")
    expect(wall.locator("#live-polite")).to_contain_text("ngồi tại chỗ. Cán bộ sẽ đến Ghế năm.")
    assert axe(wall) == []
    shot(wall, "wall-seat-1920")
    counter.goto(f"{hall.url}/counter/{at}?lang=en")
    expect(counter.locator(".counter-seat")).to_have_text("Come to the seat: Ghế 5")
    assert axe(counter) == []


def test_the_phone_changes_the_seat_and_the_code_on_a_seat_does_too(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    arrange(hall, disability={"at_seat": True})
    made = hall.call("/tickets", {"service": CARE, "seat": "Ghế 5"})
    phone = context(390, 844)
    page = phone.new_page()
    page.goto(f"{hall.url}/seat/7")
    expect(page.locator("#state")).to_have_text("Mời lấy số trước")
    assert axe(page) == []
    shot(page, "seat-nobody-390")
    page.goto(f"{hall.url}/t/{made['follow_url'].rsplit('/', 1)[1]}")
    expect(page.locator("#seat")).to_have_text("Ghế 5")
    page.locator("#change-seat").click()
    assert axe(page) == []
    shot(page, "follow-seats-390", full=True)
    page.get_by_role("button", name="Ghế 12").click()
    expect(page.locator("#seat")).to_have_text("Ghế 12")
    expect(page.locator(".follow-history")).to_contain_text("Đã báo chỗ ngồi")
    page.goto(f"{hall.url}/seat/7")
    expect(page.locator("#state")).to_contain_text("ông/bà ngồi ở đây?")
    assert axe(page) == []
    shot(page, "seat-sit-390")
    page.locator("#sit").click()
    expect(page.locator("#state")).to_have_text("Cán bộ sẽ đến Ghế 7.")
    page.get_by_role("button", name="English").click()
    expect(page.locator("#state")).to_have_text("The officer comes to Ghế 7.")
    assert axe(page) == []
    page.get_by_role("link", name="Follow this number").click()
    expect(page.locator("#seat")).to_have_text("Ghế 7")
    at = next(item["number"] for item in hall.call("/counters", role="leader")["items"] if CARE in item["services"])
    hall.at(at, "open")
    assert hall.at(at, "call-next")["seat"] == "Ghế 7"
    expect(page.locator("#headline")).to_have_text(re.compile("Please stay seated. The officer comes to\\s*Ghế 7"))
    expect(page.locator("#change-seat")).to_have_count(0)
    assert axe(page) == []
    shot(page, "follow-seat-called-390", full=True)
    answer = page.goto(f"{hall.url}/seat/99")
    assert answer is not None
    assert answer.status == 404


def test_the_midday_break_is_told_as_one(hall: Hall, context: OpenContext, axe: Check, shot: Shot) -> None:
    there = system_clock.now().astimezone(ZoneInfo(ZONE))
    minute = there.hour * 60 + there.minute
    document = ward()
    week = OpeningHours(*((Session(0, minute - 1), Session(minute + 8, MINUTES)),) * 7)
    changed = replace(document, settings=replace(document.settings, hours=week))
    assert hall.command("config.import", text=write(changed))["changed"]
    hall.pair(devices := context(1080, 1920), "kiosk")
    page = devices.new_page()
    page.goto(f"{hall.url}/kiosk")
    expect(page.get_by_role("heading", level=1, name="Đang nghỉ giữa buổi")).to_be_visible()
    expect(page.locator(".kiosk-alone")).to_contain_text(f"{(minute + 8) // 60:02d}:{(minute + 8) % 60:02d}")
    assert axe(page) == []
    shot(page, "kiosk-break-1080")
    page.get_by_role("button", name="English").click()
    expect(page.locator("h1")).to_have_text("The desk is having its midday break")


@pytest.fixture
def seasoned(tmp_path: Path) -> Iterator[Hall]:
    """Lend a hall that has seen enough visits for its waits to be known."""
    folder = tmp_path / "seasoned"
    build(folder)
    made = Hall(folder)
    made.start()
    made.command("config.import", text=write(ward()))
    yield made
    made.stop()


def test_a_known_wait_is_told_alike_on_kiosk_paper_phone_and_wall(
    seasoned: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    hall = seasoned
    hall.at(1, "open")
    last = [hall.issue() for _ in range(6)][-1]
    hall.at(1, "call-next")
    devices = context(1080, 1920)
    kiosk = kiosk_page(hall, devices)
    on_tile = kiosk.locator(".tile", has_text="Chứng thực").locator(".tile-wait")
    expect(on_tile).to_have_text(re.compile(RANGE.pattern))
    shot(kiosk, "kiosk-waits-1080")
    phone = context(390, 844).new_page()
    phone.goto(f"{hall.url}/t/{last['follow_url'].rsplit('/', 1)[1]}")
    expect(phone.locator("#wait")).to_have_text(re.compile(f"Thời gian chờ: {RANGE.pattern}"))
    assert axe(phone) == []
    shot(phone, "follow-wait-390", full=True)
    wall = screen(hall, context(1920, 1080), "wall", "wall")
    expect(wall.locator(".wall-range")).to_have_text(re.compile(RANGE.pattern))
    assert axe(wall) == []
    shot(wall, "wall-waits-1920")
    touch(kiosk, "Chứng thực", "Chứng thực bản sao")
    told = kiosk.locator(".ticket-wait")
    expect(told).to_have_text(re.compile(f"Thời gian chờ: {RANGE.pattern}"))
    assert axe(kiosk) == []
    shot(kiosk, "kiosk-number-wait-1080")
    number = kiosk.locator(".ticket-number").inner_text()
    made = next(item for item in hall.call("/queue")["items"] if item["number"] == number)
    paper = devices.new_page()
    paper.goto(f"{hall.url}/print/{made['id']}")
    expect(paper.locator(".facts")).to_contain_text(told.inner_text())
    paper.set_viewport_size({"width": 302, "height": 700})
    shot(paper, "print-wait", full=True)
    hall.at(1, "finish")
    hall.at(1, "close")
    expect(kiosk.locator(".ticket-wait")).to_be_visible()
    kiosk.get_by_role("button", name="Xong").click()
    touch(kiosk, "Chứng thực")
    note = kiosk.locator(".tile", has_text="Chứng thực bản sao").locator(".tile-note")
    expect(note).to_have_text("Chưa có quầy phục vụ, vẫn lấy số được")
    assert axe(kiosk) == []
    shot(kiosk, "kiosk-unserved-1080")
