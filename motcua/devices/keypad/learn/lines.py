"""What lines of text say about a keypad: what stands in every line, where the key's word is, what only counts. Pure."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

_PIECE = re.compile(r"\d+|[A-Za-z]+|.")
_FIGURES, _WORD = r"\d+", "[A-Za-z]+"


def learn_lines(samples: Mapping[str, Sequence[str]]) -> tuple[dict[str, Any], dict[str, str]] | None:
    """Return `line` of a profile and what each key sends, None where that cannot be told from text alone."""
    every = [text for texts in samples.values() for text in texts]
    ends = {text[len(text.rstrip("\r\n")) :] for text in every}
    if len(ends) != 1:
        return None
    end = ends.pop()
    if any("\r" in text or "\n" in text for text in (text.removesuffix(end) for text in every)):
        return None
    bare = {key: [text.removesuffix(end) for text in texts] for key, texts in samples.items()}
    read = _whole(bare) if all(len(set(texts)) == 1 for texts in bare.values()) else _pieces(bare)
    if read is None:
        return None
    pattern, writes, sent = read
    part: dict[str, Any] = {"pattern": pattern, "ends": [end] if end else [], "silence": not end}
    return (part | {"writes": writes + end} if writes is not None else part), sent


_Read = tuple[str, str | None, dict[str, str]]


def _whole(bare: Mapping[str, Sequence[str]]) -> _Read:
    """Each key always sends one text: what all begin and end with is left out."""
    texts = {key: presses[0] for key, presses in bare.items()}
    front = _trimmed(_common(list(texts.values())))
    rest = [text[len(front) :][::-1] for text in texts.values()]
    back = _trimmed(_common(rest))[::-1] if min(map(len, rest)) else ""
    sent = {key: text[len(front) : len(text) - len(back)] for key, text in texts.items()}
    if not all(sent.values()):
        front, back, sent = "", "", texts
    return _pattern(front, "[ -~]+", back), _template(front, back), sent


def _common(texts: Sequence[str]) -> str:
    """Return what all texts begin with."""
    letters = zip(*texts, strict=False)
    size = next((at for at, column in enumerate(letters) if len(set(column)) > 1), min(map(len, texts)))
    return texts[0][:size]


def _trimmed(common: str) -> str:
    """Return the common text as far as its last mark: no word and no number is cut in two."""
    return common[: max((at + 1 for at, letter in enumerate(common) if not letter.isalnum()), default=0)]


def _pieces(bare: Mapping[str, Sequence[str]]) -> _Read | None:
    """Lines in which something counts: words, numbers and marks are compared one by one."""
    cut = {key: [_PIECE.findall(text) for text in presses] for key, presses in bare.items()}
    rows = [row for presses in cut.values() for row in presses]
    if len({len(row) for row in rows}) != 1:
        return None
    places = range(len(rows[0]))
    varies = [at for at in places if any(len({row[at] for row in presses}) > 1 for presses in cut.values())]
    tells = [at for at in places if at not in varies and len({row[at] for row in rows}) > 1]
    if not tells or set(range(tells[0], tells[-1] + 1)) & set(varies):
        return None
    first, last = tells[0], tells[-1]

    def piece(at: int) -> str:
        return (
            re.escape(rows[0][at])
            if at not in varies
            else _FIGURES
            if all(row[at].isdigit() for row in rows)
            else _WORD
        )

    pattern = (
        "".join(piece(at) for at in places if at < first)
        + "(?P<key>[ -~]+?)"
        + "".join(piece(at) for at in places if at > last)
    )
    return pattern, None, {key: "".join(presses[0][first : last + 1]) for key, presses in cut.items()}


def _pattern(front: str, key: str, back: str) -> str:
    return f"{re.escape(front)}(?P<key>{key}){re.escape(back)}"


def _template(front: str, back: str) -> str:
    return f"{_braced(front)}{{key}}{_braced(back)}"


def _braced(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")
