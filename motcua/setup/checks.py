"""How the values of a settings file fit together.

Works on the plain file, so that a value of a wrong type hides no other mistake.
"""

from collections.abc import Collection, Iterator
from functools import partial

from motcua.devices.paper import layout
from motcua.settings.values import LATEST_CLOSING, WEEKDAYS, is_time, parse_minutes, parse_session
from motcua.setup import procedure_codes
from motcua.setup.mistakes import Mistake, make_mistake, shorten_value, write_place
from motcua.setup.parts import CHOICE_LISTS
from motcua.setup.raw import Plain, get_table, list_column, list_tables, list_texts, list_twice

ORDINARY = "ordinary"


def list_mistakes(raw: Plain, added: Collection[str] = ()) -> list[Mistake]:
    """Return what does not fit together in `raw`, whose values may still be of any type.

    `added` has the codes of the procedures that the ward added to the product's list.
    """
    of_hall = (_week, _dates, _reasons, _priorities, _groups, _services, _counters, _seats)
    parts = (
        *of_hall,
        partial(procedure_codes.list_mistakes, added=added),
        _rating_form,
        _notices,
        _latest,
        _ticket,
        _neighbourhoods,
    )
    return [item for part in parts for item in part(raw)]


def _sessions(where: str, value: object) -> Iterator[Mistake]:
    before = 0
    for index, text in list_texts(value):
        if (span := parse_session(text)) is None:
            continue
        if span[0] < before:
            yield make_mistake(
                f"{where}[{index}]",
                "hours.overlap",
                "“%(value)s” begins before the hours in front of it have ended.",
                value=text,
            )
        before = max(before, span[1])


def _week(raw: Plain) -> Iterator[Mistake]:
    hours = get_table(raw, "hours")
    for day in WEEKDAYS:
        yield from _sessions(write_place("hours", day), hours.get(day))


def _dates(raw: Plain) -> Iterator[Mistake]:
    for key in ("days_off", "working_days"):
        yield from list_twice((where, value) for where, value in list_column(raw, key, "date"))
    for index, item in list_tables(raw, "working_days"):
        yield from _sessions(write_place("working_days", index, "hours"), item.get("hours"))


def _latest(raw: Plain) -> Iterator[Mistake]:
    """A day that ended while the hall is open would send people home; a hall open until midnight ends at the default
    time.
    """
    latest = get_table(raw, "day").get("latest")
    if not isinstance(latest, str) or not is_time(latest):
        return
    listed = [*get_table(raw, "hours").values(), *(item.get("hours") for _, item in list_tables(raw, "working_days"))]
    ends = [span[1] for value in listed for _, text in list_texts(value) if (span := parse_session(text))]
    if ends and parse_minutes(latest) < min(max(ends), LATEST_CLOSING):
        yield make_mistake(
            write_place("day", "latest"),
            "latest.early",
            "The day would end at %(latest)s, while the hall is still open.",
            latest=latest,
        )


def _reasons(raw: Plain) -> Iterator[Mistake]:
    for section, key in CHOICE_LISTS:
        yield from list_twice(
            (write_place(section, where), value) for where, value in list_column(get_table(raw, section), key, "code")
        )


def _priorities(raw: Plain) -> Iterator[Mistake]:
    yield from list_twice(list_column(raw, "priorities", "code"))
    listed = list_tables(raw, "priorities")
    if not listed:
        return
    ordinary = next((item.get("rank") for _, item in listed if item.get("code") == ORDINARY), None)
    if not any(item.get("code") == ORDINARY for _, item in listed):
        yield make_mistake(
            "priorities", "priority.ordinary", "One of the classes must have the code “%(code)s”.", code=ORDINARY
        )
    for index, item in listed:
        rank = item.get("rank")
        if item.get("code") != ORDINARY and isinstance(rank, int) and isinstance(ordinary, int) and rank >= ordinary:
            yield make_mistake(
                write_place("priorities", index, "rank"),
                "priority.rank",
                "This rank must be smaller than %(ordinary)s, the rank of “%(code)s”: everybody else is "
                "called before it.",
                ordinary=ordinary,
                code=ORDINARY,
            )


def _groups(raw: Plain) -> Iterator[Mistake]:
    yield from list_twice(list_column(raw, "groups", "letter"))
    services = list_tables(raw, "services")
    used = [item.get("group") for _, item in services]
    for index, item in list_tables(raw, "groups"):
        letter = item.get("letter")
        if services and isinstance(letter, str) and letter not in used:
            yield make_mistake(
                write_place("groups", index),
                "group.empty",
                "No service belongs to group %(letter)s.",
                letter=shorten_value(letter),
            )


