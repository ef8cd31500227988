"""An applicant from the code on an identity card, as a scanner types it at a counter. Pure; nothing of it is kept."""

import re
import unicodedata
from datetime import date

from motcua.desk.errors import Invalid
from motcua.desk.messages import mark
from motcua.dossiers.model.applicant import Applicant, Sex
from motcua.typed.id_card import BAD_DATE, BAD_NUMBER, HEALTH_CARD, NOT_A_CARD, CardFields, split_card
from motcua.typed.lines import clean_line

CARD_MAX = 1000
CARD_TEXTS = {
    NOT_A_CARD: mark("This is no identity card. Scan the code on the card once more, or type the data in."),
    HEALTH_CARD: mark("This is a health insurance card. Scan the identity card."),
    BAD_NUMBER: mark("The number on the card was not read. Scan it once more, or type the data in."),
    BAD_DATE: mark("The date of birth on the card was not read. Scan it once more, or type the data in."),
}
_FRAME = re.compile(r"(?:\][A-Za-z][0-9A-Za-z]|\\[0-9]{6}|\ufeff|\u00ef\u00bb\u00bf)*")
_SEXES = {"nam": Sex.MALE, "nu": Sex.FEMALE, "nữ": Sex.FEMALE, "male": Sex.MALE, "female": Sex.FEMALE}


def read_card(text: str, today: date) -> Applicant:
    """Return who the card is about. Raises `Invalid("card.…")` for what is no whole card; no word of it is repeated."""
    printable = "".join(letter for letter in text[:CARD_MAX] if unicodedata.category(letter) not in {"Cc", "Cf"})
    plain = _FRAME.sub("", printable.strip(), count=1)
    card = split_card(plain, today) if "|" in plain and len(text) <= CARD_MAX else NOT_A_CARD
    if isinstance(card, str):
        raise Invalid(f"card.{card}", CARD_TEXTS[card])
    return Applicant(
        name=clean_line(card.name),
        number=card.number,
        birth=_write_birth(card),
        sex=_SEXES.get(clean_line(card.sex).lower()),
        address=clean_line(card.address),
    )


def _write_birth(card: CardFields) -> str:
    return card.born.isoformat() if card.born == card.born_latest else f"{card.born.year}"
