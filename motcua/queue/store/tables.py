"""Tickets, legs, moves and days: the tables of the queue and their steps."""

from motcua.desk import Reader, Room, Stamps


def _first(db: Reader) -> None:
    db.execute(
        "CREATE TABLE tickets (place INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, day TEXT NOT NULL, number "
        "TEXT NOT NULL,"
        " letter TEXT NOT NULL, serial INTEGER NOT NULL, service TEXT NOT NULL, rank INTEGER NOT NULL, priority "
        "TEXT, state TEXT NOT NULL,"
        " issued_at TEXT NOT NULL, code TEXT NOT NULL UNIQUE, counter INTEGER, called_at TEXT, recalled_at TEXT, "
        "recalls INTEGER NOT NULL,"
        " started_at TEXT, finished_at TEXT, absent_at TEXT, returned INTEGER NOT NULL, bound INTEGER, bound_at "
        "TEXT, reason TEXT,"
        " UNIQUE (day, letter, serial)) STRICT"
    )
    db.execute("CREATE INDEX tickets_waiting ON tickets (day, place) WHERE state = 'waiting'")
    db.execute("CREATE INDEX tickets_ahead ON tickets (day, letter, rank, returned, place) WHERE state = 'waiting'")
    db.execute("CREATE INDEX tickets_state ON tickets (day, state)")
    db.execute("CREATE INDEX tickets_called ON tickets (day, called_at)")
    db.execute("CREATE INDEX tickets_priority ON tickets (day) WHERE priority IS NOT NULL")
    db.execute(
        "CREATE TABLE legs (id INTEGER PRIMARY KEY, ticket TEXT NOT NULL, day TEXT NOT NULL, counter INTEGER NOT "
        "NULL, officer INTEGER,"
        " called_at TEXT NOT NULL, started_at TEXT NOT NULL, ended_at TEXT, how TEXT) STRICT"
    )
    db.execute("CREATE INDEX legs_ticket ON legs (ticket)")
    db.execute("CREATE INDEX legs_day ON legs (day)")
    db.execute(
        "CREATE TABLE moves (id INTEGER PRIMARY KEY, ticket TEXT NOT NULL, at TEXT NOT NULL, move TEXT NOT NULL, "
        "counter INTEGER,"
        " actor TEXT NOT NULL, reason TEXT, why TEXT) STRICT"
    )
    db.execute("CREATE INDEX moves_ticket ON moves (ticket)")
    db.execute("CREATE TABLE days (day TEXT PRIMARY KEY, opened_at TEXT, closed_at TEXT) STRICT, WITHOUT ROWID")


def _order(db: Reader) -> None:
    for column in (
        "arrived_at TEXT NOT NULL DEFAULT ''",
        "due_at TEXT",
        "asked_for TEXT NOT NULL DEFAULT ''",
        "booking INTEGER",
        "seat TEXT",
        "first_called_at TEXT",
        "returns INTEGER NOT NULL DEFAULT 0",
        "wait_p50_s INTEGER",
        "wait_p80_s INTEGER",
    ):
        db.execute(f"ALTER TABLE tickets ADD COLUMN {column}")
    first_call = "(SELECT min(at) FROM moves WHERE moves.ticket = tickets.id AND move = 'called')"
    db.execute(f"UPDATE tickets SET arrived_at = issued_at, asked_for = service, first_called_at = {first_call}")
    db.execute("DROP INDEX tickets_ahead")
    db.execute(
        "CREATE INDEX tickets_ahead ON tickets (day, letter, rank, returned, arrived_at, place) WHERE state = 'waiting'"
    )
    db.execute("CREATE INDEX tickets_asked_for ON tickets (day, asked_for)")


_CLASS = "day, letter, service, rank, returned"
_IN_LINE = "state = 'waiting'"
_SAME_CLASS = " AND ".join(f"{column} = OLD.{column}" for column in _CLASS.split(", "))
_JOIN = (
    f"INSERT INTO waiting_counts ({_CLASS}, tickets) VALUES (NEW.day, NEW.letter, NEW.service, NEW.rank, NEW.returned, "
    "1) ON CONFLICT DO UPDATE SET tickets = tickets + 1;"
)
_LEAVE = (
    f"UPDATE waiting_counts SET tickets = tickets - 1 WHERE {_SAME_CLASS};"
    f" DELETE FROM waiting_counts WHERE {_SAME_CLASS} AND tickets = 0;"
)
_CHANGE = f"AFTER UPDATE OF state, {_CLASS} ON tickets"
_COUNTING = (
    f"CREATE TRIGGER waiting_joins AFTER INSERT ON tickets WHEN NEW.{_IN_LINE} BEGIN {_JOIN} END",
    f"CREATE TRIGGER waiting_leaves {_CHANGE} WHEN OLD.{_IN_LINE} BEGIN {_LEAVE} END",
    f"CREATE TRIGGER waiting_rejoins {_CHANGE} WHEN NEW.{_IN_LINE} BEGIN {_JOIN} END",
    f"CREATE TRIGGER waiting_goes AFTER DELETE ON tickets WHEN OLD.{_IN_LINE} BEGIN {_LEAVE} END",
)
_FREE = f"{_IN_LINE} AND bound IS NULL"
_FINDING = (
    f"CREATE INDEX tickets_first ON tickets (day, service, rank, returned, arrived_at) WHERE {_FREE}",
    f"CREATE INDEX tickets_earliest ON tickets (day, service, rank) WHERE {_FREE}",
    f"CREATE INDEX tickets_moved ON tickets (day, service, rank, arrived_at) WHERE {_FREE} AND arrived_at > issued_at",
    f"CREATE INDEX tickets_bound ON tickets (day) WHERE {_IN_LINE} AND bound IS NOT NULL",
)
"""An index ends with the place of each ticket: those with equal columns stand in the order of arrival."""


