"""The settings page of cameras: the live picture with its square, and what is missing before one may look."""

from base64 import b64encode
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from motcua.devices.camera import scenes
from motcua.devices.camera.pictures import encode_jpeg
from tests.browser.conftest import Check, Hall, OpenContext, Shot, at_widths, press
from tests.server.screen import Screen
from tests.waiting import wait_until

pytestmark = pytest.mark.browser
ENTRY = {"name": "may-anh", "kind": "camera", "driver": "mjpeg", "port": "http://10.0.0.9/live", "counter": 1}


class Cable(Screen):
    """The cable of an agent with one camera, driven by the test: it says which pictures come, and when."""

    def __init__(self, hall: Hall) -> None:
        token = hall.command("token.add", role="agent", name="PC quầy 1", counters="all", kiosks="all")["token"]
        super().__init__(hall.port, "/agent", {"token": token})
        self.answer_as({**ENTRY, "fixed": False})
        assert self.emit("devices", {"devices": [{"name": "may-anh", "kind": "camera", "counters": [1]}]})["ok"]
        self.emit("health", {"devices": {"may-anh": {"state": "ok"}}, "agent": []})

    def answer_as(self, entry: dict[str, Any]) -> None:
        """Answer whatever is asked as an agent with this camera does."""
        self.reply = {"ok": True, "devices": [entry], "profiles": [], "drivers": {}, "ports": [], "inputs": []}

    def show(self, scene: str = scenes.SERIOUS) -> None:
        """Send one picture of the emulated camera."""
        jpeg = encode_jpeg(scenes.draw_scene(scene, 40, 40), "JPEG")
        picture = {"device": "may-anh", "jpeg": b64encode(jpeg).decode(), "width": 640, "height": 480}
        assert self.emit("picture", picture)["ok"]

    def previewed(self) -> list[bool]:
        """Return what the desk asked of the camera, in order."""
        return [bool(order["on"]) for order in self.told("preview")]

    def saved_regions(self) -> list[Any]:
        """Return the regions that were saved, in order."""
        return [asked["device"]["region"] for asked in self.told("ask") if asked["what"] == "put"]


@pytest.fixture
def cable(hall: Hall) -> Iterator[Cable]:
    with Cable(hall) as made:
        yield made


def open_region(hall: Hall, context: OpenContext, **more: object) -> Page:
    browser = context(**{"locale": "en-US", **more})
    hall.sign_in(browser)
    page = browser.new_page()
    page.goto(f"{hall.url}/settings/devices")
    page.get_by_role("button", name="Region: may-anh").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    return page


def stage(page: Page) -> Locator:
    return page.locator(".region-stage")


def numbers(page: Page) -> list[str]:
    return [page.locator(f"#region-{n}").input_value() for n in range(3)]


def is_blank(page: Page) -> bool:
    """Say whether the canvas has no picture: nothing of the last one may stay."""
    script = """() => { const canvas = document.querySelector(".region-stage canvas");
        const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
        return pixels.every((value) => value === 0); }"""
    return bool(page.evaluate(script))


def show_first(page: Page, cable: Cable) -> None:
    """Show a picture once the page asks for it, which it does again every two seconds."""
    cable.wait(lambda: cable.previewed()[-1:] == [True])
    cable.show()
    expect(page.locator("#region-0")).to_be_visible()


def test_the_square_is_moved_by_mouse_keys_and_numbers_and_saved(
    hall: Hall, context: OpenContext, cable: Cable, axe: Check, shot: Shot
) -> None:
    page = open_region(hall, context)
    expect(stage(page)).to_contain_text("Waiting for the camera's picture")
    assert axe(page) == []
    show_first(page, cable)
    assert numbers(page) == ["12.5", "0", "100"]
    assert not is_blank(page)
    box = page.locator(".region-outline").bounding_box()
    assert box is not None
    scale, mouse = box["width"] / 640, page.mouse
    mouse.move(box["x"] + 556 * scale, box["y"] + 476 * scale)
    mouse.down()
    mouse.move(box["x"] + 440 * scale, box["y"] + 300 * scale, steps=4)
    mouse.up()
    assert numbers(page) == ["12.5", "0", "75"]
    mouse.move(box["x"] + 200 * scale, box["y"] + 200 * scale)
    mouse.down()
    mouse.move(box["x"] + 264 * scale, box["y"] + 248 * scale, steps=4)
    mouse.up()
    assert numbers(page) == ["22.5", "10", "75"]
    stage(page).focus()
    press(page, "ArrowRight")
    press(page, "Shift+ArrowDown")
    press(page, "-")
    assert numbers(page) == ["24.1", "16", "73"]
    page.locator("#region-0").fill("90")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#region-wrong")).to_be_visible()
    assert axe(page) == []
    page.locator("#region-0").fill("24,5")
    expect(page.locator("#region-wrong")).to_have_count(0)
    shot(page, "camera-region-1280")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert cable.saved_regions() == [[0.245, 0.16, 0.73]]
    cable.wait(lambda: cable.previewed()[-1:] == [False])


