"""The layout of the ticket in the settings: kept as it was written, refused by its lines, drawn with the hall's own
names.
"""

import io

import pytest
from PIL import Image

from motcua.copies import replace
from motcua.devices.paper.layout import DEFAULT
from motcua.devices.paper.render import preview
from motcua.devices.paper.ticket import get_values
from motcua.setup.document import Document, read, write
from motcua.setup.mistakes import Mistakes
from motcua.setup.sections import get_section, put_section
from motcua.setup.template import load
from motcua.setup.ticket_preview import draw_png, sample

LAYOUT = 'large {number}\n# "ghi chú" \\ của quầy\nnormal Tầng 2, {service}\n'


@pytest.fixture
def ward() -> Document:
    return load("ward")


def put(ward: Document, layout: str) -> Document:
    return put_section(ward, "printing", {"printing": {"paper": "agent", "paper_mm": 58, "layout": layout}})


@pytest.mark.thorough
def test_a_layout_goes_through_the_settings_file_unchanged(ward: Document) -> None:
    changed = put(ward, LAYOUT)
    assert (changed.settings.printing.layout, changed.settings.printing.paper_mm) == (LAYOUT, 58)
    assert read(write(changed)) == changed
    assert 'layout = """\nlarge {number}\n' in write(changed)
    assert get_section(changed, "printing") == {"printing": {"paper": "agent", "paper_mm": 58, "layout": LAYOUT}}


@pytest.mark.parametrize("text", ["", "\n \n", DEFAULT, DEFAULT.replace("\n", "  \r\n")])
def test_the_usual_layout_is_kept_as_none(ward: Document, text: str) -> None:
    assert put(ward, text).settings.printing.layout == ""
    assert ward.settings.printing.layout == ""


def test_each_wrong_line_is_a_mistake_of_its_own(ward: Document) -> None:
    with pytest.raises(Mistakes) as refused:
        put(ward, "large {number}\nhuge {unit}\n\nnormal {nobody}")
    assert [(found.place, found.code) for found in refused.value.mistakes] == [
        ("printing.layout[1]", "layout.line"),
        ("printing.layout[3]", "layout.line"),
    ]
    assert "Line 2: there is no style “huge”" in str(refused.value.mistakes[0])
    with pytest.raises(Mistakes) as odd:
        put(ward, "large {number}\x00")
    assert [found.place for found in odd.value.mistakes] == ["printing.layout"]


@pytest.mark.thorough
@pytest.mark.parametrize(("mm", "dots"), [(80, 576), (58, 384)])
def test_the_preview_is_the_paper_of_the_printer(ward: Document, mm: int, dots: int) -> None:
    payload = sample(ward, "http://desk:8080", reprint=True)
    assert payload["unit"] == ward.settings.unit.name
    drawn = Image.open(io.BytesIO(draw_png(LAYOUT, payload, mm)))
    wanted = preview(LAYOUT, get_values(payload), dots)
    assert (drawn.size, drawn.convert("1").tobytes()) == (wanted.size, wanted.tobytes())
    assert draw_png("", payload, mm) == draw_png(DEFAULT, payload, mm)


@pytest.mark.thorough
def test_a_preview_that_cannot_be_drawn_names_why(ward: Document) -> None:
    payload = sample(replace(ward, services=[]), "http://desk:8080", reprint=False)
    with pytest.raises(Mistakes) as refused:
        draw_png("huge {number}", payload, 80)
    assert refused.value.mistakes[0].place == "printing.layout[0]"
    with pytest.raises(Mistakes) as too_long:
        draw_png("qr {follow_url}", payload | {"follow_url": "x" * 600}, 58)
    assert too_long.value.mistakes[0].place == "printing.layout"
