"""The settings that name procedures: each is one of the catalogue."""

from collections.abc import Collection, Iterator

from motcua.procedures.store import load_procedures
from motcua.setup.mistakes import Mistake, make_mistake, shorten_value, write_place
from motcua.setup.raw import Plain, get_table, list_tables, list_texts, list_twice
from motcua.typed.lines import clean_line


def list_mistakes(raw: Plain, added: Collection[str]) -> Iterator[Mistake]:
    """Yield each code that is not in the catalogue, and each that a setting names twice.

    What the ward withdrew stays allowed: whoever changes something else is not held up by it, and `motcua check` and
    the page say so.
    """
    of_services = [
        (write_place("services", index, "procedures", number), code)
        for index, item in list_tables(raw, "services")
        for number, code in list_texts(item.get("procedures"))
    ]
    on_the_spot = [
        (write_place("same_day", "procedures", number), clean_line(code))
        for number, code in list_texts(get_table(raw, "same_day").get("procedures"))
    ]
    catalogue = load_procedures()
    for where, code in (*of_services, *on_the_spot):
        if code and code not in catalogue and code not in added:
            yield make_mistake(
                where, "procedure.unknown", "There is no procedure %(procedure)s.", procedure=shorten_value(code)
            )
    yield from list_twice(of_services)
    yield from list_twice(on_the_spot)
