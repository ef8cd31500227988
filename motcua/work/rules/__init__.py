"""What may be done with tasks, notes, hours and proposals, how they are read, and what they add up to."""

from motcua.work.rules.presence import collect_presence, correct_presence
from motcua.work.rules.proposals import (
    find_standing,
    list_question_obstacles,
    list_signing_obstacles,
    read_period,
    read_proposal_kind,
    require_answerable,
    require_drafted,
    require_no_obstacle,
    require_refusable,
    require_same,
    require_withdrawable_proposal,
)
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
from motcua.work.rules.weighing import find_funnel_place, measure_strength, weigh_evidence

__all__ = [
    "WORDS_MAX",
    "collect_presence",
    "correct_presence",
    "count_tasks",
    "find_funnel_place",
    "find_standing",
    "is_late",
    "list_question_obstacles",
    "list_signing_obstacles",
    "measure_strength",
    "read_correction_reason",
    "read_counter",
    "read_due_day",
    "read_minutes",
    "read_note_kind",
    "read_past_day",
    "read_period",
    "read_proposal_kind",
    "read_words",
    "require_answerable",
    "require_decidable",
    "require_drafted",
    "require_no_obstacle",
    "require_officer",
    "require_refusable",
    "require_reportable",
    "require_same",
    "require_withdrawable",
    "require_withdrawable_proposal",
    "weigh_evidence",
]
