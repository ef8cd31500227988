"""The room's tables, and the moments in them that a set clock moves."""

from motcua.callbacks.store import callbacks, secrets
from motcua.desk import Reader, Room, Stamps


def _first(db: Reader) -> None:
    callbacks.create(db)
    secrets.create(db)


_SINCE = "received_at >= :since OR tried_at >= :since OR closed_at >= :since"
_STAMPS = [Stamps("callbacks", ["received_at", "called_at", "tried_at", "closed_at"], where=_SINCE)]
ROOM = Room("callbacks", [("first", _first), ("first_call", callbacks.add_first_call)], _STAMPS)
