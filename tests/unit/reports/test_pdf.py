"""The PDF engine: what a layout makes of plain values, and what values cannot make it do."""

import base64
import re
import unicodedata
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from motcua.devices.paper.faces import VIETNAMESE
from motcua.reports import pdf
from motcua.run import tasks

AT = 1_795_849_500
A4_MM = (210, 297)
POINTS_PER_MM = 72 / 25.4
MARKUP = "#*_`$@<>\\/[]{}()=+-~\"'&%|^:;"


def values(*notes: str, rows: int = 1) -> dict[str, Any]:
    """Return the values of a small report."""
    columns = [
        {"label": "Cán bộ", "is_figure": False, "is_wide": True},
        {"label": "n", "is_figure": True, "is_wide": False},
    ]
    table = {
        "title": "Quầy",
        "about": "",
        "empty": "—",
        "columns": columns,
        "rows": [["Lê Thị Thu Hà", "12"]] * rows,
        "total_rows": [],
    }
    return {
        "lang": "vi", "title": "Báo cáo: Phường Bến Nghé", "centre": "", "unit": "Phường Bến Nghé",
        "heading": "Báo cáo ngày",
        "made": "Lập lúc 14:05", "caution": "", "tables": [table], "notes_title": "Cách tính", "notes": list(notes),
        "page": "Trang",
    }  # fmt: skip


def read(content: bytes) -> PdfReader:
    return PdfReader(BytesIO(content))


def text_of(content: bytes) -> str:
    """Return all text of a PDF with single spaces, without the places where a long word may part."""
    return " ".join(" ".join(page.extract_text() for page in read(content).pages).replace("\u200b", "").split())


def fonts_of(content: bytes) -> list[Any]:
    """Return the descriptors of the fonts of the first page."""
    page: Any = read(content).pages[0]
    fonts = page["/Resources"]["/Font"]
    return [fonts[name].get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"] for name in fonts]


def test_the_same_values_give_the_same_bytes_and_another_moment_gives_others() -> None:
    first = pdf.make_pdf("report", values("Ghi chú"), AT)
    assert pdf.make_pdf("report", values("Ghi chú"), AT) == first
    assert pdf.make_pdf("report", values("Ghi chú"), AT + 1) != first


@pytest.mark.process
def test_a_process_beside_the_server_makes_the_same_bytes() -> None:
    from motcua.run.planner import Planner

    planner = Planner()
    job = {"layout": "report", "values": values("Ghi chú"), "at": AT}
    answer = planner.compute(pdf.task, job)
    assert base64.b64decode(answer["pdf"]) == pdf.make_pdf("report", values("Ghi chú"), AT)
    assert tasks.run("pdf", job) == answer
    planner.stop()


@pytest.mark.thorough
def test_every_vietnamese_letter_is_there_in_an_embedded_font_of_the_program() -> None:
    letters = "".join(sorted(set(VIETNAMESE)))
    for form in ("NFC", "NFD"):
        text = text_of(pdf.make_pdf("report", values(*(unicodedata.normalize(form, letter) for letter in letters)), AT))
        assert [letter for letter in letters if letter not in text] == [], form
    for font in fonts_of(pdf.make_pdf("report", values(letters), AT)):
        assert "NotoSans" in font["/FontName"]
        assert {"/FontFile2", "/FontFile3"} & font.keys()


@pytest.mark.thorough
def test_pages_are_a4_numbered_named_and_in_their_language() -> None:
    content = pdf.make_pdf("report", values(rows=90), AT)
    document = read(content)
    for number, page in enumerate(document.pages, start=1):
        assert (round(page.mediabox.width / POINTS_PER_MM), round(page.mediabox.height / POINTS_PER_MM)) == A4_MM
        assert f"Trang {number}/{len(document.pages)}" in page.extract_text()
        assert "Cán bộ" in page.extract_text()  # the headings of a table stand on each of its pages
    assert len(document.pages) > 1
    assert document.metadata is not None
    assert document.metadata.title == "Báo cáo: Phường Bến Nghé"
    root: Any = document.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("vi", True)


@pytest.mark.parametrize(
    "text",
    [
        '#image("/etc/passwd")', '#read("report.typ")', "#import \"@preview/cetz:0.4.2\": *",
        "#eval(\"1+1\") #sys.inputs", "#panic()",
        "*đậm* _nghiêng_ `mã` $x^2$ <nhãn> @nhãn", "= Tiêu đề", "- một + hai / ba: bốn",
        "\\ \\u{41} // chú thích /* x */ ] } ) {{ x }}",
        "\"}]} \\\" \\n", "%(day)s {0} ${x}",
    ],
)  # fmt: skip
def test_what_people_write_is_printed_as_it_is(text: str) -> None:
    content = pdf.make_pdf("report", {**values(text), "unit": text, "title": text}, AT)
    assert text_of(content).count(" ".join(text.split())) >= 2
    document = read(content)
    assert document.metadata is not None
    assert document.metadata.title == text


@pytest.mark.thorough
@given(st.text(alphabet=st.sampled_from(MARKUP + "ắữỵĐaZ09 "), max_size=60))
@settings(max_examples=30)
def test_any_signs_are_printed_as_they_are(text: str) -> None:
    printed = text_of(pdf.make_pdf("report", values(f"xx {text} xx"), AT))
    assert "".join(f"xx {text} xx".split()) in "".join(printed.split())


@pytest.mark.thorough
@given(st.text(max_size=40))
@settings(max_examples=30)
def test_no_text_whatever_stops_the_engine(text: str) -> None:
    assert pdf.make_pdf("report", values(text + "\ud800"), AT).startswith(b"%PDF-")


def test_a_word_without_end_stays_on_its_page() -> None:
    content = pdf.make_pdf("report", values("x" * 400), AT)
    assert "x" * 400 in "".join(text_of(content).split())
    widest = []

    def note(text: str, _cm: Any, position: Any, _font: Any, size: float) -> None:
        widest.append(position[4] + len(text.strip()) * size * 0.4)

    read(content).pages[0].extract_text(visitor_text=note)
    assert max(widest) < A4_MM[0] * POINTS_PER_MM


def test_layouts_read_no_file_load_no_package_and_run_no_text() -> None:
    sources = {name: path.read_text(encoding="utf-8") for name, path in pdf.list_layouts().items()}
    assert "report" in sources
    reaching = re.compile(
        r"@\w+/|#?\b(?:import|include|read|image(?!\(\s*bytes\()|plugin|eval|csv|yaml|toml|xml|cbor|bibliography)\b\s*[(\"]?"
    )
    for name, source in sources.items():
        code = "\n".join(line.partition("//")[0] for line in source.splitlines())
        assert reaching.findall(code) == [], name


def test_a_layout_that_is_not_there_is_refused() -> None:
    for name in ("letter", "../pdf", "/etc/passwd", ""):
        with pytest.raises(KeyError):
            pdf.make_pdf(name, values(), AT)
