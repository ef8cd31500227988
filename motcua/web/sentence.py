"""The sentence of a call, from the hall's own template."""

import re

from motcua.settings.model import CALL_SEAT, Settings

_DIGITS = (
    ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"),
    ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
)
DEFAULT = (
    "Xin mời công dân có số thứ tự {letter}, {digits}, đến quầy số {counter}.",
    "Ticket {letter}, {digits}, please go to counter {counter}.",
)


def call_sentence(settings: Settings, letter: str, number: str, counter: int, seat: str | None = None) -> tuple[str, str]:
    """Return the sentence that calls `number` in Vietnamese and English, digits in words, e.g. "A, không không một".

    It invites to `counter`; whoever sits at a `seat` is asked to stay there, as the officer comes.
    """
    template = settings.texts.get("call_seat", CALL_SEAT) if seat else settings.texts.get("call", DEFAULT)
    said = []
    for text, words, chair in zip(template, _DIGITS, (_spoken(seat or ""), seat or ""), strict=True):
        digits = " ".join(words[int(digit)] for digit in number[len(letter) :])
        place = words[counter] if counter < len(words) else str(counter)
        values = {"letter": letter, "digits": digits, "counter": place, "number": number, "seat": chair}
        for name, value in values.items():
            text = text.replace("{" + name + "}", value)  # noqa: PLW2901 -- one placeholder after the other
        said.append(text)
    return said[0], said[1]


def _spoken(seat: str) -> str:
    """Return a seat's label, which is Vietnamese, with a number of one digit in words: "Ghế 5" is "Ghế năm"."""
    return re.sub(r"(?<![0-9])[0-9](?![0-9])", lambda digit: _DIGITS[0][int(digit[0])], seat)
