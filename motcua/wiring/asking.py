"""When a visit ends, the rating keypads of its counter ask: by their lights or sounds, or else by the end of the visit itself."""

from contextlib import suppress

from motcua.desk import Desk, Json, Planned, Reader, Refused, Tx
from motcua.desk.jobs import DeviceJob, finish_job
from motcua.feedback import actions as feedback_actions
from motcua.queue.events import TicketCalled, TicketServed
from motcua.settings import store as settings_store
from motcua.wiring.bindings import require, serving

NO_LIGHT = "no_light"
"""How an asking ends at a pad that has neither light nor sound: the visit's end is what asks there."""


def plan_asking(event: TicketServed | TicketCalled, db: Reader) -> list[Planned]:
    """Return the `ask` job of each declared pad of the counter where a visit ended with `event`."""
    visit = event.finished if isinstance(event, TicketCalled) else event.ticket
    if visit is None:
        return []
    pads = serving(db, "pad", event.counter)
    if not pads:
        return []
    window_s = settings_store.current(db).rating.window_s
    payload: dict[str, Json] = {"visit": visit, "counter": event.counter, "window_s": window_s}
    return [Planned(str(item.address.at(event.counter)), "ask", payload, window_s * 1000, newest_only=True) for item in pads]


def end_job(tx: Tx, job: int, holder: str, state: str, detail: str | None) -> DeviceJob:
    """Record how a job ended, as `jobs.finish_job` does; a pad that cannot show the question has asked it by the end of the visit."""
    ended = finish_job(tx, job, holder, state, detail)
    visit, counter = ended.payload.get("visit"), ended.payload.get("counter")
    if ended.kind == "ask" and ended.detail == NO_LIGHT and isinstance(visit, str) and isinstance(counter, int):
        with suppress(Refused):  # the time is over, the end of the visit was taken back, or the counter was given to another agent
            require(tx.db, int(holder), "pad", counter)
            feedback_actions.record_prompt(tx, counter, visit)
    return ended


def install(desk: Desk) -> None:
    """Plan an asking with each end of a visit."""
    desk.plan(TicketServed, plan_asking)
    desk.plan(TicketCalled, plan_asking)
