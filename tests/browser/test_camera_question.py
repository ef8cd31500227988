"""The camera question on the pad, the sign that a camera looks, and the officer's key that spares a child."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from motcua.copies import replace
from motcua.settings.model import CameraRules
from motcua.setup.document import write
from tests.browser.conftest import Check, Hall, OpenContext, Shot, at_widths
from tests.browser.test_pad import pad_page
from tests.cameras import MODEL
from tests.server import hall as served
from tests.server.screen import Screen
from tests.waiting import wait_until

pytestmark = pytest.mark.browser
ASKED = "Cho phép camera chấm điểm nụ cười lúc bạn về? Không lưu hình."


class Camera:
    """A device program with one camera at counter 3, which writes down what it is told."""

    def __init__(self, hall: Hall) -> None:
        token = str(hall.command("token.add", role="agent", name="máy quầy 3", counters=[3], kiosks=[])["token"])
        self.cable = Screen(hall.port, "/agent", {"token": token})
        devices = [{"name": "camera-3", "kind": "camera", "counters": [3]}]
        assert self.cable.emit("devices", {"devices": devices})["ok"]
        self.be("ok")

    def be(self, state: str) -> None:
        assert self.cable.emit("health", {"devices": {"camera-3": {"state": state}}})["ok"]

    def steps(self) -> list[tuple[str, str]]:
        jobs = [job["payload"] for name, job in self.cable.events if name == "job" and job["kind"] == "look"]
        return [(payload["step"], payload["visit"]) for payload in jobs]

    def speak(self, visit: str, score: int = 71) -> dict[str, Any]:
        reading = {
            "visit": visit, "score": score, "quality": 90, "valid_frames": 20, "seen_frames": 45, "reason": None,
            "model_hash": MODEL, "device": "camera-3",
        }  # fmt: skip
        return dict(self.cable.emit("expression", reading))


@pytest.fixture
def camera(hall: Hall) -> Iterator[Camera]:
    """Lend a camera at counter 3 of a ward that has switched cameras on."""
    document = served.ward()
    rules = CameraRules(is_on=True, contact="Chị Hoa, 024 3825 0000")
    settings = replace(document.settings, camera=rules)
    assert hall.command("config.import", text=write(replace(document, settings=settings)))["changed"]
    made = Camera(hall)
    hall.at(3, "open")
    yield made
    made.cable.close()


def start(hall: Hall) -> str:
    """Begin to serve somebody at counter 3; return the visit."""
    ticket = hall.issue()
    hall.at(3, "call-next")
    hall.at(3, "start")
    return str(ticket["id"])


def counter_page(hall: Hall, context: BrowserContext) -> Page:
    hall.pair(context, "counter", 3)
    page = context.new_page()
    page.goto(f"{hall.url}/counter/3")
    return page


def press(page: Page, answer: str) -> None:
    page.locator(f"[data-consent={answer}]").click()


def test_yes_and_no_are_of_one_size_and_the_notice_says_what_happens(
    hall: Hall, camera: Camera, context: OpenContext, axe: Check, shot: Shot
) -> None:
    page = pad_page(hall, context())
    start(hall)
    expect(page.locator("h1")).to_have_text(ASKED)
    expect(page.locator("#live-polite")).to_have_text(ASKED)
    for width in at_widths(page, 1280, 768, 360):
        yes, no = (page.locator(f"[data-consent={answer}]").bounding_box() for answer in ("yes", "no"))
        assert yes is not None
        assert no is not None
        size = pytest.approx((no["width"], no["height"]), abs=0.1)  # a browser rounds places to 1/64 pixel
        assert (yes["width"], yes["height"]) == size
        styles = [
            page.locator(f"[data-consent={answer}]").evaluate(
                "e => { const s = getComputedStyle(e); return [s.backgroundColor, s.color, s.fontSize, s.fontWeight]; }"
            )
            for answer in ("yes", "no")
        ]
        assert styles[0] == styles[1]
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert axe(page) == []
        shot(page, f"pad-camera-{width}", full=True)
    page.set_viewport_size({"width": 1280, "height": 800})
    assert page.evaluate("document.documentElement.scrollHeight") <= 800
    facts = page.locator(".pad-facts")
    for words in ("AI", "từ 0 đến 100", "180 ngày", "trẻ em", "Chị Hoa, 024 3825 0000", "từ chối"):
        expect(facts).to_contain_text(words)
    page.get_by_role("button", name="English").click()
    expect(page.locator("h1")).to_have_text("May the camera score your smile when you leave? No picture is kept.")
    assert axe(page) == []
    shot(page, "pad-camera-en-1280")


def test_after_a_yes_pad_and_counter_say_that_the_camera_looks_until_it_has_seen(
    hall: Hall, camera: Camera, context: OpenContext, axe: Check, shot: Shot
) -> None:
    page, screen = pad_page(hall, context()), counter_page(hall, context())
    visit = start(hall)
    expect(screen.locator(".counter-camera")).to_have_attribute("data-looks", "false")
    press(page, "yes")
    expect(page.locator(".pad-look")).to_contain_text("Camera đang xem nụ cười")
    expect(screen.locator(".counter-camera")).to_contain_text("Camera đang xem. Người dân đã đồng ý.")
    assert axe(page) == []
    assert axe(screen) == []
    shot(page, "pad-camera-looks-1280")
    shot(screen, "counter-camera-1280")
    wait_until(lambda: camera.steps() == [("begin", visit)])
    hall.at(3, "finish")
    wait_until(lambda: camera.steps() == [("begin", visit), ("finish", visit)])
    assert camera.speak(visit) == {"ok": True, "visit": visit, "kept": True, "reason": None}
    expect(page.locator(".pad-look")).to_have_count(0)
    expect(page.locator(".pad-face")).to_have_count(5)
    expect(screen.locator(".counter-camera")).to_have_count(0)


@pytest.mark.parametrize("answer", ["no", None])
def test_no_and_no_answer_give_no_score(hall: Hall, camera: Camera, context: OpenContext, answer: str | None) -> None:
    page = pad_page(hall, context())
    visit = start(hall)
    expect(page.locator("h1")).to_have_text(ASKED)
    if answer is not None:
        press(page, answer)
        expect(page.locator(".pad-counter")).to_be_visible()
    expect(page.locator(".pad-look")).to_have_count(0)
    hall.at(3, "finish")
    expect(page.locator(".pad-face")).to_have_count(5)
    assert camera.speak(visit) == {"ok": True, "visit": visit, "kept": False, "reason": "no_consent"}
    assert camera.steps() == []


def test_a_yes_is_taken_back_by_one_key_also_while_the_faces_are_shown(
    hall: Hall, camera: Camera, context: OpenContext
) -> None:
    page = pad_page(hall, context())
    first = start(hall)
    press(page, "yes")
    page.get_by_role("button", name="Thôi, tắt camera").click()
    expect(page.locator(".pad-look")).to_have_count(0)
    wait_until(lambda: camera.steps() == [("begin", first), ("stop", first)])
    hall.at(3, "finish")
    assert camera.speak(first)["kept"] is False
    second = start(hall)
    page.get_by_role("button", name="Bỏ qua").click()  # the question about the first visit comes before
    press(page, "yes")
    expect(page.locator(".pad-look")).to_be_visible()
    hall.at(3, "finish")
    expect(page.locator(".pad-face")).to_have_count(5)
    page.get_by_role("button", name="Thôi, tắt camera").click()
    wait_until(lambda: camera.steps()[-1] == ("stop", second))
    assert camera.speak(second)["kept"] is False


def test_a_pad_without_its_server_asks_nothing_and_nobody_is_scored(
    hall: Hall, camera: Camera, context: OpenContext
) -> None:
    page = pad_page(hall, context())
    visit = start(hall)
    expect(page.locator("h1")).to_have_text(ASKED)
    hall.stop()
    expect(page.locator("h1")).to_have_text("Đang kết nối lại…")
    expect(page.locator("[data-consent]")).to_have_count(0)
    hall.start()
    again = Camera.__new__(Camera)
    Camera.__init__(again, hall)
    hall.at(3, "finish")
    expect(page.locator(".pad-face")).to_have_count(5)
    expect(page.locator("[data-consent]")).to_have_count(0)
    again.cable.close()
    assert hall.ask("/counters/3/no-camera", {}, role="counter", counter=3)[0] == 409
    assert visit


def test_the_ticket_page_erases_the_score(hall: Hall, camera: Camera, context: OpenContext, axe: Check) -> None:
    page = pad_page(hall, context())
    ticket = hall.issue()
    hall.at(3, "call-next")
    hall.at(3, "start")
    press(page, "yes")
    expect(page.locator(".pad-look")).to_be_visible()
    hall.at(3, "finish")
    assert camera.speak(ticket["id"])["kept"]
    phone = context(width=390, height=800).new_page()
    phone.goto(f"{hall.url}/t/{ticket['follow_url'].rsplit('/', 1)[-1]}")
    expect(phone.locator("#smile")).to_contain_text("Camera đã chấm điểm nụ cười lúc bạn về.")
    assert axe(phone) == []
    phone.get_by_role("button", name="Xóa điểm").click()
    expect(phone.locator("#smile")).to_have_count(0)
    expect(phone.locator("#live-polite")).to_have_text("Đã xóa điểm.")


def test_the_officer_spares_a_child_the_question(hall: Hall, camera: Camera, context: OpenContext, axe: Check) -> None:
    page, screen = pad_page(hall, context()), counter_page(hall, context())
    visit = start(hall)
    expect(page.locator("h1")).to_have_text(ASKED)
    screen.get_by_role("button", name="Trẻ em: không dùng camera cho lượt này").press("Enter")
    expect(screen.locator(".counter-camera")).to_contain_text("Camera tắt trong lượt này.")
    expect(page.locator(".pad-counter")).to_be_visible()
    assert axe(screen) == []
    hall.at(3, "finish")
    assert camera.speak(visit)["kept"] is False


def test_nobody_is_asked_while_the_camera_is_down(hall: Hall, camera: Camera, context: OpenContext) -> None:
    page = pad_page(hall, context())
    camera.be("down")
    start(hall)
    expect(page.locator(".pad-counter")).to_be_visible()
    camera.be("ok")
    expect(page.locator("h1")).to_have_text(ASKED)
    camera.be("down")
    expect(page.locator("[data-consent]")).to_have_count(0)
