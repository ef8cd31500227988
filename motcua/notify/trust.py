"""Which certificates a message's receiver may show: the same under every Python."""

import ssl


def trusting(authority: str = "") -> ssl.SSLContext:
    """Return a context that trusts the system's authorities, and those of the file `authority` (PEM). Raises `OSError`.

    Python 3.13 began to refuse authorities that leave out what RFC 5280 asks for, as those of many offices do, and to accept a server's
    own certificate in the place of its authority's. The first is switched off, the second on, so that a new system changes nothing.
    """
    context = ssl.create_default_context()
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    if authority:
        context.load_verify_locations(authority)
    return context
