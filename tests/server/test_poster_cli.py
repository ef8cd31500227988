"""`motcua poster` prints what the pages print, without a browser; each code leads where its page is."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import zxingcpp
from pypdf import PdfReader

from tests.server.hall import PHONES, Served, served
from tests.server.programs import command

pytestmark = pytest.mark.process


@pytest.fixture(scope="module")
def desk() -> Iterator[Served]:
    with served(shared=True) as made:
        yield made


def codes(pdf: bytes) -> list[str]:
    """Return what the codes on the first page say, in their order."""
    return [
        code.text
        for image in PdfReader(io.BytesIO(pdf)).pages[0].images
        for code in zxingcpp.read_barcodes(image.image)
    ]


def text(pdf: bytes) -> str:
    return PdfReader(io.BytesIO(pdf)).pages[0].extract_text()


def test_each_counter_gets_a_sheet_as_its_page_prints_it(desk: Served, tmp_path: Path) -> None:
    for name, kind in (("counter", "poster"), ("stickers", "stickers")):
        folder = tmp_path / name
        done = command("poster", name, "--data", desk.folder, "--out", folder)
        assert (done.returncode, done.stderr) == (0, "")
        numbers = [item["number"] for item in desk.client("admin").get("counters").json["items"]]
        assert sorted(path.name for path in folder.iterdir()) == sorted(f"quay-{n}-{kind}.pdf" for n in numbers)
        of_command = (folder / f"quay-3-{kind}.pdf").read_bytes()
        of_page = desk.client("leader").get(f"/counters/3/{kind}.pdf").body
        assert codes(of_command) == codes(of_page) == [f"{PHONES}/c/3"]
        assert text(of_command) == text(of_page)


def test_one_counter_goes_into_one_file_with_an_address_that_is_named(desk: Served, tmp_path: Path) -> None:
    file = tmp_path / "quay.pdf"
    words = ("poster", "counter", "--data", desk.folder, "--counter", 2, "--address", "https://motcua.vn/")
    assert command(*words, "--out", file).returncode == 0
    assert codes(file.read_bytes()) == ["https://motcua.vn/c/2"]


def test_the_posters_are_those_of_the_pages(desk: Served, tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    for name, path in (("suggestions", "poster"), ("result", "result")):
        for size in ("a4", "a3"):
            done = command("poster", name, "--data", desk.folder, "--size", size, "--out", file)
            assert (done.returncode, done.stderr) == (0, "")
            of_page = desk.client("leader").get(f"/suggestions/{path}.pdf?size={size}", Accept_Language="vi").body
            assert (codes(file.read_bytes()), text(file.read_bytes())) == ([f"{PHONES}/y"], text(of_page))
            assert PdfReader(file).pages[0].mediabox == PdfReader(io.BytesIO(of_page)).pages[0].mediabox
    assert command("poster", "callbacks", "--data", desk.folder, "--size", "a3", "--out", file).returncode == 0
    of_page = desk.client("leader").get("/callbacks/poster.pdf?size=a3", Accept_Language="vi").body
    assert (codes(file.read_bytes()), text(file.read_bytes())) == ([f"{PHONES}/call-me"], text(of_page))
    assert PdfReader(file).pages[0].mediabox == PdfReader(io.BytesIO(of_page)).pages[0].mediabox
    assert len(PdfReader(file).pages) == 1
    assert command("poster", "camera", "--data", desk.folder, "--size", "a3", "--out", file).returncode == 0
    of_page = desk.client("leader").get("/leaders/camera/sign.pdf?size=a3").body
    assert (codes(file.read_bytes()), text(file.read_bytes())) == ([f"{PHONES}/camera"], text(of_page))
    assert command("poster", "result", "--data", desk.folder, "--lang", "en", "--out", file).returncode == 0
    assert "Are citizens satisfied with us?" in text(file.read_bytes())
    assert command("poster", "result", "--data", desk.folder, "--month", "2020-02", "--out", file).returncode == 0
    assert "29/02/2020" in text(file.read_bytes())


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("moon",), 2, "invalid choice: 'moon'"),
        (("counter", "--counter", "998"), 1, "There is no counter 998."),
        (("counter", "--month", "2026-10"), 2, "--month does not belong to counter."),
        (("counter", "--size", "a3"), 2, "--size does not belong to counter."),
        (("result", "--counter", "1"), 2, "--counter does not belong to result."),
        (("suggestions", "--month", "2026-10"), 2, "--month does not belong to suggestions."),
        (("camera", "--lang", "en"), 2, "--lang does not belong to camera."),
        (("result", "--month", "2026-13"), 2, "is not a valid date"),
        (("result", "--month", "x"), 2, "is not a valid date"),
        (("result", "--month", "9999-12"), 2, "This month is not over."),
        (("suggestions", "--address", "http://127.0.0.1"), 2, "is not an address that phones can reach"),
        (("suggestions", "--address", "javascript:alert(1)"), 2, "is not an address that phones can reach"),
        (("counter", "--counter", "1", "--out", "/nowhere/at/all.pdf"), 1, "There is no /nowhere/at/all.pdf."),
    ],
)
def test_the_command_says_what_is_wrong_and_writes_nothing(
    desk: Served, tmp_path: Path, words: tuple[str, ...], code: int, sentence: str
) -> None:
    out = () if "--out" in words else ("--out", str(tmp_path / "a"))
    done = command("poster", *words, "--data", desk.folder, *out)
    assert (done.returncode, done.stdout) == (code, "")
    assert sentence in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_month_that_runs_has_no_result_yet(desk: Served, tmp_path: Path) -> None:
    today = command("report", "day", "--data", desk.folder, "--json")
    month = json.loads(today.stdout)["day"][:7]
    done = command("poster", "result", "--data", desk.folder, "--month", month, "--out", tmp_path / "a")
    assert (done.returncode, "This month is not over." in done.stderr) == (2, True)


def test_every_counter_at_once_needs_a_folder(desk: Served, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"x")
    for out in ("-", tmp_path / "a.pdf"):
        done = command("poster", "counter", "--data", desk.folder, "--out", out)
        assert (done.returncode, done.stdout) == (2, "")
        assert "Every counter gets a file." in done.stderr
    assert (tmp_path / "a.pdf").read_bytes() == b"x"
