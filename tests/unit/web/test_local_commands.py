"""What a program on the desk's own computer asks for while the desk is served."""

from collections.abc import Callable
from typing import Any

import pytest

from motcua.desk import Desk
from motcua.server import build
from motcua.setup.guessing import is_guessed
from motcua.setup.passwords import hash_password
from tests.passwords import PASSWORD

SECRET = "of this computer"  # noqa: S105 -- a test's


@pytest.mark.thorough
def test_passwords_of_the_terminal_are_hashed_where_those_of_pages_are(desk: Desk) -> None:
    site = build(desk)
    site.local_secret = SECRET
    beside: list[tuple[str, Callable[..., Any]]] = []

    def run_beside(place: str, work: Callable[..., Any], *arguments: Any) -> Any:
        beside.append((place, work))
        return work(*arguments)

    site.hash = run_beside
    client = site.app.test_client()
    headers = {"X-Desk-Secret": SECRET}
    account = {"name": "thu", "role": "officer", "full_name": "Lê Thu", "password": PASSWORD}
    assert client.post("/local/account.add", json=account, headers=headers).status_code == 200
    changed = {"name": "thu", "password": f"{PASSWORD} again"}
    assert client.post("/local/account.password", json=changed, headers=headers).status_code == 200
    assert beside == [("", is_guessed), ("", hash_password)] * 2
