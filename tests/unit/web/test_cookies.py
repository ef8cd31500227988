"""Cookies by TLS belong to this very host, and no sign-in or pairing is lost on the way there."""

import re

import pytest
from werkzeug.test import Client
from werkzeug.wrappers import Response

from motcua.server import build
from motcua.staff import actions
from tests.conftest import Hall

HTTP, TLS = "http://desk.vn", "https://desk.vn"
PLACED = re.compile(r"(__Host-)?motcua_(device|language|session|staff)_[0-9a-f]{8}")


def asked(client: Client, path: str, base: str, cookie: str = "") -> Response:
    with client.get(
        path, base_url=base, headers={"Accept": "text/html", **({"Cookie": cookie} if cookie else {})}
    ) as answer:
        return answer


@pytest.fixture
def client(hall: Hall) -> Client:
    return build(hall.desk).app.test_client(use_cookies=False)


@pytest.mark.thorough
@pytest.mark.parametrize(("base", "begin", "is_secure"), [(HTTP, "motcua_", False), (TLS, "__Host-motcua_", True)])
def test_a_cookie_by_tls_is_this_hosts_alone(client: Client, base: str, begin: str, is_secure: bool) -> None:
    (cookie,) = asked(client, "/language/en", base).headers.getlist("Set-Cookie")
    name, marks = cookie.partition("=")[0], {part.strip() for part in cookie.split(";")[1:]}
    assert PLACED.fullmatch(name)
    assert name.startswith(begin)
    assert ("Secure" in marks) is is_secure
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= marks
    assert not any(mark.startswith("Domain") for mark in marks)


@pytest.mark.thorough
def test_a_screen_paired_before_tls_goes_on_and_gets_the_better_cookie(hall: Hall, client: Client) -> None:
    secret = hall.desk.by("command").do(actions.add_token, "wall", None, "", None).secret
    (plain,) = {
        part.partition("=")[0]
        for part in asked(client, "/wall", HTTP, f"motcua_device={secret}").headers.getlist("Set-Cookie")
    }
    moved = asked(client, "/wall", TLS, f"{plain}={secret}")
    (better,) = {part.partition("=")[0] for part in moved.headers.getlist("Set-Cookie")}
    assert (moved.status_code, better) == (200, f"__Host-{plain}")
    again = asked(client, "/wall", TLS, f"{better}={secret}; {plain}=nonsense")
    assert (again.status_code, again.headers.getlist("Set-Cookie")) == (200, [])
