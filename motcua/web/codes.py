"""A ticket's or booking's code opens its page; whoever tries others is slowed down."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import request

from motcua.desk import Refused
from motcua.web import security_log
from motcua.web.site import Site

OPENS_NOTHING = frozenset(
    {"token.unknown", "booking.unknown", "short_code.unknown", "short_code.wrong", "short_code.void"}
)


@contextmanager
def throttle_codes(site: Site, *, long: bool = False) -> Iterator[None]:
    """Count against the asking address a code that opens nothing. Raises `Throttled("attempts")` after too many.

    A `long` code, 72 bits of a ticket's, opens its page even then: it is not found by guessing, and all phones of a
    hall may share one address with whoever tries.
    """
    where = f"code:{request.remote_addr}"
    if not long:
        site.codes.check(where)
    try:
        yield
    except Refused as refusal:
        if refusal.code in OPENS_NOTHING:
            security_log.note(refusal.code)
            site.codes.check(where)
            site.codes.failed(where)
        raise
