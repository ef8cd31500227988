"""Codes of dossiers: how one is made, typed and read. Pure."""

import re
from datetime import date

from motcua.desk.errors import Invalid, Unknown
from motcua.settings.model import DossierRules
from motcua.typed.lines import clean_line

CODE_MAX = 60
_CODE = re.compile(r"[A-Z0-9]+(?:\.[A-Z0-9]+)*-[0-9]{6}-[0-9]{4,6}", re.ASCII)


def make_dossier_code(rules: DossierRules, day: date, serial: int) -> str:
    """Return the code of the `serial`-th dossier of `day`, like `MC.000.25.01.H17-261129-0001`."""
    return f"{make_prefix(rules)}-{day:%y%m%d}-{serial:04d}"


def make_prefix(rules: DossierRules) -> str:
    """Return what all codes of this desk begin with, like `MC.000.25.01.H17`."""
    return ".".join(filter(None, (rules.series, rules.unit_code)))


def clean_dossier_code(text: str) -> str:
    """Return a code as it is stored, however it was typed. Raises `Unknown("dossier.unknown")` for what is none."""
    code = re.sub(r"\s", "", text[: 4 * CODE_MAX]).upper()
    if len(code) > CODE_MAX or not _CODE.fullmatch(code):
        raise Unknown("dossier.unknown", "There is no dossier with this code. Check each letter of it.")
    return code


def split_code_end(code: str) -> tuple[str, str]:
    """Return what a hall may read of a code: its last part, and its day as `DD/MM`."""
    _prefix, day, serial = code.rsplit("-", 2)
    return serial, f"{day[4:6]}/{day[2:4]}"


def read_provincial_code(text: str, rules: DossierRules) -> str:
    """Return a code of the provincial system, never one of this desk. Raises `Invalid("dossier.provincial_code")`."""
    code = clean_line(text).replace(" ", "").upper()
    is_own = code.split("-", 1)[0] == make_prefix(rules)
    if len(code) > CODE_MAX or not _CODE.fullmatch(code) or is_own:
        raise Invalid("dossier.provincial_code", "Write the code of the provincial system, like H29.17-261102-0001.")
    return code
