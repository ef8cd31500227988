"""A ticket's or booking's code opens its page; whoever tries others is slowed down."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import request

from motcua.desk import Refused
from motcua.web.site import Site

OPENS_NOTHING = frozenset({"token.unknown", "booking.unknown"})


@contextmanager
def tried(site: Site) -> Iterator[None]:
    """Count against the asking address a code that opens nothing. Raises `Throttled("attempts")` after too many."""
    where = f"code:{request.remote_addr}"
    site.codes.check(where)
    try:
        yield
    except Refused as refusal:
        if refusal.code in OPENS_NOTHING:
            site.codes.failed(where)
        raise
