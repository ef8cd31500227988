"""The settings page by page: a section is a part of the plain document, and putting one back reads the whole
document again.
"""

from collections.abc import Collection
from typing import Any

from motcua.desk.errors import Unknown
from motcua.settings.model import PAGES
from motcua.setup.document import Document, build, list_unfit, to_plain
from motcua.setup.mistakes import Mistakes, get_part, make_mistake, shorten_value

SECTIONS = {page.code: page.parts for page in PAGES if page.parts}
"""Which parts of the document each page shows."""


def _parts(name: str) -> tuple[str, ...]:
    if name not in SECTIONS:
        raise Unknown("section.unknown", "There is no section %(name)s of the settings.", name=shorten_value(name))
    return SECTIONS[name]


def get_section(document: Document, name: str) -> dict[str, Any]:
    """Return the section's parts in the file's shape, e.g.

    `{"rating": {"window_s": 30, …}, "retention": {…}}`. Raises `Unknown`.
    """
    whole = to_plain(document)
    return {part: whole[part] for part in _parts(name)}


def put_section(document: Document, name: str, data: dict[str, Any], added: Collection[str] = ()) -> Document:
    """Return `document` with the parts in `data` put in the place of its own; a part that `data` lacks stays.

    `added` as in `checks.list_mistakes`. What an earlier version of the program allowed in other parts holds nobody up.

    Raises `Unknown("section.unknown")`, and `Mistakes` with places such as `services[3].group`.
    """
    parts = _parts(name)
    if strange := [key for key in data if key not in parts]:
        wrong = [
            make_mistake(
                shorten_value(key), "value.unknown", "There is no such setting: %(name)s.", name=shorten_value(key)
            )
            for key in strange
        ]
        raise Mistakes("settings.mistakes", "The settings have %(count)s mistakes, the first at %(first)s.", wrong)
    before = to_plain(document)
    standing = [item for item in list_unfit(before, added) if get_part(item.place) not in data]
    return build({**before, **data}, added, standing)
