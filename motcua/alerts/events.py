"""What happens to alerts and calls for help."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.desk.event import Event, Json


@dataclass(frozen=True)
class AlertEvent(Event):
    """Something about one alert."""

    alert: int

    @property
    def subject(self) -> str:
        """Return `alert:<id>`."""
        return f"alert:{self.alert}"


@dataclass(frozen=True)
class AlertRaised(AlertEvent):
    """A figure crossed its threshold. `key` tells alerts of a kind apart, `details` say what it is about."""

    alert_kind: str
    key: str
    value: int
    threshold: int
    details: dict[str, Json]
    kind: ClassVar[str] = "alert.raised"


@dataclass(frozen=True)
class AlertCleared(AlertEvent):
    """The figure is below its threshold again. `value` is null if what it was about is gone."""

    alert_kind: str
    key: str
    value: int | None
    kind: ClassVar[str] = "alert.cleared"


@dataclass(frozen=True)
class AlertSeen(AlertEvent):
    """Somebody took note of an alert."""

    alert_kind: str
    account: int | None
    kind: ClassVar[str] = "alert.seen"


@dataclass(frozen=True)
class HelpEvent(Event):
    """Something about one call for help."""

    help: int
    counter: int

    @property
    def subject(self) -> str:
        """Return `help:<id>`."""
        return f"help:{self.help}"


@dataclass(frozen=True)
class HelpCalled(HelpEvent):
    """A counter calls for help."""

    officer: int | None
    kind: ClassVar[str] = "help.called"


@dataclass(frozen=True)
class HelpAnswered(HelpEvent):
    """Somebody is on the way: an account, or the officer of the counter `from_counter`."""

    account: int | None
    from_counter: int | None
    kind: ClassVar[str] = "help.answered"


@dataclass(frozen=True)
class HelpEnded(HelpEvent):
    """The call is over: `done`, or `day_closed`."""

    how: str
    kind: ClassVar[str] = "help.ended"
