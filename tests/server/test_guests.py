"""The listener for guests' phones: every route and namespace of the desk, asked with every right, and only the
public ones are there.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from werkzeug.routing import Rule

from motcua.desk import Desk
from motcua.server import build
from motcua.web.access import CALLS, PAGES, SOCKETS
from motcua.web.guests import GUEST_KEY
from motcua.web.narrow_access import GUEST_SOCKETS, GUESTS
from tests.conftest import set_up
from tests.ports import free_port
from tests.server.certified import local
from tests.server.client import Answer, Client
from tests.server.hall import Served, fresh_folder
from tests.server.screen import Refused, Screen

pytestmark = pytest.mark.process
ACCESS = {**CALLS, **PAGES}
NOT_THERE = (404, "page.unknown")
NOTHING_FITS = json.dumps({"no such field": True}).encode()
WRITING = {"POST", "PUT", "PATCH", "DELETE"}


class Twice:
    """A desk with two listeners."""

    def __init__(self, desk: Served, guests: int) -> None:
        self.desk, self.guests = desk, guests
        self._clients: list[Client] = []

    def phone(self, **headers: str) -> Client:
        made = Client(self.guests, {name.replace("_", "-"): value for name, value in headers.items()}, None)
        self._clients.append(made)
        return made

    def close(self) -> None:
        for client in self._clients:
            client.close()


@pytest.fixture(scope="module")
def twice() -> Iterator[Twice]:
    """Lend a desk whose second listener is for phones."""
    guests = free_port()
    with fresh_folder() as folder:
        made = Served(folder, options=("--guests", f"127.0.0.1:{guests}"))
        lent = Twice(made, guests)
        yield lent
        lent.close()
        made.close()
        assert "Traceback" not in made.complaints(), made.complaints()


def rules(desk: Desk) -> list[Rule]:
    return list(build(desk).app.url_map.iter_rules())


def filled(rule: Rule, name: str = "wall") -> str:
    path = re.sub(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>", lambda found: name if found[1] == "name" else "998", rule.rule)
    path = path.replace("/998/998.pdf", "/998/poster.pdf")
    return path.replace("/static/998", "/static/vendor.none")


def is_there(answer: Answer) -> bool:
    try:
        return (answer.status, answer.json["code"]) != NOT_THERE
    except (ValueError, KeyError, TypeError):
        return True


def test_every_public_page_needs_no_credential_and_stands_in_the_table() -> None:
    assert {endpoint for endpoint in GUESTS if ACCESS[endpoint] is not None} == set()
    assert {namespace for namespace in GUEST_SOCKETS if SOCKETS[namespace] is not None} == set()


@pytest.mark.parametrize("role", [None, "admin", "counter"])
def test_guests_get_the_public_routes_and_nothing_else_whoever_they_are(
    twice: Twice, desk: Desk, role: str | None
) -> None:
    headers = {"Authorization": f"Bearer {twice.desk.token(role, 1 if role == 'counter' else None)}"} if role else {}
    phone = twice.phone(Accept="application/json", **headers)
    wrong, seen = [], set()
    public = {
        (filled(rule), method)
        for rule in rules(desk)
        if rule.endpoint in GUESTS - {"screens.state"}
        for method in rule.methods or ()
    }
    for rule in rules(desk):
        for method in sorted(rule.methods or ()):
            path = filled(rule)
            answer = phone.send(
                method,
                path + ("?path=/b/ABC" if path == "/qr.svg" else ""),
                NOTHING_FITS if method in WRITING else None,
            )
            if method != "HEAD" and is_there(answer) != ((path, method) in public):
                wrong.append((method, path, answer.status, answer.body[:80]))
            elif method == "HEAD" and (path, method) not in public and answer.status != 404:
                wrong.append((method, path, answer.status, b""))
            seen.add(rule.endpoint)
    assert (wrong, seen) == ([], set(ACCESS))


def test_the_same_routes_are_all_there_at_the_halls_own_listener(twice: Twice, desk: Desk) -> None:
    hall = twice.desk.client("admin", Accept="application/json")
    for rule in rules(desk):
        if "GET" in (rule.methods or set()):
            assert is_there(hall.send("GET", filled(rule))), rule


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"])
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/settings",
        "/sign-in",
        "/api/v1/bookings",
        "/api/v1/health",
        "/api/v1/openapi.json",
        "/local/check",
        "/nothing",
        "//book/..;/kiosk",
    ],
)
def test_what_is_not_public_looks_like_what_is_not_there(twice: Twice, method: str, path: str) -> None:
    answer = twice.phone(Accept="application/json").send(method, path, NOTHING_FITS if method in WRITING else None)
    if (method, path) == ("POST", "/api/v1/bookings"):
        assert answer.status == 422  # booking itself is public; the list of bookings is not
    else:
        assert answer.status == 404
        assert method == "HEAD" or answer.code == NOT_THERE


@pytest.mark.parametrize(
    "path", ["/KIOSK", "/settings/", "/Sign-In", "/wall.", "/%6biosk", "/book/../kiosk", "/static/../kiosk", "/./kiosk"]
)
def test_no_way_of_writing_an_address_leads_further(twice: Twice, path: str) -> None:
    answer = twice.phone(Accept="text/html").get(path)
    assert (answer.status, "location" in answer.headers) == (404, False)


def test_an_address_of_a_public_page_may_still_be_typed_almost_right(twice: Twice) -> None:
    answer = twice.phone(Accept="text/html").get("/Book/")
    assert (answer.status, answer.headers["location"]) == (308, "/book")


def test_the_live_state_of_a_ticket_is_there_and_of_no_screen(twice: Twice) -> None:
    place = twice.desk.place()
    code = place.issue()["follow_url"].rsplit("/", 1)[1]
    phone = twice.phone()
    assert phone.get(f"/t/{code}", Accept="text/html").status == 200
    assert phone.get(f"/state/follow/{code}").status == 200
    for name in ("wall", "kiosk", "leaders", "agent", "counter/1", "pad/1", "follow"):
        assert phone.get(f"/state/{name}").code in {NOT_THERE, (404, "screen.unknown")}
    answer = phone.post("ratings", {"level": 5, "channel": "qr", "token": code})
    assert answer.status in {201, 409}, answer


@pytest.mark.parametrize(
    ("cookie", "status"),
    [("", "counted"), ("motcua_staff_seen=1", "quarantined"), ("motcua_staff_0a=x", "quarantined")],
)
def test_a_browser_of_the_desks_people_is_known_at_the_listener_for_guests_too(
    twice: Twice, cookie: str, status: str
) -> None:
    place = twice.desk.place()
    code = place.issue()["follow_url"].rsplit("/", 1)[1]
    for step in ("call-next", "start", "finish"):
        assert place.do(step).status == 200
    phone = twice.phone(**({"Cookie": cookie} if cookie else {}))
    answer = phone.post("ratings", {"level": 5, "channel": "qr", "token": code})
    assert (answer.status, answer.json["status"]) == (201, status)


def test_codes_are_drawn_for_a_guests_own_pages_alone(twice: Twice) -> None:
    phone = twice.phone(Accept="application/json")
    assert phone.get("/qr.svg?path=/b/ABCD").status == 200
    for path in ("/pair/x", "/settings", "/", "//evil.example", ""):
        assert phone.get(f"/qr.svg?path={path}").code == NOT_THERE


@pytest.mark.parametrize("namespace", sorted(SOCKETS))
def test_only_a_tickets_socket_opens(twice: Twice, namespace: str) -> None:
    place = twice.desk.place()
    code = place.issue()["follow_url"].rsplit("/", 1)[1]
    for auth in (
        {"token": twice.desk.token("admin"), "counter": 1},
        {"token": twice.desk.token("agent")},
        {"token": code},
        None,
    ):
        if namespace == "/follow" and auth == {"token": code}:
            with Screen(twice.guests, namespace, auth) as screen:
                assert screen.events[0][0] == "snapshot"
        else:
            with pytest.raises(Refused) as refused:
                Screen(twice.guests, namespace, auth)
            assert namespace == "/follow" or refused.value.data["data"]["code"] == "page.unknown"


def test_what_phones_are_given_leads_to_their_own_listener(twice: Twice) -> None:
    out = (twice.desk.folder / "serve.out").read_text().splitlines()
    assert out[0] == f"ready http://127.0.0.1:{twice.desk.port}"
    place = twice.desk.place()
    assert f":{twice.desk.port}/t/" not in place.issue()["follow_url"]


def test_a_guest_listener_beside_tls_speaks_plain_http_and_says_so() -> None:
    guests = free_port()
    with fresh_folder() as folder:
        options, authority = local(folder)
        made = Served(folder, options=(*options, "--guests", f"127.0.0.1:{guests}"), trusts=authority, contract=False)
        phone = Client(guests, {}, None)
        answer = phone.get("/book")
        assert (answer.status, "strict-transport-security" in answer.headers) == (200, False)
        codes = [item["code"] for item in made.client().get("health").json["problems"]]
        assert "address.plain" in codes
        phone.close()
        made.close()


def test_a_credential_is_not_even_looked_at(desk: Desk) -> None:
    desk.do(set_up)
    client = build(desk).app.test_client()
    guest: dict[str, Any] = {GUEST_KEY: True}
    answer = client.get(
        "/book", headers={"Authorization": "Bearer nonsense", "Cookie": "motcua_session=x"}, environ_base=guest
    )
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
