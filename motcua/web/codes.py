"""A ticket's code opens its page and its rating; whoever tries others is slowed down."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import request

from motcua.desk import Refused
from motcua.web.site import Site


@contextmanager
def tried(site: Site) -> Iterator[None]:
    """Count against the asking address a code that opens nothing (`token.unknown`). Raises `Throttled("attempts")` after too many."""
    where = f"code:{request.remote_addr}"
    site.codes.check(where)
    try:
        yield
    except Refused as refusal:
        if refusal.code == "token.unknown":
            site.codes.failed(where)
        raise
