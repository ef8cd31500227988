"""When a visit ends, the rating keypads of its counter ask: by their lights or sounds, where they have any."""

from motcua.desk import Desk, Json, Planned, Reader
from motcua.equipment import store as equipment_store
from motcua.queue.events import TicketCalled, TicketServed
from motcua.settings import store as settings_store
from motcua.staff import store as staff_store


def plan_asking(event: TicketServed | TicketCalled, db: Reader) -> list[Planned]:
    """Return the `ask` job of each declared pad of the counter where a visit ended with `event`."""
    visit = event.finished if isinstance(event, TicketCalled) else event.ticket
    if visit is None:
        return []
    agents = staff_store.agents(db)
    pads = [item for item in equipment_store.devices(db, "pad") if item.agent in agents and event.counter in item.counters]
    if not pads:
        return []
    window_s = settings_store.current(db).rating.window_s
    payload: dict[str, Json] = {"visit": visit, "counter": event.counter, "window_s": window_s}
    return [Planned(f"{item.route}:{event.counter}", "ask", payload, window_s * 1000, newest_only=True) for item in pads]


def install(desk: Desk) -> None:
    """Plan an asking with each end of a visit."""
    desk.plan(TicketServed, plan_asking)
    desk.plan(TicketCalled, plan_asking)
