"""What a program on the desk's own computer may ask for: the command line's changes, run here or in the serving
process.
"""

from collections.abc import Callable
from typing import Any

from motcua.desk import Desk, Invalid, texts
from motcua.settings import store as settings_store
from motcua.settings.model import Settings
from motcua.setup import actions as setup_actions
from motcua.setup import agents
from motcua.setup.drafts import read_answer
from motcua.setup.passwords import hash_new, hash_password, run_inline
from motcua.staff import actions as staff_actions
from motcua.staff import rules as staff_rules
from motcua.staff import store as staff_store
from motcua.staff.model import Account

Arguments = dict[str, Any]
Run = Callable[..., Any]
"""`run(work, *arguments)` does what takes the processor for long where it holds up nobody."""
ACTOR = "command"


def _add_token(desk: Desk, arguments: Arguments, _run: Run) -> Arguments:
    serves = agents.Serves(arguments.get("counters"), arguments.get("kiosks"))
    request = agents.TokenRequest(
        arguments["role"], arguments.get("counter"), arguments.get("name") or "", arguments.get("account"), serves
    )
    granted = desk.by(ACTOR).do(agents.add_token, request)
    return {"token": granted.secret, "id": granted.credential.id}


def _settings(desk: Desk) -> Settings:
    with desk.read() as db:
        return settings_store.get_settings(db)


def _hash(desk: Desk, run: Run, password: str, *about: str) -> str:
    """Return what is stored of a new password. Raises `Invalid("account.password")`."""
    text = hash_new(password, _settings(desk), *about, run=run)
    hashed: str = run(hash_password, text)
    return hashed


def _add_account(desk: Desk, arguments: Arguments, run: Run) -> Arguments:
    role = staff_rules.get_person_role(arguments["role"])
    name = staff_rules.read_sign_in_name(arguments["name"])
    hashed = _hash(desk, run, arguments["password"], name, arguments.get("full_name") or "")
    account = Account(
        0, name, arguments.get("full_name") or name, arguments.get("title") or "", role, None, hashed, False
    )
    return {"account": desk.by(ACTOR).do(staff_actions.save_account, account).id}


def _change_password(desk: Desk, arguments: Arguments, run: Run) -> Arguments:
    with desk.read() as db:
        account = staff_store.find_account(db, arguments["name"])
    hashed = _hash(desk, run, arguments["password"], arguments["name"], account.full_name if account else "")
    desk.by(ACTOR).do(staff_actions.change_password, arguments["name"], hashed)
    return {}


def _import_config(desk: Desk, arguments: Arguments, _run: Run) -> Arguments:
    """Put a file's `text` in force, or the `document` that was read from it already."""
    door = desk.by(ACTOR)
    changed = (
        door.do(setup_actions.apply, read_answer(arguments["document"]))
        if "document" in arguments
        else door.do(setup_actions.apply_text, arguments["text"])
    )
    with desk.read() as db:
        return {"changed": changed, "version": settings_store.get_version(db)}


def _erase_text(desk: Desk, arguments: Arguments, _run: Run) -> Arguments:
    desk.by(ACTOR).do(texts.erase_text, int(arguments["row"]))
    return {"folded": desk.fold()}


COMMANDS: dict[str, Callable[[Desk, Arguments, Run], Arguments]] = {
    "token.add": _add_token,
    "account.add": _add_account,
    "account.password": _change_password,
    "config.import": _import_config,
    "text.erase": _erase_text,
}


def run_command(desk: Desk, name: str, arguments: Arguments, run: Run = run_inline) -> Arguments:
    """Run the command `name`, and by `run` what takes the processor for long.

    Raises what its action raises, `Invalid("command.unknown" | "command.shape")`.
    """
    command = COMMANDS.get(name)
    if command is None:
        raise Invalid("command.unknown", "There is no command %(name)s.", name=name)
    try:
        return command(desk, arguments, run)
    except KeyError as error:
        raise Invalid("command.shape", "The command %(name)s needs %(field)s.", name=name, field=str(error)) from None
