"""Words as they are compared: without accents, typing methods left in the text undone, syllables by their sound.

Pure. A text of any length and any characters becomes a list of plain syllables.
"""

import re
import unicodedata

MAX_QUERY = 200
"""Letters of a query that are read; nobody types more."""
MAX_SYLLABLES = 24
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_BLANK = re.compile(r"[\W_]+")
_FINAL_Y = re.compile(r"(?<=[bcdghklmnpqrstvx])y$|(?<=^qu)y$")
_TELEX_TONE = re.compile(r"[sfrxj]")
_DOUBLED = re.compile(r"([aeod])\1")
_FIRST = (
    ("ngh", "ng"),
    ("gh", "g"),
    ("tr", "ch"),
    ("gi", "d"),
    ("ph", "f"),
    ("qu", "kw"),
    ("x", "s"),
    ("r", "d"),
    ("v", "d"),
    ("z", "d"),
    ("l", "n"),
)
_LAST = (("nh", "n"), ("ng", "n"), ("ch", "t"), ("c", "t"), ("y", "i"), ("o", "u"))
_VOWELS = "aeiouy"


def fold(text: str) -> list[str]:
    """Return the syllables of `text` in small letters without accents; `ky` and `ki` are one."""
    plain = unicodedata.normalize("NFD", text[:MAX_QUERY].casefold()).replace("\u0111", "d")
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return [fold_last(word) for word in _NOT_WORD.split(bare) if word][:MAX_SYLLABLES]


def split_accented(text: str) -> list[str]:
    """Return those words of `text` that have accents, in small letters: whoever writes them means them."""
    words = _BLANK.split(unicodedata.normalize("NFC", text[:MAX_QUERY]).lower())
    return [word for word in words if word and not word.isascii()]


def fold_last(word: str) -> str:
    """Return `word` with `i` for a last `y` that sounds so."""
    return _FINAL_Y.sub("i", word)


def undo_typing(word: str) -> str:
    """Return `word` without what Telex and VNI leave when they are off: `thuwcj` and `thu7c5` are `thuc`."""
    without_digits = re.sub(r"\d", "", word) if re.search(r"[a-z]", word) else word
    bare = _DOUBLED.sub(r"\1", without_digits.replace("w", ""))
    begin = next((at for at, letter in enumerate(bare) if letter in _VOWELS), len(bare))
    return _FINAL_Y.sub("i", bare[:begin] + _TELEX_TONE.sub("", bare[begin:]))


def make_sound_key(word: str) -> str:
    """Return what `word` sounds like to who mixes up s and x, ch and tr, l and n, or d, gi, r and v."""
    for written, sound in _FIRST:
        if word.startswith(written) and len(word) > len(written):
            word = sound + word[len(written) :]
            break
    if word.startswith("c") and not word.startswith("ch"):
        word = "k" + word[1:]
    for written, sound in _LAST:
        if word.endswith(written) and len(word) > len(written) + 1:
            return word[: -len(written)] + sound
    return word


def list_shorter(word: str) -> set[str]:
    """Return `word` and each form of it without one letter: two words that share one are a slip apart."""
    return {word} | {word[:at] + word[at + 1 :] for at in range(len(word))}
