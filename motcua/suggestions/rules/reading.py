"""How what somebody typed is read: text, contact, kind, code. Lengths are counted after cleaning."""

import re
from collections.abc import Callable

from motcua.bookings.rules import CODE_LETTERS, is_email, make_code
from motcua.desk.errors import Invalid
from motcua.settings.model import Settings
from motcua.suggestions.model import SuggestionKind
from motcua.suggestions.rules.masking import has_words
from motcua.typed.codes import clean_code
from motcua.typed.lines import SPARE, clean_line, clean_text

TEXT_MAX, CONTACT_MAX, MESSAGE_MAX = 4000, 200, 4000
TEXT_MIN = 5
CODE_LENGTH = 12
"""The code opens and erases a suggestion, so it is longer than a booking's: 57 bits."""
RATINGS = range(1, 6)


def read_text(text: str) -> str:
    """Return what somebody wrote, clean. Raises `Invalid("suggestion.text" | "suggestion.long")`."""
    clean = _clean(text, TEXT_MAX)
    if len(clean) < TEXT_MIN:
        raise Invalid("suggestion.text", "Please write what you want to say.")
    return clean


def read_message(text: str) -> str:
    """Return an answer, a question, a reason or a supplement, clean.

    Raises `Invalid("suggestion.message" | "suggestion.long")`.
    """
    clean = _clean(text, MESSAGE_MAX)
    if not clean:
        raise Invalid("suggestion.message", "This field is empty. Please write something.")
    return clean


def _clean(text: str, most: int) -> str:
    clean = clean_text(text) if len(text) <= SPARE * most else text
    if len(clean) > most:
        raise Invalid("suggestion.long", "This text is too long. It can have %(length)s characters.", length=most)
    return clean


def read_contact(text: str) -> str:
    """Return how its sender can be reached, as typed; empty for not at all. Raises `Invalid("suggestion.contact")`."""
    clean = clean_line(text) if len(text) <= SPARE * CONTACT_MAX else text
    if len(clean) > CONTACT_MAX:
        raise Invalid(
            "suggestion.contact", "This contact is too long. It can have %(length)s characters.", length=CONTACT_MAX
        )
    return clean


def find_email(contact: str) -> str:
    """Return the e-mail address in a contact as its sender typed it; empty for none, and for more than one."""
    words = (word.rstrip(".") for word in re.split(r"[\s,;:()<>\"]+", contact))
    addresses = {word for word in words if is_email(word)}
    return addresses.pop() if len(addresses) == 1 else ""


def write_code(code: str) -> str:
    """Return a code in three groups, as people read it."""
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"


def read_kind(settings: Settings, kind: str, text: str) -> SuggestionKind:
    """Return what a text is: as its sender says, but an appeal or denunciation wherever its words say so.

    Whom it concerns cannot read it then. The head can say that it is something else.
    Raises `Invalid("suggestion.kind")`. Basis: LEGAL.md#appeals.
    """
    try:
        chosen = SuggestionKind(kind or SuggestionKind.SUGGESTION)
    except ValueError:
        raise Invalid("suggestion.kind", "There is no kind of suggestion %(kind)s.", kind=kind[:40]) from None
    if chosen.is_restricted:
        return chosen
    rules = settings.suggestions
    if has_words(text, rules.denunciation_words):
        return SuggestionKind.DENUNCIATION
    return SuggestionKind.APPEAL if has_words(text, rules.appeal_words) else chosen


def read_rating(level: int) -> int:
    """Return a level. Raises `Invalid("rating.level")`."""
    if level not in RATINGS:
        raise Invalid("rating.level", "A rating must have a level from 1 to 5.")
    return level


def make_suggestion_code(entropy: Callable[[int], bytes]) -> str:
    """Return a new code of letters and digits that are hard to confuse."""
    return (make_code(entropy) + make_code(entropy))[:CODE_LENGTH]


def clean_suggestion_code(code: str) -> str:
    """Return a code as it is stored, however it was typed; a Z for what can only be a 2."""
    clean = clean_code(code).replace("Z", "2")
    return clean if all(letter in CODE_LETTERS for letter in clean) else ""
