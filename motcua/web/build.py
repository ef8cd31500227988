"""Which version of the pages this server makes: what a page that stays open compares itself with."""

import hashlib
from functools import cache
from http import HTTPStatus
from importlib.resources import files
from pathlib import Path

from flask import Response

from motcua import __version__

HEADER = "Motcua-Build"
UNCHANGING = "max-age=31536000, immutable"
"""What is at an address with the version in it never changes: browsers ask for it once. Source: RFC 8246."""
_PARTS = ("templates", "static", "translations")
_COMPILED = ".mo"


@cache
def compute_fingerprint() -> str:
    """Return 16 hex digits that change with the program's version and with each of its pages' files."""
    folder = Path(str(files("motcua")))
    digest = hashlib.sha256(__version__.encode())
    paths = (path for part in _PARTS for path in (folder / part).rglob("*"))
    for path in sorted(path for path in paths if path.is_file() and path.suffix != _COMPILED):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def let_browsers_keep(response: Response, build: str | None) -> Response:
    """Return the answer, which a browser that asked for this very `build` of it never asks for again."""
    if build == compute_fingerprint() and response.status_code == HTTPStatus.OK:
        response.headers["Cache-Control"] = UNCHANGING
    return response
