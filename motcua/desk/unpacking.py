"""Opening a copy that may come from anywhere: nothing is unpacked before its size, number, depth and names are
within bounds.

A copy may be an attack: a few kilobytes that unpack to a disk full of zeros, a million empty files, a name that
leads elsewhere.
"""

import lzma
import os
import shutil
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from motcua.desk import repacked
from motcua.desk.messages import mark
from motcua.desk.packing import FILE_MAX_BYTES, STORE
from motcua.desk.private import make_folder
from motcua.typed.sentences import SentenceError

DRAFT = ".restore-"
DEEPEST = 3
"""How many ZIPs within each other are opened."""
ENTRIES_MAX, LIST_MAX_BYTES = 20_000, 8 * 2**20
"""A desk of twenty years has some thousand digests and recordings."""
PARTS_MAX, NAME_MAX_BYTES = 12, 240
EVEN_BYTES, RATIO_MAX = 2**30, 200
"""So much may be unpacked in any case; beyond that no more than so many times the file's size. Stores shrink to a
tenth or less."""
CHUNK_BYTES = 2**20
_END, _END_BYTES, _COMMENT_MAX = b"PK\x05\x06", 22, 65_535
_END_64, _END_64_BYTES = b"PK\x06\x06", 56


class BadBackupError(SentenceError):
    """The file is no backup of a desk, or it is damaged; `message` is English with places for `params`."""


TOO_MUCH = mark("it would unpack to %(size)s MB, far more than the copy of a desk. Use another copy")
TOO_MANY = mark("it holds more files than the copy of a desk (over %(most)s). Use another copy")
TOO_DEEP = mark("a name in it is longer or deeper than any of a desk: %(name)s")
NO_ROOM = mark("it unpacks to %(size)s MB, and the disk has %(free)s MB left. Free some space, or use another disk")


@contextmanager
def open_copy(source: Path, depth: int = 1) -> Iterator[zipfile.ZipFile]:
    """Lend the ZIP with the copy: `source`, or the one ZIP within it. Raises `BadBackupError`."""
    if source.is_dir() or not zipfile.is_zipfile(source):
        message, params = repacked.find_file_problem(source)
        raise BadBackupError(message, **params)
    _check_list(source)
    try:
        with zipfile.ZipFile(source) as packed:
            if (problem := repacked.find_entries_problem(packed.infolist())) is not None:
                raise BadBackupError(problem[0], **problem[1])
            _check_entries(packed.infolist(), source.stat().st_size)
            if depth < DEEPEST and (name := repacked.find_inner_zip(packed.namelist())) is not None:
                with tempfile.TemporaryDirectory(prefix=DRAFT) as place:
                    within = Path(place) / "within.zip"
                    _require_room(within.parent, packed.getinfo(name).file_size)
                    with packed.open(name) as source_file, within.open("xb") as out:
                        _copy(source_file, out, packed.getinfo(name).file_size)
                    with open_copy(within, depth + 1) as inner_zip:
                        yield inner_zip
                return
            yield packed
    except (
        zipfile.BadZipFile,
        zlib.error,
        lzma.LZMAError,
        EOFError,
        NotImplementedError,
        RuntimeError,
        struct.error,
    ) as error:
        raise BadBackupError(repacked.FOREIGN) from error


def unpack_copy(packed: zipfile.ZipFile, place: Path) -> None:
    """Write the files of a copy into `place`, for this account alone. Raises `BadBackupError`, `OSError`."""
    targets, problem = repacked.map_targets(packed.namelist())
    if problem is not None:
        raise BadBackupError(problem[0], **problem[1])
    sizes = {name: packed.getinfo(name).file_size for name in targets}
    for name, target in targets.items():
        if target != STORE and sizes[name] > FILE_MAX_BYTES:
            raise BadBackupError(TOO_MUCH, size=sizes[name] // 2**20)
    _require_room(place, sum(sizes.values()))
    for name, target in targets.items():
        path = place / target
        make_folder(path.parent)
        with (
            packed.open(name) as source_file,
            os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out,
        ):
            _copy(source_file, out, sizes[name])
            out.flush()
            os.fsync(out.fileno())


def _copy(source_file: IO[bytes], out: IO[bytes], most_bytes: int) -> None:
    """Copy what was declared, and not a byte more."""
    left_bytes = most_bytes
    while chunk := source_file.read(CHUNK_BYTES):
        left_bytes -= len(chunk)
        if left_bytes < 0:
            raise BadBackupError(repacked.FOREIGN)
        out.write(chunk)


def _check_entries(entries: Sequence[zipfile.ZipInfo], packed_bytes: int) -> None:
    if len(entries) > ENTRIES_MAX:
        raise BadBackupError(TOO_MANY, most=ENTRIES_MAX)
    size = sum(entry.file_size for entry in entries)
    if size > max(EVEN_BYTES, RATIO_MAX * packed_bytes):
        raise BadBackupError(TOO_MUCH, size=size // 2**20)
    for entry in entries:
        name = entry.filename
        if len(name.encode(errors="replace")) > NAME_MAX_BYTES or name.replace("\\", "/").count("/") >= PARTS_MAX:
            raise BadBackupError(TOO_DEEP, name=f"{name[:60]}…")


def _require_room(
    place: Path, size_bytes: int, free: Callable[[Path], int] = lambda path: shutil.disk_usage(path).free
) -> None:
    if size_bytes > (free_bytes := free(place)):
        raise BadBackupError(NO_ROOM, size=size_bytes // 2**20, free=free_bytes // 2**20)


def _check_list(source: Path) -> None:
    """Look at how long the ZIP's list of files says it is, before all of it is read into memory."""
    size = source.stat().st_size
    with source.open("rb") as file:
        begin = max(0, size - _END_BYTES - _COMMENT_MAX - _END_64_BYTES - 20)
        file.seek(begin)
        tail = file.read()
    lengths = []
    if (at := tail.rfind(_END)) >= 0 and len(tail) >= at + _END_BYTES:
        lengths.append(struct.unpack_from("<L", tail, at + 12)[0])
    if (at := tail.rfind(_END_64)) >= 0 and len(tail) >= at + _END_64_BYTES:
        lengths = [struct.unpack_from("<Q", tail, at + 40)[0]]
    if any(length > LIST_MAX_BYTES for length in lengths):
        raise BadBackupError(TOO_MANY, most=ENTRIES_MAX)
