"""What an address for phones may be: short, whole, and never one that leads a phone to itself."""

import json
from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from motcua.copies import replace
from motcua.settings.base_address import BASE_MAX_BYTES, BadBaseError, find_base, is_hall_only, is_here, read_base
from motcua.settings.model import Settings, Web
from motcua.settings.store import dump, load


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("http://192.168.1.10:8080", "http://192.168.1.10:8080"),
        ("http://192.168.100.200:8080", "http://192.168.100.200:8080"),
        ("HTTPS://Motcua.Example.VN/", "https://motcua.example.vn"),
        ("http://motcua.vn:80//", "http://motcua.vn"),
        ("https://motcua.vn.:443", "https://motcua.vn"),
        ("http://motcua.vn:443", "http://motcua.vn:443"),
        ("http://[FD00:0:0::2]:8080", "http://[fd00::2]:8080"),
        ("http://xã.vn", "http://xn--x-yfa.vn"),
        ("http://motcua", "http://motcua"),
    ],
)
def test_an_address_is_read_in_its_shortest_form(text: str, base: str) -> None:
    assert read_base(text) == find_base(text) == base


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("192.168.1.10:8080", "scheme"),
        ("ftp://motcua.vn", "scheme"),
        ("http:\\\\motcua.vn", "scheme"),
        ("http:/motcua.vn", "scheme"),
        ("http://ward:secret@motcua.vn", "secret"),
        ("http://motcua.vn/t", "path"),
        ("http://motcua.vn?", "path"),
        ("http://motcua.vn?a=1", "path"),
        ("http://motcua.vn#", "path"),
        ("http://", "host"),
        ("http://.vn", "host"),
        ("http://a..vn", "host"),
        ("http://mot cua.vn", "host"),
        ("http://-a.vn", "host"),
        ("http://mot_cua.vn", "host"),
        ("http://127.1", "host"),
        ("http://0x7f000001", "host"),
        ("http://2130706433", "host"),
        ("http://192.168.1.300", "host"),
        ("http://192.168.001.010", "host"),
        ("http://[::1", "host"),
        ("http://motcua.vn:0", "port"),
        ("http://motcua.vn:65536", "port"),
        ("http://motcua.vn:http", "port"),
        ("http://localhost:8080", "own"),
        ("http://LOCALHOST.", "own"),
        ("http://desk.localhost", "own"),
        ("http://127.0.0.1:8080", "own"),
        ("http://127.9.9.9", "own"),
        ("http://0.0.0.0:8080", "own"),
        ("http://[::1]:8080", "own"),
        ("http://[::ffff:127.0.0.1]", "own"),
        ("http://[::]", "own"),
        ("http://169.254.3.4", "own"),
        ("http://[fe80::1%25eth0]", "own"),
        ("http://224.0.0.1", "own"),
        ("http://255.255.255.255", "own"),
        ("https://motcua.phuongdai.gov.vn", "long"),
        ("http://[2001:db8:1:2:3:4:5:6]:8080", "long"),
        ("http://phường-nguyễn-ưu-đàm.vn", "long"),
    ],
)
def test_what_is_none_says_why(text: str, code: str) -> None:
    with pytest.raises(BadBaseError) as error:
        read_base(text)
    assert (error.value.code, find_base(text)) == (code, "")


HOSTS = st.one_of(
    st.builds(lambda number: str(IPv4Address(number)), st.integers(0, 2**32 - 1)),
    st.builds(lambda number: f"[{IPv6Address(number)}]", st.integers(0, 2**128 - 1)),
    st.text(max_size=20),
    st.from_regex(r"[a-z0-9-]{1,12}(\.[a-z0-9-]{1,8}){0,3}", fullmatch=True),
)


@pytest.mark.thorough
@given(
    st.sampled_from(["http", "https", "HTTP", "ws", ""]),
    HOSTS,
    st.text(max_size=8) | st.integers(0, 70000).map(lambda port: f":{port}"),
)
@example("http", "[::ffff:0:0]", "")
def test_what_is_taken_fits_a_ticket_leads_elsewhere_and_reads_back_the_same(scheme: str, host: str, rest: str) -> None:
    base = find_base(f"{scheme}://{host}{rest}")
    if base:
        assert (find_base(base), base.isascii(), base.count("/")) == (base, True, 2)
        assert len(f"{base}/t/k7q2m9xdAAAA") <= BASE_MAX_BYTES + 15 == 42
        assert not is_here(
            base.partition("://")[2].rsplit(":", 1)[0] if not base.endswith("]") else base.partition("://")[2]
        )


def test_a_private_address_is_for_the_hall_alone() -> None:
    restrictions = {
        base: is_hall_only(base)
        for base in ("http://10.0.0.5", "http://[fd00::2]:80", "https://motcua.vn", "http://8.8.8.8", "")
    }
    assert restrictions == {
        "http://10.0.0.5": True,
        "http://[fd00::2]:80": True,
        "https://motcua.vn": False,
        "http://8.8.8.8": False,
        "": False,
    }


def stored(settings: Settings, **notices: str) -> str:
    """Return a document as a desk stored it before there was `web`."""
    raw = json.loads(dump(settings))
    del raw["web"]
    raw["notices"] |= notices
    return json.dumps(raw)


def test_a_desk_set_up_before_keeps_its_address_and_one_older_still_has_none() -> None:
    assert load(stored(Settings(), public_url="https://motcua.vn/")) == replace(
        Settings(), web=Web("https://motcua.vn")
    )
    assert load(stored(Settings())) == Settings()
