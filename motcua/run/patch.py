"""Prepares the process before anything else is imported: the standard library, the garbage, what is imported later."""

import gc

from motcua.run.later import import_later

YOUNG, MIDDLE, OLD = 20_000, 20, 1_000
"""Until the desk serves nearly everything stays: there is little garbage to look for, and no old garbage at all."""


def patch() -> None:
    """Patch sockets, locks, queues and signals for gevent; make the start of a desk short."""
    gc.set_threshold(YOUNG, MIDDLE, OLD)
    from gevent import monkey

    monkey.patch_all()
    import_later()
