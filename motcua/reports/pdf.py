"""The one PDF engine: a layout of the program and plain values become a PDF with own fonts.

Values reach the layout as data, never as its source, so no text of a person is read as a command. Layouts read no
file and load no package. The same values give the same bytes.
"""

import base64
import json
import unicodedata
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from motcua.desk import Unavailable

if TYPE_CHECKING:
    import typst

FAMILY = "Noto Sans"
_FONTS = "static/vendor/noto-sans-ticket"
_LAYOUTS = "reports/layouts"


def task(job: dict[str, Any]) -> dict[str, Any]:
    """Return `{"pdf": base64}` for `{"layout", "values", "at"}`: a task for a process beside the server."""
    return {"pdf": base64.b64encode(make_pdf(job["layout"], job["values"], job["at"])).decode("ascii")}


def make_pdf(layout: str, values: dict[str, Any], at: int) -> bytes:
    """Return the PDF of a layout, dated `at` (seconds since 1970). Takes the processor for some 30 ms.

    Raises `KeyError` for a layout that the program does not have, `Unavailable("pdf.fonts")`, `typst.TypstError`.
    """
    import typst

    inputs = {"values": json.dumps(_composed(values), ensure_ascii=True, sort_keys=True)}
    compiler = typst.Compiler(_source(layout), root=_folder(_LAYOUTS), font_paths=_fonts(), sys_inputs=inputs)
    pdf = compiler.compile(format="pdf", timestamp=at)
    assert isinstance(pdf, bytes)  # noqa: S101 -- one PDF is one file
    return pdf


def list_layouts() -> dict[str, Path]:
    """Return the layouts of the program by name."""
    return {path.stem: path for path in sorted(_folder(_LAYOUTS).glob("*.typ"))}


@cache
def _source(layout: str) -> bytes:
    return list_layouts()[layout].read_bytes()


@cache
def _fonts() -> "typst.Fonts":
    """Return the program's fonts alone: what is installed on a computer changes no page."""
    import typst

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[_folder(_FONTS)])
    if FAMILY not in fonts.families():
        raise Unavailable(
            "pdf.fonts", "The program's fonts are missing in %(folder)s. Install it again.", folder=_folder(_FONTS)
        )
    return fonts


def _folder(name: str) -> Path:
    return Path(str(files("motcua"))) / name


def _composed(value: Any) -> Any:
    """Return values with texts in composed form, in which the fonts have each Vietnamese letter; without halves of
    characters.
    """
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value).encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, dict):
        return {name: _composed(item) for name, item in value.items()}
    return [_composed(item) for item in value] if isinstance(value, (list, tuple)) else value
