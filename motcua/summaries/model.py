"""What is kept of a closed day."""

from msgspec import Struct


class ClosedDay(Struct, frozen=True):
    """One closed day in words of the reports, as JSON: the hall and the officers.

    It holds only for the journal row `seq` with this `hash`, which closed the day, and for reports that read `form`.
    """

    day: str
    seq: int
    hash: str
    form: int
    hall: str
    officers: str
