"""The folder of clips: what the engine made, by region and speed, and in its place what the ward recorded itself.

`DIR/voice/<region>/<speed>/<name>.wav` are made; `DIR/voice/recorded/<name>.wav` are the ward's own, and `DIR/voice/prepared` holds them at
the common loudness. A recorded clip stands for its words in every region.
"""

import hashlib
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from motcua.typed.lines import clean_line
from motcua.voice import clips, engine
from motcua.voice.errors import EngineMissingError, VoiceError
from motcua.voice.words import Piece, Region

CHIME = Piece("chuông", "", 250)
"""The clip that rings before a sentence; a ward may record another one."""
REPEAT_GAP_MS = 900
NAME_MAX = 60
KEPT_CLIPS = 2_000
_ODD = re.compile(r"[^\w ]+")


class MissingClipsError(Exception):
    """A sentence has words for which there is no clip yet."""


@dataclass
class Made:
    """What making clips came to: how many are new, from the engine and from the ward's own, which of those were refused and why.

    `refused` and `failed` are name, English sentence and its params. `engine` is false when none is installed though one was needed.
    """

    made: int = 0
    prepared: int = 0
    refused: list[tuple[str, str, dict[str, object]]] = field(default_factory=list)
    failed: list[tuple[str, str, dict[str, object]]] = field(default_factory=list)
    engine: bool = True


@lru_cache(maxsize=4096)
def file_name(name: str) -> str:
    """Return the file's name of a clip: its words, e.g. `đến quầy số.wav`; a long or odd one is cut and marked by its digest."""
    plain = plain_name(name)
    bare = " ".join(_ODD.sub(" ", plain).split())
    if bare != plain or len(bare) > NAME_MAX:
        bare = f"{bare[:NAME_MAX].rstrip()} {hashlib.sha256(plain.encode()).hexdigest()[:8]}"
    return f"{bare}.wav"


def plain_name(name: str) -> str:
    """Return a clip's name composed, in small letters, with single spaces: however a person or a system wrote it."""
    return " ".join(clean_line(name).lower().split())


class Library:
    """The clips in `folder`, ready to be joined. What was read once is kept; a file that changed is read again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._kept: dict[Path, tuple[tuple[int, int], bytes]] = {}

    def places(self, piece: Piece, region: Region, speed: int) -> tuple[Path, Path]:
        """Return where a clip may lie, the ward's own first."""
        name = file_name(piece.name)
        return self.folder / "prepared" / name, made_folder(self.folder, region, speed) / name

    def missing(self, pieces: Iterable[Piece], region: Region, speed: int) -> list[Piece]:
        """Return the clips that are not there, each once."""
        found = {piece.name: piece for piece in pieces}
        return [piece for piece in found.values() if not any(path.is_file() for path in self.places(piece, region, speed))]

    def sound(self, pieces: Iterable[Piece], region: Region, speed: int, *, times: int = 1, rings: bool = False) -> bytes:
        """Return a WAV: the chime where it `rings`, then the sentence so many `times` with a gap. Raises `MissingClipsError`."""
        said = clips.join([(self._frames(piece, region, speed), piece.pause_ms) for piece in pieces])
        whole = clips.silence(REPEAT_GAP_MS).join([said] * times)
        return clips.wav((self._ring(region, speed) if rings else b"") + whole)

    def chime(self, region: Region, speed: int) -> bytes:
        """Return the chime alone as a WAV."""
        return clips.wav(self._ring(region, speed))

    def _ring(self, region: Region, speed: int) -> bytes:
        try:
            found = self._frames(CHIME, region, speed)
        except MissingClipsError:
            return b""
        return found + clips.silence(CHIME.pause_ms)

    def _frames(self, piece: Piece, region: Region, speed: int) -> bytes:
        for path in self.places(piece, region, speed):
            try:
                seen = path.stat()
                stamp = (seen.st_mtime_ns, seen.st_size)
                kept = self._kept.get(path)
                if kept is None or kept[0] != stamp:
                    if len(self._kept) >= KEPT_CLIPS:
                        self._kept.clear()
                    kept = self._kept[path] = (stamp, clips.frames(clips.read(path.read_bytes())))
            except (OSError, VoiceError):
                continue
            return kept[1]
        raise MissingClipsError(piece.name)

    def recordings(self) -> list[tuple[str, int]]:
        """Return name and time of every file that the ward recorded: a change of it is a reason to look again."""
        return sorted((path.name, path.stat().st_mtime_ns) for path in _recorded(self.folder).values())


