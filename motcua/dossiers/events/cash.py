"""What happens to the cash sheet of an officer's day."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.desk.event import Event


@dataclass(frozen=True)
class CashSheetEvent(Event):
    """Something about the cash sheet of the account `officer` on the desk's day `sheet_day`."""

    sheet_day: str
    officer: int

    @property
    def subject(self) -> str:
        """Return `cash:<day>/<account>`."""
        return f"cash:{self.sheet_day}/{self.officer}"


@dataclass(frozen=True)
class CashSheetOpened(CashSheetEvent):
    """The officer began the day with `opening` VND in the drawer, or put that figure right."""

    opening: int
    kind: ClassVar[str] = "cash.opened"


@dataclass(frozen=True)
class CashSheetClosed(CashSheetEvent):
    """The officer counted the drawer and signed; `difference` is what it holds more than it should.

    `text` is the commitment of the reason, null for no difference.
    """

    opening: int
    counted: int
    difference: int
    text: str | None
    kind: ClassVar[str] = "cash.closed"


@dataclass(frozen=True)
class CashSheetReopened(CashSheetEvent):
    """A leader let the officer count once more."""

    kind: ClassVar[str] = "cash.reopened"


@dataclass(frozen=True)
class CashSheetSigned(CashSheetEvent):
    """The account `leader` looked at the closed sheet and signed it too."""

    leader: int
    kind: ClassVar[str] = "cash.signed"
