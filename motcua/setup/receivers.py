"""Whether those who are told of alerts can be told: by which way, at which address, of which kinds."""

from collections.abc import Iterator

from motcua.alerts.kinds import KINDS, find_kind
from motcua.setup.mistakes import Mistake, make_mistake, shorten_value, write_place
from motcua.setup.raw import Plain


def list_mistakes(raw: Plain) -> Iterator[Mistake]:
    """Yield what does not fit together in the list of receivers. Wrong types are the schema's matter."""
    listed = raw.get("receivers")
    rows = (
        [(index, row) for index, row in enumerate(listed) if isinstance(row, dict)] if isinstance(listed, list) else []
    )
    names: dict[object, int] = {}
    for index, row in rows:
        name, way, address = row.get("name"), row.get("way"), row.get("address", "")
        if isinstance(name, str) and name in names:
            yield make_mistake(
                write_place("receivers", index, "name"),
                "value.twice",
                "“%(value)s” is already at %(first)s.",
                value=shorten_value(name),
                first=write_place("receivers", names[name], "name"),
            )
        if isinstance(name, str):
            names.setdefault(name, index)
        if way == "email" and address == "":
            yield make_mistake(
                write_place("receivers", index, "address"), "receiver.address", "Name the e-mail address."
            )
        if way in {"push", "apprise"} and address:
            yield make_mistake(
                write_place("receivers", index, "address"),
                "receiver.no_address",
                "Only a receiver by e-mail has an address here.",
            )
        yield from _kinds(index, row.get("kinds"))


def _kinds(index: int, codes: object) -> Iterator[Mistake]:
    for number, code in enumerate(codes) if isinstance(codes, list) else ():
        if isinstance(code, str) and find_kind(code) is None:
            yield make_mistake(
                write_place("receivers", index, "kinds", number),
                "alert.kind",
                "There is no kind of alert %(kind)s. Kinds: %(known)s.",
                kind=shorten_value(code),
                known=", ".join(kind.code for kind in KINDS),
            )
