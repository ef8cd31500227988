"""Acting on a past day: each step is an action of the product, at its own moment and in its own actor's name."""

from collections.abc import Callable
from typing import TypeVar, TypeVarTuple

from motcua.copies import replace
from motcua.demo.cables import DisturbedError
from motcua.desk import ManualClock, Reader, Refused, Tx, stamp

R = TypeVar("R")
Ts = TypeVarTuple("Ts")
CITIZEN, DESK = "citizen", "desk"


class PastDesk:
    """The desk during one past day. The whole day is one transaction of `tx`: it is written to the disk once."""

    def __init__(self, tx: Tx, clock: ManualClock) -> None:
        self._tx, self._clock = tx, clock

    @property
    def db(self) -> Reader:
        """Return the store as it is in the transaction."""
        return self._tx.db

    @property
    def day(self) -> str:
        """Return the day."""
        return self._tx.day

    @property
    def at(self) -> str:
        """Return what the clock shows, as it is stored."""
        return stamp(self._clock.now())

    def do(self, actor: str, action: Callable[[Tx, *Ts], R], *args: *Ts) -> R:
        """Do `action` now in the name of `actor`.

        Raises `DisturbedError` for a refusal, which nobody may catch: the whole day is taken back then.
        """
        try:
            return action(replace(self._tx, at=self.at, actor=actor), *args)
        except Refused as refusal:
            raise DisturbedError(f"{self.at} {actor}: {refusal.code} {refusal}") from refusal
