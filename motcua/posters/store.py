"""How often posters were used, one row for each day, poster and page."""

from motcua.desk import Reader, Room
from motcua.posters.model import PosterPage, PosterUses

DAY_MAX = 5_000
"""More uses of one page of a poster on a day are not counted: no neighbourhood has so many phones."""


def _first(db: Reader) -> None:
    db.execute(
        "CREATE TABLE poster_uses (day TEXT NOT NULL, poster TEXT NOT NULL, page TEXT NOT NULL, uses INTEGER NOT NULL,"
        " PRIMARY KEY (day, poster, page)) STRICT, WITHOUT ROWID"
    )


ROOM = Room("posters", [("first", _first)], [])


def count_use(db: Reader, day: str, poster: str, page: PosterPage) -> None:
    """Count one use; nothing happens beyond `DAY_MAX`."""
    db.execute(
        "INSERT INTO poster_uses (day, poster, page, uses) VALUES (?, ?, ?, 1)"
        " ON CONFLICT (day, poster, page) DO UPDATE SET uses = uses + 1 WHERE uses < ?",
        (day, poster, page.value, DAY_MAX),
    )


def list_uses(db: Reader, first: str, last: str) -> list[PosterUses]:
    """Return the uses on the days from `first` to `last`, the newest day first."""
    query = "SELECT day, poster, page, uses FROM poster_uses WHERE day BETWEEN ? AND ? ORDER BY day DESC, poster, page"
    return [
        PosterUses(day, poster, PosterPage(page), uses) for day, poster, page, uses in db.execute(query, (first, last))
    ]


def purge_uses(db: Reader, before: str) -> int:
    """Remove the counts of days before `before`; return how many rows there were."""
    return db.execute("DELETE FROM poster_uses WHERE day < ?", (before,)).rowcount
