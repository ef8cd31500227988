"""The dated texts of the forms, read from the program's own file and checked."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from motcua.reports.forms.model import FormKind, FormText

BOOK = "book"
BLOCKS = frozenset({"papers", "missing", "steps"})
PLACES = frozenset(
    {
        "code", "applicant", "address", "phone", "email", "procedure", "sets", "limit", "received_at", "due_at",
        "new_due_at", "results_at", "book", "book_number", "reason", "legal", "centre", "unit_phone",
    }
)  # fmt: skip
"""What a text may have filled in."""
_PLACE = re.compile(r"\{([^}]*)\}")
_KINDS = frozenset({"line", "text", "block"})


class FormTextError(ValueError):
    """The file of texts has something that no form can print."""


@cache
def load_texts() -> tuple[FormText, ...]:
    """Return the program's texts, the oldest first."""
    return read_texts((files("motcua.reports.forms") / "texts.toml").read_text(encoding="utf-8"))


def read_texts(source: str) -> tuple[FormText, ...]:
    """Return the texts of a TOML file by their days. Raises `FormTextError` with the form and what is wrong with it."""
    texts = [_read_text(item) for item in tomllib.loads(source).get("forms", [])]
    missing = {*FormKind, BOOK} - {item.form for item in texts}
    if missing:
        raise FormTextError(f"no text for {', '.join(sorted(missing))}")
    return tuple(sorted(texts, key=lambda item: item.since))


def choose_text(texts: Iterable[FormText], form: str, day: str) -> FormText:
    """Return the text of a form that holds on `day` (`YYYY-MM-DD`), before the first of all the first."""
    candidates = [item for item in texts if item.form == form]
    return next((item for item in reversed(candidates) if item.since <= day), candidates[0])


def list_places(text: str) -> list[str]:
    """Return the names of the places in a text, in their order."""
    return _PLACE.findall(text)


def fill_places(text: str, values: Mapping[str, str]) -> str:
    """Return a text with its places filled in. What a value looks like is never read as a place."""
    return _PLACE.sub(lambda match: values[match[1]], text)


def _read_text(item: dict[str, Any]) -> FormText:
    form = str(item.get("form"))
    if form not in {*FormKind, BOOK}:
        raise FormTextError(f"{form} is not a form")
    parts = tuple(pair for part in item["parts"] for pair in part.items())
    for kind, text in parts:
        if kind not in _KINDS or (kind == "block" and text not in BLOCKS):
            raise FormTextError(f"{form} has a part {kind} = {text}, which does not exist")
        unknown = sorted(set(list_places(text)) - PLACES)
        if unknown:
            raise FormTextError(f"{form} has a place {unknown[0]}, which does not exist")
    signatures = tuple(item["signatures"])
    return FormText(form, item["since"], item["number"], item["basis"], item["title"], parts, signatures)
