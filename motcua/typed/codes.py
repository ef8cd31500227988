"""One way of writing for what is typed from paper or a screen: codes, tokens, numbers of tickets, sign-in names,
phone numbers.
"""

import re
import unicodedata

from motcua.typed.lines import clean_line, compose, make_latin

BOUND = 1000
"""Nothing that is typed is longer; what is longer is left as it came, and refused by who asked for it."""

_NOT_OF_TOKENS = "[^A-Za-z0-9_-]+"
_ENDS = re.compile(f"^{_NOT_OF_TOKENS}|{_NOT_OF_TOKENS}$")
_NUMBER = re.compile(r"(\d{8})?([A-Z])(?=[A-Z]*\d)([0-9OIL]{1,4})")
_FIGURES = str.maketrans("OIL", "011")
_LOOKS_ALIKE = (("rn", "m"), ("vv", "w"), ("0", "o"), ("1", "l"), ("i", "l"))


def clean_token(text: str) -> str:
    """Return a token or a link's code without what stands around it: quotation marks, spaces, line ends, a
    byte-order mark.
    """
    return text if len(text) > BOUND else _ENDS.sub("", text)


def clean_code(text: str) -> str:
    """Return a code that people type: capitals and digits only, whatever separates them; look-alikes and other
    digits are ours.
    """
    if len(text) > BOUND:
        return text
    return "".join(letter for letter in make_latin(read_figures(text).upper()) if letter.isalnum())


def clean_number(text: str) -> str:
    """Return a ticket's number or id as it is kept: `a 001`, `A-001` and `Ａ００１` are `A001`; anything else as it
    came, trimmed.
    """
    if len(text) > BOUND:
        return text
    line = clean_line(text)
    bare = re.sub(r"[\s._\u2010-\u2015\u2212-]", "", make_latin(read_figures(line).upper()))
    parts = _NUMBER.fullmatch(bare)
    if parts is None:
        return line
    day, letter, digits = parts.groups()
    number = f"{letter}{int(digits.translate(_FIGURES)):03d}"
    return f"{day}-{number}" if day else number


def clean_name(text: str) -> str:
    """Return a sign-in name as it is compared: one line, Latin letters."""
    return text if len(text) > BOUND else make_latin(clean_line(text))


def clean_phone(text: str) -> str:
    """Return a phone number's figures and its plus sign; whatever else was typed between them is a mistake and
    stays.
    """
    return (
        text if len(text) > BOUND else re.sub(r"[\s.()\-\u2010-\u2015\u2212\u00b7]", "", read_figures(clean_line(text)))
    )


def read_figures(text: str) -> str:
    """Return `text` composed, with the digits of every script as 0 to 9 and letters of ordinary width."""
    return "".join(_figure(letter) for letter in compose(text))


def make_skeleton(name: str) -> str:
    """Return what a sign-in name looks like: two names with one skeleton are taken for each other."""
    shape = clean_name(name).lower()
    for letters, looks in _LOOKS_ALIKE:
        shape = shape.replace(letters, looks)
    return shape


def _figure(letter: str) -> str:
    value = unicodedata.decimal(letter, None)
    return letter if value is None else str(value)
