"""`motcua journal`: whether the journal is whole, and the journal itself."""

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from motcua.cli.door import reading
from motcua.cli.texts import say
from motcua.desk import journal, signing
from motcua.desk.event import Json
from motcua.desk.journal import OUT_OF_TIME, canonical, first_broken_link, raw_rows, read, rows
from motcua.typed.files import decode_input
from motcua.wiring.chores import mark
from motcua.wiring.digests import is_genuine

NUMBER, HASH = "seq", "hash"
EARLIER = mark("%(path)s is signed with an earlier key of this desk, which was lost and replaced: %(key)s")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    verbs = parser.add_subparsers(dest="verb", required=True)
    verify = verbs.add_parser("verify", help="find any row that was edited, removed, inserted or moved")
    verify.add_argument("--data", type=Path, required=True, metavar="DIR")
    verify.add_argument("--digest", type=Path, metavar="FILE", help="a day's digest that was kept elsewhere")
    export = verbs.add_parser("export", help="write the journal, one JSON object a line")
    export.add_argument("--data", type=Path, required=True, metavar="DIR")


def main(options: argparse.Namespace) -> int:
    """Verify or export."""
    if options.verb == "export":
        return _export(options.data)
    return _verify(options.data, options.digest)


def _export(folder: Path) -> int:
    code = 0
    with reading(folder) as db:
        for row in raw_rows(db):
            try:
                print(canonical(read(row)))
            except (ValueError, RecursionError):
                print(say("Row %(seq)s: its data cannot be read.", seq=row[NUMBER]), file=sys.stderr)
                code = 1
    return code


@dataclass
class Walk:
    """What was seen on the way along the journal: how many rows, and the last hash."""

    count: int = 0
    last: str = ""

    def along(self, lines: Iterator[dict[str, Json]]) -> Iterator[dict[str, Json]]:
        """Yield `lines` and take note of them."""
        for row in lines:
            self.count += 1
            self.last = str(row[HASH])
            yield row


def _verify(folder: Path, kept: Path | None) -> int:
    files = [*sorted((folder / "digests").glob("*.json")), *([kept] if kept else [])]
    digests = {path: _read(path, required=path == kept) for path in files}
    walk = Walk()
    with reading(folder) as db:
        problem = _break(walk, walk.along(rows(db)))
        hashes = journal.hashes(db, [found[NUMBER] for found in digests.values() if found is not None])
        earlier = signing.earlier_keys(db)
    if problem:
        print(problem)
    else:
        print(say("The journal holds: %(count)s rows, none edited, removed, inserted or moved.", count=walk.count))
        print(say("Hash of the last row: %(hash)s", hash=walk.last or "-"))
    key = signing.read_key(folder)
    keys = Keys(signing.public(key) if key is not None else "", earlier)
    wrong = [path for path, found in digests.items() if not _compare(path, found, hashes, keys, aloud=path == kept)]
    if digests and not wrong:
        print(say("Digests that fit the journal: %(count)s", count=len(digests)))
    return 1 if problem or wrong else 0


def _break(walk: Walk, lines: Iterator[dict[str, Json]]) -> str:
    """Return what is wrong with the first row that breaks the chain, empty when none does."""
    try:
        broken = first_broken_link(lines)
    except (ValueError, RecursionError):  # a row's data is no JSON
        return say("Row %(seq)s: its content does not match its hash.", seq=walk.count + 1)
    if broken is None:
        return ""
    if broken.problem == OUT_OF_TIME:
        return say("Row %(seq)s: its time does not follow that of the row before it.", seq=broken.seq)
    if broken.problem.startswith("row "):
        return say("Row %(seq)s is missing, or another row was put in its place.", seq=broken.seq)
    if "hash" in broken.problem:
        return say("Row %(seq)s: its content does not match its hash.", seq=broken.seq)
    return say("Row %(seq)s does not follow the row before it.", seq=broken.seq)


def _read(path: Path, *, required: bool) -> dict[str, Any] | None:
    """Return a digest, None when the file holds none. Raises `OSError` for a `required` one that cannot be read."""
    try:
        found = json.loads(decode_input(path.read_bytes()))
    except OSError:
        if required:
            raise
        return None
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and type(found.get(NUMBER)) is int else None


@dataclass(frozen=True)
class Keys:
    """The public keys of the desk: the one that signs now, empty when there is none, and those that its journal names."""

    own: str
    earlier: set[str]


def _compare(path: Path, found: dict[str, Any] | None, hashes: dict[int, str], keys: Keys, *, aloud: bool) -> bool:
    """Say what is wrong with a digest, and whose key signed it if that is not the desk's (`aloud`: in any case); return whether it fits."""
    if found is None:
        print(say("%(path)s is no digest.", path=path))
        return False
    if not is_genuine(found):
        print(say("%(path)s: the signature is not genuine; the digest was changed.", path=path))
        return False
    if keys.own and found["public_key"] == keys.own:
        if aloud:
            print(say("%(path)s is signed with this desk's own key.", path=path))
    elif found["public_key"] in keys.earlier:
        print(say(EARLIER, path=path, key=found["public_key"]))
    else:
        print(say("%(path)s is signed with a key that is not this desk's: %(key)s", path=path, key=found["public_key"]))
    if (there := hashes.get(found[NUMBER])) is None:
        print(say("%(path)s: the journal has no row %(seq)s any more.", path=path, seq=found[NUMBER]))
        return False
    if there != found[HASH]:
        print(say("%(path)s: row %(seq)s of the journal is not the one that was signed.", path=path, seq=found[NUMBER]))
        return False
    return True
