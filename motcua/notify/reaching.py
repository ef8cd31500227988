"""To which address a message goes: the very one that was looked at, and none of this computer's own unless that is
wished.

A name may lead elsewhere the next time it is asked for, so it is asked for once for each message.
"""

import http.client
import smtplib
import socket
import ssl
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

_HERE = tuple(
    ip_network(text) for text in ("0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "::/128", "::1/128", "fe80::/10")
)
_METADATA = frozenset(
    map(ip_address, ("100.100.100.200", "168.63.129.16", "192.0.0.192", "fd00:ec2::254", "fd20:ce::254"))
)
"""Where hosts of virtual machines tell what they know of them, beside 169.254.169.254."""
_CARRIES_V4 = tuple(ip_network(text) for text in ("::/96", "64:ff9b::/96"))


class LocalAddressError(OSError):
    """A name leads to this computer, or to a neighbour that answers only this computer."""


def is_local(text: str) -> bool:
    """Say whether the address `text`, as a resolver returns it, is loopback, link-local, no address, a group, or of
    a host's metadata.
    """
    address = _meant(ip_address(text.partition("%")[0]))
    is_here = any(address in network for network in _HERE if network.version == address.version)
    return is_here or address in _METADATA or address.is_multicast or str(address) == "255.255.255.255"


def _meant(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Return the IPv4 address that one of version 6 carries, itself where it carries none."""
    if isinstance(address, IPv4Address):
        return address
    inside = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
    if inside is not None:
        return inside
    is_carrier = any(address in network for network in _CARRIES_V4) and int(address) > 1
    return IPv4Address(int(address) & 0xFFFFFFFF) if is_carrier else address


def connect(host: str, port: int, timeout_s: float, *, allow_local: bool) -> socket.socket:
    """Return a connection to `host`.

    Raises `LocalAddressError` where one of its addresses is local, and else `OSError`.
    """
    entries = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    if not allow_local and any(is_local(str(entry[4][0])) for entry in entries):
        raise LocalAddressError(host)
    failure: OSError = OSError(f"no address of {host}")
    for family, kind, protocol, _name, address in entries:
        line = socket.socket(family, kind, protocol)
        try:
            line.settimeout(timeout_s)
            line.connect(address)
        except OSError as error:
            line.close()
            failure = error
        else:
            return line
    raise failure


class PlainLine(http.client.HTTPConnection):
    """HTTP to an address that was looked at."""

    def __init__(self, host: str, port: int | None, timeout_s: float, *, allow_local: bool) -> None:
        super().__init__(host, port, timeout=timeout_s)
        self._timeout_s, self._allow_local = timeout_s, allow_local

    def connect(self) -> None:
        """Connect. Raises `LocalAddressError`, `OSError`."""
        self.sock = connect(self.host, self.port, self._timeout_s, allow_local=self._allow_local)


class SecureLine(PlainLine):
    """HTTPS to an address that was looked at; the certificate must be for the name that was asked for."""

    default_port = http.client.HTTPS_PORT

    def __init__(
        self, host: str, port: int | None, timeout_s: float, *, allow_local: bool, context: ssl.SSLContext
    ) -> None:
        super().__init__(host, port, timeout_s, allow_local=allow_local)
        self._context = context

    def connect(self) -> None:
        """Connect. Raises `LocalAddressError`, `OSError`."""
        super().connect()
        plain = self.sock
        try:
            self.sock = self._context.wrap_socket(plain, server_hostname=self.host)
        except BaseException:
            plain.close()
            raise


class MailLine(smtplib.SMTP):
    """SMTP to an address that was looked at; with a `context` encrypted from the first byte on."""

    def __init__(
        self, host: str, port: int, domain: str, timeout_s: float, *, allow_local: bool, context: ssl.SSLContext | None
    ) -> None:
        self._allow_local, self._context = allow_local, context
        super().__init__(host, port, domain, timeout=timeout_s)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        line = connect(host, port, timeout, allow_local=self._allow_local)
        if self._context is None:
            return line
        try:
            return self._context.wrap_socket(line, server_hostname=host)
        except BaseException:
            line.close()
            raise
