"""`motcua journal verify`: checks the chain, the signed days, and the tables against the journal."""

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from msgspec import Struct, to_builtins

from motcua.audit.compare import list_differences
from motcua.audit.table import ADDED, REMOVED, TableDifference
from motcua.cli.door import open_reading
from motcua.cli.texts import say
from motcua.desk import Reader, journal, schema, signing
from motcua.desk.database import list_steps
from motcua.desk.digests import is_genuine
from motcua.desk.event import Json
from motcua.desk.journal import OUT_OF_TIME, ChainBreak, NotCanonicalError, find_broken_link, read_strict_rows
from motcua.desk.messages import mark
from motcua.desk.tables import DESK
from motcua.setup.rooms import ROOMS
from motcua.typed.files import decode_input

NUMBER, HASH = "seq", "hash"
EARLIER = mark("%(path)s is signed with an earlier key of this desk, which was lost and replaced: %(key)s")
LINES_MAX = 200
"""The number of printed differences. An exchanged store can have a hundred thousand."""
OLDER = mark(
    "The store is of an older version: its tables were not compared. Start the desk once with this version, "
    "then verify again."
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `verify`."""
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    parser.add_argument("--digest", type=Path, metavar="FILE", help="a day's digest that was kept elsewhere")
    parser.add_argument(
        "--json", action="store_true", help="one object: ok, rows, hash, problem, digests, compared, differences"
    )


@dataclass
class JournalWalk:
    """Counts the rows of the journal while they are read, and stores the last hash."""

    count: int = 0
    last: str = ""

    def walk(self, lines: Iterator[dict[str, Json]]) -> Iterator[dict[str, Json]]:
        """Yield `lines`, counted."""
        for row in lines:
            self.count += 1
            self.last = str(row[HASH])
            yield row


class PublicKeys(Struct, frozen=True):
    """The public keys of the desk: the current one (empty if there is none), and the earlier ones from its journal."""

    current: str
    earlier: set[str]


@dataclass
class DigestSummary:
    """The result of the signed days: lines for people, the wrong files, and the number of files."""

    lines: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    count: int = 0


def main(options: argparse.Namespace) -> int:
    """Verify and print the result. Return 1 if anything is wrong."""
    folder, kept_digest = options.data, options.digest
    files = [*sorted((folder / "digests").glob("*.json")), *([kept_digest] if kept_digest else [])]
    digest_by_path = {path: _read_digest(path, required=path == kept_digest) for path in files}
    walk = JournalWalk()
    with open_reading(folder) as db:
        problem = _describe_break(walk, walk.walk(read_strict_rows(db)))
        hashes = journal.find_hashes(db, [digest[NUMBER] for digest in digest_by_path.values() if digest is not None])
        earlier = _earlier_keys(db)
        is_compared = not problem and not schema.make_migrations(list_steps([DESK, *ROOMS])).pending(db)
        unlike = list(list_differences(db)) if is_compared else []
    key = signing.read_key(folder)
    keys = PublicKeys(signing.get_public_key(key) if key is not None else "", earlier)
    digests = DigestSummary(count=len(digest_by_path))
    for path, digest in digest_by_path.items():
        if not _check_digest(digests.lines, path, digest, hashes, keys, aloud=path == kept_digest):
            digests.wrong.append(str(path))
    is_right = not (problem or digests.wrong or unlike)
    if getattr(options, "json", False):
        items = [to_builtins(item) for item in unlike]
        summary = {"ok": is_right, "rows": walk.count, "hash": walk.last or None, "problem": problem or None}
        print(
            json.dumps(
                {**summary, "digests": digests.wrong, "compared": is_compared, "differences": items}, ensure_ascii=False
            )
        )
    else:
        _print_result(walk, problem, digests, unlike, is_compared=is_compared)
    return 0 if is_right else 1


def _print_result(
    walk: JournalWalk, problem: str, digests: DigestSummary, unlike: list[TableDifference], *, is_compared: bool
) -> None:
    if problem:
        print(problem)
    else:
        print(say("The journal is intact: %(count)s rows, none edited, removed, inserted or moved.", count=walk.count))
        print(say("Hash of the last row: %(hash)s", hash=walk.last or "-"))
        if not is_compared:
            print(say(OLDER))
        for item in unlike[:LINES_MAX]:
            print(describe_difference(item))
        if len(unlike) > LINES_MAX:
            print(say("… and %(count)s more.", count=len(unlike) - LINES_MAX))
    for line in digests.lines:
        print(line)
    if digests.count and not digests.wrong:
        print(say("Digests that match the journal: %(count)s", count=digests.count))


def describe_difference(item: TableDifference) -> str:
    """Return a difference as a sentence."""
    row = f"{item.table} {item.row}"
    if item.problem == ADDED:
        return say("%(row)s: the journal has no record of this row. It was added without the journal.", row=row)
    if item.problem == REMOVED:
        return say("%(row)s: the row is gone, though row %(seq)s of the journal records it.", row=row, seq=item.seq)
    if item.column == "seal":
        return say(
            "%(row)s: names, rights or secrets are not those that row %(seq)s of the journal has sealed.",
            row=row,
            seq=item.seq,
        )
    if item.table == "texts":
        return say("%(row)s: the words do not match row %(seq)s of the journal.", row=row, seq=item.seq)
    values = {
        "stored": _format_value(item.stored),
        "journal": _format_value(item.journal),
        "column": item.column,
        "seq": item.seq or "-",
    }
    return say("%(row)s: %(column)s is %(stored)s; the journal says %(journal)s (row %(seq)s).", row=row, **values)


def _format_value(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False)


def _earlier_keys(db: Reader) -> set[str]:
    try:
        return signing.list_earlier_keys(db)
    except (ValueError, RecursionError):  # a row that cannot be read; that is reported elsewhere
        return set()


def _describe_break(walk: JournalWalk, lines: Iterator[dict[str, Json]]) -> str:
    """Describe the first row that breaks the chain; empty if none does."""
    try:
        broken = find_broken_link(lines)
    except NotCanonicalError as error:
        return say("Row %(seq)s: its bytes are not those that this program writes for its content.", seq=error.seq)
    except (ValueError, RecursionError):  # a row's data is no JSON
        return say("Row %(seq)s: its content does not match its hash.", seq=walk.count + 1)
    return "" if broken is None else _describe_problem(broken)


def _describe_problem(broken: ChainBreak) -> str:
    if broken.problem == OUT_OF_TIME:
        return say("Row %(seq)s: its time does not follow that of the row before it.", seq=broken.seq)
    if broken.problem.startswith("row "):
        return say("Row %(seq)s is missing, or another row was put in its place.", seq=broken.seq)
    if "hash" in broken.problem:
        return say("Row %(seq)s: its content does not match its hash.", seq=broken.seq)
    return say("Row %(seq)s does not follow the row before it.", seq=broken.seq)


def _read_digest(path: Path, *, required: bool) -> dict[str, Any] | None:
    """Read a digest, None if the file holds none. Raises `OSError` if a `required` file cannot be read."""
    try:
        digest = json.loads(decode_input(path.read_bytes()))
    except OSError:
        if required:
            raise
        return None
    except (ValueError, RecursionError):
        return None
    return digest if isinstance(digest, dict) and type(digest.get(NUMBER)) is int else None


def _check_digest(
    lines: list[str],
    path: Path,
    digest: dict[str, Any] | None,
    hashes: dict[int, str],
    keys: PublicKeys,
    *,
    aloud: bool,
) -> bool:
    """Report the problems of a digest, and its key if that is not the current one (`aloud`: always).

    Return whether it fits.
    """
    if digest is None:
        lines.append(say("%(path)s is not a digest.", path=path))
        return False
    if not is_genuine(digest):
        lines.append(say("%(path)s: the signature is not genuine; the digest was changed.", path=path))
        return False
    if keys.current and digest["public_key"] == keys.current:
        if aloud:
            lines.append(say("%(path)s is signed with this desk's own key.", path=path))
    elif digest["public_key"] in keys.earlier:
        lines.append(say(EARLIER, path=path, key=digest["public_key"]))
    else:
        lines.append(
            say("%(path)s is signed with a key that is not this desk's: %(key)s", path=path, key=digest["public_key"])
        )
    if (there := hashes.get(digest[NUMBER])) is None:
        lines.append(say("%(path)s: the journal has no row %(seq)s any more.", path=path, seq=digest[NUMBER]))
        return False
    if there != digest[HASH]:
        lines.append(
            say("%(path)s: row %(seq)s of the journal is not the one that was signed.", path=path, seq=digest[NUMBER])
        )
        return False
    return True
