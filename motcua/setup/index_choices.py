"""What does not fit together in the dated choices of the official indices."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from motcua.setup.mistakes import Mistake, make_mistake, write_place

PART = "index_choices"
BANDS = ("officer_bands", "unit_bands")


def list_mistakes(raw: dict[str, Any]) -> Iterator[Mistake]:
    """Yield days that stand twice, and bands that do not fall. Wrong types are the schema's matter."""
    listed = raw.get(PART)
    days: dict[str, int] = {}
    for index, item in enumerate(listed) if isinstance(listed, list) else ():
        if not isinstance(item, dict):
            continue
        since = str(item.get("since", ""))
        if since in days:
            yield make_mistake(
                write_place(PART, index, "since"),
                "value.twice",
                "“%(value)s” is already at %(first)s.",
                value=since,
                first=write_place(PART, days[since], "since"),
            )
        days.setdefault(since, index)
        for name in BANDS:
            bands = item.get(name)
            if isinstance(bands, list) and all(type(band) is int for band in bands) and not _is_falling(bands):
                yield make_mistake(
                    write_place(PART, index, name),
                    "bands.order",
                    "Each number must be smaller than the one before it: the best grade comes first.",
                )


def _is_falling(bands: list[int]) -> bool:
    return all(better > worse for better, worse in pairwise(bands))
