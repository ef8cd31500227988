"""A printer that writes each ticket as a UTF-8 text file into a folder, for trials and for programs that print from
there.
"""

import contextlib
import os
import re
from collections.abc import Mapping
from pathlib import Path
from textwrap import wrap
from typing import Annotated, Any

from motcua.devices import options as explained
from motcua.devices.contract import DeviceError, DriverOptions, JobOutcome, Observation, Report
from motcua.devices.durable import sync_folder
from motcua.devices.paper.ticket import SAMPLE, follow_address, list_papers
from motcua.devices.paper.ticket import translate_for_paper as _
from motcua.typed.sentences import mark

WIDTH = 42
"""Characters a line: what an 80 mm roll holds."""
_ODD = re.compile(r"[^A-Za-z0-9-]")


class FileOptions(DriverOptions):
    """`folder` is made where it is missing; `server` is where a payload's `follow_path` starts, for jobs without a
    `follow_url`.
    """

    folder: Annotated[Path, explained.Folder]
    server: Annotated[str, explained.Server] = ""


class FilePrinter:
    """Writes into `folder`. A file appears whole or not at all, and no file is ever overwritten."""

    Options = FileOptions

    def __init__(self, options: FileOptions) -> None:
        self._folder, self._server = options.folder, options.server

    def open(self) -> None:
        """Make the folder and see that files can be made in it. Raises `DeviceError`."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            trial = self._folder / ".trial.tmp"
            trial.write_bytes(b"")
            trial.unlink()
        except OSError as error:
            raise _wrong(self._folder, error) from error

    def step(self) -> list[Observation]:
        """Nothing comes from a folder."""
        return []

    def work(self, kind: str, payload: Mapping[str, Any]) -> JobOutcome:
        """Print a ticket, or a sample for `check`. Raises `DeviceError` when there is no new file."""
        if kind == "check":
            payload = {**SAMPLE, "ticket": "check", **payload}
        elif kind != "print":
            raise DeviceError(mark("A printer cannot do “%(kind)s”."), permanent=True, kind=kind)
        path = self._free(_ODD.sub("", str(payload.get("ticket") or "")) or "ticket")
        draft = path.with_name(f".{path.name}.tmp")
        try:
            with draft.open("w", encoding="utf-8", errors="replace", newline="\n") as out:
                out.write(write_ticket(payload, self._server))
                out.flush()
                os.fsync(out.fileno())
            draft.replace(path)
            sync_folder(self._folder)
        except OSError as error:
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)
            raise _wrong(path, error) from error
        return JobOutcome("done")

    def report(self) -> Report:
        """Return that all is well: `open` has seen the folder."""
        return Report()

    def blank(self) -> None:
        """Paper shows nothing that could be out of date."""

    def close(self) -> None:
        """Nothing is kept open."""

    def _free(self, name: str) -> Path:
        """Return `<name>.txt`, or `<name>.2.txt` … for another paper of the same ticket."""
        path, number = self._folder / f"{name}.txt", 1
        while path.exists():
            number += 1
            path = self._folder / f"{name}.{number}.txt"
        return path


def _wrong(path: Path, error: OSError) -> DeviceError:
    return DeviceError(mark("%(path)s cannot be written: %(problem)s"), path=path, problem=error.strerror or error)


def write_ticket(payload: Mapping[str, Any], server: str) -> str:
    """Return what stands on a ticket's paper.

    `payload` is a print job's; a relative `follow_path` starts at `server`. A paper with a `title` is no ticket.
    """
    say = {
        name: str(payload.get(name) or "").strip()
        for name in ("centre", "unit", "number", "service", "issued_at", "footer")
    }
    ahead, due_at, seat, wait = (payload.get(name) for name in ("people_ahead", "due_at", "seat", "wait"))
    follow, title = follow_address(payload, server), str(payload.get("title") or "")
    papers_for = str(payload.get("procedure") or "").strip()
    parts = [
        [say["centre"], say["unit"].upper()],
        [
            title or _("YOUR NUMBER"),
            say["number"] if title else " ".join(say["number"]),
            say["service"],
            _("Priority") if payload.get("priority") else "",
        ],
        [
            _("Booked for %(time)s") % {"time": due_at} if due_at else "",
            _("You sit at: %(seat)s") % {"seat": seat} if seat else "",
            _("People ahead of you: %(count)s") % {"count": ahead} if isinstance(ahead, int) and not due_at else "",
            _("Wait: %(range)s") % {"range": wait} if wait else "",
            say["issued_at"],
        ],
        [_("Papers for: %(procedure)s") % {"procedure": papers_for} if papers_for else "", *list_papers(payload)],
        [_("Follow your number on a phone:") if follow and not title else "", follow],
        [_("Code for rating at the counter: %(code)s") % {"code": code} if (code := payload.get("short_code")) else ""],
        [say["footer"], _("PRINTED AGAIN") if payload.get("reprint") else ""],
    ]
    blocks = [
        "\n".join(line.center(WIDTH).rstrip() for text in part for line in wrap(text, WIDTH, break_long_words=False))
        for part in parts
    ]
    return f"\n{'-' * WIDTH}\n".join(block for block in blocks if block) + "\n"
