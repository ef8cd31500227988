"""A ticket's or booking's code opens its page; whoever tries others is slowed down."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from flask import request

from motcua.desk import Refused
from motcua.web import security_log
from motcua.web.site import Site

OPENS_NOTHING = frozenset(
    {
        "token.unknown",
        "booking.unknown",
        "suggestion.code",
        "dossier.factor",
        "locker.wrong",
        "short_code.unknown",
        "short_code.wrong",
        "short_code.void",
    }
)


def throttle_suggestions(site: Site) -> AbstractContextManager[None]:
    """Count against the asking address a code of a suggestion that opens nothing; 57 bits are not found by guessing."""
    return throttle_codes(site, long=True, what="suggestion")


@contextmanager
def throttle_codes(site: Site, *, long: bool = False, what: str = "code") -> Iterator[None]:
    """Count against the asking address a code that opens nothing. Raises `Throttled("attempts")` after too many.

    A `long` code, 72 bits of a ticket's, opens its page even then: it is not found by guessing, and all phones of a
    hall may share one address with whoever tries. Attempts are counted apart for each `what`.
    """
    where = f"{what}:{request.remote_addr}"
    if not long:
        site.codes.check(where)
    try:
        yield
    except Refused as refusal:
        if refusal.code in OPENS_NOTHING:
            security_log.note(refusal.code)
            site.codes.check(where)
            site.codes.record_failure(where)
        raise
