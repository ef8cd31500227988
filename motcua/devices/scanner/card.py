"""What one scan means: the age class that a card suggests, one of our own codes, or why it is neither. Pure.

Works on bytes: all that is needed of a card are figures, whatever encoding the scanner is set to. What is read here is personal data: it is
neither kept nor put into an error. Card: `number(12)|old number, may be empty|name|ddMMyyyy|sex|address|ddMMyyyy|…`.
"""

import re
from datetime import date

from motcua.devices.contract import Scan

NOT_A_CARD, HEALTH_CARD, BAD_NUMBER, BAD_DATE, TOO_LONG = "not_a_card", "health_card", "bad_number", "bad_date", "too_long"
CLASSES = (75, 60)
"""Ages from which a card suggests a class, the higher first; the person confirms it."""
OLDEST = 130
_FIELDS = 7
_OWN = re.compile(rb"https?://[^/\s]+/(b|seat|t)/([A-Za-z0-9_-]{1,48})")
_BOOKING = re.compile(rb"[ABCDEGHKLMNPQRSTUVXY2-9]{8}")
_HEX = re.compile(rb"(?=.*[0-9])(?=.*[A-Fa-f])[0-9A-Fa-f]{6,}")
_NUMBER, _OLD_NUMBER = re.compile(rb"\d{12}"), re.compile(rb"(\d{9}|\d{12})?")
_DATE = re.compile(rb"(\d\d)(/?)(\d\d)\2(\d{4})")


def read(line: bytes, today: date) -> Scan:
    """Return what the whole scan `line` means on the day `today`. Never raises."""
    text = line.strip(b" \t\r\n\x00\x02\x03")
    if b"|" not in text:
        return _own_code(text)
    fields = [field.strip() for field in text.split(b"|")]
    if any(_is_hex_name(field) for field in fields[1:3]):
        return Scan(refused=HEALTH_CARD)
    if len(fields) < _FIELDS or not fields[2] or not _OLD_NUMBER.fullmatch(fields[1]):
        return Scan(refused=NOT_A_CARD)
    if not _NUMBER.fullmatch(fields[0]):
        return Scan(refused=BAD_NUMBER)
    born = _date(fields[3])
    if born is None or not born < today or today.year - born.year > OLDEST:
        return Scan(refused=BAD_DATE)
    return Scan(age=age_class(born, today))


def age_class(born: date, today: date) -> int:
    """Return 75, 60, or 0 for younger people; who was born on 29 February has their birthday on 1 March in other years."""
    years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return next((least for least in CLASSES if years >= least), 0)


def _own_code(text: bytes) -> Scan:
    own = _OWN.fullmatch(text)
    if own is not None:
        way, code = own[1].decode("ascii"), own[2].decode("ascii")
        return Scan(code=f"{way}/{code.upper() if way == 'b' else code}")
    bare = re.sub(rb"[\s-]", b"", text).upper()
    return Scan(code=f"b/{bare.decode('ascii')}") if _BOOKING.fullmatch(bare) else Scan(refused=NOT_A_CARD)


def _is_hex_name(field: bytes) -> bool:
    """Return whether `field` is a name in hexadecimal UTF-8, as health insurance cards write it; figures alone are a number."""
    if not _HEX.fullmatch(field):
        return False
    try:
        name = bytes.fromhex(field.decode("ascii")).decode("utf-8")
    except ValueError:
        return False
    return name.replace(" ", "").isalpha()


def _date(field: bytes) -> date | None:
    found = _DATE.fullmatch(field)
    if found is None:
        return None
    try:
        return date(int(found[4]), int(found[3]), int(found[1]))
    except ValueError:
        return None
