"""A real folder, a real agent and a real desk: what a document scanner writes comes to who stands at that kiosk."""

import base64
import io
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from motcua.copies import replace
from motcua.settings.model import DropOffRules, OpeningHours, Session
from tests.server.arranged import served_with
from tests.server.hall import Client, Served, wait_until, ward
from tests.server.programs import AgentProcess, agent
from tests.server.screen import Screen

pytestmark = pytest.mark.process
DEATH = "1.000656"
CONFIG = """
[[device]]
name = "giay-to"
kind = "document_scanner"
driver = "folder"
folder = "{folder}"
"""


@pytest.fixture(scope="module")
def desk() -> Iterator[Served]:
    """A hall that opens for one minute a day, with a kiosk that takes ten pages."""
    document = ward()
    settings = replace(
        document.settings,
        hours=OpeningHours(*((Session(0, 1),),) * 7),
        dropoffs=DropOffRules(is_on=True, begin_min=0, end_min=24 * 60 - 1, pages_most=10),
    )
    with served_with(replace(document, settings=settings)) as made:
        yield made


@pytest.fixture(scope="module")
def kiosk(desk: Served) -> Client:
    return desk.client("kiosk")


@pytest.fixture(scope="module")
def scanner(desk: Served, kiosk: Client, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Lend the folder of the one kiosk's scanner, which an agent watches."""
    home = tmp_path_factory.mktemp("scanner")
    folder = home / "scans"
    folder.mkdir()
    (folder / "of-yesterday.pdf").write_bytes(save(draw(), kind="PDF"))
    with agent(home / "agent", desk.url, desk.token("agent"), CONFIG.format(folder=folder)) as program:
        yield folder
        assert_logs_nothing(program)


def assert_logs_nothing(program: AgentProcess) -> None:
    assert not any(word in program.log() for word in ("page.pdf", "garbage", "scan-1")), program.log()


def draw(colour: str = "white") -> Image.Image:
    return Image.new("RGB", (600, 800), colour)


def save(*sheets: Image.Image, kind: str) -> bytes:
    out = io.BytesIO()
    sheets[0].save(out, kind, **({"save_all": True, "append_images": sheets[1:]} if len(sheets) > 1 else {}))
    return out.getvalue()


def begin(kiosk: Client) -> dict[str, Any]:
    session: dict[str, Any] = kiosk.post("dropoffs/scans", {"procedure": DEATH, "agrees": True}).json
    return session


def look(kiosk: Client, session: dict[str, Any], paper: str = "other") -> dict[str, Any]:
    """Ask once for what came, as the kiosk's page does every two seconds."""
    answer = kiosk.post(f"dropoffs/scans/{session['id']}/scanner", {"paper": paper})
    assert answer.status == 200, answer
    seen: dict[str, Any] = answer.json
    return seen


def begin_ready(kiosk: Client, paper: str = "other") -> dict[str, Any]:
    """Begin a session and wait until the scanner's program works."""
    session = begin(kiosk)
    wait_until(lambda: look(kiosk, session, paper)["scanner"]["is_ready"])
    return session


def is_empty(folder: Path) -> bool:
    return [path.name for path in folder.iterdir()] == ["of-yesterday.pdf"]


def test_pages_come_to_the_paper_that_is_scanned_and_the_files_are_gone(
    desk: Served, kiosk: Client, scanner: Path
) -> None:
    session = begin(kiosk)
    first = session["papers"][0]["code"]
    session = begin_ready(kiosk, first)
    (scanner / "scan-1.pdf").write_bytes(save(draw(), draw("grey"), kind="PDF"))
    wait_until(lambda: len(look(kiosk, session, first)["pages"]) == 2)
    wait_until(lambda: is_empty(scanner))
    (scanner / "scan-1.pdf").write_bytes(save(draw(), kind="TIFF"))
    wait_until(lambda: len(look(kiosk, session)["pages"]) == 3)
    wait_until(lambda: is_empty(scanner))
    assert [page["paper"] for page in look(kiosk, session)["pages"]] == [first, first, "other"]
    scans = f"dropoffs/scans/{session['id']}"
    receipt = kiosk.post(f"{scans}/hand-in", {"name": "Nguyễn Văn An", "phone": "0912345678"})
    assert (receipt.status, receipt.json["pages"]) == (201, 3)
    kiosk.post(f"{scans}/end")
    stored = b"".join(path.read_bytes() for path in desk.folder.glob("desk.db*"))
    assert b"\xff\xd8\xff\xe0\x00\x10JFIF" not in stored
    whole = desk.client("admin").post(f"dropoffs/{receipt.json['code']}/open").json
    assert whole["papers"] == [{"code": first, "pages": 2}, {"code": "other", "pages": 1}]


def test_garbage_is_named_at_the_kiosk_in_both_languages_and_deleted(kiosk: Client, scanner: Path) -> None:
    session = begin_ready(kiosk)
    (scanner / "garbage.xlsx").write_bytes(b"PK\x03\x04 no scan")
    wait_until(lambda: look(kiosk, session)["scanner"]["refusals"])
    (scanner / "page.pdf").write_bytes(save(*[draw()] * 11, kind="PDF"))
    wait_until(lambda: len(look(kiosk, session)["scanner"]["refusals"]) == 2)
    bad, many = look(kiosk, session)["scanner"]["refusals"]
    assert bad["en"] == "The scanner's file cannot be read: it must be a PDF, a TIFF or a JPEG. Scan once more."
    assert (bad["vi"][:30], "11 trang" in many["vi"], "10 trang" in many["vi"]) == (
        "Không đọc được tệp của máy qué", True, True,
    )  # fmt: skip
    wait_until(lambda: is_empty(scanner))
    assert look(kiosk, session)["pages"] == []


def test_who_stops_leaves_nothing_to_the_next_one(kiosk: Client, scanner: Path) -> None:
    session = begin_ready(kiosk)
    kiosk.post(f"dropoffs/scans/{session['id']}/end")
    (scanner / "late.pdf").write_bytes(save(draw(), kind="PDF"))
    second = begin_ready(kiosk)
    wait_until(lambda: is_empty(scanner))
    (scanner / "hers.jpg").write_bytes(save(draw(), kind="JPEG"))
    wait_until(lambda: look(kiosk, second)["pages"])
    assert len(look(kiosk, second)["pages"]) == 1


def test_the_call_is_the_scanner_s_own_and_needs_a_session_that_waits(
    desk: Served, kiosk: Client, scanner: Path
) -> None:
    begin_ready(kiosk)
    body = {"device": "giay-to", "watch": "guessed", "key": "k", "file": base64.b64encode(b"x").decode()}
    assert kiosk.post("dropoffs/scanner-files", body).status == 403
    program = desk.client("agent")
    assert program.post("dropoffs/scanner-files", body).code == (404, "dropoff.session_over")
    assert program.post("dropoffs/scanner-files", {**body, "device": "other"}).code == (403, "device.undeclared")
    assert program.post("dropoffs/scanner-files", {**body, "file": "A" * 14_000_001}).status in {413, 422}
    session = begin(kiosk)
    unknown = kiosk.post(f"dropoffs/scans/{session['id']}/scanner", {"paper": "gold"})
    assert unknown.code == (422, "dropoff.paper")


def test_a_file_whose_answer_was_lost_comes_once(desk: Served, kiosk: Client, scanner: Path) -> None:
    """A second connection of the same program takes its place."""
    session = begin_ready(kiosk)
    with closing(Screen(desk.port, "/agent", {"token": desk.token("agent")})) as cable:
        cable.reply = {"ok": True}
        cable.emit("devices", {"devices": [{"name": "giay-to", "kind": "document_scanner", "counters": []}]})
        look(kiosk, session)
        cable.wait(lambda: any(name == "watch" for name, _data in cable.events))
        watch = next(data["watch"] for name, data in cable.events if name == "watch")
        file = base64.b64encode(save(draw(), kind="JPEG")).decode()
        body = {"device": "giay-to", "watch": watch, "key": "one", "file": file}
        program = desk.client("agent")
        assert [program.post("dropoffs/scanner-files", body).status for _try in range(2)] == [201, 201]
    assert len(look(kiosk, session)["pages"]) == 1


def test_with_two_kiosks_nobody_knows_whose_it_is(desk: Served, kiosk: Client, scanner: Path) -> None:
    begin_ready(kiosk)
    desk.local("token.add", role="kiosk", name="second")
    assert look(kiosk, begin(kiosk))["scanner"] == {
        "is_there": False, "is_working": False, "is_ready": False, "receiving": False, "refusals": [],
    }  # fmt: skip
