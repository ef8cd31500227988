"""Lamp jobs: the keypads of a counter show what becomes of its call for help."""

from motcua.alerts.events import HelpAnswered, HelpCalled, HelpEnded, HelpEvent
from motcua.alerts.store import list_open_help
from motcua.desk import Desk, Planned, Reader
from motcua.wiring.routes import list_routes

LAMP_TTL_MS = 60_000
WORDS: dict[type[HelpEvent], str] = {HelpCalled: "help", HelpAnswered: "coming", HelpEnded: "off"}


def plan_lamp(event: HelpEvent, db: Reader) -> list[Planned]:
    """Return the lamp jobs of the keypads at the counter that `event` is about."""
    word = WORDS[type(event)]
    return [
        Planned(route, "lamp", {"counter": event.counter, "lamp": word}, LAMP_TTL_MS, newest_only=True)
        for route in list_routes(db, "keypad", event.counter)
    ]


def compose_all_lamps(db: Reader) -> dict[int, str]:
    """Return what the lamp of each counter has to show now; a counter without an open call is not there."""
    return {
        call.counter: WORDS[HelpCalled if call.answered_at is None else HelpAnswered] for call in list_open_help(db)
    }


def install(desk: Desk) -> None:
    """Plan a lamp's job for each step of a call for help."""
    for kind in WORDS:
        desk.plan(kind, plan_lamp)
