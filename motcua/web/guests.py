"""The listener for guests' phones: the public pages and nothing else, as the table says."""

from collections.abc import Mapping
from typing import Any

from motcua.desk import Unknown
from motcua.web.narrow_access import GUEST_SOCKETS, GUEST_STATES, GUESTS

GUEST_KEY = "motcua.is_guest"
"""Where the environment says that a request came by the listener for guests."""


def is_guest(environ: Mapping[str, Any]) -> bool:
    """Say whether the request of `environ` came by the listener for guests."""
    return bool(environ.get(GUEST_KEY))


def require_public(environ: Mapping[str, Any], endpoint: str | None, values: Mapping[str, Any] | None) -> None:
    """Raise `Unknown("page.unknown")` when a guest asks for what is not public: then it looks as if it were not
    there.
    """
    if not is_guest(environ):
        return
    if endpoint not in GUESTS or (endpoint == "screens.state" and (values or {}).get("name") not in GUEST_STATES):
        raise Unknown("page.unknown", "There is nothing at this address.")


def require_public_socket(environ: Mapping[str, Any], namespace: str) -> None:
    """Raise `Unknown("page.unknown")` when a guest connects to another screen than a ticket's."""
    if is_guest(environ) and namespace not in GUEST_SOCKETS:
        raise Unknown("page.unknown", "There is nothing at this address.")
