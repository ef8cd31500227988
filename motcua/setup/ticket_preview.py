"""A ticket as a layout prints it, with the hall's own names: drawn by the code that draws the paper."""

import io
from typing import Any

from motcua.devices.contract import DeviceError
from motcua.devices.paper import layout
from motcua.devices.paper.ticket import SAMPLE, get_values
from motcua.setup.checks import list_layout_mistakes
from motcua.setup.document import Document
from motcua.setup.mistakes import Mistakes, make_mistake

EXAMPLE = "http://192.168.1.10:8080"
"""Stands on a sample where the desk has no address for phones yet, so that the paper shows its code all the same."""


def sample(document: Document, address: str, *, reprint: bool) -> dict[str, Any]:
    """Return the payload of a ticket that this hall could give out; its service is the one with the longest name."""
    unit = document.settings.unit
    names = [service.name[0] for service in document.services]
    desk_fields = {"unit": unit.name, "centre": unit.centre, "footer": document.settings.texts.ticket_footer[0]}
    service = {"service": max(names, key=len)} if names else {}
    return {**SAMPLE, **desk_fields, **service, "follow_url": f"{address}/t/k7q2m9xd", "reprint": reprint}


def draw_png(text: str, payload: dict[str, Any], paper_mm: int) -> bytes:
    """Return the paper as a PNG. Raises `Mistakes` that name the lines of `text` which cannot be printed."""
    from motcua.devices.paper.render import WIDTHS, preview  # with Pillow, which a desk without this page does not load

    wrong = list(list_layout_mistakes(text)) if text.strip() else []
    try:
        if not wrong:
            drawn = preview(text if text.strip() else layout.DEFAULT, get_values(payload), WIDTHS[paper_mm])
            out = io.BytesIO()
            drawn.save(out, "PNG")
            return out.getvalue()
    except DeviceError as error:
        wrong = [make_mistake("printing.layout", "layout.paper", error.message, **error.params)]
    raise Mistakes("settings.mistakes", "The settings have %(count)s mistakes, the first at %(first)s.", wrong)
