"""`motcua init`: an unattended first set-up; the wizard does the same in the browser."""

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from motcua.cli.door import own_desk
from motcua.cli.texts import say
from motcua.desk import Desk, system_entropy
from motcua.settings import store as settings_store
from motcua.setup import actions, template
from motcua.setup.passwords import hash_password
from motcua.staff import rules as staff_rules
from motcua.staff.model import Account, Role
from motcua.wiring.digests import make_key


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    parser.add_argument("--template", default="ward", choices=template.names())
    parser.add_argument("--unit", help="the unit's name, e.g. 'Phường Mỹ Đình'")
    parser.add_argument("--always-open", action="store_true", help="seven 24-hour days and no holidays, for trials")
    parser.add_argument("--admin", metavar="NAME", help="make an administrator with this sign-in name")
    parser.add_argument("--password-stdin", action="store_true", help="read the administrator's password from standard input")


def main(options: argparse.Namespace) -> int:
    """Make the desk; an administrator can also be made later with `account add` or by the wizard."""
    admin = None
    if options.admin:
        admin = administrator(options.admin, password(options.password_stdin))
    prepare(options.data)
    with own_desk(options.data) as desk:
        set_up(desk, options.template, options.unit, always_open=options.always_open, admin=admin)
    print(say("The desk in %(folder)s is ready.", folder=options.data), file=sys.stderr)
    return 0


def prepare(folder: Path) -> None:
    """Make the data folder, for the desk alone, and its signing key."""
    folder.mkdir(mode=0o750, parents=True, exist_ok=True)
    (folder / "backups").mkdir(exist_ok=True)
    (folder / "digests").mkdir(exist_ok=True)
    make_key(folder, system_entropy)


def administrator(name: str, secret: str) -> Account:
    """Return the first administrator. Raises `Invalid`."""
    hashed = hash_password(staff_rules.password(secret))
    return Account(0, staff_rules.sign_in_name(name), name, "", Role.ADMIN, None, hashed, False)


def password(from_stdin: bool) -> str:
    """Read a password: a line of standard input, or asked for twice on the terminal."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\n")
    import getpass

    first = getpass.getpass(say("Password: "))
    if getpass.getpass(say("Once more: ")) != first:
        raise SystemExit(say("The two passwords differ."))
    return first


def set_up(desk: Desk, name: str, unit: str | None, *, always_open: bool, admin: Account | None) -> None:
    """Put the template's settings in force, and perhaps the first administrator. Raises `Refused("setup.done")`."""
    document = template.load(name)
    if always_open:
        document = template.always_open(document)
    if unit:
        settings = document.settings
        document = replace(document, settings=replace(settings, unit=replace(settings.unit, name=unit)))
    if admin is not None:
        desk.by("command").do(actions.first_setup, document, admin, [])
        return
    with desk.read() as db:
        fresh = settings_store.version(db) == 0
    if not fresh:
        from motcua.desk import Refused

        raise Refused("setup.done", "This desk is already set up.")
    desk.by("command").do(actions.apply, document)
