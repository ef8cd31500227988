"""Many rated visits of an officer, written straight into the store: hundreds of them in a moment."""

from collections.abc import Iterable
from dataclasses import dataclass

from motcua.desk import Tx
from motcua.feedback import store
from motcua.feedback.channels import Channel
from motcua.feedback.model import Rating, Status
from tests.conftest import TODAY


@dataclass(frozen=True)
class Plenty:
    """`n` ratings that count for an officer in a group of services, `satisfied` of them with the best level."""

    officer: int | None
    letter: str
    satisfied: int
    n: int
    day: str = TODAY
    reasons: tuple[str, ...] = ()


def plant(tx: Tx, crowds: Iterable[Plenty]) -> None:
    """Write the visits and their ratings."""
    for crowd in crowds:
        for place in range(crowd.n):
            serial = tx.db.execute("SELECT coalesce(max(place), 0) + 1 FROM tickets").fetchone()[0]
            number = f"{crowd.letter}{serial:04d}"
            visit = f"{crowd.day.replace('-', '')}-{number}"
            at = f"{crowd.day}T02:00:00.000Z"
            tx.db.execute(
                "INSERT INTO tickets (id, day, number, letter, serial, service, rank, state, issued_at, code, recalls,"
                " returned) VALUES (?,?,?,?,?,'copy',4,'served',?,?,0,0)",
                (visit, crowd.day, number, crowd.letter, serial, at, number + crowd.day),
            )
            level = 5 if place < crowd.satisfied else 2
            reasons = () if level == 5 else crowd.reasons
            rating = Rating(
                0, visit, crowd.day, 1, crowd.officer, level, Channel.PAD, Status.COUNTED, at, reasons, None
            )
            store.add_rating(tx.db, rating)
