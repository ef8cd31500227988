"""What does not work just now, though the desk goes on: chores that failed and are tried again.

Kept in memory, told by `/health`.
"""

from collections.abc import Mapping
from threading import Lock

from msgspec import Struct, field

from motcua.copies import replace
from motcua.desk.clock import Clock
from motcua.desk.moment import stamp
from motcua.desk.steps import shift_stamp


class DeskFault(Struct, frozen=True):
    """One thing that does not work.

    `code` is stable and dotted. `check` is its line of `/health` (`backup`, `digests`, `clock` …).
    `message` is an English sentence with places for `params`. `since` is the moment (UTC) when it was first noted.
    """

    code: str
    check: str
    message: str
    params: Mapping[str, object] = field(default_factory=dict)
    since: str = ""


class Faults:
    """The faults of one desk. Safe in several threads."""

    def __init__(self, clock: Clock) -> None:
        self._clock, self._lock = clock, Lock()
        self._faults: dict[str, DeskFault] = {}

    def note(self, fault: DeskFault) -> None:
        """Keep `fault`, in the place of an earlier one of its code; the time of the first stays."""
        with self._lock:
            earlier_fault = self._faults.get(fault.code)
            self._faults[fault.code] = replace(
                fault, since=earlier_fault.since if earlier_fault else stamp(self._clock.now())
            )

    def clear(self, code: str) -> None:
        """Forget the fault `code`; nothing happens when there is none."""
        with self._lock:
            self._faults.pop(code, None)

    def put_right(self, ms: int) -> None:
        """The desk's clock was set by `ms`: what does not work has been so for as long as before."""
        with self._lock:
            self._faults = {
                code: replace(fault, since=shift_stamp(fault.since, ms)) for code, fault in self._faults.items()
            }

    def list_all(self) -> list[DeskFault]:
        """Return every fault, the oldest first."""
        with self._lock:
            return sorted(self._faults.values(), key=lambda fault: (fault.since, fault.code))
