"""A call is spoken by every speaker of the hall: which job that makes, and which clips it takes."""

from typing import Any

from motcua.counters import store as counter_store
from motcua.desk import Desk, Planned, Reader
from motcua.equipment import store as equipment_store
from motcua.queue import store as queue_store
from motcua.queue.events import TicketCalled, TicketRecalled
from motcua.settings import store as settings_store
from motcua.settings.model import Settings
from motcua.voice import engine
from motcua.voice.library import Library
from motcua.voice.recordings import file_name
from motcua.voice.words import Piece
from motcua.wiring import sentences
from motcua.wiring.bindings import acts_at, serving
from motcua.wiring.routes import routes

SAY_TTL_MS = 15_000
CHIME_PATH = "/voice/chime.wav"


def library_of(desk: Desk) -> Library:
    """Return the folder of clips of a desk."""
    return Library(desk.path.parent / "voice")


def wanted(db: Reader) -> list[Piece]:
    """Return every clip that the hall's calls can need now."""
    return sentences.wanted(settings_store.current(db), [counter.number for counter in counter_store.every(db)])


def to_make(db: Reader, library: Library) -> dict[str, Any]:
    """Return what `voice.library.task` has to be told to make the hall's clips."""
    settings = settings_store.current(db)
    pieces = [[piece.name, piece.said] for piece in wanted(db)] if settings.voice.is_on else []
    voice = {"region": sentences.region_of(settings), "speed": settings.voice.speed}
    return {"folder": str(library.folder), **voice, "pieces": pieces}


def overview(db: Reader, library: Library) -> dict[str, Any]:
    """Return what a person has to know of the clips: how many are missing, whether an engine is there, where own ones go and their names.

    `{"missing", "engine", "folder", "files": [{"name", "said", "recorded"}], "refused": [{"name", "message", "params"}]}`; `said` is what
    to say into the microphone, `refused` the ward's own files that cannot be used.
    """
    settings = settings_store.current(db)
    pieces = sentences.wanted(settings, [counter.number for counter in counter_store.every(db)])
    own = {file_name(name.rsplit(".", 1)[0]) for name, _at in library.recordings()}
    files = [{"name": file_name(piece.name), "said": piece.said, "recorded": file_name(piece.name) in own} for piece in pieces]
    missing = library.missing(pieces, sentences.region_of(settings), settings.voice.speed)
    folder = str((library.folder / "recorded").absolute())
    refused = [{"name": name, "message": message, "params": params} for name, message, params in library.refused()]
    return {"missing": len(missing), "engine": engine.is_there(), "folder": folder, "files": files, "refused": refused}


def is_mute(db: Reader, library: Library) -> bool:
    """Say whether calls should be spoken and clips for them are missing."""
    given = to_make(db, library)
    return bool(library.missing([Piece(name, said) for name, said in given["pieces"]], given["region"], given["speed"]))


def audible(settings: Settings, library: Library, said: sentences.Said) -> bool:
    """Say whether a call can be spoken now: it is wanted, and every clip is there."""
    region, speed = sentences.region_of(settings), settings.voice.speed
    return settings.voice.is_on and not library.missing(said.sentence.pieces, region, speed)


def plan_say(event: TicketCalled | TicketRecalled, db: Reader, library: Library) -> list[Planned]:
    """Return a job for each speaker of the whole hall or of the call's counter: the sentence as often as the settings say, after a chime.

    The sound at `audio_path` is whole, so `repeat` is 1. Where clips are missing it is the chime alone; where neither is wanted there is
    no job.
    """
    speakers = serving(db, "speaker")
    bound = equipment_store.bindings(db)
    of_counter = [item for item in speakers if not item.counters or acts_at(item, bound, event.counter)]
    ways = [str(item.address) for item in of_counter] if speakers else routes(db, "speaker")
    if not ways:
        return []
    settings = settings_store.current(db)
    said = sentences.call_of(db, settings, queue_store.get(db, event.ticket), event.counter, recall=isinstance(event, TicketRecalled))
    path = sound_path(settings, library, said)
    if path is None:
        return []
    return [Planned(way, "say", {"audio_path": path, "sentence": said.sentence.text, "repeat": 1}, SAY_TTL_MS) for way in ways]


def sound_path(settings: Settings, library: Library, said: sentences.Said) -> str | None:
    """Return the address of all that a loudspeaker plays for a call, None for silence."""
    voice = settings.voice
    if audible(settings, library, said):
        return f"{said.path}{'&' if '?' in said.path else '?'}times={voice.repeat}&chime={int(voice.chime)}"
    return CHIME_PATH if voice.chime else None


def install(desk: Desk) -> None:
    """Plan the jobs of speakers with each call."""
    library = library_of(desk)

    def planned(event: TicketCalled | TicketRecalled, db: Reader) -> list[Planned]:
        return plan_say(event, db, library)

    desk.plan(TicketCalled, planned)
    desk.plan(TicketRecalled, planned)
