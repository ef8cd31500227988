"""The sentence of a call, from the hall's own template."""

from motcua.settings.model import Settings

_DIGITS = (
    ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"),
    ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
)
DEFAULT = (
    "Xin mời công dân có số thứ tự {letter}, {digits}, đến quầy số {counter}.",
    "Ticket {letter}, {digits}, please go to counter {counter}.",
)


def call_sentence(settings: Settings, letter: str, number: str, counter: int) -> tuple[str, str]:
    """Return the sentence that invites `number` to `counter` in Vietnamese and English, digits in words, e.g. "A, không không một"."""
    template = settings.texts.get("call", DEFAULT)
    said = []
    for text, words in zip(template, _DIGITS, strict=True):
        digits = " ".join(words[int(digit)] for digit in number[len(letter) :])
        place = words[counter] if counter < len(words) else str(counter)
        values = {"letter": letter, "digits": digits, "counter": place, "number": number}
        for name, value in values.items():
            text = text.replace("{" + name + "}", value)  # noqa: PLW2901 -- one placeholder after the other
        said.append(text)
    return said[0], said[1]
