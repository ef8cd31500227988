"""Looking a dossier up without an account."""

from datetime import datetime

from msgspec import Struct


class LookupGuard(Struct, frozen=True):
    """How often in a row a second factor did not fit, and until when nobody may try again."""

    failures: int = 0
    locked_until: datetime | None = None
