"""The officer's page: by keys and by hand, refused politely, undone in time, and right again after a restart."""

import re

import pytest
from playwright.sync_api import Route, expect

from motcua.copies import replace
from motcua.setup.document import write
from tests.browser.at_counter import commands, counter_page, idle, in_hand, standing
from tests.browser.conftest import Check, Hall, OpenContext, Shot, press
from tests.browser.intercepted import intercept
from tests.server.hall import ward

pytestmark = pytest.mark.browser


def let_undo(hall: Hall, seconds: int) -> None:
    """Let “finish” and “absent” be undone so long."""
    document = ward()
    rules = replace(document.settings.queue, undo_s=seconds)
    hall.command("config.import", text=write(replace(document, settings=replace(document.settings, queue=rules))))


def test_keys_alone_serve_a_citizen_and_undo_a_slip(hall: Hall, context: OpenContext) -> None:
    let_undo(hall, 60)
    hall.issue()
    hall.issue("signature", "elder75")
    page = counter_page(hall, context())
    page.locator("[data-command=open]").click()
    idle(page)
    expect(page.locator("#waiting-count")).to_have_text("2")
    press(page, "Space")
    in_hand(page, "A002", "called")
    expect(page.locator("#why")).to_contain_text("Vì sao A002 trước A001?")
    expect(page.locator(".counter-ticket .badge-gold")).to_have_text("Ưu tiên: Người từ đủ 75 tuổi")
    press(page, "Delete")
    expect(page.locator(".toast")).to_contain_text("Xin gọi lại A002 một lần trước.")
    in_hand(page, "A002", "called")
    press(page, "r")
    expect(page.locator("[data-command=absent]")).to_have_attribute("aria-disabled", "false")
    press(page, "s")
    in_hand(page, "A002", "serving")
    expect(page.locator("#live-polite")).to_have_text("Đang phục vụ A002.")
    press(page, "Enter")
    idle(page)
    expect(page.locator(".counter-undo")).to_contain_text("Đã hoàn tất A002.")
    expect(page.locator(".counter-left")).to_have_text(re.compile(r"^\d\d? s$"))
    press(page, "u")
    in_hand(page, "A002", "serving")
    press(page, "F2")
    in_hand(page, "A001", "called")
    press(page, "F4")
    in_hand(page, "A001", "serving")
    press(page, "Space")
    expect(page.locator(".toast")).to_contain_text("Không còn ai chờ quầy này.")
    idle(page)
    page.clock.fast_forward(700)  # the same key sooner is a slip of the finger
    press(page, "Space")
    expect(page.locator(".toast")).to_have_text("Không còn ai chờ quầy này.")
    expect(page.locator(".counter-foot")).to_contain_text("Hôm nay: 2 lượt")
    let_undo(hall, 1)
    hall.issue()
    hall.at(3, "call-next")
    hall.at(3, "finish")
    expect(page.locator(".counter-foot")).to_contain_text("Hôm nay: 3 lượt")
    expect(page.locator(".counter-undo")).to_have_count(0)


