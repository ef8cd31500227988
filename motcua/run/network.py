"""The network cards of this computer, looked at again and again: a desk may start before its network, and addresses
change.
"""

import logging
import socket
from time import monotonic

import psutil

from motcua.web.reach import Interface
from motcua.web.site import Site

LOOK_S = 5
ELSEWHERE = ("192.0.2.1", 9)
"""An address that belongs to nobody (RFC 5737): asking for the way to it sends nothing."""
logger = logging.getLogger(__name__)


def list_interfaces() -> list[Interface]:
    """Return every address of the network cards that are up; none where the system does not tell."""
    try:
        cards, states = psutil.net_if_addrs(), psutil.net_if_stats()
    except (OSError, psutil.Error):
        logger.exception("the network cards cannot be looked at")
        return []
    return [
        Interface(name, address.address.partition("%")[0])
        for name, addresses in cards.items()
        if name not in states or states[name].isup
        for address in addresses
        if address.family in {socket.AF_INET, socket.AF_INET6}
    ]


def find_route_address() -> str:
    """Return this computer's address on the way to other networks, by the system's own preference; empty where there
    is no such way.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(ELSEWHERE)
            return str(probe.getsockname()[0])
        except OSError:
            return ""


class Network:
    """Tells the site of its network cards whenever they have changed."""

    def __init__(self, site: Site) -> None:
        self._site, self._looked_at = site, monotonic()
        site.reach.see(list_interfaces(), find_route_address())
        site.addresses.note_address()

    def is_due(self) -> bool:
        """Say whether it is time to look again."""
        return monotonic() - self._looked_at >= LOOK_S

    def refresh(self) -> None:
        """Look again; what changed is logged, and the kiosks hear of it."""
        self._looked_at = monotonic()
        site = self._site
        if site.reach.see(list_interfaces(), find_route_address()):
            logger.info(
                "the network changed: phones reach this desk at %s",
                site.addresses.find_without_request() or "no address",
            )
            site.tell_kiosks()
        site.addresses.note_address()
