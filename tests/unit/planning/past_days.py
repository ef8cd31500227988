"""A real desk's day as a replay sees it."""

from typing import Any

from motcua.copies import replace
from motcua.desk import Desk
from motcua.desk.journal import read_rows
from motcua.estimates import past
from motcua.planning.replay import task
from motcua.setup import actions as setup
from tests.conftest import TODAY

Found = dict[str, Any]


def change(desk: Desk, **rules: Any) -> None:
    """Put queue rules in force; without any, write the settings in force into the journal for the first time."""
    with desk.read() as db:
        now = setup.get_document(db)
    desk.do(
        setup.apply,
        replace(now, settings=replace(now.settings, days_off=(), queue=replace(now.settings.queue, **rules))),
    )


def read_day(desk: Desk) -> Found:
    with desk.read() as db:
        return past.journal_day(db, TODAY)


def calls(desk: Desk) -> list[Found]:
    """Return the calls as the journal tells them."""
    with desk.read() as db:
        called_rows: Any = [(row["data"], row["at"]) for row in read_rows(db) if row["action"] == "ticket.called"]
    return [{"ticket": data["ticket"], "counter": data["counter"], "at": at} for data, at in called_rows]


def replayed(desk: Desk, **more: Any) -> Found:
    return task({"days": [read_day(desk)], **more})
