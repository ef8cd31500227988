"""Ports for servers of tests: each is lent once on this computer, to whichever worker or run asks first."""

import socket

FIRST, LAST = 20_000, 32_000
"""Below those that the system gives away by itself: a desk is started on its port again and again."""
HOST = "127.0.0.1"
_claims: dict[int, socket.socket] = {}


def free_port() -> int:
    """Return a port on which nobody listens; nobody else is lent it while this process lives."""
    for port in range(max(_claims, default=FIRST - 1) + 1, LAST):
        claim = socket.socket(socket.AF_UNIX)
        try:
            claim.bind(
                f"\0motcua-tests-port-{port}"
            )  # a name of the kernel's own: taken by one at a time, gone with its process
            with socket.socket() as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((HOST, port))
        except OSError:
            claim.close()
            continue
        _claims[port] = claim
        return port
    raise RuntimeError("no port is left")
