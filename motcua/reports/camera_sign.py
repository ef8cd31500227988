"""The sign for a counter with a camera, as plain values for its layout. Pure.

It hangs in a Vietnamese hall: Vietnamese first, English below it. Basis: LEGAL.md#camera-and-ai.
"""

from collections.abc import Callable, Mapping
from typing import Any

from motcua.desk.messages import mark
from motcua.reports.counter_sheets import make_code
from motcua.reports.posters import Paper
from motcua.settings.model import Settings, Unit

CAMERA_LAYOUT = "camera_sign"
NOTICE = "/camera"
"""The path of the notice to which the sign leads."""
LEGAL = mark(
    "Law 91/2025/QH15 on the protection of personal data (in force since 01/01/2026), Decree 356/2025/NĐ-CP (since"
    " 01/01/2026), Law 134/2025/QH15 on artificial intelligence (since 01/03/2026), Decree 142/2026/NĐ-CP (since"
    " 01/05/2026)."
)
"""What the sign and the notice rest on, with the first days of each."""
SENTENCES = {
    "title": mark("A camera reads smiles at this counter"),
    "lead": mark("Only if you press yes on the rating pad."),
    "what": mark("It reads how much you smile when you leave: a number from 0 to 100, for the whole desk."),
    "picture": mark("No picture is stored. No sound is recorded. Nobody is recognised."),
    "choice": mark("No, or no answer: the camera stays off, and nothing changes for you. You can stop it at any time."),
    "machine": mark("The number is made by a machine, for information. It decides nothing about you."),
    "children": mark("Children are not scored. Tell the officer."),
    "responsible": mark("Responsible"),
    "questions": mark("Questions and requests"),
    "scan": mark("The whole explanation"),
    "legal": LEGAL,
}
Translate = Callable[[str], Mapping[str, str]]
"""Returns an English sentence in both languages."""


def write_contact(settings: Settings) -> str:
    """Return who answers questions about the camera: the contact of the settings, else the unit and its phone."""
    unit = settings.unit
    return settings.camera.contact or " · ".join(part for part in (unit.centre or unit.name, unit.phone) if part)


def print_camera_sign(settings: Settings, translate: Translate, paper: Paper, address: str) -> dict[str, Any]:
    """Return the values of the sign whose code opens the notice at `address`, without a code where that is empty."""
    unit: Unit = settings.unit
    return {
        "paper": paper,
        "unit": unit.name,
        "centre": unit.centre,
        "contact": write_contact(settings),
        "texts": {name: dict(translate(sentence)) for name, sentence in SENTENCES.items()},
        "address": address.removeprefix("https://").removeprefix("http://"),
        "code": list(make_code(address)) if address else [],
    }
