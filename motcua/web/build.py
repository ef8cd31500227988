"""Which version of the pages this server makes: what a page that stays open compares itself with."""

import hashlib
from functools import cache
from importlib.resources import files
from pathlib import Path

from motcua import __version__

HEADER = "Motcua-Build"
_PARTS = ("templates", "static/css", "static/js", "translations")
_KINDS = (".html", ".css", ".js", ".po")


@cache
def compute_fingerprint() -> str:
    """Return 16 hex digits that change with the program's version and with each of its pages' files."""
    folder = Path(str(files("motcua")))
    digest = hashlib.sha256(__version__.encode())
    for path in sorted(path for part in _PARTS for path in (folder / part).rglob("*") if path.suffix in _KINDS):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
