"""Guessing keeps the guesser out, and nobody else."""

import http.client
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from tests.server.hall import PASSWORD, Served, served
from tests.waiting import PATIENCE_S

pytestmark = pytest.mark.process


@pytest.fixture(scope="module")
def desk() -> Iterator[Served]:
    """Lend a desk of its own: its accounts are locked here."""
    with served(contract=False) as made:
        assert (
            made.local("account.add", name="lan", full_name="Lê Thị Lan", role="officer", password=PASSWORD).status
            == 200
        )
        yield made


def sign_in(desk: Served, name: str, password: str, address: str, cookie: str = "") -> tuple[int, str]:
    """Send the form from `address`; return the status and the cookies."""
    line = http.client.HTTPConnection("127.0.0.1", desk.port, timeout=PATIENCE_S, source_address=(address, 0))
    head = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Origin": desk.url,
        **({"Cookie": cookie} if cookie else {}),
    }
    line.request("POST", "/sign-in", urlencode({"name": name, "password": password}), head)
    with line.getresponse() as answer:
        cookies = "; ".join(value.split(";")[0] for name, value in answer.getheaders() if name.lower() == "set-cookie")
        answer.read()
        line.close()
        return answer.status, cookies


def test_five_wrong_tries_keep_neither_the_person_nor_the_address_out(desk: Served) -> None:
    status, cookies = sign_in(desk, "admin", PASSWORD, "127.0.0.2")
    assert status == 303
    browser = next(part for part in cookies.split("; ") if part.startswith("motcua_staff"))
    guesses = [sign_in(desk, "admin", "sai-mat-khau", "127.0.0.2")[0] for _ in range(6)]
    assert guesses == [401] * 5 + [429]
    assert sign_in(desk, "admin", PASSWORD, "127.0.0.2")[0] == 429
    assert sign_in(desk, "admin", PASSWORD, "127.0.0.2", browser)[0] == 303  # where the person signed in before
    assert sign_in(desk, "admin", PASSWORD, "127.0.0.3")[0] == 303
    assert sign_in(desk, "lan", PASSWORD, "127.0.0.2")[0] == 303


def test_a_known_browser_guesses_no_more_often_than_another_and_only_its_own_name(desk: Served) -> None:
    _status, cookies = sign_in(desk, "lan", PASSWORD, "127.0.0.4")
    browser = next(part for part in cookies.split("; ") if part.startswith("motcua_staff"))
    assert [sign_in(desk, "lan", "sai-mat-khau", "127.0.0.4", browser)[0] for _ in range(6)] == [401] * 5 + [429]
    assert [sign_in(desk, "admin", "sai-mat-khau", "127.0.0.5", browser)[0] for _ in range(6)] == [401] * 5 + [429]
    assert sign_in(desk, "admin", "sai-mat-khau", "127.0.0.5")[0] == 429


def test_the_terminal_stays_a_way_in(desk: Served) -> None:
    for _ in range(6):
        sign_in(desk, "lan", "sai-mat-khau", "127.0.0.6")
    assert desk.local("account.password", name="lan", password=f"{PASSWORD}-moi").status == 200
    assert sign_in(desk, "lan", f"{PASSWORD}-moi", "127.0.0.7")[0] == 303
