"""Secrets that people type on a command line."""

from motcua.desk import Desk, ManualClock
from motcua.settings import store as settings
from motcua.staff import actions
from motcua.wiring.rooms import ROOMS
from tests.conftest import START, Hall


def test_no_token_begins_like_an_option(hall: Hall) -> None:
    def unlucky(count: int) -> bytes:
        return b"\xf8" + bytes(count - 1)

    desk = Desk(hall.folder / "other.db", ROOMS, ManualClock(START), unlucky, settings.timezone)
    granted = desk.do(actions.add_token, "agent", None, "pc", None)
    assert granted.secret.startswith("_")
    desk.stop()
