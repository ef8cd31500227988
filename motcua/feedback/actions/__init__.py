"""Asking for ratings and recording them; what leaders decide about those set aside."""

from motcua.feedback.actions.rating import rate, rate_by_number, record_prompt, record_skip
from motcua.feedback.actions.reviewing import confirm, name_typist, release, remove_typist

__all__ = [
    "confirm",
    "name_typist",
    "rate",
    "rate_by_number",
    "record_prompt",
    "record_skip",
    "release",
    "remove_typist",
]
