"""One day: the results of its tickets, and the calls out of order."""

from motcua.desk import Reader, parse
from motcua.planning.figures import Figures, Tally
from motcua.reports.model import GroupDay, OutOfOrder

PEOPLE = ("officer", "leader", "admin")


def list_group_days(db: Reader, day: str) -> list[GroupDay]:
    """Return the results of the day's tickets, by letter."""
    states_by_letter: dict[str, dict[str, int]] = {}
    for letter, state, count in db.execute(
        "SELECT letter, state, count(*) FROM tickets WHERE day = ? GROUP BY letter, state", (day,)
    ):
        states_by_letter.setdefault(letter, {})[state] = count
    return [_group(letter, states) for letter, states in sorted(states_by_letter.items())]


def _group(letter: str, states: dict[str, int]) -> GroupDay:
    served, cancelled, absent = (states.get(state, 0) for state in ("served", "cancelled", "absent"))
    issued = sum(states.values())
    return GroupDay(letter, issued, served, cancelled, absent, issued - served - cancelled - absent)


def list_out_of_order(db: Reader, day: str) -> list[OutOfOrder]:
    """Return the day's calls by number, oldest first."""
    query = (
        "SELECT tickets.id, number, moves.at, moves.counter, actor, moves.reason, issued_at FROM tickets"
        " JOIN moves ON moves.ticket = tickets.id"
        " WHERE day = ? AND first_called_at IS NOT NULL AND move = 'called' AND json_extract(why, '$.rule') = "
        "'number' ORDER BY moves.id"
    )
    return [
        OutOfOrder(
            ticket,
            number,
            at,
            counter,
            _person(actor),
            reason or "other",
            round((parse(at) - parse(issued)).total_seconds()),
        )
        for ticket, number, at, counter, actor, reason, issued in db.execute(query, (day,))
    ]


def _person(actor: str) -> int | None:
    """Return the account of `actor`, None for devices and programs."""
    role, _, number = actor.partition(":")
    return int(number) if role in PEOPLE and number.isdecimal() else None


def compute_figures(journal_day: dict[str, object]) -> Figures:
    """Return waits and utilisation of a day from its journal (`past.journal_day`): the same figures as a replay's
    `happened`.

    Takes the processor for some ten milliseconds. Raises `Invalid("day.no_settings")`.
    """
    from motcua.planning.history import rebuild
    from motcua.planning.plan import find_midnight
    from motcua.planning.record import record_day

    day = rebuild(str(journal_day["day"]), journal_day["rows"], journal_day["settings"])  # type: ignore[arg-type]
    tally = Tally()
    tally.add(day.visits, record_day(day).happened, find_midnight(day))
    return tally.to_figures(with_calls=False)


def find_neighbours(db: Reader, day: str) -> tuple[str | None, str | None]:
    """Return the last day before and the first day after `day` that have tickets."""
    query = "SELECT (SELECT max(day) FROM tickets WHERE day < ?), (SELECT min(day) FROM tickets WHERE day > ?)"
    before, after = db.execute(query, (day, day)).fetchone()
    return before, after