def test_hold_transfer_absence_and_a_called_number(hall: Hall, context: OpenContext) -> None:
    for _ in range(4):
        hall.issue()
    hall.at(3, "open")
    hall.at(4, "open")
    page = counter_page(hall, context())
    press(page, "Space")
    in_hand(page, "A001", "called")
    page.locator("[data-command=hold]").click()
    page.get_by_role("button", name="Chờ photo, in giấy tờ").click()
    idle(page)
    expect(page.locator("#held li")).to_contain_text("Chờ photo, in giấy tờ")
    page.locator("#held").get_by_role("button").click()
    in_hand(page, "A001", "called")
    press(page, "s")
    in_hand(page, "A001", "serving")
    press(page, "t")
    expect(page.get_by_role("dialog")).to_contain_text("Quầy 4 · Hộ tịch")
    press(page, "4")
    idle(page)
    hall.at(4, "call-next")
    assert hall.call("/queue", role="counter", counter=4)["items"][-1]["number"] == "A001"

    press(page, "Space")
    in_hand(page, "A002", "called")
    press(page, "r")
    expect(page.locator("[data-command=absent]")).to_have_attribute("aria-disabled", "false")
    press(page, "Delete")
    expect(page.locator("#absent li")).to_contain_text("A002")
    page.locator("[data-command=call]").click()
    page.get_by_label("Số", exact=True).fill("a4")
    page.get_by_text("Người cần được hỗ trợ ngay").click()
    page.get_by_role("dialog").get_by_role("button", name="Gọi số này").click()
    in_hand(page, "A004", "called")
    expect(page.locator("#why")).to_contain_text("A004 được cán bộ gọi đích danh.")
    press(page, "s")
    in_hand(page, "A004", "serving")
    press(page, "t")
    page.get_by_label("Vào hàng chờ của lĩnh vực").select_option("birth")
    page.get_by_role("dialog").get_by_role("button", name="Chuyển", exact=True).click()
    idle(page)
    expect(page.locator(".counter-side li", has_text="A004")).to_contain_text("Khai sinh")
    page.locator("#absent").get_by_role("button").click()
    expect(page.get_by_label("Số", exact=True)).to_have_value("A002")
    page.get_by_role("dialog").get_by_role("button", name="Gọi số này").click()
    in_hand(page, "A002", "called")
    moves = hall.call(f"/tickets/{hall.call('/queue')['items'][-1]['id']}")["history"]
    assert [(step["move"], step["reason"]) for step in moves][-1] == ("called", "returned")


