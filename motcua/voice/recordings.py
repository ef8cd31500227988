"""The ward's own recordings: their names, what is wrong with one, each at the common loudness.

An odd file never hinders the others.
"""

import hashlib
import logging
import os
import re
import stat
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from motcua.typed.lines import clean_line
from motcua.typed.sentences import mark
from motcua.voice import clips
from motcua.voice.errors import VoiceError

NAME_MAX = 60
FILE_MAX_BYTES = 16 * 1024 * 1024
"""Far more than the longest clip has."""
Write = Callable[[Path, bytes], object]
"""Puts bytes into a file in one step, whole and on the disk."""
Refusal = tuple[str, str, dict[str, object]]
"""A recording's name, an English sentence that says what is wrong with it, and its params."""
_ODD = re.compile(r"[^\w ]+")
logger = logging.getLogger(__name__)


@lru_cache(maxsize=4096)
def make_file_name(name: str) -> str:
    """Return the file's name of a clip: its words, e.g.

    `đến quầy số.wav`; a long or odd one is cut and marked by its digest.
    """
    plain = make_plain_name(name)
    bare = " ".join(_ODD.sub(" ", plain).split())
    if bare != plain or len(bare) > NAME_MAX:
        digest = hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()
        bare = f"{bare[:NAME_MAX].rstrip()} {digest[:8]}"
    return f"{bare}.wav"


def make_plain_name(name: str) -> str:
    """Return a clip's name composed, in small letters, with single spaces: however a person or a system wrote it."""
    return " ".join(clean_line(name).lower().split())


def read_stamp(path: Path) -> tuple[int, int]:
    """Return time and size of a file, by which a change of it is noticed. Raises `OSError`."""
    status = path.stat()
    return status.st_mtime_ns, status.st_size


def _read_file(path: Path) -> bytes:
    """Return the bytes of an ordinary file that may be a sound.

    Raises `OSError`, `VoiceError`; never waits for a pipe.
    """
    with os.fdopen(
        os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)), "rb"
    ) as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise VoiceError(mark("it is not an ordinary file"))
        if not status.st_size:
            raise VoiceError(mark("it is empty"))
        if status.st_size > FILE_MAX_BYTES:
            raise VoiceError(mark("it is longer than %(seconds)s seconds"), seconds=clips.LONGEST_S)
        return file.read(status.st_size)


def read_frames(path: Path) -> bytes | None:
    """Return a clip's frames, None for a file that holds no sound of ours. Raises `OSError`."""
    try:
        return clips.to_frames(clips.read_wav(_read_file(path)))
    except VoiceError:
        return None


def find_refusal(path: Path) -> Refusal | None:
    """Return what is wrong with a recording, None when it can be used."""
    try:
        clips.normalise(clips.read_wav(_read_file(path)))
    except Exception as error:  # whatever a file holds, it is about that file
        return _refusal(path, error)
    return None


def _refusal(path: Path, error: Exception) -> Refusal:
    name = path.name.encode("utf-8", "replace").decode()
    if isinstance(error, VoiceError):
        return name, error.message, error.params
    problem = (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__
    return name, "%(problem)s", {"problem": problem}


def is_prepared(target: Path, mtime_ns: int) -> bool:
    """Say whether `target` is a recording of that time at the common loudness."""
    try:
        return target.stat().st_mtime_ns == mtime_ns and read_frames(target) is not None
    except OSError:
        return False


def list_recorded(folder: Path) -> dict[str, Path]:
    """Return the ward's own files by the clip's file name, however their names are written."""
    try:
        listed = sorted((folder / "recorded").iterdir())
    except OSError:
        return {}
    return {
        make_file_name(path.stem): path
        for path in listed
        if path.suffix.lower() == ".wav" and not path.name.startswith(".")
    }


def prepare_recordings(folder: Path, write: Write) -> tuple[int, list[Refusal]]:
    """Bring the ward's own clips to the common loudness; what is no longer recorded, or refused, is taken away.

    Return how many were prepared now, and which are refused.
    """
    count, refused = 0, []
    ready = folder / "prepared"
    prepared_names: set[str] = set()
    for name, path in list_recorded(folder).items():
        target = ready / name
        try:
            stamp = path.stat().st_mtime_ns
            if not is_prepared(target, stamp):
                sound = clips.make_wav(clips.to_frames(clips.normalise(clips.read_wav(_read_file(path)))))
                ready.mkdir(mode=0o700, parents=True, exist_ok=True)
                write(target, sound)
                os.utime(target, ns=(stamp, stamp))
                count += 1
        except Exception as error:  # whatever a file holds, it is about that file
            refused.append(_refusal(path, error))
        else:
            prepared_names.add(name)
    for path in ready.glob("*.wav") if ready.is_dir() else ():
        if path.name not in prepared_names:
            _remove(path)
    return count, refused


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        logger.warning("%s cannot be removed: %s", path, error)
