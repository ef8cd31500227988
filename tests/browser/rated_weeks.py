"""A hall whose officers were rated for twelve weeks, with four days of calls: what pages of figures need."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Page, expect

from motcua.desk import Tx
from motcua.setup.passwords import hash_password
from motcua.setup.rooms import open_desk
from motcua.staff import actions as staff_actions
from motcua.staff.model import Account, Role
from tests.browser.conftest import PASSWORD, Hall, OpenContext
from tests.browser.past_weeks import build
from tests.unit.reports.officers.plenty import Plenty, plant

OFFICER = 2
WEEKS = 12


class Rated(NamedTuple):
    """A served hall whose officers were rated for weeks, and the days of that."""

    hall: Hall
    days: str


@pytest.fixture(scope="module")
def rated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rated]:
    folder = tmp_path_factory.mktemp("rated") / "hall"
    newest = date.fromisoformat(build(folder)[-1])
    desk = open_desk(Path(folder))
    mornings = [newest - timedelta(weeks=ago) for ago in reversed(range(WEEKS))]

    def fill(tx: Tx) -> None:
        people = [("hoanv", "Nguyễn Văn Hòa", Role.OFFICER), ("cuonglv", "Lê Văn Cường", Role.LEADER)]
        numbers = [
            staff_actions.save_account(
                tx, Account(0, name, full_name, "", role, None, hash_password(PASSWORD), False)
            ).id
            for name, full_name, role in people
        ]
        for place, morning in enumerate(mornings):
            day = morning.isoformat()
            good = 18 if place != WEEKS - 2 else 4
            plant(tx, [Plenty(OFFICER, "A", good, 20, day, ("slow",)), Plenty(numbers[0], "A", 28, 40, day)])
            plant(tx, [Plenty(OFFICER, "H", 2, 2, day)])

    desk.do(fill)
    desk.stop()
    hall = Hall(folder)
    hall.start()
    yield Rated(hall, f"?from={mornings[0]}&to={newest}")
    hall.stop()


def visit(rated: Rated, opened: OpenContext, path: str, name: str = "cuonglv", **more: object) -> Page:
    made = opened(**more)
    rated.hall.sign_in(made, name, PASSWORD)
    page = made.new_page()
    page.goto(rated.hall.url + path)
    expect(page.locator("h1")).to_be_visible()
    return page
