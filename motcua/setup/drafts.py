"""Settings that somebody sent, read and checked where it holds up nobody."""

from typing import Any

from motcua.setup.document import Document, plain, read, restored
from motcua.setup.sections import section_put


def of_file(text: str) -> dict[str, Any]:
    """Return what `task` is asked about a whole settings file."""
    return {"toml": text}


def of_section(document: Document, name: str, data: dict[str, Any]) -> dict[str, Any]:
    """Return what `task` is asked about one section of `document`."""
    return {"document": plain(document), "section": name, "data": data}


def task(request: dict[str, Any]) -> dict[str, Any]:
    """Return the whole document that was asked for as plain values, under `document`. Raises `Mistakes`, `Unknown`."""
    if "toml" in request:
        return {"document": plain(read(request["toml"]))}
    return {"document": plain(section_put(restored(request["document"]), request["section"], request["data"]))}


def of_answer(answer: dict[str, Any]) -> Document:
    """Return the document that `task` answered."""
    return restored(answer["document"])
