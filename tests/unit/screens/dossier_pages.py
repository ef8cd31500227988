"""The pages of dossiers as their tests ask for them."""

import re
from dataclasses import dataclass
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

DAY_S = 24 * 3600


@dataclass
class DossierPages:
    """A hall with a leader and two officers; Hoa sits at counter 1 and takes in."""

    taken: Taken
    site: Site
    tokens: dict[str, str]
    minh: int

    def ask(self, path: str, who: str = "hoa", lang: str = "en", form: dict[str, Any] | None = None) -> TestResponse:
        headers = {"Accept-Language": lang, "Authorization": f"Bearer {self.tokens[who]}", "Host": "127.0.0.1:8080"}
        client = self.site.app.test_client()
        return client.open(path, method="GET" if form is None else "POST", data=form, headers=headers)

    def move(self, dossier: Dossier, move: str, **form: Any) -> TestResponse:
        place = move if "/" in move else f"moves/{move}"
        return self.ask(f"/dossiers/{dossier.code}/{place}", form=form)

    def count(self, box: str, who: str = "lan") -> int:
        match = re.search(rf'data-box="{box}"[^>]*>[^<]*<b>(\d+)</b>', self.ask("/dossiers", who).text)
        assert match is not None
        return int(match[1])

    def rows(self, query: str, who: str = "lan") -> list[str]:
        return re.findall(r'data-code="([^"]+)"', self.ask(f"/dossiers?{query}", who).text)

    def lodge(self, **more: Any) -> Dossier:
        self.taken.call()
        return self.taken.lodge(**more)


def open_pages(hall: Hall) -> DossierPages:
    """Return a hall with dossiers and its pages."""
    taken, desk, tokens = Taken(hall), hall.desk, {}
    for name, role in {"lan": Role.LEADER, "minh": Role.OFFICER}.items():
        desk.do(staff_actions.save_account, Account(0, name, f"Lê {name.title()}", "", role, None, "hashed", False))
    for name, role in {"lan": Role.LEADER, "minh": Role.OFFICER, "hoa": Role.OFFICER}.items():
        tokens[name] = desk.do(staff_actions.add_token, role.value, None, name, name).secret
    site = build(desk)
    taken.vault = vaults.get_vault(desk)
    return DossierPages(taken, site, tokens, taken.officer + 2)
