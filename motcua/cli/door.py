"""From a command to the desk: through the serving process when there is one, else by opening the store itself."""

import json
import ssl
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from motcua.cli.texts import language
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
"""What may lie in a folder where a desk is about to be made: left by an earlier try, or kept from an earlier desk."""


class NoDeskError(Exception):
    """There is no desk in this folder."""


def existing(folder: Path) -> Path:
    """Return the store of the desk in `folder`. Raises `NoDeskError`, `StoreLostError`."""
    require_not_lost(folder)
    store = folder / "desk.db"
    if not store.exists():
        raise NoDeskError(str(folder))
    return store


def change(folder: Path, name: str, params: dict[str, Any]) -> dict[str, Any]:
    """Run the command `name` on the desk in `folder` and return its answer. Raises `Refused`, `NoDeskError`, `DeskInUseError`."""
    existing(folder)
    running = find_serving(folder)
    if running is not None:
        return _ask(running, name, params)
    with own_desk(folder) as desk:
        return commands.run(desk, name, params)


def running(folder: Path, name: str, params: dict[str, Any]) -> dict[str, Any] | None:
    """Run the command `name` in the serving process and return its answer; None when no desk is served from `folder`."""
    serving = find_serving(folder)
    return _ask(serving, name, params) if serving is not None else None


def _ask(running: Serving, name: str, params: dict[str, Any]) -> dict[str, Any]:
    request = urllib.request.Request(  # noqa: S310 -- the address comes from the desk's own lock file
        f"{running.url}/local/{name}",
        json.dumps(params).encode(),
        {"Content-Type": "application/json", "X-Desk-Secret": running.secret, "Accept-Language": language()},
    )
    handlers: list[urllib.request.BaseHandler] = [urllib.request.ProxyHandler({})]
    if running.url.startswith("https:"):
        handlers.append(urllib.request.HTTPSHandler(context=_own_computer()))
    opener = urllib.request.build_opener(*handlers)
    try:
        with opener.open(request, timeout=TIMEOUT_S) as answer:
            return dict(json.load(answer))
    except urllib.error.HTTPError as error:
        raise _refusal(error.code, json.load(error)) from error
    except (urllib.error.URLError, TimeoutError) as error:
        raise Unavailable("desk.silent", "The running desk does not answer. Try again in a moment.") from error


def _own_computer() -> ssl.SSLContext:
    """Return what shakes hands with the desk on this very computer: its certificate is for other names, and nobody is in between."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def _refusal(status: int, problem: dict[str, Any]) -> Refused:
    """Return what the running desk raised; it has already said it in the terminal's language."""
    wrong = [Mistake(item["place"], item["code"], item["detail"], {}) for item in problem.get("errors", []) if "detail" in item]
    code, sentence = problem["code"], problem["detail"]
    if wrong:
        return Mistakes(code, sentence, wrong)
    kind = KINDS.get(status, Refused)
    return kind(code, sentence)


@contextmanager
def own_desk(folder: Path) -> Iterator[Desk]:
    """Lend the desk in `folder`, locked against a serving process. Raises `DeskInUseError`."""
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
def reading(folder: Path) -> Iterator[Reader]:
    """Lend a read-only connection to the desk in `folder`; it may be serving meanwhile. Raises `NoDeskError`."""
    db = open_reader(existing(folder))
    try:
        db.conn.execute("BEGIN")  # everything is read as of one moment
        yield db
    finally:
        db.close()


def free(folder: Path) -> None:
    """Raise `Refused("folder.taken")` when `folder` holds something that is not a desk's, so that nothing is mixed up or overwritten."""
    if not folder.is_dir():
        return
    for entry in sorted(folder.iterdir()):
        if not entry.name.startswith((".", "desk.db", "logo.")) and entry.name not in (*OURS, "lost+found"):
            raise Refused(
                "folder.taken", "The folder %(folder)s holds other things (%(name)s). Choose an empty one.", folder=folder, name=entry.name
            )
