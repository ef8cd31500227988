"""Who sends a request that came through a web server in front of the desk.

Only servers that the desk was told of are believed.

`find_client` is the one place that reads `X-Forwarded-For`, `-Proto`, `-Host` and `Forwarded` (RFC 7239). `settle`
writes what it finds into the request's environment, so that everything behind it sees the client's address, scheme
and host.
"""

from collections.abc import Iterable, Mapping
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

from msgspec import Struct

Address = IPv4Address | IPv6Address
Trusted = tuple[IPv4Network | IPv6Network, ...]
"""The networks of the web servers that are believed."""
LOOPBACK: Trusted = (IPv4Network("127.0.0.0/8"), IPv6Network("::1/128"))
NOBODY: Trusted = ()
HOPS_MAX = 32
"""How many computers of a chain are looked at, from the nearest on."""
HOST_MAX = 255
TEXT_MAX = 4096
SCHEMES = frozenset({"http", "https"})
FORWARDED_KEY = "motcua.is_forwarded"
"""Where the environment says that a believed server passed this request on: then nothing in it comes from this
computer itself."""
_PORTED_V6 = "["
_IN_HOST = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-.:[]_")


class BadNetworkError(ValueError):
    """A text is no address and no network of a web server."""


class RequestClient(Struct, frozen=True):
    """Whoever sends a request: the address as text, the scheme and the host that the browser used; `host` is empty
    when not said.
    """

    address: str
    scheme: str
    host: str
    is_forwarded: bool


def read_trusted(texts: Iterable[str]) -> Trusted:
    """Return the networks that `texts` name, loopback for none.

    Raises `BadNetworkError` for what is none, or is everybody.
    """
    networks: list[IPv4Network | IPv6Network] = []
    for text in texts:
        try:
            network = ip_network(text.strip().removeprefix("[").removesuffix("]"), strict=False)
        except ValueError:
            raise BadNetworkError(text) from None
        if network.prefixlen == 0:
            raise BadNetworkError(text)
        networks.append(network)
    return tuple(networks) or LOOPBACK


def read_address(text: str) -> Address | None:
    """Return the address in one hop of a chain, without port, brackets, quotes and zone; None for `unknown`,
    `_hidden` and garbage.
    """
    plain = text.strip()
    if len(plain) > 1 and plain.startswith('"') and plain.endswith('"'):
        plain = plain[1:-1].strip()
    if plain.startswith(_PORTED_V6):
        plain, _, rest = plain[1:].partition("]")
        if rest and not _is_port(rest):
            return None
    elif plain.count(":") == 1:
        plain, colon, port = plain.partition(":")
        if not _is_port(colon + port):
            return None
    try:
        address = ip_address(plain.partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def _is_port(text: str) -> bool:
    return text.startswith(":") and text[1:].isascii() and text[1:].isdigit() and len(text) <= 6  # noqa: PLR2004 -- a colon, five digits


def is_trusted(address: Address | None, trusted: Trusted) -> bool:
    """Say whether `address` is one of the believed servers."""
    return address is not None and any(address.version == network.version and address in network for network in trusted)


def find_client(environ: Mapping[str, Any], trusted: Trusted) -> RequestClient:
    """Return who sends the request of `environ`: the rightmost hop that is none of the `trusted` servers.

    What an untrusted computer says of others is not read at all. A hop that is no address ends the chain: the client
    is then the server that named it. `Forwarded` counts only without `X-Forwarded-For`: most servers write that one
    and pass the other on as it came.
    """
    peer = str(environ.get("REMOTE_ADDR") or "")
    plain = RequestClient(
        peer, str(environ.get("wsgi.url_scheme") or "http"), str(environ.get("HTTP_HOST") or ""), False
    )
    if not trusted or not is_trusted(read_address(peer), trusted):
        return plain
    listed, elements = _values(environ, "HTTP_X_FORWARDED_FOR"), _elements(str(environ.get("HTTP_FORWARDED") or ""))
    values = {name: _values(environ, f"HTTP_X_FORWARDED_{name.upper()}") for name in ("proto", "host")}
    if not listed and not elements and not any(values.values()):
        return plain
    if not listed and elements:
        values = {name: [pairs.get(name, "") for pairs in elements] for name in ("proto", "host")}
    address, hops = _walked(listed or [pairs.get("for", "") for pairs in elements], peer, trusted)
    scheme = _at(values["proto"], hops).lower()
    host = _at(values["host"], hops)
    is_host = 0 < len(host) <= HOST_MAX and set(host.lower()) <= _IN_HOST
    return RequestClient(address, scheme if scheme in SCHEMES else plain.scheme, host if is_host else plain.host, True)


def settle(environ: dict[str, Any], trusted: Trusted) -> None:
    """Let the environment of a request speak of the client, not of the believed server that passed it on."""
    if not trusted:
        environ[FORWARDED_KEY] = False
        return
    client = find_client(environ, trusted)
    environ[FORWARDED_KEY] = client.is_forwarded
    if client.is_forwarded:
        environ["REMOTE_ADDR"], environ["wsgi.url_scheme"] = client.address, client.scheme
        if client.host:
            environ["HTTP_HOST"] = client.host


def _values(environ: Mapping[str, Any], name: str) -> list[str]:
    """Return the last values of a list that is sent as a header."""
    text = str(environ.get(name) or "")
    return [part.strip() for part in text.split(",")[-HOPS_MAX:]] if text.strip() else []


def _elements(text: str) -> list[dict[str, str]]:
    """Return the pairs of the last elements of `Forwarded`, names in small letters; empty for a header that is not
    there.
    """
    elements: list[dict[str, str]] = []
    for element in _split(text[-TEXT_MAX:], ",")[-HOPS_MAX:] if text.strip() else []:
        pairs: dict[str, str] = {}
        for pair in _split(element, ";"):
            name, _, value = pair.partition("=")
            pairs.setdefault(name.strip().lower(), value.strip().strip('"'))
        elements.append(pairs)
    return elements


def _split(text: str, sign: str) -> list[str]:
    """Return the parts of `text` between the `sign`s that do not stand in quotes."""
    parts, is_quoted = [""], False
    for letter in text:
        is_quoted ^= letter == '"'
        if letter == sign and not is_quoted:
            parts.append("")
        else:
            parts[-1] += letter
    return parts


def _walked(chain: list[str], peer: str, trusted: Trusted) -> tuple[str, int]:
    """Return the client of a chain that ends at `peer`, and how many believed servers stand between."""
    nearest, hops = peer, 1
    for text in reversed(chain):
        address = read_address(text)
        if address is None:
            break
        nearest = str(address)
        if not is_trusted(address, trusted):
            break
        hops += 1
    return nearest, hops


def _at(values: list[str], hops: int) -> str:
    """Return what the server next to the client said: each server adds its own word at the end, or puts it in the
    place of all.
    """
    return values[-min(hops, len(values))] if values else ""
