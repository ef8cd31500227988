"""A result that was promised for the same day, on a no-appointment day."""

from msgspec import Struct


class SameDayPromise(Struct, frozen=True):
    """The dossier's code and its day. `reason` is the settings' code why it was not kept, None while nobody said."""

    dossier: str
    day: str
    reason: str | None = None
