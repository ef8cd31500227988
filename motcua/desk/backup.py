"""A copy of a desk in one file, made while it runs, checked, and brought back.

The file is a ZIP with `desk.db`, the signing key, the digests, recorded voices and the logo. A restored desk gets a new
database id, so that screens notice.
"""

import errno
import os
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

from msgspec import Struct

from motcua.desk import schema
from motcua.desk.clock import Entropy
from motcua.desk.database import Room, get_primary_code, list_steps, open_any, open_reader, require_known
from motcua.desk.files import flush_to_disk, set_aside
from motcua.desk.journal import ChainBreak, find_broken_link, read_strict_rows
from motcua.desk.messages import mark
from motcua.desk.packing import STORE, LeftOutFile, pack_folder
from motcua.desk.private import close_to_others, make_file, make_folder
from motcua.desk.unpacking import DRAFT, BadBackupError, open_copy, unpack_copy

COPY_DRAFT = ".backup-"
SUFFIXES = ("", "-wal", "-shm")
__all__ = [
    "BadBackupError",
    "Copy",
    "check_store",
    "find_newest_copy",
    "is_usable",
    "make_copy",
    "prune_copies",
    "restore",
]
BY_DAY, ANY = "????-??-??.zip", "*.zip"
PROBE_BYTES = 65536


def check_store(store: Path) -> ChainBreak | None:
    """Return the first broken link of the journal in `store`, None when all is well.

    Raises `BadBackupError` for a damaged store.
    """
    try:
        with closing(open_reader(store)) as db:
            verdict = db.conn.execute("PRAGMA integrity_check").fetchone()[0]
            if verdict != "ok":
                raise BadBackupError(mark("the store is damaged (%(problem)s)"), problem=verdict)
            return find_broken_link(read_strict_rows(db))
    except (sqlite3.Error, ValueError) as error:
        raise BadBackupError(mark("the store is damaged (%(problem)s)"), problem=error) from error


class Copy(Struct, frozen=True):
    """A copy that was made: how many journal rows it holds, and which files it does not."""

    rows: int
    left_out: list[LeftOutFile]


class Restored(Struct, frozen=True):
    """A desk that was brought back: how many journal rows it has, and what foreign things were taken out of its
    store.
    """

    rows: int
    cleaned: list[str]


def make_copy(folder: Path, target: Path) -> Copy:
    """Write a checked copy of the desk in `folder` to `target`.

    Raises `BadBackupError` when the copy's journal does not hold, `OSError` when it cannot be written; then `target`
    is as it was.
    """
    make_folder(target.parent)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=COPY_DRAFT) as place:
        copy = Path(place) / STORE
        try:
            _copy_store(folder / STORE, copy)
        except sqlite3.Error as error:
            if get_primary_code(error) == sqlite3.SQLITE_FULL:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target)) from error
            _write_more(copy, (folder / STORE).stat().st_size)
            raise BadBackupError(mark("the store is damaged (%(problem)s)"), problem=error) from error
        _require_whole(check_store(copy))
        count = _count_rows(copy)
        draft = Path(place) / "backup.zip"
        make_file(draft)
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as out:
            out.write(copy, STORE)
            left_out = pack_folder(folder, out)
        close_to_others(draft)
        flush_to_disk(draft)
        draft.replace(target)
    flush_to_disk(target.parent)
    return Copy(count, left_out)


def find_newest_copy(folder: Path, names: str = ANY) -> Path | None:
    """Return the newest usable copy in `folder`: one that is empty or cut off is none.

    Copies named by a day count as the newest.
    """
    copies = sorted(folder.glob(names), key=lambda path: (is_named_by_day(path), path.name), reverse=True)
    return next((path for path in copies if is_usable(path) and (names != BY_DAY or is_named_by_day(path))), None)


def is_named_by_day(copy: Path) -> bool:
    """Say whether a copy's name is a day."""
    try:
        return date.fromisoformat(copy.stem).isoformat() == copy.stem
    except ValueError:
        return False


def is_usable(copy: Path) -> bool:
    """Say whether a file looks like a whole copy, cheaply."""
    try:
        return copy.is_file() and zipfile.is_zipfile(copy)
    except OSError:
        return False


def prune_copies(folder: Path, most: int) -> list[OSError]:
    """Remove the oldest nightly copies beyond the `most` usable ones, and what copies that were cut off left; return
    what went wrong.
    """
    named = sorted(path for path in folder.glob(BY_DAY) if is_named_by_day(path))
    newest = set([path for path in named if is_usable(path)][-most:])
    oldest = min(newest, default=None)
    problems = []
    for path in [
        *(path for path in named if path not in newest and oldest is not None and path < oldest),
        *folder.glob(f"{COPY_DRAFT}*"),
    ]:
        try:
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
        except OSError as error:
            problems.append(error)
    return problems


