"""The pages' files, at an address that changes with them. There they are the same for everybody, and nobody looks who
asks: a page that is new to a browser asks for dozens.
"""

import re
from collections.abc import Iterable
from functools import cache
from http import HTTPStatus
from importlib.resources import files
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, request, send_from_directory
from werkzeug.utils import get_content_type

from motcua.web.build import UNCHANGING, compute_fingerprint, let_browsers_keep

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication

KINDS = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".woff2": "font/woff2",
}
"""Their media types by the ends of their names. A computer's own table may be wrong, and then no browser runs a script.
Sources: RFC 9239, RFC 8081."""
PLACE = "/static/~"
AGAIN = re.compile(r"[0-9]{1,6}")
"""How a page asks for files that no cache has, after what a cache had did not let it begin (parts/watch.js)."""
PIECE_BYTES = 16 * 1024
"""Each piece of an answer has its own time to be taken: slow lines need it."""
METHODS = frozenset({"GET", "HEAD"})
ASKING_MORE = (
    "HTTP_AUTHORIZATION", "HTTP_IF_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_NONE_MATCH", "HTTP_IF_RANGE",
    "HTTP_IF_UNMODIFIED_SINCE", "HTTP_RANGE",
)  # fmt: skip
"""With one of these headers a request wants something else than the whole file."""


@cache
def list_files() -> dict[str, Path]:
    """Return the files of the pages by their names below `/static/`."""
    folder = Path(str(files("motcua"))) / "static"
    return {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.suffix in KINDS}


@cache
def read_file(name: str) -> tuple[bytes, ...]:
    """Return the content of one of `list_files` in pieces, read once. Raises `OSError`."""
    content = list_files()[name].read_bytes()
    return tuple(content[start : start + PIECE_BYTES] for start in range(0, len(content), PIECE_BYTES))


def get_kind(name: str) -> str | None:
    """Return the media type of a file, None where it is no page's."""
    return KINDS.get(PurePosixPath(name).suffix)


class PageFiles:
    """The WSGI application that answers plain requests for files of this very build; `app` answers all others."""

    def __init__(self, app: "WSGIApplication") -> None:
        self._app = app

    def __call__(self, environ: dict[str, Any], start_response: "StartResponse") -> Iterable[bytes]:
        """Answer one request."""
        name = find_name(environ.get("PATH_INFO", ""))
        if name is None or not is_plain(environ):
            return self._app(environ, start_response)
        try:
            pieces = read_file(name)
        except OSError:  # gone, or no descriptor is free
            return self._app(environ, start_response)
        headers = [
            ("Content-Type", get_content_type(KINDS[PurePosixPath(name).suffix], "utf-8")),
            ("Content-Length", str(sum(map(len, pieces)))),
            ("Cache-Control", UNCHANGING),
        ]
        start_response(f"{HTTPStatus.OK.value} {HTTPStatus.OK.phrase}", headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else pieces


def find_name(path: str) -> str | None:
    """Return which of `list_files` of this build is at an address, None where it is none."""
    if not path.startswith(PLACE):
        return None
    build, _slash, name = path.removeprefix(PLACE).partition("/")
    return name if build == compute_fingerprint() and name in list_files() else None


def is_plain(environ: dict[str, Any]) -> bool:
    """Say whether a request wants a whole file and nothing else."""
    return (
        environ.get("REQUEST_METHOD") in METHODS
        and not environ.get("QUERY_STRING")
        and not any(header in environ for header in ASKING_MORE)
    )


def install(app: Flask) -> None:
    """Serve the pages' files below an address that changes with them; below `/static/` they stay where they were."""

    def send(filename: str, build: str | None = None) -> Response:
        age = app.get_send_file_max_age(filename)
        response = send_from_directory(str(app.static_folder), filename, mimetype=get_kind(filename), max_age=age)
        return let_browsers_keep(response, build)

    @app.url_defaults
    def add_build(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static":
            again = request.args.get("again", "")
            values["build"] = f"again-{again}" if AGAIN.fullmatch(again) else compute_fingerprint()

    app.view_functions["static"] = send
    app.add_url_rule(f"{PLACE}<build>/<path:filename>", "static", send)
    app.wsgi_app = PageFiles(app.wsgi_app)  # type: ignore[method-assign]
