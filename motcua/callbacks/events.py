"""What happens to call backs. Never a number, never words: what is encrypted stands here by its digest."""

from typing import ClassVar

from motcua.desk.event import Event, Json


class CallbackEvent(Event, frozen=True):
    """Something about one call back."""

    callback: int

    @property
    def subject(self) -> str:
        """Return `callback:<id>`."""
        return f"callback:{self.callback}"


class CallbackAsked(CallbackEvent, frozen=True):
    """Somebody left a number, to be called until `due_on` about `topic` (a service, or `other`).

    `digest` is the SHA-256 of what is stored encrypted.
    """

    topic: str
    source: str
    due_on: str
    digest: str
    kind: ClassVar[str] = "callback.asked"


class CallbackTaken(CallbackEvent, frozen=True):
    """The account `officer` calls, and can read the number from now on."""

    officer: int
    kind: ClassVar[str] = "callback.taken"


class CallbackReleased(CallbackEvent, frozen=True):
    """It was put back without a call."""

    kind: ClassVar[str] = "callback.released"


class CallbackCalled(CallbackEvent, frozen=True):
    """The `tries`-th call ended with `outcome`; it is `waiting` again, `done` or `failed`.

    The number of one that is not waiting was erased.
    """

    outcome: str
    tries: int
    state: str
    kind: ClassVar[str] = "callback.called"


class CallbacksExpired(Event, frozen=True):
    """The numbers of these call backs were erased, because their time was over before anybody was reached."""

    callbacks: list[Json]
    kind: ClassVar[str] = "callbacks.expired"

    @property
    def subject(self) -> str:
        """Return `callbacks`."""
        return "callbacks"
