"""Who sends a request through a web server: believed servers only, the rightmost untrusted hop, whatever else stands
in the headers.
"""

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from motcua.web.forwarded import (
    FORWARDED_KEY,
    LOOPBACK,
    NOBODY,
    BadNetworkError,
    RequestClient,
    find_client,
    is_trusted,
    read_address,
    read_trusted,
    settle,
)

PHONE, OTHER, GATE = "203.0.113.7", "198.51.100.9", "192.0.2.1"
FAR = read_trusted(["127.0.0.1", "::1", GATE, "2001:db8:ff::/48"])


def environ(peer: str, **headers: str) -> dict[str, Any]:
    return {
        "REMOTE_ADDR": peer,
        "wsgi.url_scheme": "http",
        "HTTP_HOST": "desk:8080",
        **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
    }


def address_of(peer: str, **headers: str) -> str:
    return find_client(environ(peer, **headers), FAR).address


@pytest.mark.parametrize(
    ("chain", "address"),
    [
        (PHONE, PHONE),
        (f"{OTHER}, {PHONE}", PHONE),  # what the client itself wrote stands on the left
        (f"{OTHER},{PHONE}, {GATE}", PHONE),
        (f"{OTHER}, {PHONE}, {GATE}, 127.0.0.1", PHONE),
        (f"{PHONE}:50123", PHONE),
        (f"[2001:db8::7]:443, {GATE}", "2001:db8::7"),
        ("2001:DB8::7", "2001:db8::7"),
        ("[2001:db8::7]", "2001:db8::7"),
        ("fe80::1%eth0", "fe80::1"),
        (f"::ffff:{PHONE}", PHONE),
        (f"{PHONE}, 2001:db8:ff::5", PHONE),
        ("127.0.0.1", "127.0.0.1"),
        ("unknown", "127.0.0.1"),
        (f"{PHONE}, unknown", "127.0.0.1"),
        (f"{PHONE}, _hidden, {GATE}", GATE),
        (f"{PHONE}, ", "127.0.0.1"),
        (f"{PHONE}, 1.2.3", "127.0.0.1"),
        (f"{PHONE}, 1.2.3.4.5", "127.0.0.1"),
        (f"{PHONE}:http", "127.0.0.1"),
        (f"[{PHONE}", PHONE),
        ("' OR 1=1 --", "127.0.0.1"),
        (", ".join([OTHER] * 5000 + [PHONE]), PHONE),
    ],
)
def test_the_rightmost_hop_that_is_no_believed_server_is_the_client(chain: str, address: str) -> None:
    assert address_of("127.0.0.1", x_forwarded_for=chain) == address


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (f"for={PHONE}", PHONE),
        (f"for={OTHER}, For={PHONE};proto=https;by={GATE}", PHONE),
        ('for="[2001:db8::7]:4711"', "2001:db8::7"),
        (f'for="{OTHER}, x"; by=a, for="{PHONE}:80";host="a,b"', PHONE),
        ("for=unknown", "127.0.0.1"),
        ("for=_secret", "127.0.0.1"),
        ("proto=https", "127.0.0.1"),
        (f'"for={PHONE}', "127.0.0.1"),
        (";;,,==", "127.0.0.1"),
    ],
)
def test_forwarded_is_read_as_well(text: str, address: str) -> None:
    assert address_of("::1", forwarded=text) == (address if address != "127.0.0.1" else "::1")


def test_what_a_server_passes_on_as_it_came_does_not_count_beside_what_it_writes() -> None:
    assert (
        address_of("127.0.0.1", x_forwarded_for=PHONE, forwarded=f"for={OTHER};host=evil.example;proto=https") == PHONE
    )
    found = find_client(environ("127.0.0.1", x_forwarded_for=PHONE, forwarded="host=evil.example;proto=https"), FAR)
    assert (found.scheme, found.host) == ("http", "desk:8080")


@pytest.mark.parametrize("peer", [PHONE, "10.0.0.1", "::2", "", "garbage", "127.0.0.1.example"])
def test_what_an_unbelieved_computer_says_is_not_read(peer: str) -> None:
    given_ = environ(
        peer,
        x_forwarded_for=OTHER,
        x_forwarded_proto="https",
        x_forwarded_host="evil.example",
        forwarded=f"for={OTHER}",
    )
    assert find_client(given_, FAR) == RequestClient(peer, "http", "desk:8080", False)
    assert find_client(environ("127.0.0.1", x_forwarded_for=OTHER), NOBODY).address == "127.0.0.1"
    settle(given_, FAR)
    assert (given_["REMOTE_ADDR"], given_["wsgi.url_scheme"], given_["HTTP_HOST"], given_[FORWARDED_KEY]) == (
        peer, "http", "desk:8080", False
    )  # fmt: skip


