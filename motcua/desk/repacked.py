"""What people's hands make of a copy: unpacked and packed again, within a folder or another ZIP, with what systems
leave in folders.

Knows names and first bytes only; what does no harm is understood, everything else is named. Messages are English
with places for `params`.
"""

import zipfile
from collections.abc import Iterable
from pathlib import Path

from motcua.desk.messages import mark
from motcua.desk.packing import BESIDE, STORE, is_of_desk

LEFT_BEHIND = frozenset(
    {
        "__macosx", ".ds_store", ".spotlight-v100", ".trashes", ".fseventsd", ".appledouble", ".directory",
        "thumbs.db", "ehthumbs.db",
        "desktop.ini", "$recycle.bin", "system volume information", "icon\r",
    }
)  # fmt: skip
"""What systems put into folders by themselves, in small letters."""
ARCHIVES = {
    b"Rar!": "RAR", b"7z\xbc\xaf\x27\x1c": "7z", b"\x1f\x8b": "gzip", b"BZh": "bzip2", b"\xfd7zXZ": "xz",
    b"\x28\xb5\x2f\xfd": "zstd",
}  # fmt: skip
ZIP, SQLITE, TAR, TAR_AT = b"PK", b"SQLite format 3\x00", b"ustar", 257
ENCRYPTED = 0x1
READABLE = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA})
Problem = tuple[str, dict[str, object]]
"""A sentence and what fills its places."""


FOREIGN = mark("it is not a backup of a desk, or it is damaged")
UNREADABLE = mark(
    "it was packed by a method that cannot be read here (%(method)s). Unpack it, and pack it again as a plain ZIP"
)
BY_HAND = mark("it was packed by hand from the folder of a desk (%(name)s is in it). Unpack it, and serve that folder")


def find_file_problem(source: Path) -> Problem:
    """Return what is wrong with a file that is no ZIP which can be read."""
    if source.is_dir():
        return mark("it is a folder. Pack it into a ZIP file, and use that"), {}
    with source.open("rb") as file:
        head = file.read(TAR_AT + len(TAR))
    if not head.strip(b"\0"):
        return mark(
            "it is empty. It was not written completely: the disk may have been full, or was removed too early"
        ), {}
    kind = next(
        (name for begin, name in ARCHIVES.items() if head.startswith(begin)), "tar" if head[TAR_AT:] == TAR else ""
    )
    if kind:
        return mark(
            "it is a %(kind)s archive, whatever its name says. Unpack it, and pack its content into a ZIP file"
        ), {"kind": kind}
    if head.startswith(SQLITE):
        return mark("it is a store alone, without the desk's keys. Use the ZIP file that `motcua backup` made"), {}
    if head.startswith(ZIP):
        return mark("its end is missing: it was not copied completely. Copy it again, or use another copy"), {}
    return FOREIGN, {}


def find_entries_problem(entries: Iterable[zipfile.ZipInfo]) -> Problem | None:
    """Return why a ZIP's entries cannot be unpacked here, None when they can."""
    for entry in entries:
        if entry.flag_bits & ENCRYPTED:
            return mark("it is protected by a password. Unpack it, and pack it again without one"), {}
        if entry.compress_type not in READABLE:
            return UNREADABLE, {"method": entry.compress_type}
    return None


def find_inner_zip(names: Iterable[str]) -> str | None:
    """Return the name of the only ZIP inside a ZIP (what systems leave does not count), else None."""
    files = [name for name in names if not name.endswith("/") and not is_left_behind(_parts(name))]
    return files[0] if len(files) == 1 and files[0].lower().endswith(".zip") else None


def map_targets(names: Iterable[str]) -> tuple[dict[str, str], Problem | None]:
    """Return where each entry belongs in the desk's folder, and what is wrong; folders around it and what systems
    leave do no harm.
    """
    parts = {name: _parts(name) for name in names if not name.endswith(("/", "\\"))}
    if any(not _is_safe(name, path) for name, path in parts.items()):
        return {}, (FOREIGN, {})
    parts = {name: path for name, path in parts.items() if not is_left_behind(path)}
    stores = sorted((path for path in parts.values() if path[-1].lower() == STORE), key=len)
    if not stores:
        return {}, (mark("there is no desk.db in it"), {})
    around = stores[0][:-1]
    if len(stores) > 1 and len(stores[1]) == len(stores[0]):
        return {}, (
            mark("it holds more than one desk: %(first)s and %(second)s"),
            {"first": _name(stores[0]), "second": _name(stores[1])},
        )
    targets = {}
    for name, path in parts.items():
        if path[: len(around)] != around or not is_of_desk(target := _desk_name(path[len(around) :])):
            return {}, _foreign(path, len(around))
        targets[name] = target
    if len(set(targets.values())) != len(targets):
        return {}, (FOREIGN, {})
    return targets, None


def _foreign(path: tuple[str, ...], around: int) -> Problem:
    first = path[min(around, len(path) - 1)].lower()
    is_by_hand = first.startswith(f"{STORE}-") or first in {"desk.lock", "backups"}
    return BY_HAND if is_by_hand else mark("%(name)s in it is not part of a desk"), {"name": _name(path)}


def is_left_behind(parts: tuple[str, ...]) -> bool:
    """Say whether a system put this there: a list of pictures, a folder's view, an attribute of a Mac."""
    return any(part.lower() in LEFT_BEHIND for part in parts) or parts[-1].startswith("._")


def _parts(name: str) -> tuple[str, ...]:
    """Return the folders and the file of an entry, whichever way they are parted."""
    return tuple(part for part in name.replace("\\", "/").split("/") if part not in {"", "."}) or (name,)


def _is_safe(name: str, parts: tuple[str, ...]) -> bool:
    """Nothing may lead out of the folder."""
    return ".." not in parts and ":" not in name and "\0" not in name and not name.startswith(("/", "\\"))


def _desk_name(parts: tuple[str, ...]) -> str:
    """Return a desk's own name for a file; some sticks make all letters large."""
    first = parts[0].lower()
    return "/".join((first, *parts[1:]) if first in (*BESIDE, STORE) else parts)


def _name(parts: tuple[str, ...]) -> str:
    return "".join(sign if sign.isprintable() else "?" for sign in "/".join(parts))[:100]
