"""The folder of clips: what the engine made, by region and speed, and in its place what the ward recorded itself.

`DIR/voice/<region>/<speed>/<name>.wav` are made; `DIR/voice/recorded/<name>.wav` are the ward's own, and
`DIR/voice/prepared` holds them at the common loudness. A recorded clip is used in every region.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from motcua.voice import clips, engine
from motcua.voice.engine import PROGRAM
from motcua.voice.errors import EngineMissingError, VoiceError
from motcua.voice.recordings import (
    Refusal,
    Write,
    find_refusal,
    is_prepared,
    list_recorded,
    make_file_name,
    prepare_recordings,
    read_frames,
    read_stamp,
)
from motcua.voice.words import Piece, Region

logger = logging.getLogger(__name__)
CHIME = Piece("chuông", "", 250)
"""The clip that rings before a sentence; a ward may record another one."""
REPEAT_GAP_MS = 900
KEPT_CLIPS = 2_000


class MissingClipsError(Exception):
    """A sentence has words for which there is no clip yet."""


@dataclass
class ClipReport:
    """The result of making clips: how many are new, how many recordings were prepared, which were refused and why.

    `refused` and `failed` are name, English sentence and its params. `engine` is false when none is installed though
    one was needed.
    """

    new_count: int = 0
    prepared: int = 0
    refused: list[Refusal] = field(default_factory=list)
    failed: list[Refusal] = field(default_factory=list)
    engine: bool = True


class Library:
    """The clips in `folder`, ready to be joined. What was read once is kept; a file that changed is read again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._kept: dict[Path, tuple[tuple[int, int], bytes | None]] = {}
        self._refused: dict[Path, tuple[tuple[int, int], Refusal | None]] = {}

    def list_places(self, piece: Piece, region: Region, speed: int) -> tuple[Path, Path]:
        """Return the possible paths of a clip, the ward's recording first."""
        return _list_places(self.folder, piece.name, region, speed)

    def list_missing(self, pieces: Iterable[Piece], region: Region, speed: int) -> list[Piece]:
        """Return the clips that are not there or cannot be read, each once."""
        pieces_by_name = {piece.name: piece for piece in pieces}
        return [piece for piece in pieces_by_name.values() if self._find(piece, region, speed) is None]

    def join_sound(
        self, pieces: Iterable[Piece], region: Region, speed: int, *, times: int = 1, rings: bool = False
    ) -> bytes:
        """Return a WAV: the chime where it `rings`, then the sentence so many `times` with a gap.

        Raises `MissingClipsError`.
        """
        sentence_frames = clips.join_parts([(self._frames(piece, region, speed), piece.pause_ms) for piece in pieces])
        speech_frames = clips.make_silence(REPEAT_GAP_MS).join([sentence_frames] * times)
        return clips.make_wav((self._ring(region, speed) if rings else b"") + speech_frames)

    def read_chime(self, region: Region, speed: int) -> bytes:
        """Return the chime alone as a WAV."""
        return clips.make_wav(self._ring(region, speed))

    def _ring(self, region: Region, speed: int) -> bytes:
        try:
            chime_frames = self._frames(CHIME, region, speed)
        except MissingClipsError:
            return b""
        return chime_frames + clips.make_silence(CHIME.pause_ms)

    def _frames(self, piece: Piece, region: Region, speed: int) -> bytes:
        frames = self._find(piece, region, speed)
        if frames is None:
            raise MissingClipsError(piece.name)
        return frames

    def _find(self, piece: Piece, region: Region, speed: int) -> bytes | None:
        """Return a clip's frames; a file that is empty or no sound counts as none, and the next place is looked at."""
        for path in self.list_places(piece, region, speed):
            try:
                stamp = read_stamp(path)
                cached = self._kept.get(path)
                if cached is None or cached[0] != stamp:
                    if len(self._kept) >= KEPT_CLIPS:
                        self._kept.clear()
                    cached = self._kept[path] = (stamp, read_frames(path))
            except OSError:
                continue
            if cached[1]:
                return cached[1]
        return None

    def list_recordings(self) -> list[tuple[str, int]]:
        """Return name and time of every file that the ward recorded: a change of it is a reason to look again."""
        files = []
        for path in list_recorded(self.folder).values():
            try:
                files.append((path.name, path.stat().st_mtime_ns))
            except OSError:  # a link to nothing
                files.append((path.name, 0))
        return sorted(files)

    def list_refused(self) -> list[Refusal]:
        """Return which of the ward's own files cannot be used, and why. What was looked at once is remembered."""
        refusals = []
        refusals_by_path: dict[Path, tuple[tuple[int, int], Refusal | None]] = {}
        for name, path in list_recorded(self.folder).items():
            try:
                stamp = read_stamp(path)
            except OSError:
                stamp = (0, 0)
            cached = self._refused.get(path)
            if cached is None or cached[0] != stamp:
                cached = (stamp, None if is_prepared(self.folder / "prepared" / name, stamp[0]) else find_refusal(path))
            refusals_by_path[path] = cached
            if cached[1] is not None:
                refusals.append(cached[1])
        self._refused = refusals_by_path
        return refusals


