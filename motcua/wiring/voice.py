"""A call is spoken by every speaker of the hall: a job for each."""

from motcua.calls import sentences
from motcua.calls.sounds import find_sound_path, get_library
from motcua.desk import Desk, Planned, Reader
from motcua.equipment import store as equipment_store
from motcua.queue import store as queue_store
from motcua.queue.events import TicketCalled, TicketRecalled
from motcua.settings import store as settings_store
from motcua.voice.library import Library
from motcua.wiring.bindings import is_bound_to, list_devices

SAY_TTL_MS = 15_000


def plan_say(event: TicketCalled | TicketRecalled, db: Reader, library: Library) -> list[Planned]:
    """Return a job for each speaker of the whole hall or of the call's counter: the sentence as often as the
    settings say, after a chime.

    The sound at `audio_path` is whole, so `repeat` is 1. Where clips are missing it is the chime alone; where
    neither is wanted there is no job.
    """
    speakers = list_devices(db, "speaker")
    bound = equipment_store.load_bindings(db)
    of_counter = [item for item in speakers if not item.counters or is_bound_to(item, bound, event.counter)]
    ways = [str(item.address) for item in of_counter]
    if not ways:
        return []
    settings = settings_store.get_settings(db)
    call = sentences.compose_ticket_call(
        db, settings, queue_store.get(db, event.ticket), event.counter, recall=isinstance(event, TicketRecalled)
    )
    path = find_sound_path(settings, library, call)
    if path is None:
        return []
    return [
        Planned(way, "say", {"audio_path": path, "sentence": call.sentence.text, "repeat": 1}, SAY_TTL_MS)
        for way in ways
    ]


def install(desk: Desk) -> None:
    """Plan the jobs of speakers with each call."""
    library = get_library(desk)

    def planned(event: TicketCalled | TicketRecalled, db: Reader) -> list[Planned]:
        return plan_say(event, db, library)

    desk.plan(TicketCalled, planned)
    desk.plan(TicketRecalled, planned)
