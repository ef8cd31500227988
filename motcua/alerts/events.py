"""What happens to alerts and calls for help."""

from typing import ClassVar

from motcua.desk.event import Event, Json


class AlertEvent(Event, frozen=True):
    """Something about one alert."""

    alert: int

    @property
    def subject(self) -> str:
        """Return `alert:<id>`."""
        return f"alert:{self.alert}"


class AlertRaised(AlertEvent, frozen=True):
    """A figure crossed its threshold. `key` tells alerts of a kind apart, `details` say what it is about."""

    alert_kind: str
    key: str
    value: int
    threshold: int
    details: dict[str, Json]
    kind: ClassVar[str] = "alert.raised"


class AlertCleared(AlertEvent, frozen=True):
    """The figure is below its threshold again. `value` is null if what it was about is gone."""

    alert_kind: str
    key: str
    value: int | None
    kind: ClassVar[str] = "alert.cleared"


class AlertSeen(AlertEvent, frozen=True):
    """Somebody took note of an alert."""

    alert_kind: str
    account: int | None
    kind: ClassVar[str] = "alert.seen"


class HelpEvent(Event, frozen=True):
    """Something about one call for help."""

    help: int
    counter: int

    @property
    def subject(self) -> str:
        """Return `help:<id>`."""
        return f"help:{self.help}"


class HelpCalled(HelpEvent, frozen=True):
    """A counter calls for help."""

    officer: int | None
    kind: ClassVar[str] = "help.called"


class HelpAnswered(HelpEvent, frozen=True):
    """Somebody is on the way: an account, or the officer of the counter `from_counter`."""

    account: int | None
    from_counter: int | None
    kind: ClassVar[str] = "help.answered"


class HelpEnded(HelpEvent, frozen=True):
    """The call is over: `done`, or `day_closed`."""

    how: str
    kind: ClassVar[str] = "help.ended"
