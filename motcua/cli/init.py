"""`motcua init`: an unattended first set-up; the wizard does the same in the browser."""

import argparse
import contextlib
import sys
from pathlib import Path

from motcua.cli.door import free, own_desk, reading
from motcua.cli.options import password
from motcua.cli.texts import say
from motcua.desk import Desk, Refused, StoreError, Tx, signing
from motcua.desk.loss import require_not_lost
from motcua.desk.private import close_folder_to_others, make_folder
from motcua.settings import store as settings_store
from motcua.setup import actions, template
from motcua.setup.document import Document, build, plain
from motcua.setup.passwords import hash_password, new_password
from motcua.staff import rules as staff_rules
from motcua.staff.model import Account, Role


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    parser.add_argument("--template", default="ward", help=", ".join(template.names()))
    parser.add_argument("--unit", help="the unit's name, e.g. 'Phường Mỹ Đình'")
    parser.add_argument("--always-open", action="store_true", help="seven 24-hour days and no holidays, for trials")
    parser.add_argument("--admin", metavar="NAME", help="make an administrator with this sign-in name")
    parser.add_argument("--password-stdin", action="store_true", help="read the administrator's password from standard input")


def main(options: argparse.Namespace) -> int:
    """Make the desk; an administrator can also be made later with `account add` or by the wizard."""
    document = chosen(options.template, options.unit, always_open=options.always_open)
    unused(options.data)
    admin = administrator(options.admin, password(options.password_stdin), document) if options.admin else None
    prepare(options.data)
    with own_desk(options.data) as desk:
        signing.keep_key(desk, options.data)
        set_up(desk, document, admin)
    print(say("The desk in %(folder)s is ready.", folder=options.data), file=sys.stderr)
    return 0


def chosen(name: str, unit: str | None, *, always_open: bool) -> Document:
    """Return the template `name` with what the command line changes in it. Raises `Invalid("template.unknown")`, `Mistakes`."""
    document = template.load(name)
    if always_open:
        document = template.always_open(document)
    if unit is None:
        return document
    whole = plain(document)
    return build({**whole, "unit": {**whole["unit"], "name": unit}})


def unused(folder: Path) -> None:
    """Raise `Refused("setup.done" | "folder.taken")` when a desk cannot be made in `folder`, before anything is asked or changed."""
    require_not_lost(folder)
    free(folder)
    if (folder / "desk.db").exists():
        with reading(folder) as db, contextlib.suppress(StoreError):  # a store that was never finished
            if settings_store.version(db):
                raise already()


def prepare(folder: Path) -> None:
    """Make the data folder, for the desk alone; one that was open to others is closed."""
    for place in (folder, folder / "backups", folder / "digests"):
        make_folder(place)
    close_folder_to_others(folder)


def administrator(name: str, secret: str, document: Document) -> Account:
    """Return the first administrator. Raises `Invalid`."""
    clean = staff_rules.read_sign_in_name(name)
    hashed = hash_password(new_password(secret, document.settings, clean))
    return Account(0, clean, clean, "", Role.ADMIN, None, hashed, False)


def set_up(desk: Desk, document: Document, admin: Account | None) -> None:
    """Put `document` in force, and perhaps make the first administrator. Raises `Refused("setup.done")`."""
    if admin is not None:
        desk.by("command").do(actions.first_setup, document, admin, [])
        return
    desk.by("command").do(first_settings, document)


def first_settings(tx: Tx, document: Document) -> None:
    """Put the settings of a desk that has none in force. Raises `Refused("setup.done")`."""
    if settings_store.version(tx.db):
        raise already()
    actions.apply(tx, document)


def already() -> Refused:
    """Return the refusal to set up a desk twice."""
    return Refused("setup.done", "This desk is already set up.")
