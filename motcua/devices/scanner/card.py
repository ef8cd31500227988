"""What one scan means: the age class that a card suggests, one of our own codes, or why it is neither. Pure.

All that is needed of a card are figures, whatever encoding the scanner is set to. What is read here is personal
data: it is neither kept nor put into an error. How a card's code is written stands in `motcua.typed.id_card`.
"""

from datetime import date

from motcua.devices.contract import Scan
from motcua.devices.scanner.framing import remove_framing
from motcua.devices.scanner.own_code import parse_own_code
from motcua.typed.id_card import BAD_DATE, BAD_NUMBER, HEALTH_CARD, NOT_A_CARD, split_card

TOO_LONG = "too_long"
CLASSES = (75, 60)
"""Ages from which a card suggests a class, the higher first; the person confirms it."""
__all__ = ["BAD_DATE", "BAD_NUMBER", "CLASSES", "HEALTH_CARD", "NOT_A_CARD", "TOO_LONG", "compute_age_class", "read"]


def read(line: bytes, today: date) -> Scan:
    """Return what the whole scan `line` means on the day `today`. Never raises."""
    text = remove_framing(line)
    if "|" not in text:
        code = parse_own_code(text, today)
        return Scan(refused=NOT_A_CARD) if code is None else Scan(code=code)
    card = split_card(text, today)
    if isinstance(card, str):
        return Scan(refused=card)
    youngest, oldest = compute_age_class(card.born_latest, today), compute_age_class(card.born, today)
    return Scan(age=youngest, perhaps=oldest if oldest > youngest else None)


def compute_age_class(born: date, today: date) -> int:
    """Return 75, 60, or 0 for younger people; who was born on 29 February has their birthday on 1 March in other
    years.
    """
    years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return next((least for least in CLASSES if years >= least), 0)
