"""What pages share that give and take files with rows: downloads, the chosen file, and its mistakes in words."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from flask import Response, make_response

from motcua.desk import Invalid, Refused
from motcua.screens.forms import describe_user, read_chosen_file
from motcua.screens.pages import render_page
from motcua.typed.sheet_columns import MISTAKES_MAX, SheetColumn, SheetMistake, write_book, write_rows
from motcua.typed.sheets import BYTES_MAX, SheetError, make_size_error
from motcua.views.shapes import View
from motcua.web.language import get_language, translate
from motcua.web.problems import get_status
from motcua.web.site import Site

TableWriter = Callable[[Sequence[str], Iterable[Sequence[str]]], bytes]
TABLES: Mapping[str, TableWriter] = {"csv": write_rows, "xlsx": write_book}
"""What writes headings and rows, by the ending of the file."""
WRONG = 422
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


def make_download(content: bytes, name: str, kind: str) -> Response:
    """Return a file that the browser saves as `name`.`kind`."""
    response = Response(content, content_type=TYPES[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


def read_sheet_file(make_refusal: Callable[[SheetError], Invalid], nothing: str, sentence: str) -> bytes:
    """Return the bytes of the file that was chosen.

    Raises `Invalid` with the code `nothing` and `sentence` where none was, what `make_refusal` makes of a large one.
    """
    content = read_chosen_file(BYTES_MAX)
    if not content:
        raise Invalid(nothing, sentence)
    if len(content) > BYTES_MAX:
        raise make_refusal(make_size_error())
    return content


def render_file_page(
    site: Site,
    template: str,
    columns: Sequence[SheetColumn],
    refusal: Refused | None = None,
    mistakes: Sequence[SheetMistake] = (),
    places: Mapping[int, str] | None = None,
    **more: Any,
) -> Response:
    """Return the page of an import: why there was none, the mistakes in the file, or what would change (`more`)."""
    page = render_page(
        site,
        template,
        me=describe_user(site),
        mistake=translate(refusal.message, refusal.params) if refusal else "",
        mistakes=describe_mistakes(columns, mistakes[:MISTAKES_MAX], places),
        columns=describe_columns(columns),
        megabytes=BYTES_MAX // 1024 // 1024,
        **more,
    )
    return make_response(page, get_status(refusal) if refusal else WRONG if mistakes else 200)


def list_headings(columns: Iterable[SheetColumn]) -> list[str]:
    """Return the headings in the reader's language."""
    return [str(getattr(item, get_language())) for item in columns]


def list_examples(columns: Iterable[SheetColumn]) -> list[list[str]]:
    """Return the two example rows of a template."""
    return [list(row) for row in zip(*(item.examples for item in columns), strict=True)]


def describe_columns(columns: Iterable[SheetColumn]) -> list[View]:
    """Return each column with what it holds, in the reader's language."""
    return [
        {
            "heading": getattr(item, get_language()),
            "about": translate(item.about),
            "is_required": item.is_required,
        }
        for item in columns
    ]


def describe_mistakes(
    columns: Iterable[SheetColumn], mistakes: Iterable[SheetMistake], places: Mapping[int, str] | None = None
) -> list[dict[str, Any]]:
    """Return each mistake in the reader's language; `places` names rows of a file that has none by their number."""
    headings, places = {item.name: getattr(item, get_language()) for item in columns}, places or {}
    return [
        {
            "row": places.get(item.row, item.row),
            "column": headings.get(item.column, ""),
            "words": translate(
                item.message, {name: _name_row(name, value, places) for name, value in item.params.items()}
            ),
        }
        for item in mistakes
    ]


def _name_row(name: str, value: Any, places: Mapping[int, str]) -> Any:
    """Return what a sentence is filled in with; a row goes by its place where it has one."""
    return places.get(value, value) if name == "earlier" else value
