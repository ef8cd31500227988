"""Guards for codes that do not exist, so that nobody learns by a lock which codes do."""

from datetime import datetime

from motcua.dossiers.model.lookup import LookupGuard
from motcua.dossiers.rules.lookup import count_failure, is_locked

GHOSTS_MAX = 4096


class GhostGuards:
    """What `dossier_lookups` is for real dossiers, in memory and for at most `GHOSTS_MAX` codes."""

    def __init__(self) -> None:
        """Begin without any."""
        self._guards: dict[str, LookupGuard] = {}

    def attempt(self, code: str, now: datetime) -> datetime | None:
        """Count a try and return until when nobody may try this code, None while it may be tried."""
        guard = self._guards.pop(code, LookupGuard())
        if not is_locked(guard, now):
            guard = count_failure(guard, now)
        if len(self._guards) >= GHOSTS_MAX:
            self._guards.pop(next(iter(self._guards)))
        self._guards[code] = guard
        return guard.locked_until if is_locked(guard, now) else None
