"""Faults about files on the disk: copies, signed days, the signing key, voice clips.

Cheap enough for frequent checks.
"""

from pathlib import Path

from motcua.checks import invariants
from motcua.checks.invariants import CheckLine
from motcua.copies import replace
from motcua.desk import Desk, DeskFault, signing
from motcua.desk.messages import mark
from motcua.desk.packing import LeftOutFile
from motcua.voice.library import Library

UNCOPIED, UNSIGNED, UNSPOKEN, OPEN = "backup.missing", "digests.missing", "voice.words", "folder.open"
REFUSED, LEFT_OUT, KEY = "voice.recordings", "backup.left_out", "journal.key_replaced"
DOSSIER_KEY = "dossiers.key"
BROKEN, UNLIKE = "journal.broken", "journal.tables"
SEEN = frozenset({UNCOPIED, UNSIGNED, UNSPOKEN, REFUSED, OPEN, BROKEN, UNLIKE, DOSSIER_KEY})
SEEN_CHECKS = frozenset({"address", "clock"})
AGENTS = "agent."
"""Faults that a check finds again by itself: it has a line for each, and for everything about the address, the clock
and an agent."""
GRAVE = frozenset({"store", "clock", "journal", "backup", "digests"})
"""Where a fault means that somebody has to do something."""
NAMED_MAX = 5


def refresh_all(desk: Desk, folder: Path, library: Library) -> list[CheckLine]:
    """Check everything, note and clear the faults, and return a check line for each subject."""
    return [*refresh_files(desk, folder), refresh_words(desk, library)]


def refresh_files(desk: Desk, folder: Path) -> list[CheckLine]:
    """Check copies, signed days and the permissions of the folder."""
    with desk.read() as db:
        backup = invariants.check_backup(db, folder)
        digests = invariants.check_digests(db, folder, whole=False)
        keys = invariants.check_dossier_key(db, folder)
    _note(desk, DOSSIER_KEY, keys[0] if keys else CheckLine(invariants.STORE_LINE, "ok"))
    _note(desk, UNCOPIED, backup)
    _note(desk, UNSIGNED, digests)
    _note(desk, OPEN, replace(invariants.check_permissions(folder, whole=False), what="store"))
    return [backup, digests]


def refresh_words(desk: Desk, library: Library) -> CheckLine:
    """Check the voice clips and the recordings of the ward."""
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
    refused = library.list_refused()
    if refused:
        message = mark("These recordings cannot be used: %(files)s. The machine says their words until then.")
        desk.faults.note(
            DeskFault(REFUSED, "voice", message, {"files": shorten_list([name for name, _message, _params in refused])})
        )
    else:
        desk.faults.clear(REFUSED)


def note_left_out(desk: Desk, left_out: list[LeftOutFile]) -> None:
    """Note the files that are missing in the newest copy."""
    if left_out:
        files = shorten_list([item.name for item in left_out])
        desk.faults.note(
            DeskFault(
                LEFT_OUT, "backup", mark("The newest copy of the desk does not have %(files)s."), {"files": files}
            )
        )
    else:
        desk.faults.clear(LEFT_OUT)


def note_replaced_key(desk: Desk) -> None:
    """Note a fault while a new signing key is not confirmed."""
    with desk.read() as db:
        replaced = signing.find_unconfirmed(db)
    if replaced is not None:
        message = mark(
            "The key that signs the days was lost, and a new one signs now. An administrator must confirm it "
            "in the settings."
        )
        desk.faults.note(DeskFault(KEY, "digests", message))
    else:
        desk.faults.clear(KEY)


def has_unsigned_day(desk: Desk) -> bool:
    """Return whether a day is known to be unsigned."""
    return any(fault.code == UNSIGNED for fault in desk.faults.list_all())


def has_uncopied_day(desk: Desk) -> bool:
    """Return whether a day is known to have no copy."""
    return any(fault.code == UNCOPIED for fault in desk.faults.list_all())


def list_check_lines(desk: Desk) -> list[CheckLine]:
    """Return a check line for each fault that no check finds."""
    return [
        CheckLine(fault.check, "down" if fault.check in GRAVE else "degraded", fault.message, dict(fault.params))
        for fault in desk.faults.list_all()
        if fault.code not in SEEN and fault.check not in SEEN_CHECKS and not fault.code.startswith(AGENTS)
    ]


def shorten_list(files: list[str]) -> str:
    """Return the first of `files`, with an ellipsis if there are more."""
    return ", ".join(files[:NAMED_MAX]) + (" …" if len(files) > NAMED_MAX else "")
