"""A copy of a desk in one file, made while it runs, checked, and brought back.

The file is a ZIP with `desk.db`, the signing key, the digests, recorded voices and the logo. A restored desk gets a new
database id, so that screens notice.
"""

import errno
import lzma
import os
import shutil
import sqlite3
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from motcua.desk import repacked
from motcua.desk.clock import Entropy
from motcua.desk.database import open_reader, primary_code
from motcua.desk.files import set_aside, to_disk
from motcua.desk.journal import Break, first_broken_link, rows
from motcua.desk.packing import STORE, LeftOut, pack
from motcua.desk.private import close, make_file, make_folder

DRAFT, COPY_DRAFT = ".restore-", ".backup-"
SUFFIXES = ("", "-wal", "-shm")
BY_DAY, ANY = "????-??-??.zip", "*.zip"
DEEPEST = 3
"""How many ZIPs within each other are opened."""
PROBE_BYTES = 65536


class BadBackupError(Exception):
    """The file is no backup of a desk, or it is damaged; `message` is English with places for `params`."""

    def __init__(self, message: str, **params: object) -> None:
        super().__init__(message, params)
        self.message, self.params = message, params

    def __str__(self) -> str:
        """Return the English sentence, filled in."""
        return self.message % self.params if self.params else self.message


def mark(message: str) -> str:
    """Mark `message` for translation where it is not yet said."""
    return message


def check(store: Path) -> Break | None:
    """Return the first broken link of the journal in `store`, None when all is well. Raises `BadBackupError` for a damaged store."""
    try:
        with closing(open_reader(store)) as db:
            found = db.conn.execute("PRAGMA integrity_check").fetchone()[0]
            if found != "ok":
                raise BadBackupError(mark("the store is damaged (%(problem)s)"), problem=found)
            return first_broken_link(rows(db))
    except (sqlite3.Error, ValueError) as error:
        raise BadBackupError(mark("the store is damaged (%(problem)s)"), problem=error) from error


@dataclass(frozen=True)
class Copy:
    """A copy that was made: how many journal rows it holds, and which files it does not."""

    rows: int
    left_out: list[LeftOut]


def make(folder: Path, target: Path) -> Copy:
    """Write a checked copy of the desk in `folder` to `target`.

    Raises `BadBackupError` when the copy's journal does not hold, `OSError` when it cannot be written; then `target` is as it was.
    """
    make_folder(target.parent)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=COPY_DRAFT) as place:
        copy = Path(place) / STORE
        try:
            _copy(folder / STORE, copy)
        except sqlite3.Error as error:
            if primary_code(error) == sqlite3.SQLITE_FULL:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target)) from error
            _write_more(copy)
            raise BadBackupError(mark("the store is damaged (%(problem)s)"), problem=error) from error
        _hold(check(copy))
        count = _count(copy)
        draft = Path(place) / "backup.zip"
        make_file(draft)
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as out:
            out.write(copy, STORE)
            left_out = pack(folder, out)
        close(draft)
        to_disk(draft)
        draft.replace(target)
    to_disk(target.parent)
    return Copy(count, left_out)


def newest_copy(folder: Path, names: str = ANY) -> Path | None:
    """Return the newest usable copy in `folder`: one that is empty or cut off is none. Copies named by a day count as the newest."""
    found = sorted(folder.glob(names), key=lambda path: (is_of_a_day(path), path.name), reverse=True)
    return next((path for path in found if is_usable(path) and (names != BY_DAY or is_of_a_day(path))), None)


def is_of_a_day(copy: Path) -> bool:
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


def prune(folder: Path, most: int) -> list[OSError]:
    """Remove the oldest nightly copies beyond the `most` usable ones, and what copies that were cut off left; return what went wrong."""
    named = sorted(path for path in folder.glob(BY_DAY) if is_of_a_day(path))
    kept = set([path for path in named if is_usable(path)][-most:])
    oldest = min(kept, default=None)
    problems = []
    for path in [*(path for path in named if path not in kept and oldest is not None and path < oldest), *folder.glob(f"{COPY_DRAFT}*")]:
        try:
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
        except OSError as error:
            problems.append(error)
    return problems


def _write_more(copy: Path) -> None:
    """Raise the `OSError` for which SQLite could not go on writing: no space, too large for the disk, a disk that is gone."""
    with copy.open("ab") as file:
        file.write(bytes(PROBE_BYTES))
        file.flush()
        os.fsync(file.fileno())


