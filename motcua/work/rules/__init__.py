"""What may be done with tasks, notes and working hours, how they are read, and what they add up to."""

from motcua.work.rules.presence import collect_presence, correct_presence
from motcua.work.rules.reading import (
    WORDS_MAX,
    read_correction_reason,
    read_counter,
    read_minutes,
    read_note_kind,
    read_past_day,
    read_words,
)
from motcua.work.rules.tasks import (
    count_tasks,
    is_late,
    read_due_day,
    require_decidable,
    require_officer,
    require_reportable,
    require_withdrawable,
)

__all__ = [
    "WORDS_MAX",
    "collect_presence",
    "correct_presence",
    "count_tasks",
    "is_late",
    "read_correction_reason",
    "read_counter",
    "read_due_day",
    "read_minutes",
    "read_note_kind",
    "read_past_day",
    "read_words",
    "require_decidable",
    "require_officer",
    "require_reportable",
    "require_withdrawable",
]
