"""Tasks, notes, corrected working hours and proposals in the store."""

from motcua.desk import Room
from motcua.work.store import proposals, tasks
from motcua.work.store.proposals import (
    add_proposal,
    compute_seen,
    find_evidence,
    find_paper,
    get_proposal,
    get_proposal_of,
    list_closed_proposals,
    list_open_proposals,
    list_proposals_about,
    save_proposal,
    write_evidence,
)
from motcua.work.store.tasks import (
    add_correction,
    add_message,
    add_note,
    add_task,
    get_note,
    get_task,
    list_all_assigned,
    list_all_corrections,
    list_assigned,
    list_corrections,
    list_in_hand,
    list_in_hand_of,
    list_messages,
    list_notes,
    save_answer,
    save_task,
)

ROOM = Room(
    "work",
    [("first", tasks.create_tasks), ("reasons", tasks.add_reasons), ("proposals", proposals.create_proposals)],
    [*tasks.STAMPS, *proposals.STAMPS],
)

__all__ = [
    "ROOM",
    "add_correction",
    "add_message",
    "add_note",
    "add_proposal",
    "add_task",
    "compute_seen",
    "find_evidence",
    "find_paper",
    "get_note",
    "get_proposal",
    "get_proposal_of",
    "get_task",
    "list_all_assigned",
    "list_all_corrections",
    "list_assigned",
    "list_closed_proposals",
    "list_corrections",
    "list_in_hand",
    "list_in_hand_of",
    "list_messages",
    "list_notes",
    "list_open_proposals",
    "list_proposals_about",
    "save_answer",
    "save_proposal",
    "save_task",
    "write_evidence",
]
