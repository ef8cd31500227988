"""The desk's own tables: the steps that make them, and the moments in them that a set clock moves."""

from sqlite_utils import Database

from motcua.desk import facts, journal, keys, seals, texts, timekeeping
from motcua.desk import jobs as job_table
from motcua.desk.database import Room, Stamps


def _first(db: Database) -> None:
    db.execute("CREATE TABLE desk (id TEXT NOT NULL, starts INTEGER NOT NULL) STRICT")
    journal.create(db)
    job_table.create(db)
    keys.create(db)
    texts.create(db)


def _days(db: Database) -> None:
    journal.index_days(db)


def _index_once(db: Database) -> None:
    journal.index_once(db)
    keys.move_to_end(db)


DESK = Room(
    "desk",
    [
        ("first", _first),
        ("days", _days),
        ("clock", timekeeping.create),
        ("seals", seals.create),
        ("holders", job_table.add_holders),
        ("retries", job_table.add_retries),
        ("facts", facts.create),
        ("plain_keys", keys.drop_index),
        ("one_index", _index_once),
    ],
    [
        Stamps(
            "jobs",
            ["planned_at", "sent_at"],
            [("expires_at", "planned_at"), ("due_at", "sent_at")],
            "planned_at >= :since OR sent_at >= :since",
        ),
        Stamps("keys", ["at"], where="at >= :since"),
    ],
)
