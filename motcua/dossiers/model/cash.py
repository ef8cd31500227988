"""The cash sheet of an officer's day, and its figures."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from msgspec import Struct

from motcua.dossiers.model.fees import PaymentMeans


class CashSheet(Struct, frozen=True):
    """A sheet in VND: what was in the drawer at first, what was counted at the end (None before), who signed.

    `text` is the commitment of the reason for a difference.
    """

    day: str
    officer: int
    opening: int = 0
    counted: int | None = None
    difference: int | None = None
    text: str | None = None
    closed_at: str | None = None
    signed_by: int | None = None
    signed_at: str | None = None

    @property
    def is_closed(self) -> bool:
        """Say whether the officer has signed it."""
        return self.closed_at is not None


@dataclass(frozen=True)
class CountRequest:
    """What an officer counted in the drawer at the end of `day`, and why it differs from what should be in it."""

    day: str
    officer: int
    counted: int
    reason: str = field(default="", repr=False)


class CashFigures(Struct, frozen=True):
    """What was taken and given back by means, each as a count and a sum in VND, and how many were mistakes."""

    takings: Mapping[PaymentMeans, tuple[int, int]]
    returns: Mapping[PaymentMeans, tuple[int, int]]
    mistakes: int

    @property
    def drawer(self) -> int:
        """Return by how much the drawer grew."""
        return self.takings[PaymentMeans.CASH][1] - self.returns[PaymentMeans.CASH][1]