@lru_cache(maxsize=2 * KEPT_CLIPS)
def _list_places(folder: Path, name: str, region: Region, speed: int) -> tuple[Path, Path]:
    """Return the paths of the clip `name`: they are looked at for each piece of each call."""
    file = make_file_name(name)
    return folder / "prepared" / file, get_clip_folder(folder, region, speed) / file


def get_clip_folder(folder: Path, region: Region, speed: int) -> Path:
    """Return the folder of the engine's clips."""
    return folder / region / str(speed)


def make_clips(
    folder: Path, pieces: Iterable[Piece], region: Region, speed: int, write: Write = Path.write_bytes
) -> ClipReport:
    """Make every clip that is missing, and prepare the ward's own. Takes its time: seconds for a whole voice.

    Each clip is by itself: one that cannot be made or written is named, the others are made.
    """
    prepared, refused = prepare_recordings(folder, write)
    report = ClipReport(prepared=prepared, refused=refused)
    library = Library(folder)
    target = get_clip_folder(folder, region, speed)
    if library.list_missing([CHIME], region, speed):
        _make_clip(report, target, CHIME, clips.make_chime, write)
    missing_pieces = library.list_missing(pieces, region, speed)
    if not missing_pieces:
        return report
    try:
        with engine.get_engine() as voice:
            for piece in missing_pieces:
                _make_clip(report, target, piece, partial(_speak, voice, piece, region, speed), write)
    except EngineMissingError:
        report.engine = False
    except VoiceError as error:
        report.failed.append((PROGRAM, error.message, error.params))
    except OSError as error:
        report.failed.append((PROGRAM, "%(problem)s", {"problem": error.strerror or str(error)}))
    return report


def _speak(voice: engine.Engine, piece: Piece, region: Region, speed: int) -> clips.Samples:
    return clips.normalise(clips.read_wav(voice.speak(piece.words, region, speed)))


def _make_clip(
    report: ClipReport, folder: Path, piece: Piece, samples: Callable[[], clips.Samples], write: Write
) -> None:
    """Make one clip and note how that went."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write(folder / make_file_name(piece.name), clips.make_wav(clips.to_frames(samples())))
    except VoiceError as error:
        report.failed.append((piece.name, error.message, error.params))
    except OSError as error:
        report.failed.append((piece.name, "%(problem)s", {"problem": error.strerror or str(error)}))
    else:
        report.new_count += piece is not CHIME


def task(request: dict[str, Any], write: Write = Path.write_bytes) -> dict[str, Any]:
    """Make the clips of plain values, `{folder, region, speed, pieces: [[name, said], …]}`; return what `ClipReport`
    holds.
    """
    pieces = [Piece(name, spoken_text) for name, spoken_text in request["pieces"]]
    report = make_clips(Path(request["folder"]), pieces, request["region"], int(request["speed"]), write)
    return {
        "made": report.new_count,
        "prepared": report.prepared,
        "refused": [list(item) for item in report.refused],
        "failed": [list(item) for item in report.failed],
        "engine": report.engine,
    }
