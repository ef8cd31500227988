"""How Vietnamese people read a number, a letter and a call: north, centre and south. Pure.

Source: the reading rules taught in schools; what differs by region is linh/lẻ, nghìn/ngàn, and tư/bốn after a ten.
The centre follows the north's grammar.
"""

import re
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from motcua.copies import replace

Region = Literal["north", "central", "south"]
Mode = Literal["digits", "hybrid", "cardinal"]
REGIONS: tuple[Region, ...] = ("north", "central", "south")
MODES: tuple[Mode, ...] = ("digits", "hybrid", "cardinal")
MOST = 9999
"""The largest number that is read as one; a longer one is read figure by figure."""
DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SPELT = (
    "A a, B bê, C xê, D dê, Đ đê, E e, F ép, G giê, H hát, I i ngắn, J gi, K ca, L lờ, M mờ, N nờ, O o, P pê, Q "
    "quy, R rờ, S sờ, T tê, U u,"
    " V vê, W vê kép, X ích xì, Y i dài, Z dét"
)
LETTERS = {letter: name for letter, name in (pair.split(" ", 1) for pair in _SPELT.split(", "))}  # noqa: C416 -- dict() loses the types
PLACES = ("letter", "digits", "counter", "seat")
WITHIN_MS, BESIDE_MS, COMMA_MS, STOP_MS = 40, 80, 160, 300
"""Silence between the words of a number, beside a phrase, at a comma, between two sentences."""
WIDTH = 3
"""Figures of a ticket's number, leading zeros included; one over 999 has four."""

_PLACE = re.compile("{(" + "|".join(PLACES) + ")}")
_PART = re.compile(
    r"(?P<number>\d+)|(?<!\w)(?P<letter>[A-ZĐ])(?![^\W\d_])|(?P<stop>[.!?…]+)|(?P<comma>[,;:()\N{EN "
    r"DASH}\N{EM DASH}\"“”/-]+)"
)
_GLUED = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")


class Piece(Struct, frozen=True):
    """One clip of a sentence: the `name` of its file, the `words` that a voice speaks, and the silence after it in
    milliseconds.
    """

    name: str
    words: str
    pause_ms: int = 0


class Sentence(Struct, frozen=True):
    """A sentence as it is shown and, in the same words, piece by piece as it is spoken."""

    text: str
    pieces: tuple[Piece, ...]


def write_cardinal(number: int, region: Region) -> str:
    """Return a whole number from 0 to 9999 in words, e.g. 1005 as "một nghìn không trăm linh năm".

    Raises `ValueError` beyond.
    """
    if not 0 <= number <= MOST:
        raise ValueError(f"{number} is not between 0 and {MOST}")
    thousands, rest = divmod(number, 1000)
    if not thousands:
        return _below_thousand(rest, region)
    head = f"{DIGITS[thousands]} {'ngàn' if region == 'south' else 'nghìn'}"
    return f"{head} {_hundreds(rest, region)}" if rest else head


def _below_thousand(number: int, region: Region) -> str:
    return _hundreds(number, region) if number >= 100 else _below_hundred(number, region)  # noqa: PLR2004 -- hundred is a hundred


def _hundreds(number: int, region: Region) -> str:
    """Return a number up to 999 with its hundreds named, were there none: as after a thousand."""
    hundreds, rest = divmod(number, 100)
    head = f"{DIGITS[hundreds]} trăm"
    if not rest:
        return head
    few = f"{'lẻ' if region == 'south' else 'linh'} " if rest < 10 else ""  # noqa: PLR2004 -- no ten in it
    return f"{head} {few}{_below_hundred(rest, region)}"


def _below_hundred(number: int, region: Region) -> str:
    tens, unit = divmod(number, 10)
    if not tens:
        return DIGITS[unit]
    head = "mười" if tens == 1 else f"{DIGITS[tens]} mươi"
    last = {0: "", 5: "lăm"}.get(unit, DIGITS[unit])
    if tens > 1 and unit == 1:
        last = "mốt"
    if tens > 1 and unit == 4 and region != "south":  # noqa: PLR2004 -- the figure four
        last = "tư"
    return f"{head} {last}".rstrip()


