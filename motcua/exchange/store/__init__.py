"""What is exchanged, in the store."""

from motcua.exchange.store.room import ROOM

__all__ = ["ROOM"]
