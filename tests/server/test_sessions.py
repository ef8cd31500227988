"""A sign-in is a new secret each time, the last one ends, and no answer shows a secret to anybody."""

import re

import pytest

from tests.server.client import Answer, Client
from tests.server.doors import calls, pages
from tests.server.hall import PASSWORD, Served

STRANGERS = "c3RyYW5nZXItY2hvc2UtdGhpcy1zZWNyZXQ="
SECRETS = re.compile(rb"\$argon2|[0-9a-f]{64}(?![0-9a-f])|\"password\":\s*\"[^\"]|BEGIN [A-Z ]*PRIVATE KEY")
"""A stored password, the digest of a token, a password, a key."""
SHOWS_DIGESTS = ("/leaders", "/settings/people")
"""Pages that may show a public key or a row's digest, which are no secrets."""


def sign_in(desk: Served, cookie: str = "") -> Answer:
    head = {"Content-Type": "application/x-www-form-urlencoded", "Origin": desk.url, "Cookie": cookie}
    form = re.findall(
        r'name="csrf" value="(\w*)"', desk.client(Cookie=cookie).get("/sign-in", Accept="text/html").body.decode()
    )
    return desk.client().send("POST", "/sign-in", f"name=admin&password={PASSWORD}&csrf={form[0]}".encode(), head)


def session(answer: Answer) -> str:
    return next(
        part for part in re.split(r",\s*", answer.headers["set-cookie"]) if part.startswith("motcua_session")
    ).split(";")[0]


def opens(desk: Served, cookie: str) -> bool:
    return desk.client(Cookie=cookie).get("accounts").status == 200


def test_each_sign_in_has_a_secret_of_its_own_and_ends_the_last_of_its_browser(desk_served: Served) -> None:
    first = session(sign_in(desk_served))
    assert opens(desk_served, first)
    second = session(sign_in(desk_served, first))
    assert second != first
    assert (opens(desk_served, first), opens(desk_served, second)) == (False, True)


def test_a_secret_that_a_stranger_put_into_the_browser_is_never_taken_over(desk_served: Served) -> None:
    name = session(sign_in(desk_served)).partition("=")[0]
    planted = f"{name}={STRANGERS}"
    taken = session(sign_in(desk_served, planted))
    assert taken != planted
    assert not opens(desk_served, planted)


@pytest.mark.thorough
@pytest.mark.parametrize(
    "role", [*(pytest.param(role, marks=pytest.mark.thorough) for role in ("admin", "leader")), "officer", "kiosk"]
)
def test_no_answer_holds_what_proves_who_somebody_is(desk_served: Served, role: str) -> None:
    client: Client = desk_served.client(role)
    secrets = [desk_served.token(name).encode() for name in ("admin", "leader", "officer", "kiosk")]
    for door in [*calls(desk_served), *pages()]:
        if door.method != "GET" or door.name == "static":
            continue
        body = client.send("GET", door.path).body
        assert not any(secret in body for secret in secrets), door
        if not door.path.startswith(SHOWS_DIGESTS):
            assert not SECRETS.search(body), (door, SECRETS.search(body))


@pytest.mark.thorough
def test_whoever_is_signed_in_can_sign_out_on_every_page_for_people(desk_served: Served) -> None:
    client = desk_served.client(Cookie=session(sign_in(desk_served)), Accept="text/html")
    for path in (
        "/",
        "/leaders",
        "/leaders/day",
        "/leaders/waits",
        "/leaders/replay",
        "/leaders/staffing",
        "/check",
        "/settings",
        "/settings/people",
    ):
        page = client.get(path)
        assert (page.status, b'method="post" action="/sign-out"' in page.body) == (200, True), path
