"""Who an applicant is, as typed or read from a card: what is taken, what is only doubtful, how lists show it. Pure."""

import re
from collections.abc import Callable
from datetime import date

from motcua.bookings.rules import mask_phone, read_email, read_phone
from motcua.copies import replace
from motcua.desk.errors import Invalid
from motcua.desk.messages import mark
from motcua.desk.moment import parse_day
from motcua.dossiers.model.applicant import Applicant, Sex
from motcua.typed.lines import clean_line

NAME_MAX, ADDRESS_MAX = 120, 300
OLDEST_YEARS = 130
NUMBER_DIGITS = 12
_NUMBER = re.compile(r"[0-9]{12}|[0-9]{9}|[A-Z][0-9]{7,8}", re.ASCII)
"""A personal number, the number of an old card, a passport."""
_YEAR = re.compile(r"[0-9]{4}", re.ASCII)
_LOCAL_DAY = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})", re.ASCII)
_LETTER = re.compile(r"[^\W\d_]")
_PROVINCES_MAX = 96
_CENTURIES = {"0": (1900, Sex.MALE), "1": (1900, Sex.FEMALE), "2": (2000, Sex.MALE), "3": (2000, Sex.FEMALE)}
"""What the fourth digit of a personal number says. Decree 137/2015/NĐ-CP, article 7."""

SEX_DIFFERS = mark("The ID number belongs to the other sex. Look at the card once more.")
YEAR_DIFFERS = mark("The ID number belongs to another year of birth. Look at the card once more.")
PROVINCE_UNKNOWN = mark("The ID number begins with the code of no province. Look at the card once more.")
CENTURY_UNKNOWN = mark("The fourth digit of the ID number fits nobody who lives today. Look at the card once more.")


def read_applicant(applicant: Applicant, today: date) -> Applicant:
    """Return an applicant as stored.

    Raises `Invalid("applicant.name" | "applicant.address" | "applicant.number" | "applicant.birth" | "applicant.phone"
    | "applicant.email")`.
    """
    name, address = clean_line(applicant.name), clean_line(applicant.address)
    if not _LETTER.search(name) or len(name) > NAME_MAX:
        raise Invalid("applicant.name", "Write the applicant's full name, at most %(most)s characters.", most=NAME_MAX)
    if len(address) > ADDRESS_MAX:
        raise Invalid("applicant.address", "An address can have at most %(most)s characters.", most=ADDRESS_MAX)
    return replace(
        applicant,
        name=name,
        number=read_number(applicant.number),
        birth=_read_birth(applicant.birth, today),
        address=address,
        phone=_read(applicant.phone, read_phone, "applicant.phone"),
        email=_read(applicant.email, read_email, "applicant.email"),
    )


def read_number(text: str) -> str:
    """Return an ID number without spaces, or nothing. Raises `Invalid("applicant.number")`."""
    number = re.sub(r"[\s.-]", "", text).upper()
    if number and not _NUMBER.fullmatch(number):
        raise Invalid(
            "applicant.number", "An ID number has 12 digits, an old one 9. A passport has a letter and 7 or 8 digits."
        )
    return number


def _read(text: str, read: Callable[[str], str], code: str) -> str:
    if not clean_line(text):
        return ""
    try:
        return read(text)
    except Invalid as error:
        raise Invalid(code, error.message) from None


def _read_birth(text: str, today: date) -> str:
    plain = clean_line(text)
    if not plain:
        return ""
    local = _LOCAL_DAY.fullmatch(plain)
    day = parse_day(f"{local[3]}-{int(local[2]):02d}-{int(local[1]):02d}" if local else plain)
    year = int(plain) if _YEAR.fullmatch(plain) else int(day[:4]) if day else 0
    if not today.year - OLDEST_YEARS <= year <= today.year or (day is not None and day > today.isoformat()):
        raise Invalid("applicant.birth", "Write a date of birth like 31/12/1990, or the year alone.")
    return day or plain


def list_doubts(applicant: Applicant) -> list[str]:
    """Return what does not fit together, as English sentences. A number has no check digit, so these are no errors."""
    number = applicant.number
    if len(number) != NUMBER_DIGITS:
        return []
    doubts = []
    if not 1 <= int(number[:3]) <= _PROVINCES_MAX:
        doubts.append(PROVINCE_UNKNOWN)
    century = _CENTURIES.get(number[3])
    if century is None:
        return [*doubts, CENTURY_UNKNOWN]
    begin, sex = century
    if applicant.sex is not None and applicant.sex is not sex:
        doubts.append(SEX_DIFFERS)
    if applicant.birth and int(applicant.birth[:4]) != begin + int(number[4:6]):
        doubts.append(YEAR_DIFFERS)
    return doubts


def mask_number(number: str) -> str:
    """Return an ID number as lists show it, `001******456`."""
    return f"{number[:3]}{'*' * (len(number) - 6)}{number[-3:]}" if number else ""


def mask_name(name: str) -> str:
    """Return a name as lists show it: the family name's first letter and the last word, `N*** An`."""
    words = name.split()
    return f"{words[0][0]}*** {words[-1]}" if len(words) > 1 else f"{name[:1]}***"


def mask_applicant(applicant: Applicant) -> Applicant:
    """Return an applicant of whom nobody can be sure, but whom one who knows them recognises."""
    return Applicant(
        mask_name(applicant.name), mask_number(applicant.number), phone=mask_phone(applicant.phone), sex=None
    )
