"""What may be done with a suggestion, by whom and until when; how its words are read and shown. Pure."""

from motcua.suggestions.rules.deadlines import LATE, NEAR, find_due, find_escalation, list_deadlines, list_stages
from motcua.suggestions.rules.masking import TextPiece, hide, mask
from motcua.suggestions.rules.moves import (
    require_answerable,
    require_assignable,
    require_original,
    require_publishable,
    require_ratable,
    require_supplement,
    require_takable,
)
from motcua.suggestions.rules.reading import (
    MESSAGE_MAX,
    TEXT_MAX,
    clean_suggestion_code,
    find_email,
    make_suggestion_code,
    read_contact,
    read_kind,
    read_message,
    read_rating,
    read_text,
    write_code,
)
from motcua.suggestions.rules.sight import can_act, can_decide, can_see

__all__ = [
    "LATE",
    "MESSAGE_MAX",
    "NEAR",
    "TEXT_MAX",
    "TextPiece",
    "can_act",
    "can_decide",
    "can_see",
    "clean_suggestion_code",
    "find_due",
    "find_email",
    "find_escalation",
    "hide",
    "list_deadlines",
    "list_stages",
    "make_suggestion_code",
    "mask",
    "read_contact",
    "read_kind",
    "read_message",
    "read_rating",
    "read_text",
    "require_answerable",
    "require_assignable",
    "require_original",
    "require_publishable",
    "require_ratable",
    "require_supplement",
    "require_takable",
    "write_code",
]