def _hold(broken: Break | None) -> None:
    if broken is not None:
        raise BadBackupError(mark("its journal does not hold at row %(seq)s"), seq=broken.seq)


def _copy(source: Path, target: Path) -> None:
    make_file(target)
    with closing(open_reader(source)) as db, closing(sqlite3.connect(target)) as copy:
        # one moment of the store, or the copy would begin anew with each commit of a busy desk
        db.conn.execute("BEGIN")
        db.execute("SELECT count(*) FROM desk").fetchone()
        db.conn.backup(copy, pages=2000, sleep=0.001)
        copy.execute("PRAGMA journal_mode=DELETE")


def _count(store: Path) -> int:
    with closing(open_reader(store)) as db:
        return int(db.execute("SELECT count(*) FROM journal").fetchone()[0])


def restore(
    source: Path,
    folder: Path,
    entropy: Entropy,
    check_store: Callable[[Path], Break | None] = check,
    lost: Sequence[Path] = (),
) -> int:
    """Bring the desk of `source` into `folder`, which holds none, and return how many journal rows it has.

    `lost` are the files of a store that cannot be used: they get other names, and what else that desk has left stays as it is.
    The store comes last: without it there is no desk, and the same call can be made again. Raises `BadBackupError`, `FileExistsError` when
    something else is in the way; then nothing is changed.
    """
    for suffix in SUFFIXES:
        if (taken := folder / f"{STORE}{suffix}").exists() and taken not in lost:
            raise FileExistsError(str(taken))
    with _opened(source) as packed:
        make_folder(folder)
        for left in folder.glob(f"{DRAFT}*"):
            shutil.rmtree(left)
        with tempfile.TemporaryDirectory(dir=folder, prefix=DRAFT) as place:
            store = Path(place) / STORE
            _unpack(packed, Path(place))
            _hold(check_store(store))
            count = _renew(store, entropy)
            files = _missing(Path(place), folder, keep=bool(lost))
            for path in lost:
                set_aside(path)
            _move(Path(place), folder, files)
    to_disk(folder)
    return count


@contextmanager
def _opened(source: Path, depth: int = 1) -> Iterator[zipfile.ZipFile]:
    """Lend the ZIP with the copy: `source`, or the one ZIP within it."""
    if source.is_dir() or not zipfile.is_zipfile(source):
        message, params = repacked.of_file(source)
        raise BadBackupError(message, **params)
    try:
        with zipfile.ZipFile(source) as packed:
            if (problem := repacked.of_entries(packed.infolist())) is not None:
                raise BadBackupError(problem[0], **problem[1])
            if depth < DEEPEST and (name := repacked.inner(packed.namelist())) is not None:
                with tempfile.TemporaryDirectory(prefix=DRAFT) as place:
                    within = Path(place) / "within.zip"
                    with packed.open(name) as given, within.open("wb") as out:
                        shutil.copyfileobj(given, out)
                    with _opened(within, depth + 1) as found:
                        yield found
                return
            yield packed
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, RuntimeError, struct.error) as error:
        raise BadBackupError(repacked.FOREIGN) from error


def _unpack(packed: zipfile.ZipFile, place: Path) -> None:
    wanted, problem = repacked.places(packed.namelist())
    if problem is not None:
        raise BadBackupError(problem[0], **problem[1])
    for name, target in wanted.items():
        path = place / target
        make_folder(path.parent)
        with packed.open(name) as given, os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            shutil.copyfileobj(given, out)
            out.flush()
            os.fsync(out.fileno())


def _missing(place: Path, folder: Path, *, keep: bool) -> list[Path]:
    """Return which unpacked files `folder` does not have. Raises `FileExistsError` for another one there, unless those are to `keep`."""
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


def _move(place: Path, folder: Path, files: list[Path]) -> None:
    for path in files:
        target = folder / path.relative_to(place)
        make_folder(target.parent)
        path.replace(target)
        to_disk(target.parent)
    (place / STORE).replace(folder / STORE)


def _renew(store: Path, entropy: Entropy) -> int:
    """Give the store a new database id: what screens saw of the old one no longer counts."""
    try:
        with closing(sqlite3.connect(store)) as db:
            db.execute("UPDATE desk SET id = ?, starts = 0", (entropy(8).hex(),))
            db.commit()
    except sqlite3.Error as error:
        raise BadBackupError(mark("the store is damaged (%(problem)s)"), problem=error) from error
    return _count(store)
