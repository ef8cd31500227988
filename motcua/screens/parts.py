"""The pages that a hall needs all day, and those with a stream; the others: `later_parts`. Each adds its own by its
`install`.
"""

from motcua.screens import (
    counter,
    follow,
    kiosk,
    leaders,
    pad,
    pages,
    sign_in,
    start,
    voice,
    wall,
)

PAGES = (
    pages,
    wall,
    voice,
    kiosk,
    counter,
    pad,
    follow,
    leaders,
    start,
    sign_in,
)
