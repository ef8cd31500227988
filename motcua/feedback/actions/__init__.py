"""Asking for ratings and recording them, what leaders decide about those set aside, and what cameras may do."""

from motcua.feedback.actions.camera import (
    answer_consent,
    erase_camera_data,
    find_consent,
    has_lapsed,
    let_consent_lapse,
    note_expression,
    show_camera_notice,
    switch_off_for_visit,
    withdraw_consent,
    withdraw_end,
)
from motcua.feedback.actions.officer_view import close_officer_view, open_officer_view
from motcua.feedback.actions.rating import rate, rate_by_number, record_prompt, record_skip
from motcua.feedback.actions.reviewing import confirm, name_typist, release, remove_typist

__all__ = [
    "answer_consent",
    "close_officer_view",
    "confirm",
    "erase_camera_data",
    "find_consent",
    "has_lapsed",
    "let_consent_lapse",
    "name_typist",
    "note_expression",
    "open_officer_view",
    "rate",
    "rate_by_number",
    "record_prompt",
    "record_skip",
    "release",
    "remove_typist",
    "show_camera_notice",
    "switch_off_for_visit",
    "withdraw_consent",
    "withdraw_end",
]
