"""Every door of a served desk, as its own description and its own addresses say, and credentials that open none of
them any more.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from motcua.desk import Tx, parse, stamp
from motcua.desk.clock import system_clock
from motcua.server import build
from motcua.setup.rooms import open_desk
from motcua.staff import actions, store
from motcua.staff.model import AT_A_COUNTER, Role
from motcua.web.access import PAGES
from tests.server.hall import Served, opened

COUNTER = 1
NOWHERE = {
    "n": "998",
    "id": "998",
    "code": "998",
    "section": "moon",
    "number": "998",
    "name": "wall",
    "key": "1",
    "locale": "vi",
}
"""What is put into an address in the place of a name: nothing that is there, where a visit would change or make
something."""
ENDED = ("revoked", "expired")


@dataclass(frozen=True)
class Door:
    """One way into the desk: its name in the access table, a method, an address."""

    name: str
    method: str
    path: str


def calls(desk: Served) -> list[Door]:
    """Return every call that the desk's description names."""
    assert desk.contract is not None
    return [
        Door(f"api.{operation['operationId']}", method.upper(), filled(path, "{", "}"))
        for path, item in desk.contract.document["paths"].items()
        for method, operation in item.items()
    ]


@cache
def pages() -> list[Door]:
    """Return every page that is asked for by GET, the desk's files included, and what is sent to a page that is not
    everybody's.
    """
    with TemporaryDirectory() as folder:
        desk = open_desk(Path(folder))
        rules = list(build(desk).app.url_map.iter_rules())
        desk.stop()
    return [
        Door(
            rule.endpoint, method, "/static/css/base.css" if rule.endpoint == "static" else filled(rule.rule, "<", ">")
        )
        for rule in rules
        for method in ("GET", "POST")
        if method in (rule.methods or set())
        and rule.endpoint in PAGES
        and (method == "GET" or PAGES[rule.endpoint] is not None)
    ]


def filled(rule: str, begin: str, end: str) -> str:
    """Return the address `rule` with something in the place of each name."""
    parts = rule.split(begin)
    return parts[0] + "".join(
        NOWHERE.get(name.rpartition(":")[2], "998") + rest
        for name, _, rest in (part.partition(end) for part in parts[1:])
    )


def end_credentials(folder: Path) -> dict[tuple[str, Role], str]:
    """Make for each role a token that was revoked and one that has expired, in a folder that nobody serves; return
    their secrets.
    """
    desk = opened(folder)
    secrets = {}
    past = stamp(parse(stamp(system_clock.now())).replace(year=2020))

    def make(tx: Tx, how: str, role: Role) -> str:
        granted = actions.add_token(tx, role.value, COUNTER if role in AT_A_COUNTER else None, "", None)
        if how == "expired":
            tx.db.execute("UPDATE credentials SET expires_at = ? WHERE id = ?", (past, granted.credential.id))
        return granted.secret

    def revoke(tx: Tx, secret: str) -> None:
        found = store.find_by_secret(tx.db, secret, tx.at)
        assert found is not None
        actions.revoke_token(tx, found.id)

    for how in ENDED:
        for role in Role:
            secrets[how, role] = desk.by("command").do(make, how, role)
            if how == "revoked":
                desk.by("command").do(revoke, secrets[how, role])
    desk.stop()
    return secrets