def _heads(db: Reader) -> None:
    """Keep how many wait in each class, and find the first of each class without reading the others."""
    db.execute(
        "CREATE TABLE waiting_counts (day TEXT NOT NULL, letter TEXT NOT NULL, service TEXT NOT NULL, rank INTEGER NOT "
        f"NULL, returned INTEGER NOT NULL, tickets INTEGER NOT NULL, PRIMARY KEY ({_CLASS})) STRICT, WITHOUT ROWID"
    )
    db.execute(
        f"INSERT INTO waiting_counts ({_CLASS}, tickets) SELECT {_CLASS}, count(*) FROM tickets WHERE {_IN_LINE} "
        f"GROUP BY {_CLASS}"
    )
    db.execute("DROP INDEX tickets_waiting")
    for query in (*_COUNTING, *_FINDING):
        db.execute(query)


def _short_codes(db: Reader) -> None:
    db.execute("ALTER TABLE tickets ADD COLUMN short_code TEXT")


def _later(db: Reader) -> None:
    """Find who is booked for later without reading the others."""
    db.execute(f"CREATE INDEX tickets_later ON tickets (day, due_at) WHERE {_IN_LINE} AND due_at IS NOT NULL")


def _called(db: Reader) -> None:
    """Order by their call only those that were called: a new ticket has one entry less to write."""
    db.execute("DROP INDEX tickets_called")
    db.execute("CREATE INDEX tickets_called ON tickets (day, called_at) WHERE called_at IS NOT NULL")


def _matters(db: Reader) -> None:
    """What citizens came for, where they looked it up before."""
    db.execute(
        "CREATE TABLE ticket_matters (id TEXT PRIMARY KEY, procedure TEXT NOT NULL, choices TEXT NOT NULL,"
        " papers TEXT NOT NULL) STRICT, WITHOUT ROWID"
    )


def _visits(db: Reader) -> None:
    """What officers added to what a visit is about, and the note that dies with it."""
    db.execute(
        "CREATE TABLE visit_matters (visit TEXT NOT NULL, procedure TEXT NOT NULL, place INTEGER NOT NULL,"
        " PRIMARY KEY (visit, procedure)) STRICT, WITHOUT ROWID"
    )
    db.execute("CREATE TABLE visit_notes (ticket TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT, WITHOUT ROWID")


def _fewer(db: Reader) -> None:
    """Find tickets by their state and by what was asked for in one index, and old priorities by days: a new ticket
    has two entries less to write.
    """
    for name in ("tickets_state", "tickets_asked_for", "tickets_priority"):
        db.execute(f"DROP INDEX {name}")
    db.execute("CREATE INDEX tickets_state ON tickets (day, state, asked_for)")


def _served(db: Reader) -> None:
    """Find the visit that ended last at a counter without reading all that ended: each pad asks after each commit."""
    db.execute("CREATE INDEX tickets_served ON tickets (day, counter, finished_at) WHERE state = 'served'")


_OF_THE_DAY = "day = :day"
_CLOCK = (
    "issued_at",
    "called_at",
    "recalled_at",
    "started_at",
    "finished_at",
    "absent_at",
    "bound_at",
    "first_called_at",
)
_STAMPS = [
    Stamps(
        "tickets",
        ["arrived_at"],
        where=f"{_OF_THE_DAY} AND arrived_at IN (SELECT at FROM moves WHERE moves.ticket = tickets.id)",
    ),
    Stamps("tickets", _CLOCK, where=_OF_THE_DAY),
    Stamps("moves", ["at"], where="ticket IN (SELECT id FROM tickets WHERE day = :day)"),
    Stamps("legs", ["called_at", "started_at", "ended_at"], where=_OF_THE_DAY),
    Stamps("days", ["opened_at", "closed_at"], where=_OF_THE_DAY),
]
"""A ticket arrived when it was taken or sent on, which is a moment by the clock; or some minutes before its slot,
which is none."""

ROOM = Room(
    "queue",
    [
        ("first", _first),
        ("order", _order),
        ("heads", _heads),
        ("later", _later),
        ("short_codes", _short_codes),
        ("called", _called),
        ("matters", _matters),
        ("visits", _visits),
        ("fewer", _fewer),
        ("served", _served),
    ],
    _STAMPS,
)
