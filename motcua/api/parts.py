"""The parts of the API that a hall needs all day; the others: `later_parts`. Each adds its calls by its `install`."""

from motcua.api import (
    counters,
    hall,
    health,
    ratings,
    tickets,
    visits,
)

CALLS = (
    tickets,
    counters,
    visits,
    ratings,
    hall,
    health,
)
