"""One way of writing for names, comments and passwords: composed (NFC), without what nobody sees.

Cleaning twice changes nothing.

Each function takes what came and returns what is kept; none raises. Lengths are counted afterwards.
"""

import re
import unicodedata

SPARE = 8
"""So much longer than allowed may a text be before it is cleaned, with spaces around it and marks apart; a longer
one is only counted."""
MARKS_MAX = 4
"""So many marks may stand on one letter: Vietnamese needs two. Without a bound composing takes the square of the
length."""

_FORMAT = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\u2800\ufe00-\ufe0f\uffa0]")
"""Invisible though their category does not say so: joiners, fillers, variation selectors."""
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x00D0: 0x0110, 0x0189: 0x0110, 0x00F0: 0x0111}
"""Full-width letters, digits and signs to ordinary ones; other barred Ds to the Vietnamese one, which they are taken
for."""
_GONE = {"Cc", "Cf", "Cs"}
_SPACES = {"Zs", "Zl", "Zp"}
_LOOKS_LATIN = {
    **dict(zip("АВЕЗКМНОРСТУХІЈЅԚԜЅ", "ABE3KMHOPCTYXIJSQWS", strict=True)),
    **dict(zip("аеорсухіјѕԛԝһԁӏ", "aeopcyxijsqwhdl", strict=True)),
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX", strict=True)),
    "ο": "o",
    "ı": "i",
    "ɑ": "a",
    "ɡ": "g",
}
_FOLD = str.maketrans(_LOOKS_LATIN)
_SETTLED = re.compile("[ -~À-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíòóôõùúýĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9]*")
"""Printable ASCII and composed Vietnamese letters: composing changes nothing in such a text, and most are such."""
_WORD = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*")


def clean_line(text: str) -> str:
    """Return one line: every kind of space is one space, none at the ends; letters that only look Latin are Latin in
    a Latin word.
    """
    if not _is_settled(text):
        text = compose(_WORD.sub(_latin_word, compose(text)))
    return " ".join(_visible(text).split())


def clean_text(text: str) -> str:
    """Return a text of several lines: no spaces at their ends, no empty lines around it. Tabs are spaces."""
    unified = re.sub("\r\n?|[\u0085\u2028\u2029\v\f]", "\n", text)
    lines = [_visible(compose(line)).rstrip() for line in unified.split("\n")]
    return "\n".join(lines).strip("\n").strip()


def clean_secret(text: str) -> str:
    """Return a password as it is compared: composed, without what nobody sees and without spaces at the ends, which
    keyboards add.
    """
    return _visible(unicodedata.normalize("NFC", _few_marks("".join(_visible_letters(text))))).strip()


def compose(text: str) -> str:
    """Return `text` composed (NFC), in letters of ordinary width, without what nobody sees."""
    if _is_settled(text):
        return text
    visible = "".join(_visible_letters(text)).translate(_WIDE)
    return _few_marks(unicodedata.normalize("NFC", _few_marks(visible)))


def make_latin(text: str) -> str:
    """Return `text` with the Cyrillic and Greek letters that look Latin as Latin ones."""
    return unicodedata.normalize("NFC", text.translate(_FOLD))


def has_breaks(text: str) -> bool:
    """Say whether `text` has control characters or line breaks other than at its ends."""
    line = text.strip()
    return not line.isprintable() and any(unicodedata.category(letter) in {"Cc", "Cs", "Zl", "Zp"} for letter in line)


def _is_settled(text: str) -> bool:
    return text.isascii() or _SETTLED.fullmatch(text) is not None


def _visible(text: str) -> str:
    """Return `text` with every kind of space as a space and without control characters."""
    if text.isprintable():  # the only space in it is the ordinary one
        return _FORMAT.sub("", text)
    return "".join(
        " " if letter in "\t\n\r\v\f" or unicodedata.category(letter) in _SPACES else letter
        for letter in _visible_letters(text, " \t\n\r\v\f")
    )


def _visible_letters(text: str, keep: str = "\t\n\r\v\f") -> list[str]:
    unformatted = _FORMAT.sub("", text)
    if unformatted.isprintable():
        return list(unformatted)
    return [letter for letter in unformatted if letter in keep or unicodedata.category(letter) not in _GONE]


def _few_marks(text: str) -> str:
    """Return `text` with at most `MARKS_MAX` marks in a row."""
    if not any(map(unicodedata.combining, text)):
        return text
    letters, marks = [], 0
    for letter in text:
        marks = marks + 1 if unicodedata.combining(letter) else 0
        if marks <= MARKS_MAX:
            letters.append(letter)
    return "".join(letters)


def _latin_word(word: re.Match[str]) -> str:
    """Return a word that mixes Latin letters with some that look so as a Latin one; other words as they are."""
    text = word[0]
    if text.isascii() or not any(letter in _LOOKS_LATIN for letter in text):
        return text
    rest = text.translate(_FOLD)
    is_mixed = any(_is_latin(letter) for letter in text) and all(
        _is_latin(letter) or unicodedata.combining(letter) for letter in rest
    )
    return rest if is_mixed else text


def _is_latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("LATIN ")
