"""Where phones and other devices reach this desk: chosen from what the settings say, how screens came, and what the network cards have."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from motcua.desk import Fault
from motcua.settings.rules import BASE_MAX_BYTES, IPV6, PORTS, find_base, is_here, read_host
from motcua.web.language import mark

EVERY_IPV4, EVERY_IPV6 = "0.0.0.0", "::"  # noqa: S104 -- what a user may ask for
VIRTUAL = (
    "docker", "br-", "veth", "virbr", "vmnet", "vboxnet", "virtualbox", "vmware", "vethernet", "hyper-v", "wsl", "tun", "tap", "utun", "wg",
    "ppp", "tailscale", "zt", "zerotier", "openvpn", "nordlynx", "cni", "cali", "flannel", "kube", "lxc", "lxd", "podman", "bluetooth",
)  # fmt: skip
"""How the names of network cards begin that lead into this computer or far away, not into the hall."""
CHECK = "address"
NONE, GONE, IPV6_ONLY, LONG = "address.none", "address.gone", "address.ipv6", "address.long"
UNFIT, LOOPBACK = "address.unfit", "address.loopback"
FAULTS = {
    NONE: mark(
        "This computer has no address in a network, so tickets carry no code for phones. Check its cable or Wi-Fi, or set the address for"
        " phones in the settings."
    ),
    GONE: mark(
        "The desk was started with --host %(address)s, but this computer does not have that address now. Tickets carry no code for phones."
        " Start the desk with --host 0.0.0.0."
    ),
    IPV6_ONLY: mark(
        "The network has IPv6 addresses only, but the desk was started for IPv4. Tickets carry no code for phones. Start the desk with"
        " --host ::, or set the address for phones in the settings."
    ),
    LONG: mark(
        "This computer's addresses are longer than %(most)s characters, so tickets carry no code for phones. Set a short name as the"
        " address for phones in the settings."
    ),
    UNFIT: mark("The address for phones in the settings, %(address)s, cannot be used for tickets. Set another one in the settings."),
    LOOPBACK: mark(
        "Only this computer can reach the desk, so tickets carry no code for phones. Start the desk with --host 0.0.0.0, or set the address"
        " for phones in the settings."
    ),
}


@dataclass(frozen=True)
class Interface:
    """One address of this computer: the name of the network card, and the address without a zone."""

    name: str
    address: str


def ranked(interfaces: Iterable[Interface], route: str) -> list[str]:
    """Return the addresses that other devices can use, best first: real cards, IPv4, private, the one on the default `route`, short."""
    found = [item for item in interfaces if not is_here(item.address)]

    def order(item: Interface) -> tuple[bool, bool, bool, bool, int]:
        address = ip_address(item.address)
        is_virtual = item.name.casefold().startswith(VIRTUAL)
        return is_virtual, address.version == IPV6, address.is_global, item.address != route, len(str(address))

    return list(dict.fromkeys(item.address for item in sorted(found, key=order)))


class Reach:
    """What is known of the ways to this desk. Holds no setting: whoever asks brings the one in force."""

    def __init__(self) -> None:
        self.port, self.scheme = 0, "http"
        self._bound = ""
        self._interfaces: tuple[Interface, ...] = ()
        self._route = ""
        self._came = ""

    def listen(self, address: str, port: int) -> None:
        """Say where the server listens: an address of its own, or all of them."""
        self._bound, self.port = address, port

    def see(self, interfaces: Sequence[Interface], route: str) -> bool:
        """Take note of the network cards as they are now, and of the address on the default route; return whether anything changed."""
        found = tuple(sorted(set(interfaces), key=lambda item: (item.name, item.address)))
        if (found, route) == (self._interfaces, self._route):
            return False
        gone = {item.address for item in self._interfaces} - {item.address for item in found}
        self._interfaces, self._route = found, route
        if gone and is_literal(self._came):
            self._came = ""  # the way there may be gone; the next screen that comes says so
        return True

    def heard(self, base: str, *, by_kiosk: bool) -> bool:
        """Take note that a screen of the desk came by `base`; return whether that is news. A kiosk's way counts more than others'."""
        if not find_base(base) or base == self._came or (self._came and not by_kiosk):
            return False
        if not is_literal(base) and not base.startswith("https") and self.guesses():
            return False  # a name that this one device may know alone, where an address is known
        self._came = base
        return True

    @property
    def is_open(self) -> bool:
        """Say whether the server listens to more than this computer alone."""
        return bool(self._bound) and (self._bound in {EVERY_IPV4, EVERY_IPV6} or not is_here(self._bound))

    def is_mine(self, address: str) -> bool:
        """Say whether `address` belongs to this computer."""
        return any(item.address == address for item in self._interfaces)

    def guesses(self) -> list[str]:
        """Return the base addresses under which other devices reach the server, best first, however long."""
        if not self.is_open:
            return []
        if self._bound == EVERY_IPV6:
            served = list(self._interfaces)
        elif self._bound == EVERY_IPV4:
            served = [item for item in self._interfaces if ":" not in item.address]
        else:
            served = [item for item in self._interfaces if item.address == self._bound]
        port = "" if self.port == PORTS[self.scheme] else f":{self.port}"
        return [f"{self.scheme}://{read_host(address)}{port}" for address in ranked(served, self._route)]

    def guess(self) -> str:
        """Return the best base address that fits a ticket without a setting: how a device came, else a guess; empty for none."""
        return self._came or next((base for base in self.guesses() if find_base(base)), "")

    def known(self, setting: str) -> str:
        """Return the base address for phones, empty for none."""
        return find_base(setting) or self.guess()

    def trouble(self, setting: str) -> Fault | None:
        """Return why phones cannot be given an address, None when they can."""
        if setting and not find_base(setting):
            return Fault(UNFIT, CHECK, FAULTS[UNFIT], {"address": setting})
        if self.known(setting):
            return None
        code = self._why_none()
        params: dict[str, dict[str, object]] = {LONG: {"most": BASE_MAX_BYTES}, GONE: {"address": self._bound}}
        return Fault(code, CHECK, FAULTS[code], params.get(code, {}))

    def _why_none(self) -> str:
        if not self.is_open:
            return LOOPBACK
        if self.guesses():
            return LONG
        if self._bound not in {EVERY_IPV4, EVERY_IPV6}:
            return GONE
        return IPV6_ONLY if ranked(self._interfaces, self._route) else NONE


def is_literal(base: str) -> bool:
    """Say whether the host of a base address is a number, which needs nobody who knows names."""
    try:
        ip_address(urlsplit(base).hostname or "")
    except ValueError:
        return False
    return True
