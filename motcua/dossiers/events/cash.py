"""What happens to the cash sheet of an officer's day."""

from typing import ClassVar

from motcua.desk.event import Event


class CashSheetEvent(Event, frozen=True):
    """Something about the cash sheet of the account `officer` on the desk's day `sheet_day`."""

    sheet_day: str
    officer: int

    @property
    def subject(self) -> str:
        """Return `cash:<day>/<account>`."""
        return f"cash:{self.sheet_day}/{self.officer}"


class CashSheetOpened(CashSheetEvent, frozen=True):
    """The officer began the day with `opening` VND in the drawer, or put that figure right."""

    opening: int
    kind: ClassVar[str] = "cash.opened"


class CashSheetClosed(CashSheetEvent, frozen=True):
    """The officer counted the drawer and signed; `difference` is what it holds more than it should.

    `text` is the commitment of the reason, null for no difference.
    """

    opening: int
    counted: int
    difference: int
    text: str | None
    kind: ClassVar[str] = "cash.closed"


class CashSheetReopened(CashSheetEvent, frozen=True):
    """A leader let the officer count once more."""

    kind: ClassVar[str] = "cash.reopened"


class CashSheetSigned(CashSheetEvent, frozen=True):
    """The account `leader` looked at the closed sheet and signed it too."""

    leader: int
    kind: ClassVar[str] = "cash.signed"
