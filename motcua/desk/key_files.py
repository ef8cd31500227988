"""Keys of a desk as files: 64 hexadecimal digits, written whole, brought back from a copy where one is lost."""

import zipfile
import zlib
from pathlib import Path

from motcua.desk.backup import ANY, is_usable
from motcua.desk.files import set_aside, write_whole
from motcua.desk.private import make_folder

KEY_BYTES = 32


def parse_key(content: bytes) -> bytes | None:
    """Return the key that is written as 64 hexadecimal digits; all zeros are what a disk leaves, and no key."""
    try:
        key = bytes.fromhex(content.decode("ascii").strip())
    except ValueError:
        return None
    return key if len(key) == KEY_BYTES and any(key) else None


def read_content(path: Path) -> bytes:
    """Return the beginning of a key's file, nothing where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(4 * KEY_BYTES)
    except OSError:
        return b""


def write_key_file(path: Path, key: bytes) -> None:
    """Put `key` in its place, readable by the desk alone; what is no key there gets another name. Raises `OSError`."""
    make_folder(path.parent)
    if path.is_dir() or read_content(path).strip(b"\0\r\n "):
        set_aside(path)
    write_whole(path, key.hex().encode() + b"\n")


def find_in_copies(folder: Path, name: str) -> bytes | None:
    """Return the key of the newest copy of the desk in `folder` that has the file `name`, like `keys/journal.key`."""
    for copy in sorted((folder / "backups").glob(ANY), reverse=True):
        if not is_usable(copy):
            continue
        try:
            with zipfile.ZipFile(copy) as packed, packed.open(name) as file:
                key = parse_key(file.read(4 * KEY_BYTES))
        except (OSError, KeyError, RuntimeError, ValueError, NotImplementedError, zipfile.BadZipFile, zlib.error):
            continue
        if key is not None:
            return key
    return None
