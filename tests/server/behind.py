"""A desk behind a server that it believes, and requests as that server passes them on."""

import http.client
from collections.abc import Iterator
from urllib.parse import urlencode

from tests.server.hall import Served, fresh_folder

FORM = "application/x-www-form-urlencoded"
OUTSIDE = "motcua.ward.example"


def running(*options: str) -> Iterator[Served]:
    """Lend a desk that serves with these options."""
    with fresh_folder() as folder:
        made = Served(folder, options=options, contract=False)
        yield made
        made.close()
        assert "Traceback" not in made.complaints(), made.complaints()


def ask(
    line: http.client.HTTPConnection, method: str, path: str, fields: dict[str, str] | None = None, **headers: str
) -> tuple[int, dict[str, str], str]:
    """Return status, headers (cookies joined) and text of what one request of its own connection gets."""
    given = {
        "Accept": "text/html",
        "Accept-Language": "en",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    data = urlencode(fields).encode() if fields is not None else None
    line.request(method, path, data, given | ({"Content-Type": FORM} if data is not None else {}))
    answer = line.getresponse()
    seen: dict[str, str] = {}
    for name, value in answer.getheaders():
        seen[name.lower()] = f"{seen[name.lower()]}\n{value}" if name.lower() in seen else value
    found = answer.status, seen, answer.read().decode()
    line.close()
    return found
