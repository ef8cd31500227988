"""Rating prompts: when a visit ends, the rating pads of its counter ask by light or sound."""

from contextlib import suppress

from motcua.desk import Desk, Json, Planned, Reader, Refused, Tx
from motcua.desk.jobs import DeviceJob, finish_job, mark_unknown
from motcua.feedback import actions as feedback_actions
from motcua.queue.events import TicketCalled, TicketServed
from motcua.settings import store as settings_store
from motcua.wiring import lockers
from motcua.wiring.bindings import list_devices, require_device

NO_LIGHT = "no_light"
"""The job result of a pad without light and sound: there the end of the visit is the prompt."""


def plan_prompt(event: TicketServed | TicketCalled, db: Reader) -> list[Planned]:
    """Return an `ask` job for each declared pad of the counter where `event` ended a visit."""
    visit = event.finished if isinstance(event, TicketCalled) else event.ticket
    if visit is None:
        return []
    pads = list_devices(db, "pad", event.counter)
    if not pads:
        return []
    window_s = settings_store.get_settings(db).rating.window_s
    payload: dict[str, Json] = {"visit": visit, "counter": event.counter, "window_s": window_s}
    return [
        Planned(str(item.address.with_counter(event.counter)), "ask", payload, window_s * 1000, newest_only=True)
        for item in pads
    ]


def end_job(tx: Tx, job: int, holder: str, state: str, detail: str | None) -> DeviceJob:
    """Record how a job ended, as `jobs.finish_job` does.

    If the pad cannot show the question, record the prompt here.
    """
    ended = finish_job(tx, job, holder, state, detail)
    visit, counter = ended.payload.get("visit"), ended.payload.get("counter")
    if ended.kind == "ask" and ended.detail == NO_LIGHT and isinstance(visit, str) and isinstance(counter, int):
        with suppress(
            Refused
        ):  # the time is over, the end of the visit was taken back, or the counter was given to another agent
            require_device(tx.db, int(holder), "pad", counter)
            feedback_actions.record_prompt(tx, counter, visit)
    lockers.end_unlocking(tx, ended)
    return ended


def end_lost_job(tx: Tx, job: int) -> DeviceJob:
    """Record that a job was sent and never answered, as `jobs.mark_unknown` does."""
    lost = mark_unknown(tx, job)
    lockers.end_unlocking(tx, lost)
    return lost


def install(desk: Desk) -> None:
    """Plan rating prompts for each end of a visit."""
    desk.plan(TicketServed, plan_prompt)
    desk.plan(TicketCalled, plan_prompt)
