"""The desk's own time: the computer's clock as far as it can be believed, held against a clock that nobody can set.

While both agree, the desk's time is what the computer's clock shows, seconds of slewing and setting included.
When they differ by more than a minute, the desk's time runs on.
It follows the clock again once the step is in the journal and all stored moments are put right.
It never follows a clock that shows a day before the journal's last one.
It follows a jump to a later day only after `DOUBT_S` while people are in the hall: the day would end for them.
"""

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from msgspec import Struct
from sqlite_utils import Database

from motcua.copies import replace
from motcua.desk.clock import Clock
from motcua.desk.journal import Head
from motcua.desk.moment import from_ms, get_local_day, to_ms
from motcua.desk.steps import LEAST_MS, parse_ms

DOUBT_S = 15 * 60
SAVED_MS = 5_000
"""By how much the clock may be slewed before its offset from the steady one is stored again."""
READS = 5
"""How often both clocks are read again when the computer slept, or a simulated day jumped, between the readings."""
APART_S = 1.0
APART_MS, SLEWED_MS = 1_000, 250


class Anchor(Struct, frozen=True):
    """The offset of the computer's clock from the steady one at the last look.

    `first_row` is the first journal row of this run of the computer and `began_ms` what the clock showed when it
    began: rows before it may be of another clock. `is_guess`: the clock could not be believed then, so nobody knows
    how long the computer was off.
    """

    offset_ms: int
    first_row: int
    began_ms: int
    is_guess: bool = False


class Doubt(Struct, frozen=True):
    """A jump to a later day that is not followed yet: the clock's offset from the steady one now, and since when
    (steady seconds).
    """

    offset_ms: int
    since_s: float


class ClockStep(Struct, frozen=True):
    """The clock was set: from what it would show to what it shows, and its steady reading (in milliseconds)."""

    before_ms: int
    after_ms: int
    steady_ms: int

    @property
    def ms(self) -> int:
        """Return by how much."""
        return self.after_ms - self.before_ms


class TimekeeperState(Struct, frozen=True):
    """All that a timekeeper remembers, exchanged as one value. `last_ms` is the time of the journal's last row."""

    anchor: Anchor | None = None
    last_ms: int = 0
    doubt: Doubt | None = None
    settled_s: float = 0.0
    gap_ms: int = 0


def create(db: Database) -> None:
    """Make the table with the one row that outlasts a restart of the program."""
    db.execute(
        "CREATE TABLE clock (id INTEGER PRIMARY KEY CHECK (id = 1), boot TEXT NOT NULL, offset_ms INTEGER NOT NULL,"
        " first_row INTEGER NOT NULL, began_ms INTEGER NOT NULL, is_guess INTEGER NOT NULL) STRICT"
    )


def _load(db: Database) -> tuple[str, Anchor] | None:
    row = db.execute("SELECT boot, offset_ms, first_row, began_ms, is_guess FROM clock").fetchone()
    return (row[0], Anchor(row[1], row[2], row[3], bool(row[4]))) if row else None


def _load_if_there(db: Database) -> tuple[str, Anchor] | None:
    """Return what is stored; a store that cannot be written may be of a version that had no such table."""
    try:
        return _load(db)
    except sqlite3.OperationalError:
        return None


def _base(state: TimekeeperState, anchor: Anchor, steady_ms: int) -> int:
    """Return the desk's time where the clock cannot be believed: as much later as really passed, never before the
    last row.
    """
    return max(anchor.offset_ms + steady_ms, state.last_ms)


def _is_close(anchor: Anchor, saved: Anchor | None) -> bool:
    """Say whether `saved` still holds the clock's offset, apart from some seconds of slewing."""
    if anchor is saved:
        return True
    if saved is None or abs(anchor.offset_ms - saved.offset_ms) > SAVED_MS:
        return False
    return replace(anchor, offset_ms=saved.offset_ms) == saved


