"""What people and the unit do with suggestions, and what time does."""

from motcua.suggestions.actions.handling import (
    answer,
    ask,
    assign,
    classify,
    mark_duplicate,
    note_change,
    open_part,
    publish,
    refuse,
    take,
)
from motcua.suggestions.actions.sending import erase, rate, receive, supplement
from motcua.suggestions.actions.timing import escalate

__all__ = [
    "answer",
    "ask",
    "assign",
    "classify",
    "erase",
    "escalate",
    "mark_duplicate",
    "note_change",
    "open_part",
    "publish",
    "rate",
    "receive",
    "refuse",
    "supplement",
    "take",
]
