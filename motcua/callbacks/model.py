"""A call back that somebody asked for, and how the calls went."""

from enum import StrEnum

from msgspec import Struct

from motcua.desk.messages import mark

OTHER = "other"
"""The topic of whoever found none among the services."""


class CallbackState(StrEnum):
    """Where a call back is. `EXPIRED`: its number was erased before anybody was reached."""

    WAITING = "waiting"
    TAKEN = "taken"
    DONE = "done"
    FAILED = "failed"
    EXPIRED = "expired"

    @property
    def is_open(self) -> bool:
        """Say whether somebody still has to be called."""
        return self in OPEN_STATES


OPEN_STATES = (CallbackState.WAITING, CallbackState.TAKEN)


class CallOutcome(StrEnum):
    """How one call went. The first four reached the person, `NO_ANSWER` lets it be tried again."""

    ADVISED = "advised"
    INVITED = "invited"
    ONLINE = "online"
    FORWARDED = "forwarded"
    DECLINED = "declined"
    WRONG = "wrong"
    NO_ANSWER = "no_answer"


REACHED = frozenset({CallOutcome.ADVISED, CallOutcome.INVITED, CallOutcome.ONLINE, CallOutcome.FORWARDED})
CALL_LABELS = {
    CallOutcome.ADVISED: mark("Advised by phone"),
    CallOutcome.INVITED: mark("Asked to come to a counter"),
    CallOutcome.ONLINE: mark("Will file online"),
    CallOutcome.FORWARDED: mark("Passed on to another office"),
    CallOutcome.DECLINED: mark("No longer wishes a call"),
    CallOutcome.WRONG: mark("Wrong number"),
    CallOutcome.NO_ANSWER: mark("Nobody answered"),
}
CALLBACK_STATE_LABELS = {
    CallbackState.WAITING: mark("Waiting for a call"),
    CallbackState.TAKEN: mark("Being called"),
    CallbackState.DONE: mark("Call done"),
    CallbackState.FAILED: mark("Not reached"),
    CallbackState.EXPIRED: mark("Erased without a call"),
}


class CallbackSource(StrEnum):
    """By which door it came."""

    PHONE = "phone"
    KIOSK = "kiosk"
    API = "api"


class CallbackRequest(Struct, frozen=True):
    """What somebody left. `topic` is a service's code or `other`; `agrees`: to be called, and the number kept so long.

    Without consent nothing is stored.
    """

    phone: str
    topic: str
    question: str
    source: CallbackSource
    agrees: bool


class Callback(Struct, frozen=True):
    """One call back. Whom it is for stands in a table that is encrypted and erased.

    `due_on` is the last day on which it is in time. `officer` has it in hand, or called last. `outcome` is the last.
    `called_at` is when the first call ended, `tried_at` when the last one did.
    """

    id: int
    received_at: str
    received_on: str
    topic: str
    source: CallbackSource
    state: CallbackState
    due_on: str
    tries: int = 0
    officer: int | None = None
    tried_at: str | None = None
    closed_at: str | None = None
    outcome: CallOutcome | None = None
    called_at: str | None = None


class CallbackContact(Struct, frozen=True):
    """Whom to call, and what they wrote."""

    phone: str
    question: str = ""