def made_folder(folder: Path, region: Region, speed: int) -> Path:
    """Return where the engine's clips lie."""
    return folder / region / str(speed)


def make(folder: Path, pieces: Iterable[Piece], region: Region, speed: int) -> Made:
    """Make every clip that is missing, and prepare the ward's own. Takes its time: seconds for a whole voice. Raises `OSError`."""
    found = Made()
    _prepare(folder, found)
    target = made_folder(folder, region, speed)
    target.mkdir(parents=True, exist_ok=True)
    library = Library(folder)
    if library.missing([CHIME], region, speed):
        _write(target / file_name(CHIME.name), clips.chime())
    wanted = library.missing(pieces, region, speed)
    if not wanted:
        return found
    try:
        speaking = engine.find()
    except EngineMissingError:
        found.engine = False
        return found
    with speaking as voice:
        for piece in wanted:
            try:
                _write(target / file_name(piece.name), clips.normalised(clips.read(voice.speak(piece.said, region, speed))))
            except VoiceError as error:
                found.failed.append((piece.name, error.message, error.params))
            else:
                found.made += 1
    return found


def _recorded(folder: Path) -> dict[str, Path]:
    """Return the ward's own files by the clip's file name, however their names are written."""
    try:
        listed = sorted((folder / "recorded").iterdir())
    except OSError:
        return {}
    return {file_name(path.stem): path for path in listed if path.suffix.lower() == ".wav" and not path.name.startswith(".")}


def _prepare(folder: Path, found: Made) -> None:
    """Bring the ward's own clips to the common loudness; what is no longer recorded, or refused, is taken away."""
    ready = folder / "prepared"
    recorded = _recorded(folder)
    kept: set[str] = set()
    for name, path in recorded.items():
        target = ready / name
        try:
            stamp = path.stat().st_mtime_ns
            if not target.is_file() or target.stat().st_mtime_ns != stamp:
                samples = clips.normalised(clips.read(path.read_bytes()))
                ready.mkdir(parents=True, exist_ok=True)
                _write(target, samples)
                os.utime(target, ns=(stamp, stamp))
                found.prepared += 1
        except VoiceError as error:
            found.refused.append((path.name, error.message, error.params))
        except OSError as error:
            found.refused.append((path.name, "%(problem)s", {"problem": error.strerror or str(error)}))
        else:
            kept.add(name)
    for path in ready.glob("*.wav") if ready.is_dir() else ():
        if path.name not in kept:
            path.unlink(missing_ok=True)


def _write(target: Path, samples: clips.Samples) -> None:
    draft = target.with_name(f".{target.stem}.tmp")
    draft.write_bytes(clips.wav(clips.frames(samples)))
    draft.replace(target)


def task(given: dict[str, Any]) -> dict[str, Any]:
    """Make the clips of plain values, `{folder, region, speed, pieces: [[name, said], …]}`; return what `Made` holds."""
    pieces = [Piece(name, said) for name, said in given["pieces"]]
    found = make(Path(given["folder"]), pieces, given["region"], int(given["speed"]))
    return {
        "made": found.made,
        "prepared": found.prepared,
        "refused": [list(item) for item in found.refused],
        "failed": [list(item) for item in found.failed],
        "engine": found.engine,
    }
