"""What can be done with tickets: each action loads, decides, saves and tells, and reads like the sentence an officer
would say.
"""

from motcua.queue.actions.calling import call_next, call_number, recall, resume
from motcua.queue.actions.citizens import cancel, come_back, reprint, sit_at
from motcua.queue.actions.day import close_day, open_hall
from motcua.queue.actions.issuing import issue, take_number
from motcua.queue.actions.serving import finish, hold, mark_absent, start, transfer, undo

__all__ = [
    "call_next",
    "call_number",
    "cancel",
    "close_day",
    "come_back",
    "finish",
    "hold",
    "issue",
    "mark_absent",
    "open_hall",
    "recall",
    "reprint",
    "resume",
    "sit_at",
    "start",
    "take_number",
    "transfer",
    "undo",
]
