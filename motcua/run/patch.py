"""Makes the standard library cooperate with the loop; called before anything else is imported."""


def patch() -> None:
    """Patch sockets, locks, queues and signals for gevent."""
    from gevent import monkey

    monkey.patch_all()
