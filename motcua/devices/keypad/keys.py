"""How keys are written where people see them: `next`, `rate:5`, `digit:0`, `transfer:3`. Pure."""

from motcua.devices.contract import DIGIT, RATE, STROKES, Stroke
from motcua.devices.emulation import Handle
from motcua.typed.sentences import mark

LABELS = {
    "next": mark("Call next"),
    "recall": mark("Call again"),
    "start": mark("Start serving"),
    "finish": mark("Finish"),
    "absent": mark("Absent"),
    "hold": mark("Hold"),
    "transfer": mark("Transfer"),
    "call": mark("Call a number"),
    "pause": mark("Pause"),
    "help": mark("Call for help"),
    "clear": mark("Clear"),
}
FACES = (mark("Very dissatisfied"), mark("Dissatisfied"), mark("Neutral"), mark("Satisfied"), mark("Very satisfied"))
_FIGURES = 5


def get_stroke(code: str) -> Stroke:
    """Return the stroke that `code` names. Raises `ValueError`."""
    key, colon, text = code.partition(":")
    number = int(text) if text.isascii() and text.isdecimal() and len(text) <= _FIGURES else None
    if key not in STROKES or bool(colon) != (number is not None):
        raise ValueError(code)
    if (key == RATE and number not in range(1, 6)) or (key == DIGIT and number not in range(10)):
        raise ValueError(code)
    return Stroke(key, number)


def get_label(code: str) -> str:
    """Return the words on the key, English and marked. Raises `ValueError`."""
    stroke = get_stroke(code)
    if stroke.key == DIGIT:
        return str(stroke.number)
    return FACES[(stroke.number or 1) - 1] if stroke.key == RATE else LABELS[stroke.key]


def get_handle(code: str) -> Handle:
    """Return the key as something to press. Raises `ValueError`."""
    return Handle(code, get_label(code))
