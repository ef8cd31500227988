"""How each kind of screen and the desk learn that they lost each other: walls, kiosks, counters and pads soon, phones
later.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from motcua.run.pings import LOOKS_S, RARE_INTERVAL_S, RARE_TIMEOUT_S
from motcua.server import PING_INTERVAL_S, PING_TIMEOUT_S
from tests.forked import PATIENT
from tests.server.hall import Served, served
from tests.server.screen import Screen
from tests.waiting import PATIENCE_S, wait_until

pytestmark = pytest.mark.process
SCREENS = ("wall", "kiosk", "counter", "pad", "leaders", "agent")
SCREEN_S, PHONE_S = 5, 15
"""How soon a lost desk is named."""
SHOWN_S = 1
"""What a page has to show it."""


def opened(screen: Screen) -> dict[str, Any]:
    """Return what the desk promised when the connection began."""
    promise: dict[str, Any] = json.loads(screen.packets[0][1:])
    return {name: promise[name] for name in ("pingInterval", "pingTimeout")}


def screen_of(desk: Served, kind: str, *, rare: bool = False) -> Screen:
    """Return a screen of this kind."""
    role, number = ("leader" if kind == "leaders" else kind), 1 if kind in {"counter", "pad"} else None
    if kind == "agent":
        token = desk.local("token.add", role="agent", name=f"pings-{rare}", counters="all", kiosks="all").json["token"]
        return Screen(desk.port, "/agent", {"token": token}, rare=rare)
    if kind == "follow":
        code = desk.client("kiosk").post("tickets", {"service": "birth"}).json["follow_url"][-12:]
        return Screen(desk.port, "/follow", {"token": code}, rare=rare)
    return Screen(desk.port, f"/{kind}", {"token": desk.token(role, number)}, rare=rare)


def test_a_screen_names_a_lost_desk_within_five_seconds_and_a_phone_within_fifteen() -> None:
    assert PING_INTERVAL_S + PING_TIMEOUT_S + SHOWN_S <= SCREEN_S
    assert RARE_INTERVAL_S + RARE_TIMEOUT_S + SHOWN_S <= PHONE_S
    assert LOOKS_S <= SHOWN_S / 2


def test_each_is_told_how_often_it_is_pinged(desk_served: Served) -> None:
    often = {"pingInterval": PING_INTERVAL_S * 1000, "pingTimeout": PATIENCE_S * 1000}  # a busy computer has time
    for kind in SCREENS:
        with screen_of(desk_served, kind) as screen:
            assert opened(screen) == often, kind
    with screen_of(desk_served, "follow", rare=True) as phone:
        assert opened(phone) == {"pingInterval": RARE_INTERVAL_S * 1000, "pingTimeout": RARE_TIMEOUT_S * 1000}
    with screen_of(desk_served, "follow") as program:
        assert opened(program) == often


@pytest.fixture(scope="module")
def strict() -> Iterator[Served]:
    """Lend a desk that soon gives up screens, and phones only after a minute."""
    with served(limits={"motcua.server.PING_TIMEOUT_S": 1, "motcua.run.pings.RARE_TIMEOUT_S": PATIENCE_S}) as desk:
        yield desk


@pytest.mark.parametrize("kind", ["wall", "kiosk", "counter", "pad", "leaders"])
def test_a_screen_that_answers_no_ping_is_given_up_though_it_asks_for_few(strict: Served, kind: str) -> None:
    with screen_of(strict, "follow", rare=True) as phone, screen_of(strict, kind, rare=True) as screen:
        phone.stop_reading()
        screen.stop_reading()
        wait_until(screen.is_cut_off)
        phone.read_on()
        assert phone.emit("sync") == {"ok": True}
        assert phone.closed_at is None


def test_a_phone_that_answers_no_ping_is_given_up_too() -> None:
    limits = {**PATIENT, "motcua.run.pings.RARE_INTERVAL_S": 1, "motcua.run.pings.RARE_TIMEOUT_S": 1}
    with served(limits=limits) as desk, screen_of(desk, "wall") as wall, screen_of(desk, "follow", rare=True) as phone:
        phone.stop_reading()
        wall.stop_reading()
        wait_until(phone.is_cut_off)
        wall.read_on()
        assert wall.emit("sync") == {"ok": True}
