"""What happens at a counter apart from tickets."""

from typing import ClassVar

from motcua.desk.event import Event


class CounterOpened(Event, frozen=True):
    """A counter opened; `officer` sits there now, having `left` another counter (then closed)."""

    counter: int
    officer: int | None
    left: int | None
    kind: ClassVar[str] = "counter.opened"

    @property
    def subject(self) -> str:
        """Return `counter:<number>`."""
        return f"counter:{self.counter}"


class CounterPaused(Event, frozen=True):
    """A counter paused for a reason: a code of the settings; words of the officer's own are kept apart (`text` is
    their commitment).
    """

    counter: int
    officer: int | None
    reason: str
    text: str | None
    kind: ClassVar[str] = "counter.paused"

    @property
    def subject(self) -> str:
        """Return `counter:<number>`."""
        return f"counter:{self.counter}"


class CounterClosed(Event, frozen=True):
    """A counter closed; its officer signed out of it."""

    counter: int
    officer: int | None
    kind: ClassVar[str] = "counter.closed"

    @property
    def subject(self) -> str:
        """Return `counter:<number>`."""
        return f"counter:{self.counter}"
