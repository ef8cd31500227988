"""Addresses as people type them: a slash too many, a capital, a full stop at the end.

Pages only; programs are expected to be exact.
"""

import unicodedata
from urllib.parse import quote

from flask import Flask, redirect, request
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.wrappers.response import Response

from motcua.web.access import PAGES
from motcua.web.guests import is_guest
from motcua.web.narrow_access import GUESTS

METHODS = ("GET", "HEAD")
PERMANENT = 308
EXACT = {
    "static",
    "screens.texts",
    "screens.awake",
    "screens.state",
    "screens.sound",
    "screens.sound_of_call",
    "screens.address_qr",
}
"""What pages and programs ask for by themselves; nobody types it."""
SECRETS = {"t", "b", "d", "y", "pair", "print"}
"""First parts after which a code follows whose capitals count."""
CODES = frozenset({"procedures", "dossiers"})
"""Parts after which a code follows whose capitals count, wherever they are."""
_ENDS = ".,;:!?'\"()[]{}<>«»“”‘’…/ "  # noqa: RUF001 -- what texts put after an address


def tidy(path: str) -> str:
    """Return what somebody who typed `path` meant: one slash each, no signs at the ends, small letters but in
    secrets and codes.
    """
    plain = "".join(
        sign
        for sign in unicodedata.normalize("NFKC", path.replace("\\", "/"))
        if unicodedata.category(sign)[0] not in "CZ"
    )
    parts = [part for part in plain.strip(_ENDS).split("/") if part]
    if not parts:
        return "/"
    small = [part.lower() for part in parts]
    if small[0] in SECRETS:
        return "/" + "/".join([small[0], *parts[1:]])
    ends = next((place for place, part in enumerate(small, start=1) if part in CODES), len(small))
    return "/" + "/".join([*small[:ends], *parts[ends:]])


def install(app: Flask) -> None:
    """Send whoever typed a page's address almost right to the right one."""
    app.url_map.merge_slashes = False

    def redirect_to_page() -> Response | None:
        if request.method not in METHODS:
            return None
        path = (
            request.environ["PATH_INFO"].encode("latin-1").decode(errors="replace")
        )  # (`request.path` hides a second slash at its start)
        if (target := tidy(path)) == path:
            return None
        try:
            endpoint, _values = app.url_map.bind_to_environ(request.environ).match(target, method="GET")
        except (HTTPException, NotFound):
            return None
        if endpoint not in (GUESTS & PAGES.keys() if is_guest(request.environ) else PAGES) or endpoint in EXACT:
            return None
        query = request.query_string.decode("latin-1")
        return redirect(quote(target) + (f"?{query}" if query else ""), PERMANENT)

    app.before_request(redirect_to_page)
