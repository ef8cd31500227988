"""Letters that the tickets' font lacks are named, printed as a mark that everybody sees, and never end a paper."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.devices.paper import faces
from motcua.devices.paper.layout import Row
from motcua.devices.paper.render import render
from motcua.devices.paper.ticket import SAMPLE
from motcua.devices.printer.text_file import FileOptions, FilePrinter


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("Phường Nguyễn Ưu Đàm – 50 000 ₫ “Đất đai” …", []),  # noqa: RUF001 -- the dash of a range
        ("㌀ và 中文", ["㌀", "中", "文"]),
        ("Chứng thực 😀😀", ["😀"]),
        ("① Hộ tịch", ["①"]),
        ("Nguyê\u0303n", []),
        ("a\u200b\ufeff\u202e\u00ad\ufe0fb\t\n", []),
        ("\ue000\ud800", ["\ue000", "\ud800"]),
        ("", []),
    ],
)
def test_letters_that_cannot_be_printed_are_named(text: str, lacking: list[str]) -> None:
    assert faces.list_lacking(text) == lacking
    assert faces.list_lacking(faces.make_printable(text)) == []


def test_what_is_lacking_is_seen_on_the_paper() -> None:
    assert faces.make_printable("A㌀B\u200bC 😀") == f"A{faces.INSTEAD}BC {faces.INSTEAD}"
    assert faces.list_lacking(faces.INSTEAD) == []


TEXT = st.text(st.characters(codec=None), min_size=1, max_size=12)


@pytest.mark.thorough
@settings(deadline=None)
@given(TEXT, st.sampled_from(["small", "number", "large"]))
def test_any_text_can_be_printed(text: str, style: str) -> None:
    assert render([Row(style, text)], 384).dots == 384


def test_a_text_file_takes_any_letter(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("giay")
    assert FilePrinter(FileOptions(folder=folder)).work("print", {**SAMPLE, "service": "㌀ \ud800 x"}).state == "done"
    assert "㌀ ? x" in next(folder.glob("*.txt")).read_text(encoding="utf-8")
