"""What one scan means: the age class that a card suggests, one of our own codes, or why it is neither. Pure.

All that is needed of a card are figures, whatever encoding the scanner is set to. What is read here is personal
data: it is neither kept nor put into an error. Card: `number(12)|old number, may be
empty|name|ddMMyyyy|sex|address|ddMMyyyy|…`. Of old people often only the year of birth is known: `1948`, `00001948`,
`--/--/1948`.
"""

import calendar
import re
from datetime import date

from motcua.devices.contract import Scan
from motcua.devices.scanner.framing import remove_framing
from motcua.devices.scanner.own_code import parse_own_code

NOT_A_CARD, HEALTH_CARD, BAD_NUMBER, BAD_DATE, TOO_LONG = (
    "not_a_card",
    "health_card",
    "bad_number",
    "bad_date",
    "too_long",
)
CLASSES = (75, 60)
"""Ages from which a card suggests a class, the higher first; the person confirms it."""
OLDEST = 130
_FIELDS = 7
_HEX = re.compile(r"(?=.*[0-9])(?=.*[A-Fa-f])[0-9A-Fa-f]{6,}", re.ASCII)
_NUMBER, _OLD_NUMBER = re.compile(r"[0-9]{12}"), re.compile(r"([0-9]{9}|[0-9]{12})?")
_DATE = re.compile(r"([0-9]{2})([/.-]?)([0-9]{2})\2([0-9]{4})")
_UNKNOWN = r"(?:[0xX*_?-]{2}|\s*)"
_YEAR = re.compile(rf"(?:{_UNKNOWN}[/.-]?(?:{_UNKNOWN}|([0-9]{{2}}))[/.-]?)?([0-9]{{4}})")
_MONTHS = 12


def read(line: bytes, today: date) -> Scan:
    """Return what the whole scan `line` means on the day `today`. Never raises."""
    text = remove_framing(line)
    if "|" not in text:
        code = parse_own_code(text, today)
        return Scan(refused=NOT_A_CARD) if code is None else Scan(code=code)
    fields = [field.strip() for field in text.split("|")]
    if any(_is_hex_name(field) for field in fields[1:3]):
        return Scan(refused=HEALTH_CARD)
    if len(fields) < _FIELDS or not fields[2] or not _OLD_NUMBER.fullmatch(fields[1]):
        return Scan(refused=NOT_A_CARD)
    if not _NUMBER.fullmatch(fields[0]):
        return Scan(refused=BAD_NUMBER)
    born = _born(fields[3])
    if born is None or not born[0] < today or today.year - born[0].year > OLDEST:
        return Scan(refused=BAD_DATE)
    youngest, oldest = compute_age_class(born[1], today), compute_age_class(born[0], today)
    return Scan(age=youngest, perhaps=oldest if oldest > youngest else None)


def compute_age_class(born: date, today: date) -> int:
    """Return 75, 60, or 0 for younger people; who was born on 29 February has their birthday on 1 March in other
    years.
    """
    years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return next((least for least in CLASSES if years >= least), 0)


def _is_hex_name(field: str) -> bool:
    """Return whether `field` is a name in hexadecimal UTF-8, as health insurance cards write it; figures alone are a
    number.
    """
    if not _HEX.fullmatch(field):
        return False
    try:
        name = bytes.fromhex(field).decode("utf-8")
    except ValueError:
        return False
    return name.replace(" ", "").isalpha()


def _born(field: str) -> tuple[date, date] | None:
    """Return the earliest and the latest day of birth that `field` may mean: one day twice, a whole month or a whole
    year.
    """
    whole = _DATE.fullmatch(field)
    if whole is not None and int(whole[1]) and int(whole[3]):
        day = _day(int(whole[4]), int(whole[3]), int(whole[1]))
        return (day, day) if day else None
    part = _YEAR.fullmatch(field)
    if part is None or not int(part[2]):
        return None
    year, month = int(part[2]), int(part[1] or 0)
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
