"""What carries the desk's address, on a real desk: tickets, papers, codes, jobs, bookings; and how it is said that
there is none.
"""

import re
from dataclasses import dataclass

import pytest
from flask import Request
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st
from werkzeug.test import EnvironBuilder, TestResponse

from motcua.copies import replace
from motcua.desk import Desk
from motcua.desk.jobs import DeviceJob
from motcua.server import build
from motcua.settings.base_address import BASE_MAX_BYTES
from motcua.settings.model import Voice, Web
from motcua.setup import template
from motcua.setup.sections import put_section
from motcua.staff import actions as staff
from motcua.staff.model import Role
from motcua.web.origin import find_request_base, is_own
from motcua.web.reach import Interface
from motcua.web.site import Site
from tests.conftest import SETTINGS, Hall, set_up

LO, WIFI, CABLE = Interface("lo", "127.0.0.1"), Interface("wlan0", "192.168.1.10"), Interface("eth0", "10.1.2.3")
EVERYWHERE, PORT = "0.0.0.0", 8080  # noqa: S104 -- as the hall does


@dataclass
class Served:
    """A site, and who asks it under which name."""

    site: Site
    client: FlaskClient
    tokens: dict[Role, str]

    def ask(
        self, path: str, role: Role | None = None, body: object = None, host: str = "127.0.0.1:8080", **headers: str
    ) -> TestResponse:
        given = {
            "Host": host,
            "Accept-Language": "en",
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        given |= {"Authorization": f"Bearer {self.tokens[role]}"} if role else {}
        return self.client.open(path, method="GET" if body is None else "POST", json=body, headers=given)

    def issue(self, host: str = "127.0.0.1:8080", **headers: str) -> dict[str, str]:
        answer = self.ask("/api/v1/tickets", Role.KIOSK, {"service": "copy"}, host, **headers)
        assert answer.status_code == 201, answer.json
        return dict(answer.json or {})

    def base(self, host: str = "127.0.0.1:8080", **headers: str) -> str:
        return self.issue(host, **headers)["follow_url"].rsplit("/t/", 1)[0]

    def job(self) -> object:
        job = DeviceJob(1, "1", "print", {"follow_path": "/t/abc"}, "planned", "2026-11-23T01:01:00.000Z", None)
        return self.site.app.extensions["motcua.agents"]._shape(job)["payload"]["follow_url"]

    def health(self) -> tuple[str, str, list[str]]:
        found = self.ask("/api/v1/health").json or {}
        return found["status"], found["checks"]["address"], [item["code"] for item in found["problems"]]

    def sees(self, *interfaces: Interface) -> None:
        self.site.reach.see([LO, *interfaces], "")
        self.site.addresses.note_address()


def opened(desk: Desk, host: str, base_url: str = "") -> Served:
    desk.do(set_up, replace(SETTINGS, web=Web(base_url), voice=Voice(is_on=False)))
    site = build(desk)
    site.reach.listen(host, PORT)
    made = Served(site, site.app.test_client(), {role: token(desk, role) for role in (Role.KIOSK, Role.ADMIN)})
    made.sees()
    return made


def token(desk: Desk, role: Role) -> str:
    return desk.do(staff.add_token, role, None, role.value, None).secret


@pytest.fixture
def served(hall: Hall) -> Served:
    return opened(hall.desk, EVERYWHERE)


@pytest.mark.thorough
def test_a_desk_without_a_network_says_so_and_puts_no_code_on_anything(served: Served) -> None:
    made = served.issue()
    paper = served.ask(f"/print/{made['id']}", Role.KIOSK).text
    assert (paper.count("<svg"), "127.0.0.1" in paper, served.job()) == (0, False, "")
    assert served.ask("/qr.svg?path=/").status_code == 409
    assert (served.ask("/state/kiosk", Role.KIOSK).json or {})["phones"] is False
    assert served.health() == ("degraded", "degraded", ["address.none"])
    sheet = served.ask("/settings/seats/sheet", Role.ADMIN).text
    assert ("no address in a network" in sheet, "<svg" in sheet, "127.0.0.1" in sheet) == (True, False, False)
    assert made["follow_url"].startswith("http://127.0.0.1:8080/t/")  # a program on this computer may follow


@pytest.mark.thorough
def test_an_address_that_comes_later_is_on_the_next_ticket_and_a_new_one_after_it(served: Served) -> None:
    served.issue()
    served.sees(WIFI)
    assert (served.base(), served.job(), served.health()) == (
        "http://192.168.1.10:8080",
        "http://192.168.1.10:8080/t/abc",
        ("ok", "ok", []),
    )
    assert (served.ask("/state/kiosk", Role.KIOSK).json or {})["phones"] is True
    made = served.issue()
    assert served.ask(f"/print/{made['id']}", Role.KIOSK).text.count("<svg") == 1
    served.sees(Interface("wlan0", "192.168.1.77"))
    assert (served.base(), served.job()) == ("http://192.168.1.77:8080", "http://192.168.1.77:8080/t/abc")
    served.sees()
    assert (served.base(), served.job(), served.health()[1]) == ("http://127.0.0.1:8080", "", "degraded")


@pytest.mark.thorough
def test_of_several_ways_a_ticket_carries_the_one_that_phones_can_use(served: Served) -> None:
    served.sees(WIFI)
    given = ("127.0.0.1:8080", "localhost:8080", "desk-pc:8080", "a-very-long-name.of-a-ward.gov.vn", "10.1.2.3:8080")
    assert [served.base(host) for host in given] == [*["http://192.168.1.10:8080"] * 4, "http://10.1.2.3:8080"]


@pytest.mark.parametrize(
    ("host", "headers", "base"),
    [
        ("127.0.0.1:8080", {}, ""),
        ("localhost:8080", {}, ""),
        ("[::1]:8080", {}, ""),
        ("desk-pc:8080", {}, ""),
        ("desk.local:8080", {}, ""),
        ("[fe80::1]:8080", {}, ""),
        ("169.254.1.1:8080", {}, ""),
        ("10.1.2.3:8080", {}, "http://10.1.2.3:8080"),
        ("[fd00::2]:8080", {}, "http://[fd00::2]:8080"),
        ("desk.ward.vn", {}, "http://desk.ward.vn"),
        ("10.1.2.3:8080", {"X-Forwarded-Proto": "https"}, "http://10.1.2.3:8080"),
        ("desk.ward.vn", {"Origin": "https://desk.ward.vn"}, "https://desk.ward.vn"),
        ("desk.ward.vn", {"Referer": "https://desk.ward.vn/kiosk"}, "https://desk.ward.vn"),
        ("desk.ward.vn", {"Origin": "null", "Referer": "https://elsewhere.vn/"}, "http://desk.ward.vn"),
        ("desk.ward.vn", {"Origin": "ftp://desk.ward.vn"}, ""),
    ],
)
def test_the_way_by_which_a_browser_came_is_read_from_what_it_says(
    host: str, headers: dict[str, str], base: str
) -> None:
    request = Request(EnvironBuilder(headers=[("Host", host), *headers.items()]).get_environ())
    assert find_request_base(request) == base


@pytest.mark.thorough
def test_agents_print_the_way_by_which_the_kiosk_came(served: Served) -> None:
    served.sees(CABLE, WIFI)
    assert served.job() == "http://10.1.2.3:8080/t/abc"
    served.ask("/api/v1/services", Role.KIOSK, host="192.168.1.10:8080")
    assert served.job() == "http://192.168.1.10:8080/t/abc"
    served.ask("/api/v1/health", host="6.6.6.6")  # nobody's word
    assert served.job() == "http://192.168.1.10:8080/t/abc"


@pytest.mark.thorough
def test_the_setting_decides_for_whoever_asks(hall: Hall) -> None:
    made = opened(hall.desk, "127.0.0.1", "https://motcua.vn")
    for host in ("127.0.0.1:8080", "10.1.2.3:8080", "desk-pc"):
        assert made.base(host) == "https://motcua.vn"
    assert (made.job(), made.health()) == ("https://motcua.vn/t/abc", ("ok", "ok", []))
    pairing = made.ask("/api/v1/pairings", Role.ADMIN, {"role": "wall"}, "motcua.vn").json or {}
    assert pairing["url"].startswith("https://motcua.vn/pair/")
    pairing = made.ask("/api/v1/pairings", Role.ADMIN, {"role": "wall"}, "192.168.1.10:8080").json or {}
    assert pairing["url"].startswith("http://192.168.1.10:8080/pair/")


@pytest.mark.thorough
def test_a_desk_for_this_computer_alone_is_in_order_and_says_what_it_cannot_do(hall: Hall) -> None:
    made = opened(hall.desk, "127.0.0.1")
    assert made.health() == ("ok", "none", ["address.loopback"])
    assert made.base() == "http://127.0.0.1:8080"
    assert made.job() == ""


@pytest.mark.thorough
@hypothesis(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.from_regex(r"[a-zA-Z0-9.\[\]:-]{1,60}", fullmatch=True) | st.ip_addresses().map(str), st.booleans())
def test_a_ticket_address_fits_its_code_whatever_the_name_by_which_it_was_taken(
    served: Served, host: str, has_network: bool
) -> None:
    served.sees(*([WIFI] if has_network else []))
    answer = served.ask("/api/v1/tickets", Role.KIOSK, {"service": "copy"}, host)
    if answer.status_code == 201:
        address = str((answer.json or {})["follow_url"])
        assert re.fullmatch(r"https?://[^/]+/t/[A-Za-z0-9_-]{12}", address)
        assert len(address.encode()) <= BASE_MAX_BYTES + 15


@pytest.mark.parametrize(
    ("origin", "host", "base", "own"),
    [
        ("http://desk:8080", "desk:8080", "", True),
        ("http://DESK:8080", "desk:8080", "", True),
        ("https://motcua.vn", "motcua.vn", "", True),
        ("https://motcua.vn", "motcua.vn:443", "", True),
        ("http://motcua.vn", "motcua.vn:80", "", True),
        ("https://motcua.vn:443", "motcua.vn", "", True),
        ("https://motcua.vn", "127.0.0.1:8080", "https://motcua.vn", True),
        ("https://motcua.vn", "127.0.0.1:8080", "", False),
        ("http://motcua.vn", "127.0.0.1:8080", "https://motcua.vn", False),
        ("http://motcua.vn:8081", "motcua.vn", "", False),
        ("http://evil.example", "motcua.vn", "https://motcua.vn", False),
        ("http://motcua.vn.evil.example", "motcua.vn", "", False),
        ("null", "null", "", False),
        ("", "", "", False),
        ("http://[::1", "[::1", "", False),
    ],
)
def test_a_page_is_of_this_desk_by_the_address_that_the_desk_sees_or_by_its_setting(
    origin: str, host: str, base: str, own: bool
) -> None:
    assert is_own(origin, host, base) is own


@pytest.mark.thorough
def test_an_unfit_address_of_an_earlier_version_is_said_and_no_page_is_blocked_by_it(hall: Hall) -> None:
    long = "https://motcua.phuongnguyenuudam.vn"
    made = opened(hall.desk, EVERYWHERE, long)
    made.sees(WIFI)
    assert (made.base(), made.health()) == ("http://192.168.1.10:8080", ("degraded", "degraded", ["address.unfit"]))
    document = template.load("ward")
    document = replace(document, settings=replace(document.settings, web=Web(long)))
    assert put_section(document, "waits", {}).settings.web == Web()


@pytest.mark.parametrize(
    ("scheme", "guests", "setting", "is_certified", "codes"),
    [
        ("http", None, "", False, []),
        ("https", None, "", False, ["address.untrusted"]),
        ("https", None, "", True, []),
        ("https", "http", "", False, ["address.plain"]),
        ("https", "https", "", True, []),
        ("https", None, "http://192.168.1.10:8080", False, ["address.plain"]),
        ("https", None, "https://desk.vn", False, []),  # what answers there may have another certificate
    ],
)
def test_health_says_what_phones_get_beside_tls_and_is_well_all_the_same(
    desk: Desk, scheme: str, guests: str | None, setting: str, is_certified: bool, codes: list[str]
) -> None:
    served = opened(desk, EVERYWHERE, setting)
    served.site.reach.listen(EVERYWHERE, PORT, scheme)
    served.site.addresses.is_certified = lambda: is_certified
    if guests is not None:
        served.site.reach.listen_to_guests(EVERYWHERE, PORT + 1, guests)
    served.sees(WIFI)
    status, address, problems = served.health()
    assert (address, [code for code in problems if code.startswith("address.")]) == ("ok", codes)
    assert status == ("ok" if problems == codes else "degraded")


@pytest.mark.parametrize(
    ("origin", "is_secure", "is_ours"),
    [
        ("https://desk.vn", True, True),
        ("http://desk.vn", True, False),  # somebody on the way may have written that page
        ("HTTPS://desk.vn", True, True),
        ("http://192.168.1.10:8080", True, False),
        ("http://desk.vn", False, True),
        ("https://desk.vn", False, True),  # a web server that the desk does not know may speak TLS
        ("null", True, False),
    ],
)
def test_a_request_that_came_by_tls_has_a_page_that_did(origin: str, is_secure: bool, is_ours: bool) -> None:
    assert is_own(origin, "desk.vn", "http://192.168.1.10:8080", is_secure=is_secure) is is_ours
