"""Where phones reach the desk: guessed from the network cards, learnt from how screens came, decided by the
settings.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.settings.base_address import find_base
from motcua.web import reach
from motcua.web.reach import Interface, Reach, rank_addresses

LO, CABLE, WIFI = Interface("lo", "127.0.0.1"), Interface("eth0", "10.1.2.3"), Interface("wlan0", "192.168.1.10")
VPN, DOCKER, LINK = Interface("tun0", "10.8.0.2"), Interface("docker0", "172.17.0.1"), Interface("eth0", "169.254.7.7")
PUBLIC, SIX, LONG_SIX = (
    Interface("eth1", "113.160.1.2"),
    Interface("eth0", "fd00::2"),
    Interface("eth0", "2001:db8:1:2:3:4:5:6"),
)


def served(*interfaces: Interface, host: str = "0.0.0.0", route: str = "", port: int = 8080) -> Reach:  # noqa: S104 -- as the hall does
    made = Reach()
    made.listen(host, port)
    made.see([LO, *interfaces], route)
    return made


@pytest.mark.parametrize(
    ("interfaces", "route", "first"),
    [
        ([CABLE, WIFI], "192.168.1.10", "192.168.1.10"),
        ([CABLE, WIFI], "10.1.2.3", "10.1.2.3"),
        ([VPN, WIFI], "10.8.0.2", "192.168.1.10"),
        ([DOCKER, CABLE], "", "10.1.2.3"),
        ([PUBLIC, WIFI], "113.160.1.2", "192.168.1.10"),
        ([PUBLIC], "", "113.160.1.2"),
        ([LONG_SIX, SIX], "", "fd00::2"),
        ([SIX, WIFI], "", "192.168.1.10"),
        ([DOCKER], "", "172.17.0.1"),
    ],
)
def test_the_address_of_the_hall_comes_first(interfaces: list[Interface], route: str, first: str) -> None:
    assert rank_addresses([LO, LINK, *interfaces], route)[0] == first


@pytest.mark.thorough
@given(
    st.lists(
        st.builds(Interface, st.sampled_from(["lo", "eth0", "Wi-Fi", "tun0"]), st.ip_addresses().map(str)), max_size=6
    ),
    st.sampled_from(["0.0.0.0", "::", "127.0.0.1", "::1", "10.1.2.3"]),  # noqa: S104 -- as above
    st.integers(1, 65535),
)
def test_a_guess_fits_a_ticket_or_there_is_none_and_that_is_said(
    interfaces: list[Interface], host: str, port: int
) -> None:
    made = served(*interfaces, host=host, port=port)
    guess, trouble = made.guess_base(), made.find_trouble("")
    assert (find_base(guess), guess == "") == (guess, trouble is not None)
    assert all("//127." not in base and "[::1]" not in base for base in made.list_guesses())
    if trouble is not None:
        assert trouble.message % dict(trouble.params)


@pytest.mark.parametrize(
    ("host", "interfaces", "base", "code"),
    [
        ("0.0.0.0", [], "", reach.NONE),  # noqa: S104 -- as above
        ("0.0.0.0", [LINK], "", reach.NONE),  # noqa: S104 -- as above
        ("0.0.0.0", [SIX], "", reach.IPV6_ONLY),  # noqa: S104 -- as above
        ("::", [SIX], "http://[fd00::2]:8080", None),
        ("::", [SIX, WIFI], "http://192.168.1.10:8080", None),
        ("::", [LONG_SIX], "", reach.LONG),
        ("192.168.1.10", [WIFI, CABLE], "http://192.168.1.10:8080", None),
        ("192.168.1.10", [CABLE], "", reach.GONE),
        ("127.0.0.1", [WIFI], "", reach.LOOPBACK),
        ("::1", [SIX], "", reach.LOOPBACK),
    ],
)
def test_what_is_guessed_depends_on_where_the_server_listens(
    host: str, interfaces: list[Interface], base: str, code: str | None
) -> None:
    made = served(*interfaces, host=host)
    trouble = made.find_trouble("")
    assert (made.guess_base(), trouble.code if trouble else None) == (base, code)
    assert (made.find_phone_base("https://motcua.vn"), made.find_trouble("https://motcua.vn")) == (
        "https://motcua.vn",
        None,
    )


def test_a_setting_that_does_not_fit_gives_way_to_the_guess_and_is_said() -> None:
    made, former = served(WIFI), "https://motcua.phuongnguyenuudam.vn"
    trouble = made.find_trouble(former)
    assert (made.find_phone_base(former), trouble and (trouble.code, dict(trouble.params))) == (
        "http://192.168.1.10:8080",
        (reach.UNFIT, {"address": former}),
    )


def test_the_address_follows_the_network_whatever_it_was_at_the_start() -> None:
    made = served()
    assert (made.guess_base(), made.see([LO], "")) == ("", False)
    assert (made.see([LO, WIFI], ""), made.guess_base()) == (True, "http://192.168.1.10:8080")
    moved = Interface("wlan0", "192.168.1.77")
    assert (made.see([moved, LO], ""), made.guess_base()) == (True, "http://192.168.1.77:8080")
    assert (made.see([LO], ""), made.guess_base()) == (True, "")


def test_of_two_networks_the_one_by_which_the_kiosk_came_counts_until_it_is_gone() -> None:
    made = served(CABLE, WIFI, route="10.1.2.3")
    assert made.guess_base() == "http://10.1.2.3:8080"
    assert made.note_base("http://192.168.1.10:8080", by_kiosk=True)
    assert not made.note_base("http://192.168.1.10:8080", by_kiosk=True)
    assert not made.note_base("http://10.1.2.3:8080", by_kiosk=False)
    assert made.guess_base() == "http://192.168.1.10:8080"
    made.see([LO, CABLE, WIFI, DOCKER], "10.1.2.3")
    assert made.guess_base() == "http://192.168.1.10:8080"
    made.see([LO, CABLE, Interface("wlan0", "192.168.1.77")], "10.1.2.3")
    assert made.guess_base() == "http://10.1.2.3:8080"


def test_a_name_by_which_a_screen_came_counts_where_it_is_sure_or_nothing_else_is_known() -> None:
    made = served(WIFI)
    assert not made.note_base("http://desk.ward.vn:8080", by_kiosk=True)
    assert (made.note_base("https://desk.ward.vn", by_kiosk=True), made.guess_base()) == (True, "https://desk.ward.vn")
    alone = served(host="127.0.0.1")
    assert (alone.note_base("http://desk.ward.vn", by_kiosk=False), alone.guess_base(), alone.find_trouble("")) == (
        True,
        "http://desk.ward.vn",
        None,
    )


def test_phones_use_the_listener_for_guests_alone_and_the_hall_its_own() -> None:
    made = Reach()
    made.listen("10.1.2.3", 443, "https")
    made.listen_to_guests("0.0.0.0", 8081, "http")  # noqa: S104 -- as the hall does
    made.see([LO, CABLE, WIFI], "192.168.1.10")
    assert made.list_guesses() == ["https://10.1.2.3"]
    assert made.list_phone_guesses() == ["http://192.168.1.10:8081", "http://10.1.2.3:8081"]
    assert made.note_base("https://10.1.2.3", by_kiosk=True)
    assert (made.guess_base(), made.find_phone_base("https://desk.vn")) == (
        "http://192.168.1.10:8081",
        "https://desk.vn",
    )
    assert (made.is_open, made.find_trouble("")) == (True, None)


def test_a_listener_for_guests_that_only_this_computer_reaches_gives_phones_nothing() -> None:
    made = Reach()
    made.listen("0.0.0.0", 8080)  # noqa: S104 -- as the hall does
    made.listen_to_guests("127.0.0.1", 8081, "http")
    made.see([LO, CABLE], "")
    trouble = made.find_trouble("")
    assert (made.guess_base(), made.is_open, trouble and trouble.code) == ("", False, reach.LOOPBACK)
    assert made.find_trouble("https://desk.vn") is None


def test_https_at_its_own_port_needs_no_port_in_addresses() -> None:
    for port, base in ((443, "https://10.1.2.3"), (8443, "https://10.1.2.3:8443"), (80, "https://10.1.2.3:80")):
        made = Reach()
        made.listen("0.0.0.0", port, "https")  # noqa: S104 -- as the hall does
        made.see([LO, CABLE], "")
        assert made.guess_base() == base
