"""What a model of printer can do: width, knife, its own codes, job marks.

Our own short names, and the profiles of python-escpos.
"""

from typing import Literal

from msgspec import Struct

from motcua.devices.contract import DeviceError
from motcua.devices.paper.render import WIDTHS
from motcua.devices.printer.library import list_models
from motcua.typed.sentences import mark

Knife = Literal["full", "part", "none"]
Confirm = Literal["mark", "paper"]


class Machine(Struct, frozen=True):
    """A model: `dots` of a line (None: by the paper), its knife, whether it draws QR codes, how it confirms a job."""

    dots: int | None
    knife: Knife
    draws_codes: bool = False
    confirm: Confirm = "paper"


OWN = {
    "80mm": Machine(WIDTHS[80], "part"),
    "58mm": Machine(WIDTHS[58], "none"),
    "epson": Machine(WIDTHS[80], "part", draws_codes=True, confirm="mark"),
}
"""Short names for printers whose model is not in the list."""
MARKS = frozenset(
    {"TM-T20II", "TM-T20II-42col", "TM-T88IV", "TM-T88IV-SA", "TM-T88V", "TM-L90", "TM-P80", "TM-P80-42col"}
)
"""Models that answer a job mark (`GS ( H`) when the printing before it is completed, says Epson."""


def find_machine(profile: str) -> Machine:
    """Return what `profile` names; an empty name is a printer of which nothing is known.

    Raises `DeviceError` (permanent).
    """
    if not profile:
        return Machine(None, "part")
    if profile in OWN:
        return OWN[profile]
    library_models = list_models()
    if profile not in library_models:
        names = ", ".join([*OWN, *sorted(library_models)])
        raise DeviceError(
            mark("There is no printer profile %(profile)s. Valid profiles: %(known)s."),
            permanent=True,
            profile=profile,
            known=names,
        )
    data = library_models[profile]
    features, width = data["features"], data["media"]["width"]["pixels"]
    knife: Knife = "part" if features.get("paperPartCut") else "full" if features.get("paperFullCut") else "none"
    return Machine(
        width if isinstance(width, int) else None,
        knife,
        draws_codes=bool(features.get("qrCode")),
        confirm="mark" if profile in MARKS else "paper",
    )