def _write_more(copy: Path, whole_bytes: int) -> None:
    """Raise the `OSError` for which SQLite could not go on writing: no space, too large for the disk, a disk that is
    gone. The file grows beyond `whole_bytes`, as SQLite cuts off what it wrote before it gives up.
    """
    with copy.open("ab") as file:
        while file.tell() <= whole_bytes:
            file.write(bytes(PROBE_BYTES))
        file.flush()
        os.fsync(file.fileno())


def _require_whole(broken: ChainBreak | None) -> None:
    if broken is not None:
        raise BadBackupError(mark("its journal is broken at row %(seq)s"), seq=broken.seq)


def _copy_store(source: Path, target: Path) -> None:
    make_file(target)
    with closing(open_reader(source)) as db, closing(sqlite3.connect(target)) as copy:
        # one moment of the store, or the copy would begin anew with each commit of a busy desk
        db.conn.execute("BEGIN")
        db.execute("SELECT count(*) FROM desk").fetchone()
        db.conn.backup(copy, pages=2000, sleep=0.001)
        copy.execute("PRAGMA journal_mode=DELETE")


def _count_rows(store: Path) -> int:
    with closing(open_reader(store)) as db:
        return int(db.execute("SELECT count(*) FROM journal").fetchone()[0])


def restore(
    source: Path,
    folder: Path,
    entropy: Entropy,
    check_store: Callable[[Path], ChainBreak | None] = check_store,
    lost: Sequence[Path] = (),
    rooms: Sequence[Room] = (),
) -> Restored:
    """Bring the desk of `source` into `folder`, which holds none, and return what it is.

    `rooms` own the tables of a desk: whatever else is in the schema of the copy's store is taken out before anything
    is done with it.

    `lost` are the files of a store that cannot be used: they get other names, and what else that desk has left stays
    as it is. The store comes last: without it there is no desk, and the same call can be made again. Raises
    `BadBackupError`, `FileExistsError` when something else is in the way; then nothing is changed.
    """
    for suffix in SUFFIXES:
        if (existing := folder / f"{STORE}{suffix}").exists() and existing not in lost:
            raise FileExistsError(str(existing))
    with open_copy(source) as packed:
        make_folder(folder)
        for draft in folder.glob(f"{DRAFT}*"):
            shutil.rmtree(draft)
        with tempfile.TemporaryDirectory(dir=folder, prefix=DRAFT) as place:
            store = Path(place) / STORE
            unpack_copy(packed, Path(place))
            cleaned = _clean_schema(store, rooms)
            _require_whole(check_store(store))
            count = _renew_id(store, entropy)
            files = _list_missing(Path(place), folder, keep=bool(lost))
            for path in lost:
                set_aside(path)
            _move_files(Path(place), folder, files)
    flush_to_disk(folder)
    return Restored(count, cleaned)


def _list_missing(place: Path, folder: Path, *, keep: bool) -> list[Path]:
    """Return which unpacked files `folder` does not have.

    Raises `FileExistsError` for another one there, unless those are to `keep`.
    """
    files = []
    for path in sorted(place.glob("**/*")):
        target = folder / path.relative_to(place)
        if not path.is_file() or path == place / STORE:
            continue
        if not target.exists() or (keep and target.is_file() and not target.stat().st_size):
            files.append(path)
        elif not keep and target.read_bytes() != path.read_bytes():
            raise FileExistsError(str(target))
    return files


def _move_files(place: Path, folder: Path, files: list[Path]) -> None:
    for path in files:
        target = folder / path.relative_to(place)
        make_folder(target.parent)
        path.replace(target)
        flush_to_disk(target.parent)
    (place / STORE).replace(folder / STORE)


def _clean_schema(store: Path, rooms: Sequence[Room]) -> list[str]:
    """Take what is foreign out of the schema of an unpacked store: a trigger would act in the desk's name.

    Raises `BadBackupError`, `DatabaseTooNewError`.
    """
    try:
        with closing(open_any(store)) as db:
            if not rooms:
                return []
            require_known(db, rooms)
            return schema.clean_schema(db, list_steps(rooms))
    except (sqlite3.Error, ValueError) as error:
        raise BadBackupError(mark("the store is damaged (%(problem)s)"), problem=error) from error


def _renew_id(store: Path, entropy: Entropy) -> int:
    """Give the store a new database id: what screens saw of the old one no longer counts."""
    try:
        with closing(open_any(store)) as db:
            db.conn.execute("UPDATE desk SET id = ?, starts = 0", (entropy(8).hex(),))
    except sqlite3.Error as error:
        raise BadBackupError(mark("the store is damaged (%(problem)s)"), problem=error) from error
    return _count_rows(store)
