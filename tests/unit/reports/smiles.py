"""Visits with a smile index and a pressed rating, written straight into the store: hundreds of them in a moment."""

from collections.abc import Iterable
from dataclasses import dataclass

from motcua.desk import Tx
from motcua.feedback import store
from motcua.feedback.channels import Channel
from motcua.feedback.model import CameraConsent, ConsentAnswer, ExpressionRecord, Rating, ScoreObstacle, Status
from tests.conftest import TODAY

HASH = "64" * 32
AT = f"{TODAY}T02:00:00.000Z"


@dataclass(frozen=True)
class Smile:
    """One visit: its index (None: why there is none), the level that was pressed (None: nothing), where and by whom."""

    score: int | ScoreObstacle
    level: int | None = None
    officer: int | None = 11
    counter: int = 1
    answer: ConsentAnswer = ConsentAnswer.YES


def plant(tx: Tx, smiles: Iterable[Smile], day: str = TODAY) -> None:
    """Write the visits of a day."""
    for number, smile in enumerate(smiles, start=1):
        visit = f"{day.replace('-', '')}-C{number:04d}"
        consent = CameraConsent(visit, day, smile.counter, smile.answer, 1, 1, AT)
        store.add_consent(tx.db, consent)
        obstacle = smile.score if isinstance(smile.score, ScoreObstacle) else None
        score = None if obstacle else int(smile.score)
        quality = None if obstacle else 90
        record = ExpressionRecord(visit, day, smile.counter, smile.officer, score, quality, 20, 30, obstacle, HASH, AT)
        store.add_expression(tx.db, record)
        if smile.level is not None:
            rating = Rating(
                0, visit, day, smile.counter, smile.officer, smile.level, Channel.PAD, Status.COUNTED, AT, (), None
            )
            store.add_rating(tx.db, rating)


def make_pairs(count: int, officers: int = 3, *, agreeing: bool = True) -> list[Smile]:
    """Return visits of several officers, each at a counter; their index goes with what was pressed, or against it."""
    return [
        Smile(
            score=(level * 18 + number % 7) if agreeing else 100 - (level * 18 + number % 7),
            level=level,
            officer=11 + number % officers,
            counter=1 + number % officers,
        )
        for number in range(count)
        for level in (1 + (number * 7) % 5,)
    ]
