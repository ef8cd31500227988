"""What happens to the settings."""

from typing import ClassVar

from motcua.desk.event import Event, Json


class SettingsChanged(Event, frozen=True):
    """The hall was set up anew: its whole operational part, so that any day can be rebuilt from the journal alone.

    Services, groups, who serves what, hours, ranks and guard; no texts and no names of people. `seal` is a salted
    digest of everything.
    """

    operational: dict[str, Json]
    seal: str | None = None
    kind: ClassVar[str] = "settings.changed"

    @property
    def subject(self) -> str:
        """Return `settings`."""
        return "settings"
