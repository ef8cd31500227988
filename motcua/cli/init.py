"""`motcua init`: an unattended first set-up; the wizard does the same in the browser."""

import argparse
import contextlib
import sys
from pathlib import Path

from motcua.cli.door import lock_desk, open_reading, require_free_folder
from motcua.cli.options import read_password
from motcua.cli.texts import say
from motcua.desk import Desk, Refused, StoreError, Tx, signing
from motcua.desk.loss import require_not_lost
from motcua.desk.private import close_folder_to_others, make_folder
from motcua.settings import store as settings_store
from motcua.setup import actions, template
from motcua.setup.document import Document, build, to_plain
from motcua.setup.passwords import hash_new, hash_password
from motcua.staff import rules as staff_rules
from motcua.staff.model import Account, Role


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    parser.add_argument("--template", default="ward", help=", ".join(template.list_names()))
    parser.add_argument("--unit", help="the unit's name, e.g. 'Phường Mỹ Đình'")
    parser.add_argument("--always-open", action="store_true", help="seven 24-hour days and no holidays, for trials")
    parser.add_argument("--admin", metavar="NAME", help="make an administrator with this sign-in name")
    parser.add_argument(
        "--password-stdin", action="store_true", help="read the administrator's password from standard input"
    )


def main(options: argparse.Namespace) -> int:
    """Make the desk; an administrator can also be made later with `account add` or by the wizard."""
    document = choose_document(options.template, options.unit, always_open=options.always_open)
    require_unused(options.data)
    admin = (
        make_administrator(options.admin, read_password(options.password_stdin), document) if options.admin else None
    )
    prepare_folder(options.data)
    with lock_desk(options.data) as desk:
        signing.keep_key(desk, options.data)
        set_up(desk, document, admin)
    print(say("The desk in %(folder)s is ready.", folder=options.data), file=sys.stderr)
    return 0


def choose_document(name: str, unit: str | None, *, always_open: bool) -> Document:
    """Return the template `name` with the changes of the command line.

    Raises `Invalid("template.unknown")`, `Mistakes`.
    """
    document = template.load(name)
    if always_open:
        document = template.open_always(document)
    if unit is None:
        return document
    whole = to_plain(document)
    return build({**whole, "unit": {**whole["unit"], "name": unit}})


def require_unused(folder: Path) -> None:
    """Raise `Refused("setup.done" | "folder.taken")` if no desk can be made in `folder`."""
    require_not_lost(folder)
    require_free_folder(folder)
    if (folder / "desk.db").exists():
        with open_reading(folder) as db, contextlib.suppress(StoreError):  # a store that was never finished
            if settings_store.get_version(db):
                raise make_setup_refusal()


def prepare_folder(folder: Path) -> None:
    """Make the data folder, and close it to other accounts."""
    for place in (folder, folder / "backups", folder / "digests"):
        make_folder(place)
    close_folder_to_others(folder)


def make_administrator(name: str, secret: str, document: Document) -> Account:
    """Return the first administrator. Raises `Invalid`."""
    clean = staff_rules.read_sign_in_name(name)
    hashed = hash_password(hash_new(secret, document.settings, clean))
    return Account(0, clean, clean, "", Role.ADMIN, None, hashed, False)


def set_up(desk: Desk, document: Document, admin: Account | None) -> None:
    """Apply `document`, and make the first administrator if there is one. Raises `Refused("setup.done")`."""
    if admin is not None:
        desk.by("command").do(actions.set_up, document, admin, [])
        return
    desk.by("command").do(apply_first_settings, document)


def apply_first_settings(tx: Tx, document: Document) -> None:
    """Apply the settings of a desk that has none. Raises `Refused("setup.done")`."""
    if settings_store.get_version(tx.db):
        raise make_setup_refusal()
    actions.apply(tx, document)


def make_setup_refusal() -> Refused:
    """Return the refusal of a second set-up."""
    return Refused("setup.done", "This desk is already set up.")
