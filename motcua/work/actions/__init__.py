"""What leaders and officers do with tasks, notes, working hours and proposals."""

from motcua.work.actions.facts import (
    collect_facts,
)
from motcua.work.actions.proposals import (
    answer_proposal,
    ask_officer,
    propose,
    refuse_answer,
    sign_proposal,
    withdraw_proposal,
    write_grounds,
)
from motcua.work.actions.tasks import (
    accept_task,
    answer_note,
    assign_task,
    correct_presence,
    report_task,
    return_task,
    withdraw_task,
    write_note,
)

__all__ = [
    "accept_task",
    "answer_note",
    "answer_proposal",
    "ask_officer",
    "assign_task",
    "collect_facts",
    "correct_presence",
    "propose",
    "refuse_answer",
    "report_task",
    "return_task",
    "sign_proposal",
    "withdraw_proposal",
    "withdraw_task",
    "write_grounds",
    "write_note",
]