def test_keys_rest_in_controls_and_when_switched_off(hall: Hall, context: OpenContext) -> None:
    hall.issue()
    hall.issue()
    hall.at(3, "open")
    page = counter_page(hall, context())
    idle(page)
    page.locator("[data-command=call]").focus()
    press(page, "F2")
    page.locator("[data-command=call]").press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_label("Số", exact=True).press("F2")
    press(page, "Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.evaluate("document.activeElement.blur()")
    toggle = page.get_by_role("button", name="Phím tắt: bật")
    toggle.click()
    page.reload()
    expect(page.get_by_role("button", name="Phím tắt: tắt")).to_be_visible()
    expect(page.locator("[data-command=next] kbd")).to_be_hidden()
    sent = commands(page)
    press(page, "Space")
    press(page, "F2")
    page.clock.fast_forward(700)
    page.get_by_role("button", name="Phím tắt: tắt").click()
    press(page, "Space")
    in_hand(page, "A001", "called")
    page.clock.fast_forward(700)
    press(
        page, "r"
    )  # commands go one after the other: what is sent now is sent after whatever the keys before have sent
    expect(page.locator("[data-command=absent]")).to_have_attribute("aria-disabled", "false")
    assert sent == ["call-next", "recall"]


def test_a_double_press_and_a_lost_answer_act_once(hall: Hall, context: OpenContext) -> None:
    for _ in range(3):
        hall.issue()
    hall.at(3, "open")
    page = counter_page(hall, context(is_hasty=True))
    sent = commands(page)
    with standing(page):
        page.locator("[data-command=next]").dblclick()
    in_hand(page, "A001", "called")
    press(page, "r")  # goes after whatever the second press has sent
    expect(page.locator("[data-command=absent]")).to_have_attribute("aria-disabled", "false")
    assert sent == ["call-next", "recall"]
    hall.at(3, "finish")
    idle(page)
    keys: list[str] = []

    def lose_the_first(route: Route) -> None:
        keys.append(route.request.headers["idempotency-key"])
        if len(keys) == 1:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    intercept(page, "**/call-next", lose_the_first)
    with page.expect_response("**/call-next") as answered:
        press(page, "Space")
    assert answered.value.json()["ticket"]["number"] == "A002"
    in_hand(page, "A002", "called")
    assert len(keys) == 2
    assert len(set(keys)) == 1
    assert hall.call("/queue")["counts"] == {
        "waiting": 1, "called": 1, "serving": 0, "held": 0, "absent": 0, "served": 1, "cancelled": 0,
    }  # fmt: skip


def test_a_key_that_comes_before_the_last_ones_answer_is_done_after_it(hall: Hall, context: OpenContext) -> None:
    hall.issue()
    hall.at(3, "open")
    hall.at(3, "call-next")
    page = counter_page(hall, context())
    in_hand(page, "A001", "called")
    late: list[Route] = []

    def hold(route: Route) -> None:
        late.append(route)

    intercept(page, "**/recall", hold)
    sent = commands(page)
    with page.expect_request("**/recall"):
        press(page, "r")
    with standing(page):  # after six seconds the page would ask again
        press(page, "s", "Delete")
        expect(page.locator(".toast")).to_contain_text("Máy chủ chưa trả lời lần bấm trước.")
        assert sent == ["recall"]
        late[0].continue_()
    in_hand(page, "A001", "serving")
    assert sent == ["recall", "start"]
    assert hall.call("/queue")["counts"]["absent"] == 0


def test_officers_open_their_own_seat_pause_and_take_over(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    ha = hall.add_person("thuha", full_name="Nguyễn Thị Thu Hà", title="Công chức tư pháp")
    hall.add_person("vannam", full_name="Trần Văn Nam")
    first = context()
    hall.sign_in(first, "thuha")
    page = first.new_page()
    page.goto(f"{hall.url}/counter")
    expect(page.get_by_role("link", name="Quầy 3")).to_be_visible()
    assert axe(page) == []
    shot(page, "counter-choice-1280")
    page.get_by_role("link", name="Quầy 3").click()
    expect(page.locator(".counter-closed")).to_contain_text("Mở quầy với tên Nguyễn Thị Thu Hà.")
    page.locator("[data-command=open]").click()
    expect(page.locator("#officer")).to_have_text("Nguyễn Thị Thu Hà")
    idle(page)
    assert hall.call("/counters")["items"][2]["officer"]["id"] == ha
    page.locator("[data-command=pause]").click()
    page.get_by_role("button", name="Nghỉ giữa giờ").click()
    expect(page.locator(".counter-closed")).to_contain_text("Nghỉ giữa giờ")
    page.get_by_role("button", name="Làm việc tiếp").click()
    idle(page)

    second = context()
    hall.sign_in(second, "vannam")
    other = second.new_page()
    other.goto(f"{hall.url}/counter/3")
    expect(other.locator(".counter-closed")).to_contain_text("Quầy này do Nguyễn Thị Thu Hà phụ trách.")
    other.get_by_role("button", name="Nhận quầy này").click()
    expect(other.locator("#officer")).to_have_text("Trần Văn Nam")
    idle(other)
    expect(page.locator(".counter-closed")).to_contain_text("Quầy này do Trần Văn Nam phụ trách.")
    other.locator("[data-command=close]").click()
    other.get_by_role("dialog").get_by_role("button", name="Đóng quầy").click()
    expect(other.locator(".counter-closed")).to_contain_text("Quầy đang đóng.")
    other.goto(f"{hall.url}/counter")
    expect(other.get_by_role("link", name="Quầy 3")).to_contain_text("Đang đóng")


def test_it_comes_back_right_and_reads_well_in_both_languages(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    for priority in (None, "pregnant", None, "elder75", None):
        hall.issue("signature", priority)
    hall.at(3, "open")
    page = counter_page(hall, context())
    assert axe(page) == []
    press(page, "Space")
    in_hand(page, "A002", "called")
    hall.stop()
    expect(page.locator("#connection")).to_contain_text("Mất kết nối")
    expect(page.locator(".counter-ticket")).to_have_class(re.compile("is-stale"))
    hall.start()
    expect(page.locator("#connection")).to_have_text("Đang kết nối")
    expect(page.locator(".counter-ticket")).not_to_have_class(re.compile("is-stale"))
    press(page, "s")
    in_hand(page, "A002", "serving")
    hall.issue()
    expect(page.locator("#waiting-count")).to_have_text("5")
    page.clock.fast_forward(60_000)  # no toast stays so long
    expect(page.locator(".toast")).to_have_count(0)
    for width, height in ((360, 740), (1280, 800), (1920, 1080)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        shot(page, f"counter-{width}", full=True)
    assert axe(page) == []
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("button", name="Done, ask for a rating")).to_be_visible()
    in_hand(page, "A002", "serving")
    assert axe(page) == []
    press(page, "t")
    assert axe(page) == []
    shot(page, "counter-transfer-en-1920")
    press(page, "Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    hall.at(3, "finish")
    idle(page)
    page.locator("[data-command=call]").click()
    assert axe(page) == []
