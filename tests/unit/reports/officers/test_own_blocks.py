"""An officer's own figures: no two views differ by fewer than five ratings, whatever comes in between."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.reports.comparing.counts import Answers
from motcua.reports.officers.model import RatingEntry
from motcua.reports.officers.own import (
    BLOCK,
    RatingBlock,
    choose_blocks,
    count_channels,
    count_named,
    cut_blocks,
    round_to_block,
)
from motcua.reports.values import Period

DAYS = [f"2026-{month}-{day:02d}" for month in ("10", "11", "12") for day in (1, 9, 17, 28)] + ["2027-01-04"]
ALWAYS = Period("2026-01-01", "2027-12-31")


def make_entry(
    rating: int, visit: int = 0, day: str = DAYS[0], level: int = 5, reasons: tuple[str, ...] = ()
) -> RatingEntry:
    return RatingEntry(rating, f"v{visit or rating}", day, 7, "A", level, "pad", reasons)


@dataclass
class Store:
    """The ratings as the store has them: each press is a row, a release begins to count later than its number says."""

    entries: list[RatingEntry] = field(default_factory=list)
    set_aside: list[RatingEntry] = field(default_factory=list)

    def press(self, visit: int, level: int, is_set_aside: bool) -> None:
        number = len(self.entries) + len(self.set_aside) + 1
        entry = RatingEntry(
            number, f"v{visit}", DAYS[visit % len(DAYS)], visit % 2, "AH"[visit % 3 % 2], level, "pad", ("slow",)
        )
        (self.set_aside if is_set_aside else self.entries).append(entry)

    def release(self) -> None:
        if self.set_aside:
            self.entries.append(self.set_aside.pop(0))


def seen(blocks: list[RatingBlock], officer: int) -> set[tuple[int, int]]:
    """Return which ratings a view of an officer holds, each with what was pressed."""
    return {(entry.rating, entry.level) for block in blocks if block.officer == officer for entry in block.ratings}


steps = st.lists(
    st.tuples(st.sampled_from(["press", "press", "press", "aside", "release"]), st.integers(1, 30), st.integers(1, 5)),
    max_size=80,
)
periods = st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS)).map(lambda days: Period(min(days), max(days)))


@pytest.mark.thorough
@given(steps, st.lists(periods, min_size=1, max_size=3), st.integers(1, 7))
def test_no_two_views_differ_by_fewer_than_five_ratings(
    happened: list[tuple[str, int, int]], chosen: list[Period], every: int
) -> None:
    store, views = Store(), [set[tuple[int, int]]()]
    for place, (what, visit, level) in enumerate(happened):
        if what == "release":
            store.release()
        else:
            store.press(visit, level, what == "aside")
        if place % every == 0 or place == len(happened) - 1:
            blocks = cut_blocks(store.entries)
            for period in (*chosen, ALWAYS):
                views += [seen(choose_blocks(blocks, period.first, period.last), officer) for officer in (0, 1)]
    differences = {len(one ^ other) for one in views for other in views}
    assert min(differences - {0}, default=BLOCK) >= BLOCK


def test_four_ratings_show_nothing_and_the_fifth_shows_all_five() -> None:
    entries = [make_entry(number, level=3 if number == 2 else 5) for number in range(1, 10)]
    assert cut_blocks(entries[:4]) == []
    assert [block.answers for block in cut_blocks(entries[:5])] == [Answers(4, 5)]
    assert cut_blocks(entries) == cut_blocks(entries[:5])


def test_a_changed_rating_counts_until_its_block_is_full_and_never_after() -> None:
    early = [make_entry(1, level=1), make_entry(2, visit=1, level=5), *(make_entry(number) for number in (3, 4, 5, 6))]
    (block,) = cut_blocks(early)
    assert block.answers == Answers(5, 5)
    late = [*early, make_entry(7, visit=3, level=1)]
    assert cut_blocks(late) == [block]


def test_a_block_across_the_edge_of_a_period_is_in_neither_part() -> None:
    days = ["2026-11-28", "2026-11-28", "2026-12-01", "2026-12-01", "2026-12-01"]
    blocks = cut_blocks(make_entry(number, day=day) for number, day in enumerate(days, start=1))
    assert choose_blocks(blocks, "2026-11-01", "2026-11-30") == []
    assert choose_blocks(blocks, "2026-12-01", "2026-12-31") == []
    assert choose_blocks(blocks, "2026-11-01", "2026-12-31") == blocks


def test_reasons_that_fewer_than_five_gave_are_left_out() -> None:
    reasons = [("slow",)] * 5 + [("rude", "slow")] * 4 + [()]
    blocks = cut_blocks(make_entry(number, reasons=names) for number, names in enumerate(reasons, start=1))
    assert count_named(blocks) == {"slow": 9}
    assert count_channels(blocks) == {"pad": 10}
    assert [round_to_block(count) for count in (0, 4, 5, 9, 10)] == [0, 0, 5, 5, 10]