def test_scheme_and_host_are_those_that_the_believed_server_saw() -> None:
    found = find_client(
        environ("127.0.0.1", x_forwarded_for=PHONE, x_forwarded_proto="https", x_forwarded_host="desk.vn:8443"),
        LOOPBACK,
    )
    assert found == RequestClient(PHONE, "https", "desk.vn:8443", True)
    through_two = environ(
        "127.0.0.1",
        x_forwarded_for=f"{OTHER}, {PHONE}, {GATE}",
        x_forwarded_proto="http, https, http",
        x_forwarded_host="evil.example, desk.vn, inner",
    )
    assert find_client(through_two, FAR) == RequestClient(PHONE, "https", "desk.vn", True)
    elements = environ("::ffff:127.0.0.1", forwarded=f"for={PHONE};proto=HTTPS;host=desk.vn")
    assert find_client(elements, LOOPBACK) == RequestClient(PHONE, "https", "desk.vn", True)
    settle(elements, LOOPBACK)
    assert (elements["REMOTE_ADDR"], elements["wsgi.url_scheme"], elements["HTTP_HOST"], elements[FORWARDED_KEY]) == (
        PHONE, "https", "desk.vn", True
    )  # fmt: skip


@pytest.mark.parametrize("scheme", ["", "gopher", "javascript", "https\x00", "http s"])
@pytest.mark.parametrize("host", ["", "a b", "desk.vn/evil", "x" * 300, "desk\r\nx", "đ.vn"])
def test_a_scheme_or_host_that_is_none_does_not_count(scheme: str, host: str) -> None:
    found = find_client(
        environ("127.0.0.1", x_forwarded_for=PHONE, x_forwarded_proto=scheme, x_forwarded_host=host), LOOPBACK
    )
    assert found == RequestClient(PHONE, "http", "desk:8080", True)


def test_a_request_of_this_computer_that_nobody_passed_on_stays_its_own() -> None:
    assert find_client(environ("127.0.0.1"), LOOPBACK) == RequestClient("127.0.0.1", "http", "desk:8080", False)


@pytest.mark.thorough
@given(st.text(), st.text(), st.text(), st.text())
@example("for=", "for=", ",", ",")
def test_no_header_stops_the_desk_and_the_client_is_always_an_address(
    chain: str, elements: str, scheme: str, host: str
) -> None:
    given_ = environ(
        "127.0.0.1", x_forwarded_for=chain, forwarded=elements, x_forwarded_proto=scheme, x_forwarded_host=host
    )
    found = find_client(given_, LOOPBACK)
    assert read_address(found.address) is not None
    assert found.scheme in {"http", "https"}


@pytest.mark.thorough
@given(
    st.lists(st.ip_addresses().map(str) | st.text(alphabet="abc:.[]1, ", max_size=20), max_size=6), st.ip_addresses()
)
def test_whatever_the_client_wrote_before_the_server_added_its_address_changes_nothing(
    spoofed: list[str], client: Any
) -> None:
    chain = ", ".join([*spoofed, str(client)])
    alone = find_client(environ("127.0.0.1", x_forwarded_for=str(client)), LOOPBACK)
    if not is_trusted(read_address(str(client)), LOOPBACK):
        assert find_client(environ("127.0.0.1", x_forwarded_for=chain), LOOPBACK) == alone


@pytest.mark.parametrize("text", ["", "desk.vn", "10.0.0.0/33", "0.0.0.0/0", "::/0", "1.2.3", "10.0.0.1-5"])
def test_a_network_of_nobody_or_of_everybody_is_refused(text: str) -> None:
    with pytest.raises(BadNetworkError):
        read_trusted([text])


def test_networks_are_read_and_loopback_is_the_default() -> None:
    assert read_trusted([]) == LOOPBACK
    assert [str(network) for network in read_trusted(["192.168.1.10/24", "[fd00::1]", " 10.0.0.1 "])] == [
        "192.168.1.0/24", "fd00::1/128", "10.0.0.1/32"
    ]  # fmt: skip
