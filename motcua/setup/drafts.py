"""Settings that somebody sent, read and checked where it holds up nobody."""

from collections.abc import Iterable
from typing import Any

from motcua.setup.document import Document, read, rebuild, to_plain
from motcua.setup.sections import put_section


def make_file_request(text: str, added: Iterable[str]) -> dict[str, Any]:
    """Return what `task` is asked about a whole settings file. `added` as in `checks.list_mistakes`."""
    return {"toml": text, "procedures": sorted(added)}


def make_section_request(document: Document, name: str, data: dict[str, Any], added: Iterable[str]) -> dict[str, Any]:
    """Return what `task` is asked about one section of `document`. `added` as in `checks.list_mistakes`."""
    return {"document": to_plain(document), "section": name, "data": data, "procedures": sorted(added)}


def task(request: dict[str, Any]) -> dict[str, Any]:
    """Return the whole document that was asked for as plain values, under `document`. Raises `Mistakes`, `Unknown`."""
    added = request["procedures"]
    if "toml" in request:
        return {"document": to_plain(read(request["toml"], added))}
    section, data = request["section"], request["data"]
    return {"document": to_plain(put_section(rebuild(request["document"]), section, data, added))}


def read_answer(answer: dict[str, Any]) -> Document:
    """Return the document that `task` answered."""
    return rebuild(answer["document"])
