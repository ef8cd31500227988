"""The columns that an import can have, and what other systems usually call them and their states. Pure.

The guesses only fill in a form that a person looks through. Basis for the states: DOSSIERS.md#states-of-other-systems.
"""

import re
import unicodedata
from collections.abc import Iterable

from msgspec import Struct

from motcua.desk.messages import mark
from motcua.dossiers.model.dossier import DossierState


class ImportField(Struct, frozen=True):
    """Something that a record says: our name, its label, what stands in it, usual headings (by `fold_heading`)."""

    name: str
    label: str
    about: str
    headings: tuple[str, ...]
    is_required: bool = False


IMPORT_FIELDS = (
    ImportField(
        "code",
        mark("Dossier code"),
        mark("The code of the provincial system. By it a dossier is known again."),
        ("mahoso", "sohoso", "mahs", "sohs", "sobiennhan", "code", "dossiercode"),
        is_required=True,
    ),
    ImportField(
        "state",
        mark("State"),
        mark("Where the dossier is. What each name means is asked next."),
        ("trangthai", "tinhtrang", "trangthaihoso", "tinhtranghoso", "trangthaixuly", "status", "state"),
        is_required=True,
    ),
    ImportField(
        "received_on",
        mark("Received on"),
        mark("The day of receipt."),
        ("ngaytiepnhan", "ngaynhan", "ngaynhanhoso", "ngaynop", "receivedon", "ngaytiepnhanhoso"),
        is_required=True,
    ),
    ImportField(
        "procedure",
        mark("Procedure code"),
        mark("As in the national list, like 2.000815."),
        ("mathutuc", "matthc", "mathutuchanhchinh", "procedure"),
    ),
    ImportField(
        "due_on",
        mark("Due on"),
        mark("The day that was promised."),
        ("ngayhentra", "hentra", "hantra", "hanxuly", "ngayhentraketqua", "hangiaiquyet", "ngayhen", "dueon"),
    ),
    ImportField(
        "settled_on",
        mark("Settled on"),
        mark("The day of the result."),
        ("ngaycoketqua", "ngayhoanthanh", "ngayxulyxong", "ngayketthucxuly", "settledon", "ngaygiaiquyetxong"),
    ),
    ImportField(
        "returned_on",
        mark("Handed out on"),
        mark("The day on which the result was fetched."),
        ("ngaytraketqua", "ngaytra", "returnedon"),
    ),
    ImportField(
        "changed_there",
        mark("Last changed"),
        mark("When it changed there. By it an older state is told from a newer one."),
        ("capnhat", "ngaycapnhat", "capnhatlancuoi", "thoigiancapnhat", "ngaysuadoi", "updatedat", "lastmodified"),
    ),
)
_STATES = {
    DossierState.RECEIVED: (
        "1",
        "2",
        "moidangky",
        "duoctiepnhan",
        "datiepnhan",
        "moitiepnhan",
        "tiepnhan",
        "chotiepnhan",
    ),
    DossierState.REFUSED: ("3", "khongduoctiepnhan", "tuchoitiepnhan", "tuchoi", "khongtiepnhan"),
    DossierState.PROCESSING: ("4", "dangxuly", "danggiaiquyet", "choxuly", "chogiaiquyet", "chuyenxuly"),
    DossierState.SUPPLEMENT: ("5", "yeucaubosung", "yeucaubosunggiayto", "chobosung", "dungchobosung"),
    DossierState.FEE_DUE: ("6", "yeucauthuchiennghiavutaichinh", "chothanhtoan", "chonoplephi"),
    DossierState.WITHDRAWN: ("7", "congdanyeucauruthoso", "ruthoso", "darut", "congdanrut"),
    DossierState.STOPPED: ("8", "dungxuly", "dunggiaiquyet", "huyhoso"),
    DossierState.READY: ("9", "daxulyxong", "chotraketqua", "coketqua", "dacoketqua", "chotra"),
    DossierState.RETURNED: ("10", "datraketqua", "datra", "hoanthanh", "daketthuc"),
}
_STATE_OF = {name: state for state, names in _STATES.items() for name in names}


def fold_heading(text: str) -> str:
    """Return letters and figures of a heading alone, small and without marks: `Mã hồ sơ` is `mahoso`."""
    plain = unicodedata.normalize("NFD", text.casefold()).replace("đ", "d")
    return re.sub(r"[^a-z0-9]", "", plain)


def guess_columns(headings: Iterable[str]) -> dict[str, str]:
    """Return the heading that most likely is each of our columns; none for one that nobody could guess."""
    squeezed = {fold_heading(heading): heading for heading in headings}
    guesses = {
        item.name: next((squeezed[name] for name in item.headings if name in squeezed), None) for item in IMPORT_FIELDS
    }
    return {name: heading for name, heading in guesses.items() if heading is not None}


def guess_state(name: str) -> DossierState | None:
    """Return what a state of another system most likely is here."""
    return _STATE_OF.get(fold_heading(name))
