"""A copy of a desk in one file, made while it runs, checked, and brought back.

The file is a ZIP with `desk.db`, the signing key, the digests and the logo. A restored desk gets a new database id, so that screens notice.
"""

import os
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from motcua.desk.clock import Entropy
from motcua.desk.database import open_reader
from motcua.desk.journal import Break, first_broken_link, rows

STORE = "desk.db"
BESIDE = ("keys", "digests", "voice")


class BadBackupError(Exception):
    """The file is no backup of a desk, or it is damaged; the message says what is wrong."""


def check(store: Path) -> Break | None:
    """Return the first broken link of the journal in `store`, None when all is well. Raises `BadBackupError` for a damaged store."""
    db = open_reader(store)
    try:
        found = db.conn.execute("PRAGMA integrity_check").fetchone()[0]
        if found != "ok":
            raise BadBackupError(f"the store is damaged: {found}")
        return first_broken_link(rows(db))
    except sqlite3.DatabaseError as error:
        raise BadBackupError(f"not a desk's store: {error}") from error
    finally:
        db.close()


def make(folder: Path, target: Path) -> int:
    """Write a checked copy of the desk in `folder` to `target` and return how many journal rows it holds.

    Raises `BadBackupError` when the copy's journal does not hold, `OSError` when it cannot be written; then no file is left.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as place:
        copy = Path(place) / STORE
        _copy(folder / STORE, copy)
        if (broken := check(copy)) is not None:
            raise BadBackupError(f"journal row {broken.seq} {broken.problem}")
        db = open_reader(copy)
        count = int(db.execute("SELECT count(*) FROM journal").fetchone()[0])
        db.close()
        draft = Path(place) / "backup.zip"
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as out:
            out.write(copy, STORE)
            for path in _beside(folder):
                out.write(path, path.relative_to(folder).as_posix())
        draft.chmod(0o600)
        draft.replace(target)
    return count


def _beside(folder: Path) -> list[Path]:
    found = [path for name in BESIDE for path in sorted((folder / name).glob("**/*")) if path.is_file()]
    return [*found, *sorted(folder.glob("logo.*"))]


def _copy(source: Path, target: Path) -> None:
    db = open_reader(source)
    copy = sqlite3.connect(target)
    try:
        db.conn.backup(copy, pages=2000, sleep=0.001)
        copy.execute("PRAGMA journal_mode=DELETE")
    finally:
        copy.close()
        db.close()


def restore(source: Path, folder: Path, entropy: Entropy, check_store: Callable[[Path], Break | None] = check) -> int:
    """Bring the desk of `source` into the empty `folder` and return how many journal rows it holds.

    Raises `BadBackupError`, `FileExistsError` when `folder` holds a desk already; then nothing is changed.
    """
    if (folder / STORE).exists():
        raise FileExistsError(str(folder / STORE))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with zipfile.ZipFile(source) as packed, tempfile.TemporaryDirectory(dir=folder, prefix=".restore-") as place:
            _unpack(packed, Path(place))
            store = Path(place) / STORE
            if (broken := check_store(store)) is not None:
                raise BadBackupError(f"journal row {broken.seq} {broken.problem}")
            count = _renew(store, entropy)
            for path in sorted(Path(place).glob("**/*")):
                if path.is_file() and path.name != STORE:
                    wanted = folder / path.relative_to(place)
                    wanted.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                    path.replace(wanted)
            store.replace(folder / STORE)
    except zipfile.BadZipFile as error:
        raise BadBackupError("this file is no backup of a desk") from error
    return count


def _unpack(packed: zipfile.ZipFile, place: Path) -> None:
    names = packed.namelist()
    if STORE not in names:
        raise BadBackupError("this file is no backup of a desk")
    for name in names:
        parts = Path(name).parts
        if name == STORE or (len(parts) == 2 and parts[0] in BESIDE) or (len(parts) == 1 and name.startswith("logo.")):
            path = place / name
            path.parent.mkdir(exist_ok=True)
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                out.write(packed.read(name))


def _renew(store: Path, entropy: Entropy) -> int:
    """Give the store a new database id: what screens saw of the old one no longer counts."""
    db = sqlite3.connect(store)
    try:
        db.execute("UPDATE desk SET id = ?, starts = 0", (entropy(8).hex(),))
        db.commit()
        return int(db.execute("SELECT count(*) FROM journal").fetchone()[0])
    finally:
        db.close()
