"""A copy of a desk in one file, made while it runs, checked, and brought back.

The file is a ZIP with `desk.db`, the signing key, the digests, recorded voices and the logo. A restored desk gets a new
database id, so that screens notice.
"""

import lzma
import os
import shutil
import sqlite3
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from motcua.desk import repacked
from motcua.desk.clock import Entropy
from motcua.desk.database import open_reader
from motcua.desk.journal import Break, first_broken_link, rows
from motcua.desk.repacked import BESIDE, STORE

DEEPEST = 3
"""How many ZIPs within each other are opened."""
PROBE_BYTES = 65536
DRAFT = ".restore-"


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


def make(folder: Path, target: Path) -> int:
    """Write a checked copy of the desk in `folder` to `target` and return how many journal rows it holds.

    Raises `BadBackupError` when the copy's journal does not hold, `OSError` when it cannot be written; then `target` is as it was.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as place:
        copy = Path(place) / STORE
        try:
            _copy(folder / STORE, copy)
        except sqlite3.Error as error:
            _write_more(copy)
            raise BadBackupError(mark("the store is damaged (%(problem)s)"), problem=error) from error
        _hold(check(copy))
        count = _count(copy)
        draft = Path(place) / "backup.zip"
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as out:
            out.write(copy, STORE)
            for path in _beside(folder):
                out.write(path, path.relative_to(folder).as_posix())
        draft.chmod(0o600)
        _to_disk(draft)
        draft.replace(target)
    _to_disk(target.parent)
    return count


def _write_more(copy: Path) -> None:
    """Raise the `OSError` for which SQLite could not go on writing: no space, too large for the disk, a disk that is gone."""
    with copy.open("ab") as file:
        file.write(bytes(PROBE_BYTES))
        file.flush()
        os.fsync(file.fileno())


def _hold(broken: Break | None) -> None:
    if broken is not None:
        raise BadBackupError(mark("its journal does not hold at row %(seq)s"), seq=broken.seq)


def _beside(folder: Path) -> list[Path]:
    found = [path for name in BESIDE for path in sorted((folder / name).glob("**/*")) if path.is_file() and path.suffix != ".tmp"]
    return [*found, *sorted(folder.glob("logo.*"))]


def _copy(source: Path, target: Path) -> None:
    with closing(open_reader(source)) as db, closing(sqlite3.connect(target)) as copy:
        # one moment of the store, or the copy would begin anew with each commit of a busy desk
        db.conn.execute("BEGIN")
        db.execute("SELECT count(*) FROM desk").fetchone()
        db.conn.backup(copy, pages=2000, sleep=0.001)
        copy.execute("PRAGMA journal_mode=DELETE")


def _count(store: Path) -> int:
    with closing(open_reader(store)) as db:
        return int(db.execute("SELECT count(*) FROM journal").fetchone()[0])


def _to_disk(path: Path) -> None:
    """Wait until a file, or a folder's list of files, is on the disk; Windows knows this for files only."""
    if path.is_dir() and os.name == "nt":  # pragma: no cover -- untried on Windows
        return
    descriptor = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def restore(source: Path, folder: Path, entropy: Entropy, check_store: Callable[[Path], Break | None] = check) -> int:
    """Bring the desk of `source` into `folder`, which holds none, and return how many journal rows it has.

    The store comes last: without it there is no desk, and the same call can be made again. Raises `BadBackupError`, `FileExistsError` when
    something else is in the way; then nothing is changed.
    """
    for suffix in ("", "-wal", "-shm"):
        if (taken := folder / f"{STORE}{suffix}").exists():
            raise FileExistsError(str(taken))
    with _opened(source) as packed:
        folder.mkdir(parents=True, exist_ok=True)
        for left in folder.glob(f"{DRAFT}*"):
            shutil.rmtree(left)
        with tempfile.TemporaryDirectory(dir=folder, prefix=DRAFT) as place:
            store = Path(place) / STORE
            _unpack(packed, Path(place))
            _hold(check_store(store))
            count = _renew(store, entropy)
            _move(Path(place), folder)
    _to_disk(folder)
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
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with packed.open(name) as given, os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            shutil.copyfileobj(given, out)
            out.flush()
            os.fsync(out.fileno())


def _move(place: Path, folder: Path) -> None:
    found = [path for path in sorted(place.glob("**/*")) if path.is_file() and path != place / STORE]
    wanted = [(path, folder / path.relative_to(place)) for path in found]
    for path, target in wanted:
        if target.exists() and target.read_bytes() != path.read_bytes():
            raise FileExistsError(str(target))
    for path, target in wanted:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.replace(target)
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