def write_figures(number: int, mode: Mode, region: Region) -> str:
    """Return a ticket's number in words: figure by figure with its zeros, as a cardinal, or as a cardinal after its
    zeros (`hybrid`).

    Up to 9999. A024 is "không hai bốn", "hai mươi tư" or "không hai mươi tư".
    """
    if mode == "cardinal":
        return write_cardinal(number, region)
    written = f"{number:0{WIDTH}d}"
    bare = written.lstrip("0")
    if mode == "digits" or not bare:
        return " ".join(DIGITS[int(figure)] for figure in written)
    return " ".join([*[DIGITS[0]] * (len(written) - len(bare)), write_cardinal(number, region)])


def write_numbered(letter: str, number: int, mode: Mode, region: Region) -> str:
    """Return letter and number of a ticket in words, "A, không không một"; without a letter the number alone."""
    words = write_figures(number, mode, region)
    return f"{letter}, {words}" if letter else words


def compose(template: str, values: dict[str, str], region: Region) -> Sentence:
    """Return the sentence that `template` makes with `values` for its places, every figure in words.

    What stays the same from call to call is one piece as long as it goes; numbers are one piece a word, letters one
    each. `{number}` is letter and figures.
    """
    parts = _PLACE.split(template.replace("{number}", "{letter} {digits}"))
    raw = "".join(values.get(part, "") if index % 2 else part for index, part in enumerate(parts))
    text = _GLUED.sub(" ", raw)
    text_in_words = re.sub(r"\d+", lambda match: _in_words(match[0], region), text)
    pieces: list[Piece] = []
    for index, part in enumerate(parts):
        if index % 2 and part in {"digits", "counter"}:
            pieces += _words(values.get(part, ""))
        else:
            _add(pieces, values.get(part, "") if index % 2 else part, region)
    return Sentence(text_in_words, (*pieces[:-1], *(replace(last, pause_ms=0) for last in pieces[-1:])))


def _in_words(written: str, region: Region) -> str:
    if int(written) <= MOST and not (len(written) > 1 and written.startswith("0")):
        return write_cardinal(int(written), region)
    return " ".join(DIGITS[int(figure)] for figure in written)


def _words(text: str) -> Iterator[Piece]:
    words = text.split()
    for index, word in enumerate(words, start=1):
        yield Piece(word, word, WITHIN_MS if index < len(words) else BESIDE_MS)


def _add(pieces: list[Piece], text: str, region: Region) -> None:
    """Add what a text between two places says; a stop in it is a longer silence after the piece before."""
    end = 0
    for match in _PART.finditer(text):
        pieces += _phrase(text[end : match.start()])
        end = match.end()
        if match["number"]:
            pieces += _words(_in_words(match["number"], region))
        elif match["letter"]:
            pieces.append(get_letter_piece(match["letter"]))
        elif pieces:
            pause_ms = STOP_MS if match["stop"] else COMMA_MS
            pieces[-1] = replace(pieces[-1], pause_ms=max(pause_ms, pieces[-1].pause_ms))
    pieces += _phrase(text[end:])


def _phrase(text: str) -> Iterator[Piece]:
    words = " ".join(text.lower().split())
    if any(letter.isalpha() for letter in words):
        yield Piece(words, words, BESIDE_MS)


def get_letter_piece(letter: str) -> Piece:
    """Return the clip of a letter, A to Z or Đ."""
    return Piece(f"chữ {letter.lower()}", LETTERS[letter], BESIDE_MS)


def list_number_pieces(region: Region) -> list[Piece]:
    """Return a clip for every word that a number from 0 to 9999 has in `region`."""
    south = region == "south"
    joints = ["mười", "mươi", "mốt", "lăm", "trăm", "lẻ" if south else "linh", "ngàn" if south else "nghìn"]
    return [Piece(word, word) for word in (*DIGITS, *([] if south else ["tư"]), *joints)]


def list_letter_pieces() -> list[Piece]:
    """Return a clip for every letter."""
    return [get_letter_piece(letter) for letter in LETTERS]
