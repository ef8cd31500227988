"""Groups are the kiosk's tiles and the letters; services are the unit of counters, estimates and statistics."""

from msgspec import Struct

LETTERS = "ABCDEGHKLMNPQRSTUVXY"
"""A to Z without F I J O W Z, which are misheard or misread."""


class Group(Struct, frozen=True):
    """A kiosk tile. `name` and `hint` are in Vietnamese and English."""

    letter: str
    name: tuple[str, str]
    hint: tuple[str, str] = ("", "")


class Service(Struct, frozen=True):
    """What a citizen takes a number for, with the codes of its procedures.

    `quota` is how many numbers a morning and an afternoon have (None: no limit). `at_seat`: the officer comes to the
    citizen's seat. `bookable`: a time can be booked for it.
    """

    code: str
    group: str
    name: tuple[str, str]
    procedures: tuple[str, ...] = ()
    quota: tuple[int | None, int | None] = (None, None)
    at_seat: bool = False
    bookable: bool = False
