"""How a command reaches the desk: through the server if it is running, else through the store."""

import json
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from motcua.cli.texts import get_language
from motcua.desk import Desk, Invalid, Refused, Unavailable, Unknown
from motcua.desk.database import Reader, open_reader
from motcua.desk.lock import DeskLock, Serving, find_serving
from motcua.desk.loss import require_not_lost
from motcua.setup import commands
from motcua.setup.mistakes import Mistake, Mistakes
from motcua.setup.rooms import open_desk

TIMEOUT_S = 20
KINDS: dict[int, type[Refused]] = {404: Unknown, 409: Refused, 422: Invalid, 503: Unavailable}
OURS = ("desk.lock", "keys", "digests", "backups", "voice")
"""Files that a folder for a new desk can already hold: from an earlier try, or from an earlier desk."""


class NoDeskError(Exception):
    """There is no desk in this folder."""


def require_desk(folder: Path) -> Path:
    """Return the store in `folder`. Raises `NoDeskError`, `StoreLostError`."""
    require_not_lost(folder)
    store = folder / "desk.db"
    if not store.exists():
        raise NoDeskError(str(folder))
    return store


def run_command(folder: Path, name: str, params: dict[str, Any]) -> dict[str, Any]:
    """Run the command `name` on the desk in `folder` and return its answer.

    Raises `Refused`, `NoDeskError`, `DeskInUseError`.
    """
    require_desk(folder)
    serving = find_serving(folder)
    if serving is not None:
        return _ask(serving, name, params)
    with lock_desk(folder) as desk:
        return commands.run_command(desk, name, params)


def ask_server(folder: Path, name: str, params: dict[str, Any]) -> dict[str, Any] | None:
    """Run the command `name` in the server and return its answer; None if no server runs in `folder`."""
    serving = find_serving(folder)
    return _ask(serving, name, params) if serving is not None else None


def _ask(serving: Serving, name: str, params: dict[str, Any]) -> dict[str, Any]:
    import urllib.error  # a desk that starts asks nobody
    import urllib.request

    request = urllib.request.Request(  # noqa: S310 -- the address comes from the desk's own lock file
        f"{serving.url}/local/{name}",
        json.dumps(params).encode(),
        {"Content-Type": "application/json", "X-Desk-Secret": serving.secret, "Accept-Language": get_language()},
    )
    handlers: list[urllib.request.BaseHandler] = [urllib.request.ProxyHandler({})]
    if serving.url.startswith("https:"):
        handlers.append(urllib.request.HTTPSHandler(context=_make_local_context()))
    opener = urllib.request.build_opener(*handlers)
    try:
        with opener.open(request, timeout=TIMEOUT_S) as answer:
            return dict(json.load(answer))
    except urllib.error.HTTPError as error:
        raise _read_refusal(error.code, json.load(error)) from error
    except (urllib.error.URLError, TimeoutError) as error:
        raise Unavailable("desk.silent", "The running desk does not answer. Try again in a moment.") from error


def _make_local_context() -> ssl.SSLContext:
    """Return a TLS context for the server on this computer. It checks nothing: the certificate is for other names."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def _read_refusal(status: int, problem: dict[str, Any]) -> Refused:
    """Return the error that the server raised. Its message is already in the terminal's language."""
    mistakes = [
        Mistake(item["place"], item["code"], item["detail"], {})
        for item in problem.get("errors", [])
        if "detail" in item
    ]
    code, sentence = problem["code"], problem["detail"]
    if mistakes:
        return Mistakes(code, sentence, mistakes)
    kind = KINDS.get(status, Refused)
    return kind(code, sentence)


@contextmanager
def lock_desk(folder: Path) -> Iterator[Desk]:
    """Open the desk in `folder`, locked against a server. Raises `DeskInUseError`."""
    lock = DeskLock(folder)
    try:
        desk = open_desk(folder)
        try:
            yield desk
        finally:
            desk.stop()
    finally:
        lock.close()


@contextmanager
def open_reading(folder: Path) -> Iterator[Reader]:
    """Open a read-only connection to the desk in `folder`. A server can run meanwhile. Raises `NoDeskError`."""
    db = open_reader(require_desk(folder))
    try:
        db.conn.execute("BEGIN")  # all reads see one moment
        yield db
    finally:
        db.close()


def require_free_folder(folder: Path) -> None:
    """Raise `Refused("folder.taken")` if `folder` holds files that do not belong to a desk."""
    if not folder.is_dir():
        return
    for entry in sorted(folder.iterdir()):
        if not entry.name.startswith((".", "desk.db", "logo.")) and entry.name not in (*OURS, "lost+found"):
            raise Refused(
                "folder.taken",
                "The folder %(folder)s holds other things (%(name)s). Choose an empty one.",
                folder=folder,
                name=entry.name,
            )
