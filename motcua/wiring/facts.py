"""What lies on the disk, told as faults: copies, signed days, the signing key, the words of calls. Cheap enough for each look."""

from dataclasses import replace
from pathlib import Path

from motcua.checks import invariants
from motcua.checks.invariants import CheckLine
from motcua.desk import Desk, DeskFault, signing
from motcua.desk.messages import mark
from motcua.desk.packing import LeftOutFile
from motcua.voice.library import Library

UNCOPIED, UNSIGNED, UNSPOKEN, OPEN = "backup.missing", "digests.missing", "voice.words", "folder.open"
REFUSED, LEFT_OUT, KEY = "voice.recordings", "backup.left_out", "journal.key_replaced"
BROKEN, UNLIKE = "journal.broken", "journal.tables"
SEEN = frozenset({UNCOPIED, UNSIGNED, UNSPOKEN, REFUSED, OPEN, BROKEN, UNLIKE})
SEEN_CHECKS = frozenset({"address", "clock"})
AGENTS = "agent."
"""Faults that a check finds again by itself: it has a line for each, and for everything about the address, the clock and an agent."""
GRAVE = frozenset({"store", "clock", "journal", "backup", "digests"})
"""Where a fault means that somebody has to do something."""
NAMED_MAX = 5


def refresh(desk: Desk, folder: Path, library: Library) -> list[CheckLine]:
    """Look, note what is missing, clear what is there, and return a line for each subject."""
    return [*refresh_files(desk, folder), refresh_words(desk, library)]


def refresh_files(desk: Desk, folder: Path) -> list[CheckLine]:
    """As `refresh`, for copies, signed days and who may read the folder."""
    with desk.read() as db:
        backup = invariants.check_backup(db, folder)
        digests = invariants.check_digests(db, folder, whole=False)
    _note(desk, UNCOPIED, backup)
    _note(desk, UNSIGNED, digests)
    _note(desk, OPEN, replace(invariants.check_permissions(folder, whole=False), what="store"))
    return [backup, digests]


def refresh_words(desk: Desk, library: Library) -> CheckLine:
    """As `refresh`, for the words of calls and the ward's own recordings."""
    with desk.read() as db:
        words = invariants.check_voice(db, library)
    _note(desk, UNSPOKEN, words)
    _note_recordings(desk, library)
    return words


def _note(desk: Desk, code: str, line: CheckLine) -> None:
    if line.state == "ok" or line.fault is None:
        desk.faults.clear(code)
    else:
        desk.faults.note(DeskFault(code, line.what, line.fault, dict(line.params)))


def _note_recordings(desk: Desk, library: Library) -> None:
    refused = library.refused()
    if refused:
        message = mark("These recordings cannot be used: %(files)s. The machine says their words meanwhile.")
        desk.faults.note(DeskFault(REFUSED, "voice", message, {"files": named([name for name, _message, _params in refused])}))
    else:
        desk.faults.clear(REFUSED)


def note_left_out(desk: Desk, left_out: list[LeftOutFile]) -> None:
    """Note which files the newest copy does not hold."""
    if left_out:
        files = named([item.name for item in left_out])
        desk.faults.note(DeskFault(LEFT_OUT, "backup", mark("The newest copy of the desk is without %(files)s."), {"files": files}))
    else:
        desk.faults.clear(LEFT_OUT)


def watch_key(desk: Desk) -> None:
    """Say so while a new signing key waits to be confirmed."""
    with desk.read() as db:
        replaced = signing.find_unconfirmed(db)
    if replaced is not None:
        message = mark("The key that signs the days was lost, and a new one signs now. An administrator must confirm it in the settings.")
        desk.faults.note(DeskFault(KEY, "digests", message))
    else:
        desk.faults.clear(KEY)


def is_unsealed(desk: Desk) -> bool:
    """Say whether a day was seen unsigned."""
    return any(fault.code == UNSIGNED for fault in desk.faults.all())


def is_uncopied(desk: Desk) -> bool:
    """Say whether a day was seen without its copy."""
    return any(fault.code == UNCOPIED for fault in desk.faults.all())


def lines(desk: Desk) -> list[CheckLine]:
    """Return a line of a check for each fault that the check does not find by itself."""
    return [
        CheckLine(fault.check, "down" if fault.check in GRAVE else "degraded", fault.message, dict(fault.params))
        for fault in desk.faults.all()
        if fault.code not in SEEN and fault.check not in SEEN_CHECKS and not fault.code.startswith(AGENTS)
    ]


def named(files: list[str]) -> str:
    """Return the first of `files`, and that there are more."""
    return ", ".join(files[:NAMED_MAX]) + (" …" if len(files) > NAMED_MAX else "")
