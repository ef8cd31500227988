"""Which ratings an officer's own figures are made of: whole blocks of five, that never change again. Pure.

Two views that differ by one rating would tell the officer what that citizen pressed. So the ratings of an officer stand
in the order in which they began to count, by group of services and year. They are cut into blocks of `BLOCK` visits. A
view has a block or has it not, whenever it is opened and whatever days it is of. What a citizen changes after the block
is full does not come into it.
"""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from motcua.reports.comparing.counts import Answers, sum_answers
from motcua.reports.officers.model import SATISFIED_FROM, RatingEntry

BLOCK = 5
"""The least number of ratings of which an officer sees anything."""
COMPARED_LEAST = 3
"""Officers of a group of services from which an officer's rate may be drawn to the mean of all: with two, one would
tell of the other."""
YEAR = 4


class RatingBlock(Struct, frozen=True):
    """Five visits of one officer in one group of services. Its parts are never shown one by one."""

    officer: int
    letter: str
    first: str
    last: str
    ratings: tuple[RatingEntry, ...]

    @property
    def answers(self) -> Answers:
        """Return how many of them were satisfied."""
        return Answers(sum(entry.level >= SATISFIED_FROM for entry in self.ratings), len(self.ratings))


def cut_blocks(entries: Iterable[RatingEntry]) -> list[RatingBlock]:
    """Return the full blocks of `entries`, which are in the order in which they began to count, in that order.

    Of a visit in a block that is not yet full, the rating that was given last counts.
    """
    blocks: list[RatingBlock] = []
    open_blocks: dict[tuple[int, str, str], dict[str, RatingEntry]] = {}
    closed: set[tuple[int, str]] = set()
    for entry in entries:
        if (entry.officer, entry.visit) in closed:
            continue
        key = (entry.officer, entry.letter, entry.day[:YEAR])
        block = open_blocks.setdefault(key, {})
        earlier = block.get(entry.visit)
        if earlier is None or earlier.rating < entry.rating:
            block[entry.visit] = entry
        if len(block) == BLOCK:
            days = [one.day for one in block.values()]
            blocks.append(RatingBlock(entry.officer, entry.letter, min(days), max(days), tuple(block.values())))
            closed.update((entry.officer, visit) for visit in block)
            del open_blocks[key]
    return blocks


def choose_blocks(blocks: Iterable[RatingBlock], first: str, last: str) -> list[RatingBlock]:
    """Return the blocks whose visits were all within the days from `first` to `last`."""
    return [block for block in blocks if first <= block.first and block.last <= last]


def sum_blocks(blocks: Iterable[RatingBlock]) -> dict[int, dict[str, Answers]]:
    """Return the answers in these blocks, by officer and group of services."""
    everybody: dict[int, dict[str, Answers]] = {}
    for block in blocks:
        groups = everybody.setdefault(block.officer, {})
        groups[block.letter] = sum_answers([groups.get(block.letter, Answers(0, 0)), block.answers])
    return everybody


def round_to_block(count: int) -> int:
    """Return a count without what is too few to be seen: 0, 5, 10 …"""
    return count - count % BLOCK


def count_named(blocks: Sequence[RatingBlock]) -> dict[str, int]:
    """Return how many ratings name each reason, the most frequent first; fewer than five are left out."""
    counts: dict[str, int] = {}
    for block in blocks:
        for entry in block.ratings:
            for reason in entry.reasons:
                counts[reason] = counts.get(reason, 0) + 1
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return {reason: count for reason, count in ordered if count >= BLOCK}


def count_channels(blocks: Sequence[RatingBlock]) -> dict[str, int]:
    """Return how many ratings came by each channel."""
    counts: dict[str, int] = {}
    for block in blocks:
        for entry in block.ratings:
            counts[entry.channel] = counts.get(entry.channel, 0) + 1
    return counts
