"""How long a printer is waited for."""

from msgspec import Struct


class Limits(Struct, frozen=True):
    """Seconds: for a connection; for each answer; without progress before the first byte of a job is taken, and
    later; for the answer that comes after the paper, beyond the time that the paper takes; for another program's
    complaint about the probe, and about the job.

    Later is long: measured, a printer that prints 9,600 baud behind a socket with a small buffer takes nothing for
    up to 6.5 s.
    """

    connect_s: float = 2.0
    answer_s: float = 0.5
    start_s: float = 2.0
    stall_s: float = 8.0
    after_s: float = 2.0
    probe_s: float = 1.0
    last_s: float = 0.2


MM_PER_S = 100
"""How fast paper moves at least."""
