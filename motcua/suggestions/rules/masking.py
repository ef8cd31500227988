"""What of a text is shown at once: no ID number, phone number or e-mail address, and no abusive word. Pure.

The pieces of a text are the whole text in its order, so what is hidden can be shown again.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

Name = Callable[[str, str], str]
PLAIN, EMAIL, PHONE, IDENTITY, NUMBER, ABUSE = "plain", "email", "phone", "identity", "number", "abuse"
DIGITS_MIN = 9
"""A shorter row of digits is a date, a time, a ticket or a sum of money."""
IDENTITY_DIGITS = (9, 12)
DOTS = "•••"

_GAP = r"[ .()\u00a0\u2010-\u2015\u2212\u00b7-]{0,3}"
_DIGITS = re.compile(rf"\+?\d(?:{_GAP}\d){{{DIGITS_MIN - 1},}}")
_MONEY = re.compile(r"[1-9]\d{0,2}(?:[. ]\d{3})+")
_CURRENCY = re.compile(r"\s{0,2}(?:đồng|đ\b|vnđ|vnd|dong|₫|tỷ|triệu)", re.IGNORECASE)
_PART = r"[^\s@<>()\[\],;:\"]"
_EMAIL = re.compile(rf"{_PART}{{1,64}} ?@ ?{_PART}{{1,200}}\.{_PART}{{1,60}}")
_PHONE = re.compile(r"(?:\+?84|0)(?:[35789]\d{8}|2\d{9})")


class TextPiece(NamedTuple):
    """A piece of a text: what it is, its words, and what stands in its place until somebody opens it."""

    kind: str
    text: str
    mask: str


def mask(text: str) -> list[TextPiece]:
    """Return the pieces of `text` with ID numbers, phone numbers, e-mail addresses and long numbers masked."""
    pieces: list[TextPiece] = []
    for piece in _split(text, _EMAIL, lambda _part, _after: EMAIL):
        if piece.kind == PLAIN:
            pieces += _split(piece.text, _DIGITS, _name_digits)
        else:
            pieces.append(piece)
    return pieces


def hide(pieces: Iterable[TextPiece], words: Sequence[str]) -> list[TextPiece]:
    """Return the pieces with each of the abusive `words` as a piece by itself."""
    pattern = _pattern(tuple(words))
    if pattern is None:
        return list(pieces)
    hidden: list[TextPiece] = []
    for piece in pieces:
        hidden += _split(piece.text, pattern, lambda _part, _after: ABUSE) if piece.kind == PLAIN else [piece]
    return hidden


def has_words(text: str, words: Sequence[str]) -> bool:
    """Say whether one of `words` stands in `text` as a word by itself."""
    pattern = _pattern(tuple(words))
    return pattern is not None and pattern.search(text) is not None


def _split(text: str, pattern: re.Pattern[str], name: Name) -> Iterator[TextPiece]:
    done = 0
    for match in pattern.finditer(text):
        kind = name(match[0], text[match.end() :])
        if kind == PLAIN:
            continue
        if match.start() > done:
            yield TextPiece(PLAIN, text[done : match.start()], text[done : match.start()])
        yield TextPiece(kind, match[0], _cover(kind, match[0]))
        done = match.end()
    if done < len(text):
        yield TextPiece(PLAIN, text[done:], text[done:])


def _name_digits(row: str, after: str) -> str:
    """Return what a long row of digits is; money is nobody's number."""
    if _MONEY.fullmatch(row) and _CURRENCY.match(after):
        return PLAIN
    digits = re.sub(r"[^+\d]", "", row)
    if _PHONE.fullmatch(digits):
        return PHONE
    return IDENTITY if len(digits) in IDENTITY_DIGITS else NUMBER


def _cover(kind: str, text: str) -> str:
    """Return what stands in the place of `text`: enough to tell two apart, too little to use."""
    if kind == ABUSE:
        return DOTS
    if kind == EMAIL:
        return f"{text[0]}{DOTS}@{DOTS}"
    digits = re.sub(r"\D", "", text)
    return f"{digits[:2]}{'•' * (len(digits) - 4)}{digits[-2:]}"


@lru_cache(maxsize=8)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str] | None:
    longest_first = sorted((word for word in words if word.strip()), key=len, reverse=True)
    if not longest_first:
        return None
    each = (r"\s+".join(re.escape(part) for part in word.split()) for word in longest_first)
    return re.compile(rf"(?<!\w)(?:{'|'.join(each)})(?!\w)", re.IGNORECASE)