def test_it_fits_a_phone_and_follows_a_finger(
    hall: Hall, context: OpenContext, cable: Cable, axe: Check, shot: Shot
) -> None:
    page = open_region(hall, context, width=390, has_touch=True)
    show_first(page, cable)
    for width in at_widths(page, 390, 320):
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        dialog = page.get_by_role("dialog")
        assert dialog.evaluate("dialog => dialog.scrollWidth <= dialog.clientWidth")
        boxes = [page.locator(f"#region-{n}").bounding_box() for n in range(2)]
        assert boxes[0] is not None
        assert boxes[1] is not None
        assert boxes[0]["x"] + boxes[0]["width"] <= boxes[1]["x"] or boxes[0]["y"] < boxes[1]["y"]
        assert axe(page) == []
        cable.show(scenes.SMILING)
        shot(page, f"camera-region-{width}")
    for _ in range(2):
        page.get_by_role("button", name="Smaller").click()
    assert numbers(page)[2] == "80"
    stage(page).scroll_into_view_if_needed()
    box = page.locator(".region-outline").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    client = page.context.new_cdp_session(page)
    for kind, right in (("touchStart", 0), ("touchMove", 12), ("touchMove", 24), ("touchEnd", None)):
        points = [] if right is None else [{"x": x + right, "y": y}]
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    assert float(numbers(page)[0]) > 20


def test_the_picture_goes_at_once_when_the_counter_opens_and_comes_back_when_it_pauses(
    hall: Hall, context: OpenContext, cable: Cable, axe: Check, shot: Shot
) -> None:
    page = open_region(hall, context)
    show_first(page, cable)
    hall.at(1, "open")
    expect(page.get_by_role("dialog")).to_contain_text("Counter 1 is open. Please pause or close it first")
    assert is_blank(page)
    cable.wait(lambda: cable.previewed()[-1:] == [False])
    cable.show()
    assert axe(page) == []
    shot(page, "camera-region-refused-1280")
    hall.at(1, "pause", reason="break")
    wait_until(lambda: cable.previewed()[-1:] == [True])
    cable.show()
    expect(page.locator("#region-0")).to_be_visible()
    expect(page.get_by_role("dialog")).not_to_contain_text("Counter 1 is open")


def test_a_camera_of_agent_toml_is_looked_at_and_its_line_is_shown(
    hall: Hall, context: OpenContext, cable: Cable
) -> None:
    cable.answer_as({**ENTRY, "region": [0.2, 0.1, 0.7], "fixed": True})
    page = open_region(hall, context)
    show_first(page, cable)
    assert numbers(page) == ["20", "10", "70"]
    expect(page.get_by_role("dialog").locator("code")).to_have_text("region = [0.2, 0.1, 0.7]")
    expect(page.get_by_role("button", name="Save")).to_have_count(0)


def test_the_page_of_the_camera_says_what_is_missing_and_the_start_page_that_one_is_on(
    hall: Hall, context: OpenContext, cable: Cable, axe: Check, shot: Shot
) -> None:
    browser = context(locale="en-US")
    hall.sign_in(browser)
    page = browser.new_page()
    page.goto(f"{hall.url}/")
    expect(page.locator("#state")).to_be_visible()
    expect(page.locator("#cameras")).to_have_count(0)
    page.goto(f"{hall.url}/settings/camera")
    steps = page.locator(".camera-steps > li")
    expect(page.locator("[data-step=computer][data-state=done]")).to_be_visible()
    states = steps.evaluate_all("items => items.map(({ dataset }) => `${dataset.step} ${dataset.state}`)")
    assert states == [
        "camera done", "computer done", "region look", "pad missing", "contact missing", "sign look", "switch missing"
    ]  # fmt: skip
    expect(page.locator("[data-step=pad]")).to_contain_text("counter: 1")
    page.locator("[data-place='camera.contact'] input, input[data-place='camera.contact']").first.fill("Bà Lan")
    expect(page.locator("[data-step=contact]")).to_contain_text("Bà Lan")
    page.get_by_role("checkbox", name="Cameras may score the smile of citizens who agree").check()
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".save-bar")).to_contain_text("Everything is saved.")
    page.reload()
    expect(page.locator("[data-step=switch][data-state=done]")).to_be_visible()
    for width in at_widths(page, 1280, 320):
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert axe(page) == []
        shot(page, f"camera-settings-{width}", full=True)
    public = context(locale="vi-VN").new_page()
    public.goto(f"{hall.url}/")
    expect(public.locator("#cameras")).to_contain_text("Camera đang bật ở quầy 1.")
    assert axe(public) == []
    shot(public, "start-camera-1280")
