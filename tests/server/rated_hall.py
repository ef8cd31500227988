"""A served hall whose officers were rated for a month: one far below the others, one far above."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from motcua.copies import replace
from motcua.desk import Tx, get_local_day
from motcua.desk.clock import system_clock
from motcua.setup import actions as setup_actions
from motcua.setup.passwords import hash_password
from motcua.staff import actions as staff_actions
from motcua.staff.model import Account, Role
from tests.passwords import PASSWORD
from tests.server.hall import Served, fresh_folder, opened
from tests.unit.reports.officers.plenty import Plenty, plant
from tests.zone import ZONE

PEOPLE = {"lan": Role.LEADER, "binh": Role.LEADER, "hoa": Role.OFFICER, "minh": Role.OFFICER, "cuong": Role.OFFICER}
FULL_NAMES = {"lan": "Lê Thị Lan", "binh": "Trần Bình", "hoa": "Phạm Hoa", "minh": "Vũ Minh", "cuong": "Đỗ Cường"}
BASIS = "Quy chế 12/QC-UBND của phường"


class RatedDays(NamedTuple):
    """The accounts by name, and the days on which everybody was rated."""

    ids: dict[str, int]
    first: str
    last: str


class RatedHall(NamedTuple):
    """The desk, the accounts by name, and the days on which everybody was rated."""

    desk: Served
    ids: dict[str, int]
    first: str
    last: str


def fill_folder(folder: Path) -> RatedDays:
    """Write people, the legal basis and a month of ratings into a folder that nobody serves."""
    today = date.fromisoformat(get_local_day(system_clock.now(), ZONE))
    mornings = [(today - timedelta(days=7 * ago)).isoformat() for ago in (4, 3, 2, 1)]
    ids: dict[str, int] = {}

    def fill(tx: Tx) -> None:
        for name, role in PEOPLE.items():
            account = Account(0, name, FULL_NAMES[name], "Cán bộ", role, None, hash_password(PASSWORD), False)
            ids[name] = staff_actions.save_account(tx, account).id
        document = setup_actions.get_document(tx.db)
        rules = replace(document.settings.proposals, basis=BASIS)
        setup_actions.apply(tx, replace(document, settings=replace(document.settings, proposals=rules)))
        for day in mornings:
            plant(tx, [Plenty(ids["hoa"], "A", 35, 50, day, ("slow",))])
            plant(tx, [Plenty(ids["minh"], "A", 49, 50, day), Plenty(ids["cuong"], "A", 45, 50, day)])

    desk = opened(folder)
    desk.by("command").do(fill)
    desk.stop()
    return RatedDays(ids, mornings[0], mornings[-1])


@contextmanager
def rated_hall() -> Iterator[RatedHall]:
    """Lend the hall."""
    with fresh_folder() as folder:
        days = fill_folder(folder)
        served = Served(folder)
        served.is_told = False  # the ratings were written behind the journal's back
        try:
            yield RatedHall(served, *days)
        finally:
            served.close()
