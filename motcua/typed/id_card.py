"""What the code on an identity card says, field by field. Pure; what is read here is personal data.

Card: `number(12)|old number, may be empty|name|ddMMyyyy|sex|address|ddMMyyyy|…`. Of old people often only the year of
birth is known: `1948`, `00001948`, `--/--/1948`. Health insurance cards write names in hexadecimal UTF-8.
"""

import calendar
import re
from dataclasses import dataclass, field
from datetime import date

NOT_A_CARD, HEALTH_CARD, BAD_NUMBER, BAD_DATE = "not_a_card", "health_card", "bad_number", "bad_date"
OLDEST = 130
_FIELDS = 7
_HEX = re.compile(r"(?=.*[0-9])(?=.*[A-Fa-f])[0-9A-Fa-f]{6,}", re.ASCII)
_NUMBER, _OLD_NUMBER = re.compile(r"[0-9]{12}"), re.compile(r"([0-9]{9}|[0-9]{12})?")
_DATE = re.compile(r"([0-9]{2})([/.-]?)([0-9]{2})\2([0-9]{4})")
_UNKNOWN = r"(?:[0xX*_?-]{2}|\s*)"
_YEAR = re.compile(rf"(?:{_UNKNOWN}[/.-]?(?:{_UNKNOWN}|([0-9]{{2}}))[/.-]?)?([0-9]{{4}})")
_MONTHS = 12


@dataclass(frozen=True)
class CardFields:
    """A card. `born` and `born_latest` are the first and the last day of birth that it may mean."""

    number: str = field(repr=False)
    name: str = field(repr=False)
    born: date = field(repr=False)
    born_latest: date = field(repr=False)
    sex: str = field(repr=False)
    address: str = field(repr=False)


def split_card(text: str, today: date) -> CardFields | str:
    """Return what a card's code says, else why not: one of the words above. Never raises."""
    fields = [part.strip() for part in text.split("|")]
    if any(_is_hex_name(part) for part in fields[1:3]):
        return HEALTH_CARD
    if len(fields) < _FIELDS or not fields[2] or not _OLD_NUMBER.fullmatch(fields[1]):
        return NOT_A_CARD
    if not _NUMBER.fullmatch(fields[0]):
        return BAD_NUMBER
    born = _born(fields[3])
    if born is None or not born[0] < today or today.year - born[0].year > OLDEST:
        return BAD_DATE
    return CardFields(fields[0], fields[2], *born, fields[4], fields[5])


def _is_hex_name(part: str) -> bool:
    """Return whether `part` is a name in hexadecimal UTF-8, as health insurance cards write it; figures alone are a
    number.
    """
    if not _HEX.fullmatch(part):
        return False
    try:
        name = bytes.fromhex(part).decode("utf-8")
    except ValueError:
        return False
    return name.replace(" ", "").isalpha()


def _born(part: str) -> tuple[date, date] | None:
    """Return the earliest and the latest day of birth that `part` may mean: one day twice, a whole month or a whole
    year.
    """
    whole = _DATE.fullmatch(part)
    if whole is not None and int(whole[1]) and int(whole[3]):
        day = _day(int(whole[4]), int(whole[3]), int(whole[1]))
        return (day, day) if day else None
    piece = _YEAR.fullmatch(part)
    if piece is None or not int(piece[2]):
        return None
    year, month = int(piece[2]), int(piece[1] or 0)
    if not month:
        return date(year, 1, 1), date(year, _MONTHS, 31)
    if month > _MONTHS:
        return None
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
