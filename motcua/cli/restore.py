"""`motcua restore`: brings the desk of a backup into a folder that holds none."""

import argparse
import contextlib
import sys
from pathlib import Path

from motcua.audit.compare import list_differences
from motcua.cli.door import open_reading, require_free_folder
from motcua.cli.media import report_disk_errors
from motcua.cli.texts import say
from motcua.desk import system_entropy
from motcua.desk.backup import SUFFIXES, check_store, restore
from motcua.desk.database import open_writer
from motcua.desk.journal import ChainBreak
from motcua.desk.lock import DeskLock
from motcua.desk.loss import find_loss
from motcua.desk.messages import mark
from motcua.desk.packing import STORE
from motcua.desk.private import close_folder_to_others, make_folder
from motcua.desk.tables import DESK
from motcua.setup.rooms import ROOMS

UNLIKE = mark(
    "Warning: in %(count)s places the tables of this copy do not match its journal. See: motcua journal "
    "verify --data %(folder)s"
)
CLEANED = mark("The copy's store had parts that no desk has. They were removed: %(names)s. Find out who added them.")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("file", type=Path, metavar="FILE", help="what `motcua backup` made")
    parser.add_argument(
        "--data",
        type=Path,
        required=True,
        metavar="DIR",
        help="a new or empty folder, or the desk's own one when its store is lost",
    )


def main(options: argparse.Namespace) -> int:
    """Restore the desk. A new folder is removed again if that fails."""
    folder: Path = options.data
    if not options.file.is_dir():
        options.file.open("rb").close()
    loss = find_loss(folder)
    lost = [path for suffix in SUFFIXES if (path := folder / f"{STORE}{suffix}").exists()] if loss is not None else []
    if loss is None and (store := folder / STORE).exists():
        raise FileExistsError(str(store))
    if loss is None:
        require_free_folder(folder)
    is_new_folder = not folder.exists()
    make_folder(folder)
    close_folder_to_others(folder)
    done = False
    try:
        lock = DeskLock(folder)
        try:
            with report_disk_errors(folder):
                restored = restore(options.file, folder, system_entropy, find_store_break, lost, [DESK, *ROOMS])
            done = True
        finally:
            lock.close()
    finally:
        if is_new_folder and not done:
            with contextlib.suppress(OSError):  # only what is empty goes
                (folder / "desk.lock").unlink(missing_ok=True)
                folder.rmdir()
    print(
        say("The desk is back in %(folder)s with %(count)s journal rows.", folder=folder, count=restored.rows),
        file=sys.stderr,
    )
    with open_reading(folder) as db:
        count = sum(1 for _difference in list_differences(db))
    if count:
        print(say(UNLIKE, count=count, folder=folder), file=sys.stderr)
    if restored.cleaned:
        print(say(CLEANED, names=", ".join(restored.cleaned)), file=sys.stderr)
    return 0


def find_store_break(store: Path) -> ChainBreak | None:
    """As `check`, and bring the copy up to date with this version. Raises `BadBackupError`, `DatabaseTooNewError`."""
    broken = check_store(store)
    if broken is None:
        open_writer(store, [DESK, *ROOMS]).close()
    return broken