class Timekeeper:
    """A clock for everything at the desk. What changes it is the writer's alone; what asks may run in any thread."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._saved: Anchor | None = None
        self.state = TimekeeperState(settled_s=clock.steady())

    @property
    def speed(self) -> float:
        """Return how many seconds pass on this clock during one real second."""
        return self._clock.speed

    @property
    def boot(self) -> str:
        """Name this run of the computer."""
        return self._clock.boot

    def steady(self) -> float:
        """Return the seconds since some moment, on a clock that nobody sets: for everything that lasts."""
        return self._clock.steady()

    def read_wall_clock(self) -> datetime:
        """Return what the computer's clock shows, right or wrong."""
        return self._clock.now()

    def now(self) -> datetime:
        """Return the desk's time."""
        return self.read_both()[0]

    def read_both(self) -> tuple[datetime, datetime]:
        """Return the desk's time and what the computer's clock shows: the same value, while that can be believed."""
        wall, steady_ms = self._read()
        state = self.state
        if state.anchor is None:
            return wall, wall
        base = _base(state, state.anchor, steady_ms)
        return (wall if abs(to_ms(wall) - base) <= LEAST_MS else from_ms(base)), wall

    def _read(self) -> tuple[datetime, int]:
        """Return both clocks as of one moment, the steady one in milliseconds."""
        before = self._clock.steady()
        for _ in range(READS):
            wall, after = self._clock.now(), self._clock.steady()
            if after - before <= APART_S:
                return wall, round(after * 1000)
            before = after
        return self._clock.now(), round(self._clock.steady() * 1000)

    def is_behind(self, day: str, timezone: str) -> bool:
        """Say whether the computer's clock shows a day before `day`, the journal's last one (empty: none)."""
        return bool(day) and get_local_day(self.read_wall_clock(), timezone) < day

    def find_doubt(self) -> tuple[datetime, datetime] | None:
        """Return what a clock that jumped to a later day shows, and until when (desk's time) it is not followed;
        None when all is well.
        """
        doubt = self.state.doubt
        if doubt is None:
            return None
        wall, steady_ms = self._read()
        left_ms = max(0, round(DOUBT_S * 1000 - (steady_ms - doubt.since_s * 1000)))
        return wall, from_ms(to_ms(self.now()) + left_ms)

    def is_to_be_looked_at(self) -> bool:
        """Say whether the clock has moved against the steady one since the writer looked last, or was in doubt then."""
        wall, steady_ms = self._read()
        anchor, doubt = self.state.anchor, self.state.doubt
        return anchor is not None and (doubt is not None or abs(to_ms(wall) - steady_ms - anchor.offset_ms) > APART_MS)

    def is_settled(self, seconds: float, longest_gap_s: float | None = None) -> bool:
        """Say whether nobody has set the clock for so long, nor started the desk.

        With `longest_gap_s`: False as well when the journal had been silent for longer than that at the start.
        """
        state = self.state
        if longest_gap_s is not None and state.gap_ms > longest_gap_s * 1000:
            return False
        return state.doubt is None and self.steady() - state.settled_s >= seconds

    # the writer's part

    def begin(self, db: Database, head: Head, timezone: str, *, is_writable: bool = True) -> None:
        """Find the clock's offset at a start, and store it where the store can be written."""
        wall, steady_ms = self._read()
        wall_ms, last_ms = to_ms(wall), parse_ms(head.at) if head.seq else 0
        boot, stored = (_load(db) if is_writable else _load_if_there(db)) or ("", None)
        gap_ms = wall_ms - last_ms if head.seq else 0
        anchor = Anchor(wall_ms - steady_ms, head.seq + 1, wall_ms)
        if stored is not None and boot == self.boot and stored.offset_ms + steady_ms >= last_ms - LEAST_MS:
            anchor, gap_ms = stored, stored.offset_ms + steady_ms - last_ms
        elif head.seq and get_local_day(wall, timezone) < head.day:
            anchor = Anchor(last_ms + 1 - steady_ms, head.seq + 1, last_ms + 1, is_guess=True)
        elif head.seq and wall_ms < last_ms - LEAST_MS:
            first_row, began_ms = (stored.first_row, stored.began_ms) if stored is not None else (1, 0)
            anchor = Anchor(last_ms - steady_ms, first_row, began_ms)
        self.state = TimekeeperState(anchor, last_ms, None, steady_ms / 1000, gap_ms)
        if is_writable:
            self._save(db, anchor)

    def look(self, head: Head, timezone: Callable[[], str], in_use: Callable[[str], bool]) -> ClockStep | None:
        """Return the step that has to be written into the journal now, or None: follow the clock, or let the desk's
        time run on.

        This comes before every command, so that the store is asked (`timezone`, `in_use`) only where both clocks are
        apart.
        """
        wall, steady_ms = self._read()
        state, wall_ms = self.state, to_ms(wall)
        anchor = state.anchor
        if anchor is None:
            return None
        base = _base(state, anchor, steady_ms)
        if abs(wall_ms - base) <= LEAST_MS:
            if anchor.is_guess or state.doubt is not None or abs(wall_ms - steady_ms - anchor.offset_ms) > SLEWED_MS:
                self.state = replace(
                    state, anchor=replace(anchor, offset_ms=wall_ms - steady_ms, is_guess=False), doubt=None
                )
            return None
        zone, fresh = timezone(), Anchor(wall_ms - steady_ms, head.seq + 1, wall_ms)
        wall_day = get_local_day(wall, zone)
        if not head.seq:
            self.state = replace(state, anchor=fresh, doubt=None)
        elif wall_day < head.day:
            self.state = replace(state, doubt=None)
        elif (
            anchor.is_guess and head.seq < anchor.first_row and wall_ms >= state.last_ms
        ):  # nothing was written: it is time gone by
            self.state = TimekeeperState(fresh, state.last_ms, None, steady_ms / 1000, wall_ms - state.last_ms)
        else:
            is_later_day = wall_ms > base and wall_day > get_local_day(from_ms(base), zone) and not anchor.is_guess
            if not (is_later_day and in_use(head.day) and self._doubts(wall_ms - steady_ms, steady_ms)):
                return ClockStep(base, wall_ms, steady_ms)
        return None

    def _doubts(self, offset_ms: int, steady_ms: int) -> bool:
        """Note that the clock shows a later day; say whether it has not done so for long enough."""
        doubt = self.state.doubt
        if doubt is None or abs(doubt.offset_ms - offset_ms) > LEAST_MS:
            doubt = Doubt(offset_ms, steady_ms / 1000)
            self.state = replace(self.state, doubt=doubt)
        return steady_ms / 1000 - doubt.since_s < DOUBT_S

    def accept(self, step: ClockStep) -> None:
        """Follow the clock after `step`, which is in the journal."""
        anchor = self.state.anchor
        if anchor is not None:
            followed = replace(
                anchor, offset_ms=step.after_ms - step.steady_ms, began_ms=anchor.began_ms + step.ms, is_guess=False
            )
            self.state = replace(
                self.state, anchor=followed, last_ms=step.after_ms, doubt=None, settled_s=step.steady_ms / 1000
            )

    def note_head(self, db: Database, head: Head) -> None:
        """Remember the journal's last row; store the clock's offset when it has moved."""
        state = self.state
        if head.seq and (last_ms := parse_ms(head.at)) != state.last_ms:
            self.state = state = TimekeeperState(state.anchor, last_ms, state.doubt, state.settled_s, state.gap_ms)
        if state.anchor is not None and not _is_close(state.anchor, self._saved):
            self._save(db, state.anchor)

    def undo(self, state: TimekeeperState) -> None:
        """Take back what a transaction that failed had changed."""
        self.state, self._saved = state, None

    def _save(self, db: Database, anchor: Anchor) -> None:
        db.execute(
            "INSERT INTO clock (id, boot, offset_ms, first_row, began_ms, is_guess) VALUES (1, ?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET boot = excluded.boot, offset_ms = excluded.offset_ms, first_row = "
            "excluded.first_row,"
            " began_ms = excluded.began_ms, is_guess = excluded.is_guess",
            (self.boot, anchor.offset_ms, anchor.first_row, anchor.began_ms, int(anchor.is_guess)),
        )
        self._saved = anchor

    def stop(self, db: Database) -> None:
        """Store the clock's offset, so that the next start knows whether the clock was set in between."""
        if self.state.anchor is not None:
            with suppress(Exception):
                self._save(db, self.state.anchor)
