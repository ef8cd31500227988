"""The sound of a call: its clips, whether they exist, and the path of the whole sound."""

from typing import Any

from motcua.calls import sentences
from motcua.counters import store as counter_store
from motcua.desk import Desk, Reader
from motcua.settings import store as settings_store
from motcua.settings.model import Settings
from motcua.voice import engine
from motcua.voice.library import Library
from motcua.voice.recordings import make_file_name
from motcua.voice.words import Piece

CHIME_PATH = "/voice/chime.wav"


def get_library(desk: Desk) -> Library:
    """Return the folder of clips of a desk."""
    return Library(desk.path.parent / "voice")


def list_pieces(db: Reader) -> list[Piece]:
    """Return every clip that calls can need under the current settings."""
    return sentences.list_pieces(
        settings_store.get_settings(db), [counter.number for counter in counter_store.list_all(db)]
    )


def build_task_input(db: Reader, library: Library) -> dict[str, Any]:
    """Return the input of `voice.library.task` that makes the clips of this hall."""
    settings = settings_store.get_settings(db)
    pieces = [[piece.name, piece.words] for piece in list_pieces(db)] if settings.voice.is_on else []
    voice = {"region": sentences.get_region(settings), "speed": settings.voice.speed}
    return {"folder": str(library.folder), **voice, "pieces": pieces}


def describe_clips(db: Reader, library: Library) -> dict[str, Any]:
    """Describe the clips: how many are missing, whether there is an engine, and where to put recordings.

    `{"missing", "engine", "folder", "files": [{"name", "said", "recorded"}], "refused": [{"name", "message",
    "params"}]}`; `said` is what to say into the microphone, `refused` the ward's own files that cannot be used.
    """
    settings = settings_store.get_settings(db)
    pieces = sentences.list_pieces(settings, [counter.number for counter in counter_store.list_all(db)])
    recorded_files = {make_file_name(name.rsplit(".", 1)[0]) for name, _at in library.list_recordings()}
    files = [
        {
            "name": make_file_name(piece.name),
            "said": piece.words,
            "recorded": make_file_name(piece.name) in recorded_files,
        }
        for piece in pieces
    ]
    missing = library.list_missing(pieces, sentences.get_region(settings), settings.voice.speed)
    folder = str((library.folder / "recorded").absolute())
    refused = [{"name": name, "message": message, "params": params} for name, message, params in library.list_refused()]
    return {
        "missing": len(missing),
        "engine": engine.is_installed(),
        "folder": folder,
        "files": files,
        "refused": refused,
    }


def is_mute(db: Reader, library: Library) -> bool:
    """Return whether calls should be spoken but clips are missing."""
    task_input = build_task_input(db, library)
    return bool(
        library.list_missing(
            [Piece(name, words) for name, words in task_input["pieces"]], task_input["region"], task_input["speed"]
        )
    )


def is_audible(settings: Settings, library: Library, call: sentences.CallSentence) -> bool:
    """Return whether a call can be spoken: the voice is on and every clip exists."""
    region, speed = sentences.get_region(settings), settings.voice.speed
    return settings.voice.is_on and not library.list_missing(call.sentence.pieces, region, speed)


def find_sound_path(settings: Settings, library: Library, call: sentences.CallSentence) -> str | None:
    """Return the path of the whole sound of a call, None for silence."""
    voice = settings.voice
    if is_audible(settings, library, call):
        return f"{call.path}{'&' if '?' in call.path else '?'}times={voice.repeat}&chime={int(voice.chime)}"
    return CHIME_PATH if voice.chime else None
