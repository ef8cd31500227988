"""The preview of a ticket over HTTP: a picture for administrators, the wrong lines for a layout that is none."""

import io
import json
from collections.abc import Iterator
from urllib.parse import unquote

import pytest
from PIL import Image

from tests.server.hall import Served, served

pytestmark = pytest.mark.process


@pytest.fixture(scope="module")
def desk() -> Iterator[Served]:
    with served() as made:
        yield made


def test_an_administrator_sees_the_paper(desk: Served) -> None:
    answer = desk.client("admin").post(
        "settings/printing/preview", {"layout": "number {number}\nqr {follow_url}", "paper_mm": 58}
    )
    assert (answer.status, answer.headers["content-type"]) == (200, "image/png")
    assert Image.open(io.BytesIO(answer.body)).size[0] == 384


def test_wrong_lines_are_named_and_others_are_refused(desk: Served) -> None:
    answer = desk.client("admin").post("settings/printing/preview", {"layout": "rule\nhuge {number}"})
    assert (answer.status, [found["place"] for found in answer.json["errors"]]) == (422, ["printing.layout[1]"])
    assert desk.client("kiosk").post("settings/printing/preview", {}).status == 403
    assert desk.client("admin").post("settings/printing/preview", {"paper_mm": 60}).status == 422


def test_letters_that_the_font_lacks_are_named_beside_the_picture_and_in_the_check(desk: Served) -> None:
    admin = desk.client("admin")
    layout = "number {number}\nnormal Tầng ㌀ 😀"
    answer = admin.post("settings/printing/preview", {"layout": layout})
    assert answer.status == 200
    words = unquote(answer.headers["x-not-printed"])
    assert [word in words for word in ("㌀ 😀", "normal Tầng ㌀ 😀")] == [True, True]
    assert "x-not-printed" not in admin.post("settings/printing/preview", {"layout": "number {number}"}).headers
    section = admin.get("settings/printing").json
    body = json.dumps(
        {"version": section["version"], "data": {"printing": {**section["data"]["printing"], "layout": layout}}}
    ).encode()
    saved = admin.send("PUT", "settings/printing", body, {"Content-Type": "application/json"})
    assert saved.status == 200
    (line,) = (item for item in desk.local("check").json["items"] if item["what"] == "tickets")
    assert (line["state"], "㌀" in line["detail"]) == ("degraded", True)
