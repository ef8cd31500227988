"""What can be done with tickets: each action loads, decides, saves and tells, and reads like the sentence an officer
would say.
"""

from motcua.queue.actions.calling import call_next, call_number, recall, resume
from motcua.queue.actions.citizens import cancel, come_back, reprint, sit_at
from motcua.queue.actions.day import close_day, open_hall
from motcua.queue.actions.issuing import issue, take_number
from motcua.queue.actions.serving import finish, hold, mark_absent, start, transfer, undo
from motcua.queue.actions.visits import add_visit_matter, note_visit, remove_visit_matter

__all__ = [
    "add_visit_matter",
    "call_next",
    "call_number",
    "cancel",
    "close_day",
    "come_back",
    "finish",
    "hold",
    "issue",
    "mark_absent",
    "note_visit",
    "open_hall",
    "recall",
    "remove_visit_matter",
    "reprint",
    "resume",
    "sit_at",
    "start",
    "take_number",
    "transfer",
    "undo",
]
