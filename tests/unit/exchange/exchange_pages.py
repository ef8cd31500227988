"""A hall with an administrator, a leader and an officer who takes in, on its pages of exchange."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from werkzeug.test import TestResponse

from motcua.dossiers.model.dossier import Dossier
from motcua.dossiers.store import vaults
from motcua.server import build
from motcua.staff import actions as staff_actions
from motcua.staff.model import Account, Role
from motcua.web.site import Site
from tests.conftest import Hall
from tests.unit.dossiers.taken import Taken


@dataclass
class ExchangePages:
    """Lan leads, Tuan administers, Hoa takes in at counter 1."""

    taken: Taken
    site: Site
    tokens: dict[str, str]

    def ask(self, path: str, who: str = "lan", lang: str = "en", form: dict[str, Any] | None = None) -> TestResponse:
        headers = {"Accept-Language": lang, "Authorization": f"Bearer {self.tokens[who]}", "Host": "127.0.0.1:8080"}
        client = self.site.app.test_client()
        return client.open(path, method="GET" if form is None else "POST", data=form, headers=headers)

    def send(self, path: str, content: bytes, name: str = "ho-so.csv", **form: Any) -> TestResponse:
        return self.ask(path, form={**form, "file": (BytesIO(content), name)})

    def lodge(self, **more: Any) -> Dossier:
        self.taken.call()
        return self.taken.lodge(**more)


def open_pages(hall: Hall) -> ExchangePages:
    """Return the pages of `hall`, in which dossiers are on."""
    taken, desk, tokens = Taken(hall), hall.desk, {}
    for name, role in {"lan": Role.LEADER, "tuan": Role.ADMIN}.items():
        desk.do(staff_actions.save_account, Account(0, name, f"Lê {name.title()}", "", role, None, "hashed", False))
    for name, role in {"lan": Role.LEADER, "tuan": Role.ADMIN, "hoa": Role.OFFICER}.items():
        tokens[name] = desk.do(staff_actions.add_token, role.value, None, name, name).secret
    site = build(desk)
    taken.vault = vaults.get_vault(desk)
    return ExchangePages(taken, site, tokens)
