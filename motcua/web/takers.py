"""Who takes money at the desk: the person who asks, else who sits at the counter whose device asks."""

from motcua.counters import store as counter_store
from motcua.web.own import find_own_account
from motcua.web.site import Site


def find_taker(site: Site, counter: int | None) -> tuple[int | None, int | None]:
    """Return the account that takes money and the counter; None for nobody, or no counter.

    A counter's own device names no other counter. Raises `Forbidden("counter.not_yours")`, `Unknown`.
    """
    credential = site.caller.credential
    device = credential.counter if credential is not None and credential.account is None else None
    place = device if device is not None else counter
    if place is not None and counter is not None:
        site.require_counter(counter)
    account = find_own_account(site)
    if account is not None or place is None:
        return account, place
    with site.desk.read() as db:
        return counter_store.get(db, place).officer, place
