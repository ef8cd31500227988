"""The whole road of a smile, with the real model: a camera is added, its region set, a citizen agrees, a score is kept.

The citizen is NASA's public-domain photo of an astronaut who smiles, which scikit-image brings along.
"""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from motcua.cli.door import open_reading
from motcua.devices.camera.emulator import CameraEmulator
from motcua.devices.printer.emulator import PrinterEmulator
from tests.browser.conftest import Check, Hall, OpenContext, Shot, at_widths
from tests.browser.driven import driving
from tests.face_model import require_model
from tests.server.programs import AgentProcess
from tests.waiting import wait_until

pytestmark = pytest.mark.browser
PICTURES = 60
"""A visit of six seconds."""
READ = "faces are read"
"""What the agent's log says once pictures come and the model is there."""
VISITS = 5
"""On a busy computer a visit may get too few pictures: it has no score, and says why."""


@pytest.fixture
def astronaut(tmp_path: Path) -> Iterator[CameraEmulator]:
    """Lend a camera before which the astronaut stands."""
    from skimage import data

    folder = tmp_path / "pictures"
    folder.mkdir()
    Image.fromarray(data.astronaut()).save(folder / "astronaut.png")
    emulator = CameraEmulator("may-anh", folder=folder)
    emulator.start()
    yield emulator
    emulator.stop()


def add_camera(page: Page, hall: Hall, emulator: CameraEmulator) -> None:
    page.goto(f"{hall.url}/settings/devices")
    page.locator(".program button:has(.icon-plus)").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("radio", name="Camera").check(force=True)
    dialog.locator("#device-port").fill(str(emulator.describe_entry()["port"]))
    dialog.locator("#device-counter").select_option("1")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)
    row = page.locator("[data-device=may-anh]")
    expect(row.locator(".badge .icon-circle-check")).to_be_visible()
    row.get_by_role("button", name="Test").click()
    expect(row.locator(".device-test")).to_contain_text("Its pictures: 480 ")


def set_region(page: Page, shot: Shot) -> None:
    """Put the square around head and shoulders of the astronaut."""
    page.get_by_role("button", name="Region: may-anh").click()
    expect(page.locator("#region-0")).to_be_visible()
    for n, percent in enumerate(("17", "0", "51")):
        page.locator(f"#region-{n}").fill("10")
        page.locator(f"#region-{n}").fill(percent)
    expect(page.locator("#region-wrong")).to_have_count(0)
    page.locator(".region-stage").scroll_into_view_if_needed()
    shot(page, "camera-walk-region")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def switch_on(page: Page, hall: Hall, shot: Shot) -> None:
    page.goto(f"{hall.url}/settings/camera")
    page.get_by_role("checkbox", name="Cameras may score the smile of citizens who agree").check()
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".save-bar")).to_contain_text("Everything is saved.")
    page.reload()
    expect(page.locator("[data-step=computer][data-state=done]")).to_be_visible()
    shot(page, "camera-walk-settings", full=True)


def find_score(hall: Hall, visit: str) -> dict[str, Any] | None:
    with open_reading(hall.folder) as db:
        row = db.execute("SELECT score, quality, reason FROM expressions WHERE visit = ?", (visit,)).fetchone()
    return None if row is None else dict(zip(("score", "quality", "reason"), row, strict=True))


def wait_for_pictures(emulator: CameraEmulator, agent: AgentProcess, looks: int) -> None:
    """Wait until faces are read for the `looks`th time, and then for some seconds of pictures."""
    wait_until(lambda: agent.log().count(READ) >= looks, told=agent.log)
    after = emulator.get_state()["frames"] + PICTURES
    wait_until(lambda: emulator.get_state()["frames"] >= after)


def serve(hall: Hall, pad: Page, shot: Shot, see: Callable[[], None]) -> dict[str, Any]:
    """Serve a citizen who agrees on the pad, `see` meanwhile, and return what the camera said."""
    ticket = hall.issue()
    hall.at(1, "call-next")
    hall.at(1, "start")
    expect(pad.locator("[data-consent=yes]")).to_be_visible()
    shot(pad, "camera-walk-asked")
    pad.locator("[data-consent=yes]").click()
    expect(pad.locator("[data-act=camera-off]")).to_be_visible()
    shot(pad, "camera-walk-looking")
    see()
    hall.at(1, "finish")
    expect(pad.locator("[data-level='5']")).to_be_visible()
    pad.locator("[data-level='5']").click()
    wait_until(lambda: find_score(hall, ticket["id"]) is not None)
    expect(pad.locator("[data-act=camera-off]")).to_have_count(0)
    return find_score(hall, ticket["id"]) or {}


def test_a_smile_is_scored_from_the_settings_to_the_report(
    hall: Hall, context: OpenContext, tmp_path: Path, astronaut: CameraEmulator, axe: Check, shot: Shot
) -> None:
    require_model()
    with driving(hall, tmp_path / "pc", PrinterEmulator("may-in")) as agent:
        browser = context(locale="en-US")
        hall.sign_in(browser)
        page = browser.new_page()
        add_camera(page, hall, astronaut)
        set_region(page, shot)
        switch_on(page, hall, shot)
        page.goto(f"{hall.url}/")
        expect(page.locator("#cameras")).to_contain_text("A camera is on at counter 1.")
        hall.at(1, "open")
        tablet = context(width=1024, height=768)
        hall.pair(tablet, "pad", 1)
        pad = tablet.new_page()
        pad.goto(f"{hall.url}/pad")
        scores: list[dict[str, Any]] = []
        while len(scores) < VISITS and not (scores and scores[-1]["score"] is not None):
            looks = len(scores) + 1
            scores.append(serve(hall, pad, shot, partial(wait_for_pictures, astronaut, agent, looks)))
        assert scores[-1]["score"] is not None, scores
        assert scores[-1]["score"] >= 80
        assert {score["reason"] for score in scores[:-1]} <= {"too_few_frames", "stale_camera", "no_face"}
        page.goto(f"{hall.url}/leaders/camera")
        expect(page.get_by_role("main")).to_contain_text("There are 1, so 99 are missing.")
        for width in at_widths(page, 1280, 390):
            assert axe(page) == []
            shot(page, f"camera-walk-leaders-{width}", full=True)
