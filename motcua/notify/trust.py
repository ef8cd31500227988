"""Which certificates a message's receiver may show: the same under every Python."""

import ssl


def make_context(authority: str = "") -> ssl.SSLContext:
    """Return a context that trusts the system's authorities, and those of the file `authority` (PEM). Raises `OSError`.

    Python 3.13 began to refuse authorities that omit parts which RFC 5280 requires, as many offices' authorities do.
    It also began to accept a server's own certificate in the place of its authority's.
    The first is switched off, the second on, so that every Python version behaves the same.
    """
    context = ssl.create_default_context()
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    if authority:
        context.load_verify_locations(authority)
    return context
