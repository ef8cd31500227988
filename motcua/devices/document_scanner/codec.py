"""From what lies in a folder to the files that are new and whole. Pure: listings and moments come in, names go out."""

from collections.abc import Mapping
from dataclasses import dataclass, field

SETTLED_S = 1.0
"""So long a file has kept its size and time: the scanner has written all of it."""
EMPTY_S = 10.0
"""A file that stays empty so long will hold nothing."""
PASSING_ENDS = (".tmp", ".part", ".partial", ".crdownload", "~")
FileMark = tuple[int, int]
"""A file's size in bytes, and when it was changed, in nanoseconds."""


@dataclass
class FolderCodec:
    """What came into a folder since `begin`. A name that was there then is never new, unless it was gone meanwhile."""

    old: set[str] = field(default_factory=set)
    seen: dict[str, tuple[FileMark, float]] = field(default_factory=dict)

    def begin(self, listing: Mapping[str, FileMark]) -> None:
        """Take everything that is there as not new."""
        self.old, self.seen = set(listing), {}

    def feed(self, listing: Mapping[str, FileMark], at: float) -> list[str]:
        """Return the new files that are whole at `at` (monotonic seconds), the oldest first."""
        self.old &= set(listing)
        fresh = {name: mark for name, mark in listing.items() if name not in self.old and not is_passing(name)}
        self.seen = {
            name: self.seen[name] if name in self.seen and self.seen[name][0] == mark else (mark, at)
            for name, mark in fresh.items()
        }
        whole = [name for name, (mark, since) in self.seen.items() if at - since >= (SETTLED_S if mark[0] else EMPTY_S)]
        return sorted(whole, key=lambda name: (self.seen[name][0][1], name))

    def forget(self, name: str) -> None:
        """Let a file never be new again: it was dealt with, and is still there."""
        self.old.add(name)


def is_passing(name: str) -> bool:
    """Say whether a scanner's program gives such a name only to a file that it still writes, or that is hidden."""
    return name.startswith((".", "~")) or name.lower().endswith(PASSING_ENDS)
