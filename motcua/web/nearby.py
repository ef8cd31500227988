"""Whether a request comes from the desk's own computer, without anything between that could hide somebody else."""

import os
from pathlib import Path

from flask import Request

from motcua.settings.base_address import is_here
from motcua.web.forwarded import FORWARDED_KEY
from motcua.web.guests import is_guest
from motcua.web.origin import parse_place

TELLTALES = frozenset(
    {
        "forwarded", "via", "x-real-ip", "x-client-ip", "x-cluster-client-ip", "x-original-host",
        "x-original-forwarded-for", "x-scheme",
        "x-proxyuser-ip", "x-envoy-external-address", "true-client-ip", "fastly-client-ip", "cf-connecting-ip",
        "cf-ray", "cdn-loop",
        "client-ip", "proxy-connection",
    }
)  # fmt: skip
"""Headers that proxies add, beside all that begin with `X-Forwarded`."""
PEOPLE_FROM, DYNAMIC = 1000, range(61184, 65536)
"""Accounts of people begin with the first; those of the second are given to services. Source: systemd, UIDS-GIDS."""
SOCKETS = (Path("/proc/net/tcp"), Path("/proc/net/tcp6"))
ENDS, OWNER = (1, 2), 7
"""Where a line of these has both ends of a connection, address and port in hexadecimal, and the account. Source:
proc(5)."""


def is_through_proxy(request: Request) -> bool:
    """Say whether something stands between the browser and the desk.

    It says so itself, or speaks HTTP/1.0 as nginx does by default, or runs under a service's account, as nobody's
    browser does.
    """
    if request.environ.get(FORWARDED_KEY):
        return True
    names = {name.lower() for name, _value in request.headers}
    if names & TELLTALES or any(name.startswith("x-forwarded") for name in names):
        return True
    return request.environ.get("SERVER_PROTOCOL") == "HTTP/1.0" or _is_service(_peer_account(request))


def _peer_account(request: Request) -> int | None:
    """Return the account that holds the other end of this connection on this computer, None where the system does
    not tell.
    """
    ports = [f"{int(request.environ.get(name) or 0):04X}" for name in ("REMOTE_PORT", "SERVER_PORT")]
    for table in SOCKETS:
        try:
            lines = table.read_text(encoding="ascii").splitlines()[1:]
        except OSError:
            continue
        for fields in (line.split() for line in lines if ports[0] in line):  # there may be thousands
            if [fields[end].rpartition(":")[2] for end in ENDS] == ports:
                return int(fields[OWNER])
    return None


def _is_service(account: int | None) -> bool:
    """Say whether `account` is one of those that systems make for services, and not the desk's own."""
    if account is None or account in {0, os.getuid()}:
        return False
    return account < PEOPLE_FROM or account in DYNAMIC


def is_local(request: Request) -> bool:
    """Say whether a browser or program on the desk's own computer sent this: by its address, and by every name that
    it gives the desk.
    """
    if is_guest(request.environ) or not is_here(request.remote_addr or "none") or is_through_proxy(request):
        return False
    sent = (request.headers.get("Origin"), request.headers.get("Referer"))
    named = [parse_place(f"http://{request.host}"), *(parse_place(address) for address in sent if address)]
    return all(location is not None and is_here(location[0]) for location in named)
