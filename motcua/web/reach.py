"""Where phones and other devices reach this desk: chosen from what the settings say, how screens came, and what the
network cards have.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import urlsplit

from msgspec import Struct

from motcua.desk import DeskFault
from motcua.settings.base_address import BASE_MAX_BYTES, IPV6, PORTS, find_base, is_here, read_host
from motcua.web.language import mark

EVERY_IPV4, EVERY_IPV6 = "0.0.0.0", "::"  # noqa: S104 -- what a user may ask for
VIRTUAL = (
    "docker", "br-", "veth", "virbr", "vmnet", "vboxnet", "virtualbox", "vmware", "vethernet", "hyper-v", "wsl", "tun",
    "tap", "utun", "wg",
    "ppp", "tailscale", "zt", "zerotier", "openvpn", "nordlynx", "cni", "cali", "flannel", "kube", "lxc", "lxd",
    "podman", "bluetooth",
)  # fmt: skip
"""How the names of network cards begin that lead into this computer or far away, not into the hall."""
CHECK = "address"
NONE, GONE, IPV6_ONLY, LONG = "address.none", "address.gone", "address.ipv6", "address.long"
UNFIT, LOOPBACK = "address.unfit", "address.loopback"
PLAIN = "address.plain"
PLAIN_TEXT = mark(
    "The hall uses https, but phones use %(address)s: others in the same network can read the traffic "
    "between phones and server."
)
UNTRUSTED = "address.untrusted"
UNTRUSTED_TEXT = mark(
    "Tickets lead phones to %(address)s, but phones do not trust this server's certificate. Give phones a separate "
    "listener (--guests 0.0.0.0:8081), or give the server a public certificate."
)
FAULTS = {
    NONE: mark(
        "This computer has no address in a network, so tickets carry no code for phones. Check its cable or "
        "Wi-Fi, or set the address for"
        " phones in the settings."
    ),
    GONE: mark(
        "The server was started with --host %(address)s, but this computer does not have that address now. Tickets "
        "carry no code for phones. Start the server with --host 0.0.0.0."
    ),
    IPV6_ONLY: mark(
        "The network has IPv6 addresses only, but the server was started for IPv4. Tickets carry no code for phones. "
        "Start the server with --host ::, or set the address for phones in the settings."
    ),
    LONG: mark(
        "This computer's addresses are longer than %(most)s characters, so tickets carry no code for phones. Set "
        "a short name as the"
        " address for phones in the settings."
    ),
    UNFIT: mark(
        "The address for phones in the settings, %(address)s, cannot be used for tickets. Set another one in "
        "the settings."
    ),
    LOOPBACK: mark(
        "Only this computer can reach the server, so tickets carry no code for phones. Start the server with --host "
        "0.0.0.0, or set the address for phones in the settings."
    ),
}


class Interface(Struct, frozen=True):
    """One address of this computer: the name of the network card, and the address without a zone."""

    name: str
    address: str


class Listening(NamedTuple):
    """Where a server listens, and how it is spoken to."""

    address: str
    port: int
    scheme: str

    @property
    def is_open(self) -> bool:
        """Say whether it listens to more than this computer alone."""
        return bool(self.address) and (self.address in {EVERY_IPV4, EVERY_IPV6} or not is_here(self.address))


def rank_addresses(interfaces: Iterable[Interface], route: str) -> list[str]:
    """Return the addresses that other devices can use, best first: real cards, IPv4, private, the one on the default
    `route`, short.
    """
    reachable = [item for item in interfaces if not is_here(item.address)]

    def order(item: Interface) -> tuple[bool, bool, bool, bool, int]:
        address = ip_address(item.address)
        is_virtual = item.name.casefold().startswith(VIRTUAL)
        return is_virtual, address.version == IPV6, address.is_global, item.address != route, len(str(address))

    return list(dict.fromkeys(item.address for item in sorted(reachable, key=order)))


@lru_cache(maxsize=16)
def list_bases(listening: Listening, interfaces: tuple[Interface, ...], route: str) -> tuple[str, ...]:
    """Return the base addresses by which others reach a server that listens so, best first, however long."""
    bound, port, scheme = listening
    if not listening.is_open:
        return ()
    if bound == EVERY_IPV6:
        served = list(interfaces)
    elif bound == EVERY_IPV4:
        served = [item for item in interfaces if ":" not in item.address]
    else:
        served = [item for item in interfaces if item.address == bound]
    ending = "" if port == PORTS[scheme] else f":{port}"
    return tuple(f"{scheme}://{read_host(address)}{ending}" for address in rank_addresses(served, route))


class Reach:
    """What is known of the ways to this desk. Holds no setting: whoever asks brings the one in force."""

    def __init__(self) -> None:
        self.port, self.scheme = 0, "http"
        self._bound = ""
        self._guests: Listening | None = None
        self._interfaces: tuple[Interface, ...] = ()
        self._route = ""
        self._came = ""

    def listen(self, address: str, port: int, scheme: str = "http") -> None:
        """Say where the server listens: an address of its own, or all of them."""
        self._bound, self.port, self.scheme = address, port, scheme

    def listen_to_guests(self, address: str, port: int, scheme: str) -> None:
        """Say where a second listener serves phones: then they use that one alone."""
        self._guests = Listening(address, port, scheme)

    @property
    def has_guests(self) -> bool:
        """Say whether phones have a listener of their own."""
        return self._guests is not None

    def _of_hall(self) -> "Listening":
        return Listening(self._bound, self.port, self.scheme)

    def _of_phones(self) -> "Listening":
        return self._guests or self._of_hall()

    def see(self, interfaces: Sequence[Interface], route: str) -> bool:
        """Take note of the network cards as they are now, and of the address on the default route; return whether
        anything changed.
        """
        sorted_interfaces = tuple(sorted(set(interfaces), key=lambda item: (item.name, item.address)))
        if (sorted_interfaces, route) == (self._interfaces, self._route):
            return False
        gone = {item.address for item in self._interfaces} - {item.address for item in sorted_interfaces}
        self._interfaces, self._route = sorted_interfaces, route
        if gone and is_literal(self._came):
            self._came = ""  # the way there may be gone; the next screen that comes says so
        return True

    def note_base(self, base: str, *, by_kiosk: bool) -> bool:
        """Take note that a screen of the desk came by `base`; return whether that is news.

        A kiosk's way counts more than others'.
        """
        if not find_base(base) or base == self._came or (self._came and not by_kiosk):
            return False
        if not is_literal(base) and not base.startswith("https") and self.list_guesses():
            return False  # a name that this one device may know alone, where an address is known
        self._came = base
        return True

    @property
    def is_open(self) -> bool:
        """Say whether the server listens to more phones than this computer alone."""
        return self._of_phones().is_open

    def is_own_address(self, address: str) -> bool:
        """Say whether `address` belongs to this computer."""
        return any(item.address == address for item in self._interfaces)

    def list_guesses(self) -> list[str]:
        """Return the base addresses under which other devices of the hall reach the server, best first, however
        long.
        """
        return self._bases(self._of_hall())

    def list_phone_guesses(self) -> list[str]:
        """Return the base addresses under which phones reach the server, best first, however long."""
        return self._bases(self._of_phones())

    def _bases(self, listening: "Listening") -> list[str]:
        return list(list_bases(listening, self._interfaces, self._route))

    def guess_base(self) -> str:
        """Return the best base address that fits a ticket without a setting: how a device came, else a guess; empty
        for none.
        """
        came = "" if self.has_guests else self._came
        return came or next((base for base in self.list_phone_guesses() if find_base(base)), "")

    def find_phone_base(self, setting: str) -> str:
        """Return the base address for phones, empty for none."""
        return find_base(setting) or self.guess_base()

    def find_trouble(self, setting: str) -> DeskFault | None:
        """Return why phones cannot be given an address, None when they can."""
        if setting and not find_base(setting):
            return DeskFault(UNFIT, CHECK, FAULTS[UNFIT], {"address": setting})
        if self.find_phone_base(setting):
            return None
        code = self._why_none()
        params: dict[str, dict[str, object]] = {
            LONG: {"most": BASE_MAX_BYTES},
            GONE: {"address": self._of_phones().address},
        }
        return DeskFault(code, CHECK, FAULTS[code], params.get(code, {}))

    def _why_none(self) -> str:
        if not self.is_open:
            return LOOPBACK
        if self.list_phone_guesses():
            return LONG
        if self._of_phones().address not in {EVERY_IPV4, EVERY_IPV6}:
            return GONE
        return IPV6_ONLY if rank_addresses(self._interfaces, self._route) else NONE


def is_literal(base: str) -> bool:
    """Say whether the host of a base address is a number, which needs nobody who knows names."""
    try:
        ip_address(urlsplit(base).hostname or "")
    except ValueError:
        return False
    return True
