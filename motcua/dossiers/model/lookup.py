"""Looking a dossier up without an account."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class LookupGuard:
    """How often in a row a second factor did not fit, and until when nobody may try again."""

    failures: int = 0
    locked_until: datetime | None = None
