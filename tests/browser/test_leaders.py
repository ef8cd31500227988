"""The leaders' page: says what the state says, in words that judge nobody, and opens and ends the day."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PASSWORD, Check, Hall, Json, OpenContext, Shot, at_widths, press

pytestmark = pytest.mark.browser
SATISFIED = "Hài lòng (4\u20135)"


def busy(hall: Hall) -> None:
    """Let three officers work: six served, four asked of whom three answered; one called, two waiting, one for a
    closed counter.
    """
    people = {
        1: hall.add_person("hungdm", full_name="Đỗ Mạnh Hùng"),
        2: hall.add_person("anbt", full_name="Bùi Thị An"),
    }
    for _ in range(8):
        hall.issue()
    hall.issue("land")
    for counter, officer in people.items():
        hall.at(counter, "open", officer=officer)
    for counter in (1, 2, 1, 2, 1):
        visit = hall.at(counter, "call-next")["ticket"]["id"]
        hall.at(counter, "start")
        hall.at(counter, "finish")
        if counter == 1:
            hall.call("/ratings", {"level": 5, "channel": "pad", "visit": visit}, role="pad", counter=counter)
    hall.at(1, "call-next")


def leaders(hall: Hall, opened: OpenContext, **more: object) -> Page:
    """Open the page as a leader."""
    if not any(person["name"] == "cuonglv" for person in hall.call("/accounts", role="admin")["items"]):
        hall.add_person("cuonglv", "leader", "Lê Văn Cường")
    made = opened(**more)
    hall.sign_in(made, "cuonglv", PASSWORD)
    page = made.new_page()
    page.goto(f"{hall.url}/leaders")
    expect(page.locator(".figures")).to_be_visible()
    expect(page.locator("#connection")).to_contain_text(
        "Đang kết nối" if more.get("locale") != "en-US" else "Connected"
    )
    return page


def state(page: Page, hall: Hall) -> Json:
    answer = page.request.get(f"{hall.url}/state/leaders")
    return dict(answer.json())


def number(page: Page, label: str) -> str:
    return page.locator(".figure", has_text=label).locator(".figure-value").inner_text()


def test_the_figures_are_those_of_the_state(hall: Hall, context: OpenContext) -> None:
    busy(hall)
    page = leaders(hall, context)
    now = state(page, hall)
    expect(page.locator(".figure", has_text="Đang chờ").locator(".figure-value")).to_have_text(
        str(now["hall"]["waiting"])
    )
    assert number(page, "Đang ở quầy") == str(now["hall"]["called"] + now["hall"]["serving"])
    assert number(page, "Đã phục vụ hôm nay") == str(now["desk"]["served"]) == "5"
    assert number(page, "Trả lời / được hỏi") == f"{now['desk']['answered']} / {now['desk']['asked']}"
    rows = [row.inner_text().split("\t") for row in page.locator("[data-officer]").all()]
    assert rows == [
        [row["name"], *(str(row[key]) for key in ("served", "asked", "answered", "skipped"))] for row in now["officers"]
    ]
    assert [row[0] for row in rows] == ["Bùi Thị An", "Đỗ Mạnh Hùng"]
    expect(page.get_by_text("tên xếp theo vần, không xếp hạng")).to_be_visible()
    waiting = [int(count.inner_text()) for count in page.locator(".group-count").all()]
    assert waiting == [group["waiting"] for group in now["groups"]]
    rate = now["desk"]["rate"]
    if rate is None:
        few = f"chỉ hiện từ 5 đánh giá trở lên, n = {now['desk']['rated']}"
        expect(page.locator(".figure", has_text=SATISFIED)).to_contain_text(few)
    else:
        shown = [f"{rate[key] // 10},{rate[key] % 10}" for key in ("percent_tenths", "low_tenths", "high_tenths")]
        expect(page.locator("#satisfaction")).to_contain_text(f"{shown[0]} %")
        expect(page.locator("#satisfaction")).to_contain_text(f"({shown[1]}\u2013{shown[2]}), n = {rate['n']}")
    expect(page.locator(".warnings")).to_contain_text("Đất đai")
    hall.issue()
    expect(page.locator(".figure", has_text="Đang chờ").locator(".figure-value")).to_have_text(
        str(now["hall"]["waiting"] + 1)
    )


def test_without_an_answer_there_is_no_rate(hall: Hall, context: OpenContext) -> None:
    page = leaders(hall, context)
    expect(page.locator(".figure", has_text=SATISFIED)).to_contain_text("chưa có dữ liệu")
    expect(page.get_by_text("Hôm nay chưa có cán bộ nào phục vụ lượt nào.")).to_be_visible()


@pytest.mark.parametrize("locale", ["vi-VN", "en-US"])
def test_it_can_be_read_by_everybody(hall: Hall, context: OpenContext, axe: Check, shot: Shot, locale: str) -> None:
    busy(hall)
    page = leaders(hall, context, locale=locale)
    for width in at_widths(page, 1280, 1920, 360, 320):
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert axe(page) == []
        shot(page, f"leaders-{width}-{locale[:2]}", full=True)


def test_a_leader_opens_the_hall_outside_its_hours_and_ends_the_day(
    hall: Hall, context: OpenContext, axe: Check
) -> None:
    closed = hall.call("/settings/hours", role="admin")
    week: Json = {day: [] for day in closed["data"]["hours"]}
    hall_hours = {"version": closed["version"], "data": {"hours": week}}
    page = leaders(hall, context)
    admin = page.request.put(
        f"{hall.url}/api/v1/settings/hours", data=hall_hours, headers={"Authorization": f"Bearer {hall.token('admin')}"}
    )
    assert admin.status == 200
    page.get_by_role("button", name="Mở cửa hôm nay").click()
    dialog = page.get_by_role("dialog")
    assert axe(page) == []
    dialog.get_by_role("button", name="Mở cửa").click()
    expect(page.get_by_text("Đang mở cửa; lãnh đạo đã mở riêng cho hôm nay.")).to_be_visible()
    hall.issue()
    page.get_by_role("button", name="Kết thúc ngày").click()
    expect(dialog).to_contain_text("Còn 1 người đang chờ hoặc đang ở quầy.")
    expect(dialog.get_by_role("button", name="Hủy")).to_be_focused()
    press(page, "Escape")
    expect(dialog).to_have_count(0)
    page.get_by_role("button", name="Kết thúc ngày").click()
    dialog.get_by_role("button", name="Kết thúc ngày").click()
    expect(page.get_by_text("Ngày làm việc đã kết thúc.").first).to_be_visible()
    expect(page.get_by_role("button", name="Kết thúc ngày")).to_have_count(0)
    assert hall.ask("/tickets", {"service": "certified-copy"})[1]["code"] == "hall.closed"


def test_a_lost_server_greys_the_figures_and_says_so(hall: Hall, context: OpenContext) -> None:
    page = leaders(hall, context)
    hall.stop()
    expect(page.locator("#connection")).to_contain_text("Mất kết nối")
    expect(page.locator(".figures")).to_have_class("grid figures is-stale")
    expect(page.get_by_role("button", name="Kết thúc ngày")).to_be_disabled()


def test_a_sign_in_that_ended_elsewhere_leaves_no_figures_on_the_page(hall: Hall, context: OpenContext) -> None:
    busy(hall)
    page = leaders(hall, context)
    expect(page.locator("[data-officer]").first).to_be_visible()
    account = next(
        person["id"] for person in hall.call("/accounts", role="admin")["items"] if person["name"] == "cuonglv"
    )
    hall.call(f"/accounts/{account}/password", {"password": f"{PASSWORD} moi"}, role="admin")
    expect(page.locator(".empty")).to_contain_text("đăng nhập")
    expect(page.locator("[data-officer]")).to_have_count(0)
    expect(page.locator(".figures")).to_have_count(0)
    assert "Đỗ Mạnh Hùng" not in page.locator("body").inner_text()
