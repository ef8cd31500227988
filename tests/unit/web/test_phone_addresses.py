"""Addresses as people type them lead to the page that was meant; everything else stays exact, and nothing leads out
of the desk.
"""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote_to_bytes

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from motcua.server import build
from motcua.setup.rooms import open_desk
from motcua.web.addresses import tidy

PAGES = [
    "/kiosk",
    "/wall",
    "/counter",
    "/counter/3",
    "/pad",
    "/leaders",
    "/leaders/day",
    "/settings",
    "/settings/days_off",
    "/check",
    "/book",
    "/setup",
    "/sign-in",
    "/seat/3",
]
PAGES += ["/t/aB-_0123XyzQ", "/b/K7M2P9QR", "/pair/aB-_cd"]
ENDS = ["/", "//", ".", ",", "%20", "%C2%A0", "%E2%80%9D", ")", "%E2%80%8B", "./"]
EXACT = [
    "/api/v1/wall/",
    "/API/v1/wall",
    "/api//v1/health",
    "/api/v1/health.",
    "/State/wall",
    "/state/wall/",
    "/Static/js/wall.js",
    "/static//js/wall.js",
    "/texts/VI.js",
    "/socket.io",
    "//evil.example",
    "///evil.example/",
    "/nothing/",
    "/kiosk/more/",
    "/Counter/three/",
]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    folder: Path = tmp_path_factory.mktemp("addresses")
    desk = open_desk(folder)
    yield build(desk).app.test_client()
    desk.stop()


def send(client: FlaskClient, address: str, method: str = "GET") -> tuple[int, str | None]:
    """Ask for `address` exactly as it stands in a request's first line; return the status and where it leads."""
    path, _, query = address.partition("?")
    raw = {"PATH_INFO": unquote_to_bytes(path).decode("latin-1"), "QUERY_STRING": query, "REQUEST_METHOD": method}
    with client.open("/", environ_overrides=raw, headers={"Accept": "text/html"}) as answer:
        return answer.status_code, answer.headers.get("Location")


def led(client: FlaskClient, address: str, method: str = "GET") -> str | None:
    """Return where `address` is sent to, None when it is answered itself."""
    status, location = send(client, address, method)
    return location if status == 308 else None


@pytest.mark.parametrize("page", PAGES)
def test_a_page_typed_almost_right_is_found(client: FlaskClient, page: str) -> None:
    first, *rest = page[1:].split("/")
    typed = [page + end for end in ENDS] + [f"/{page}", f"//{page}/", f"/%20{page[1:]}"]
    typed += [f"/{'/'.join([word, *rest])}" for word in (first.upper(), first.capitalize())]
    assert {address: led(client, address) for address in typed} == dict.fromkeys(typed, page)
    assert led(client, page) is None


def test_what_was_asked_with_it_is_kept_and_a_code_keeps_its_capitals(client: FlaskClient) -> None:
    assert led(client, "/Pad/?counter=3&x=%C3%A1") == "/pad?counter=3&x=%C3%A1"
    assert led(client, "/T/aBcDeF/?utm_source=zalo") == "/t/aBcDeF?utm_source=zalo"
    assert led(client, "/Settings/Days_Off/") == "/settings/days_off"
    assert led(client, "/Kiosk", method="HEAD") == "/kiosk"


@pytest.mark.parametrize("address", EXACT)
def test_programs_are_exact_and_what_is_not_there_stays_so(client: FlaskClient, address: str) -> None:
    assert led(client, address) is None
    assert send(client, address)[0] in {401, 404}


def test_nothing_is_sent_but_reading(client: FlaskClient) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert led(client, "/Sign-In/", method) is None
        assert led(client, "//sign-in", method) is None


@pytest.mark.thorough
@given(st.text(alphabet="/\\.:@%aEkiosktwl \r\n\t", max_size=30))
def test_no_address_leads_out_of_the_desk(path: str) -> None:
    target = tidy("/" + path)
    assert target.startswith("/")
    assert not target.startswith("//")
    assert "\\" not in target
    assert target.isprintable()
    assert tidy(target) == target


@pytest.mark.thorough
@given(st.text(alphabet="abcXYZ-_09", min_size=1))
def test_an_address_that_is_right_stays(code: str) -> None:
    assert tidy(f"/t/{code}") == f"/t/{code}"
    assert quote(f"/t/{code}") == f"/t/{code}"


def test_a_procedures_code_keeps_its_capitals() -> None:
    code = "1.001193.000.00.00.H17"
    assert tidy(f"/Settings/Procedures/{code}/") == f"/settings/procedures/{code}"
    assert tidy(f"/procedures/{code}") == f"/procedures/{code}"
