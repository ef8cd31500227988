"""`motcua account`: add accounts, and set new passwords."""

import argparse
import sys
from pathlib import Path

from motcua.cli.door import open_reading, require_desk, run_command
from motcua.cli.options import read_password
from motcua.cli.texts import say
from motcua.desk import Invalid
from motcua.staff import rules, store
from motcua.typed.codes import clean_name


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    verbs = parser.add_subparsers(dest="verb", required=True)
    add = verbs.add_parser("add", help="add a person")
    add.add_argument(
        "--full-name", default="", metavar="NAME", help="as shown to citizens; the sign-in name if left out"
    )
    add.add_argument("--title", default="", help="e.g. 'Công chức tư pháp, hộ tịch'")
    again = verbs.add_parser("password", help="give a person a new password; all their sign-ins end")
    for verb in (add, again):
        verb.add_argument("--data", type=Path, required=True, metavar="DIR")
        verb.add_argument("--name", required=True, help="the sign-in name")
        verb.add_argument("--role", required=verb is add, help="admin, leader or officer")
        verb.add_argument("--password-stdin", action="store_true", help="read the password from standard input")


def main(options: argparse.Namespace) -> int:
    """Add a person or change a password, through the server if it is running."""
    require_desk(options.data)
    (_add_account if options.verb == "add" else _change_password)(options)
    return 0


def _add_account(options: argparse.Namespace) -> None:
    rules.get_person_role(options.role)
    name = rules.read_sign_in_name(options.name)
    secret = read_password(options.password_stdin)
    params = {
        "name": name,
        "role": options.role,
        "full_name": options.full_name,
        "title": options.title,
        "password": secret,
    }
    run_command(options.data, "account.add", params)
    print(say("%(name)s can sign in now.", name=name), file=sys.stderr)


def _change_password(options: argparse.Namespace) -> None:
    name = clean_name(options.name)
    with open_reading(options.data) as db:
        account = store.find_account(db, name)
    if account is None or (options.role and account.role.value != options.role):
        raise Invalid("account.unknown", "There is no account %(name)s.", name=name)
    secret = read_password(options.password_stdin)
    run_command(options.data, "account.password", {"name": name, "password": secret})
    print(say("%(name)s has a new password.", name=name), file=sys.stderr)
