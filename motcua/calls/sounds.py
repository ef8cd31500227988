"""How a call sounds: which clips it takes, whether they are there, and the address of the whole sound."""

from typing import Any

from motcua.calls import sentences
from motcua.counters import store as counter_store
from motcua.desk import Desk, Reader
from motcua.settings import store as settings_store
from motcua.settings.model import Settings
from motcua.voice import engine
from motcua.voice.library import Library
from motcua.voice.recordings import file_name
from motcua.voice.words import Piece

CHIME_PATH = "/voice/chime.wav"


def library_of(desk: Desk) -> Library:
    """Return the folder of clips of a desk."""
    return Library(desk.path.parent / "voice")


def wanted(db: Reader) -> list[Piece]:
    """Return every clip that the hall's calls can need now."""
    return sentences.wanted(settings_store.current(db), [counter.number for counter in counter_store.list_all(db)])


def to_make(db: Reader, library: Library) -> dict[str, Any]:
    """Return what `voice.library.task` has to be told to make the hall's clips."""
    settings = settings_store.current(db)
    pieces = [[piece.name, piece.words] for piece in wanted(db)] if settings.voice.is_on else []
    voice = {"region": sentences.region_of(settings), "speed": settings.voice.speed}
    return {"folder": str(library.folder), **voice, "pieces": pieces}


def overview(db: Reader, library: Library) -> dict[str, Any]:
    """Return what a person has to know of the clips: how many are missing, whether an engine is there, where own ones go and their names.

    `{"missing", "engine", "folder", "files": [{"name", "said", "recorded"}], "refused": [{"name", "message", "params"}]}`; `said` is what
    to say into the microphone, `refused` the ward's own files that cannot be used.
    """
    settings = settings_store.current(db)
    pieces = sentences.wanted(settings, [counter.number for counter in counter_store.list_all(db)])
    recorded_files = {file_name(name.rsplit(".", 1)[0]) for name, _at in library.recordings()}
    files = [{"name": file_name(piece.name), "said": piece.words, "recorded": file_name(piece.name) in recorded_files} for piece in pieces]
    missing = library.missing(pieces, sentences.region_of(settings), settings.voice.speed)
    folder = str((library.folder / "recorded").absolute())
    refused = [{"name": name, "message": message, "params": params} for name, message, params in library.refused()]
    return {"missing": len(missing), "engine": engine.is_installed(), "folder": folder, "files": files, "refused": refused}


def is_mute(db: Reader, library: Library) -> bool:
    """Say whether calls should be spoken and clips for them are missing."""
    task_input = to_make(db, library)
    return bool(library.missing([Piece(name, words) for name, words in task_input["pieces"]], task_input["region"], task_input["speed"]))


def audible(settings: Settings, library: Library, call: sentences.Said) -> bool:
    """Say whether a call can be spoken now: it is wanted, and every clip is there."""
    region, speed = sentences.region_of(settings), settings.voice.speed
    return settings.voice.is_on and not library.missing(call.sentence.pieces, region, speed)


def sound_path(settings: Settings, library: Library, call: sentences.Said) -> str | None:
    """Return the address of all that a loudspeaker plays for a call, None for silence."""
    voice = settings.voice
    if audible(settings, library, call):
        return f"{call.path}{'&' if '?' in call.path else '?'}times={voice.repeat}&chime={int(voice.chime)}"
    return CHIME_PATH if voice.chime else None