def _services(raw: Plain) -> Iterator[Mistake]:
    yield from list_twice(list_column(raw, "services", "code"))
    letters = [item.get("letter") for _, item in list_tables(raw, "groups")]
    counters = list_tables(raw, "counters")
    served = {code for _, item in counters for _, code in list_texts(item.get("services"))}
    for index, item in list_tables(raw, "services"):
        group, code = item.get("group"), item.get("code")
        if letters and isinstance(group, str) and group not in letters:
            yield make_mistake(
                write_place("services", index, "group"),
                "group.unknown",
                "There is no group %(letter)s.",
                letter=shorten_value(group),
            )
        if counters and isinstance(code, str) and code not in served:
            yield make_mistake(
                write_place("services", index),
                "service.unserved",
                "No counter serves “%(service)s”.",
                service=shorten_value(code),
            )


def _counters(raw: Plain) -> Iterator[Mistake]:
    yield from list_twice(list_column(raw, "counters", "number"))
    codes = [item.get("code") for _, item in list_tables(raw, "services")]
    for index, item in list_tables(raw, "counters"):
        served = [
            (write_place("counters", index, "services", number), code)
            for number, code in list_texts(item.get("services"))
        ]
        for where, code in served:
            if codes and code not in codes:
                yield make_mistake(
                    where, "service.unknown", "There is no service %(service)s.", service=shorten_value(code)
                )
        yield from list_twice(served)
        yield from _sessions(write_place("counters", index, "hours"), item.get("hours"))
        yield from _lanes(raw, index, item)


def _lanes(raw: Plain, index: int, counter: Plain) -> Iterator[Mistake]:
    """What a counter prefers or must serve are groups or services that exist and that it serves."""
    group_of = {item.get("code"): item.get("group") for _, item in list_tables(raw, "services")}
    letters = [item.get("letter") for _, item in list_tables(raw, "groups")]
    served = [code for _, code in list_texts(counter.get("services"))]
    for key in ("prefer", "must"):
        placed = [(write_place("counters", index, key, number), name) for number, name in list_texts(counter.get(key))]
        yield from list_twice(placed)
        for where, name in placed:
            if group_of and name not in group_of and name not in letters:
                yield make_mistake(
                    where, "lane.unknown", "There is no group or service %(name)s.", name=shorten_value(name)
                )
            elif served and name not in served and name not in [group_of.get(code) for code in served]:
                yield make_mistake(
                    where, "lane.unserved", "This counter serves nothing of “%(name)s”.", name=shorten_value(name)
                )


def _neighbourhoods(raw: Plain) -> Iterator[Mistake]:
    places = list_tables(get_table(raw, "posters"), "neighbourhoods")
    for field in ("code", "name"):
        yield from list_twice(
            (write_place("posters", "neighbourhoods", index, field), item.get(field)) for index, item in places
        )


def _rating_form(raw: Plain) -> Iterator[Mistake]:
    codes = [item.get("code") for _, item in list_tables(raw, "services")]
    chosen = [
        (write_place("rating_form", "services", number), code)
        for number, code in list_texts(get_table(raw, "rating_form").get("services"))
    ]
    for where, code in chosen:
        if codes and code not in codes:
            yield make_mistake(
                where, "service.unknown", "There is no service %(service)s.", service=shorten_value(code)
            )
    yield from list_twice(chosen)


def _seats(raw: Plain) -> Iterator[Mistake]:
    labels = get_table(raw, "seats").get("labels")
    yield from list_twice((write_place("seats", "labels", index), label) for index, label in list_texts(labels))
    for index, item in list_tables(raw, "services"):
        if item.get("at_seat") is True and not list_texts(labels):
            yield make_mistake(
                write_place("services", index, "at_seat"),
                "seats.none",
                "Officers cannot come to a seat while no seats are named in “%(place)s”.",
                place="seats.labels",
            )


def _ticket(raw: Plain) -> Iterator[Mistake]:
    """Each wrong line of a ticket's layout, its place counted from 0 as in every list."""
    text = get_table(raw, "printing").get("layout")
    if isinstance(text, str) and text.strip():
        yield from list_layout_mistakes(text)


def list_layout_mistakes(text: str) -> Iterator[Mistake]:
    """Yield what is wrong in a ticket's layout, line by line."""
    for fault in layout.list_faults(text):
        yield make_mistake(
            write_place("printing", "layout", fault.line - 1), "layout.line", fault.message, **fault.params
        )


def _notices(raw: Plain) -> Iterator[Mistake]:
    notices = get_table(raw, "notices")
    if notices.get("smtp_host") and not notices.get("sender"):
        yield make_mistake(
            write_place("notices", "sender"), "notices.sender", "Name the e-mail address from which notices are sent."
        )
