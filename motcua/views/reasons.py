"""Why a ticket was called, in plain Vietnamese and English. Only the counter's own screen names the class.

A sentence says who comes before whom, what decided, and why each group of earlier numbers still waits: "A012 trước
A010: A012 thuộc diện ưu tiên; A010 chờ 6 phút, chưa quá 20 phút."
"""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from motcua.desk import Reader, parse
from motcua.desk.moment import get_zone
from motcua.queue import store as queue_store
from motcua.queue.model import PASSED_SHOWN, Ticket
from motcua.settings.model import Bilingual, Settings

NAMED = 3
"""How many passed-over tickets a sentence names for each reason."""

_PRIORITY: Bilingual = ("%(number)s thuộc diện ưu tiên%(class_vi)s", "%(number)s has priority%(class_en)s")
_RULES: dict[str, Bilingual] = {
    "first": (
        "%(number)s là số đến sớm nhất đang chờ quầy này",
        "%(number)s arrived first of those waiting for this counter",
    ),
    "priority": _PRIORITY,
    "guard": (
        "%(number)s đã chờ quá %(guard_min)s phút, trước đó quầy gọi vượt %(guard_calls)s lượt liên tiếp",
        "%(number)s has waited over %(guard_min)s min, after %(guard_calls)s calls in a row that went before",
    ),
    "returned": (
        "%(number)s đã vắng mặt và quay lại trong thời gian cho phép, được gọi trước trong cùng diện",
        "%(number)s was absent and came back in time, so it is first in its class",
    ),
    "booked": (
        "%(number)s có lịch hẹn lúc %(due)s và đến đúng hẹn, được gọi trước người đến sau %(since)s",
        "%(number)s has a booking for %(due)s and was on time, so it comes before those who arrived after %(since)s",
    ),
    "lane": ("%(number)s là việc quầy này gọi trước", "%(number)s is for a matter that this counter takes first"),
    "number": ("%(number)s được cán bộ gọi đích danh", "%(number)s was called by its number"),
    "resumed": ("%(number)s được gọi lại sau khi tạm giữ", "%(number)s was on hold and is called again"),
}
_WAITED: Bilingual = ("chờ %(waited_vi)s phút", "%(has)s waited %(waited_en)s min")
_PASSED: dict[str, Bilingual] = {
    "lower_rank": (f"%(others)s {_WAITED[0]}%(under_vi)s", f"%(others_en)s {_WAITED[1]}%(under_en)s"),
    "lower_rank_waiting_long": (f"%(others)s đã {_WAITED[0]}%(over_vi)s", f"%(others_en)s {_WAITED[1]}%(over_en)s"),
    "guard": (
        "%(others)s thuộc diện ưu tiên, được gọi tiếp sau đó",
        "%(others_en)s %(has)s priority and will be called next",
    ),
    "guard_same": (
        "%(others)s cùng diện, được gọi tiếp sau đó",
        "%(others_en)s, of the same class, will be called next",
    ),
    "returned_first": (f"%(others)s cùng diện, {_WAITED[0]}", f"%(others_en)s, of the same class, {_WAITED[1]}"),
    "booked": (f"%(others)s đến sau, {_WAITED[0]}", f"%(others_en)s arrived later and {_WAITED[1]}"),
    "lane": (f"%(others)s {_WAITED[0]}%(limit_vi)s", f"%(others_en)s {_WAITED[1]}%(limit_en)s"),
    "arrived_later": (
        "%(others)s có hẹn hoặc được chuyển đến, tính là đến sau",
        "%(others_en)s, booked or sent on, %(counts)s as having arrived later",
    ),
    "not_due": ("%(others)s chưa đến giờ hẹn", "%(others_en)s %(is)s booked for later"),
}
_ROW: Bilingual = (
    " Đây là lượt gọi vượt thứ %(passes)s liên tiếp; sau nhiều nhất %(guard_calls)s lượt, quầy gọi người đến sớm "
    "nhất trong số đã chờ quá"
    " %(guard_min)s phút.",
    " This is call %(passes)s in a row that goes before somebody waiting over %(guard_min)s min; after at most "
    "%(guard_calls)s, the first"
    " arrived of them is called.",
)


class _Group(Struct, frozen=True):
    """Passed-over tickets with the same reason: numbers in the order of their places, minutes of the longest wait."""

    numbers: list[str]
    waited_min: int


def explain_call(
    db: Reader,
    ticket: Ticket,
    why: dict[str, Any] | None,
    settings: Settings,
    *,
    at: str | None = None,
    shows_class: bool,
) -> dict[str, str] | None:
    """Return the reason of a call of `ticket` in both languages, None when it was never called.

    `at` is the moment of that call, its last one when left out; it counts for calls noted before their waits were.
    """
    if not why or why.get("rule") not in _RULES:
        return None
    calls, minutes = (
        why.get("guard_calls", settings.queue.guard_calls),
        why.get("guard_wait_min", settings.queue.guard_wait_min),
    )
    values: dict[str, object] = {
        "number": ticket.number,
        "guard_min": minutes,
        "guard_calls": calls,
        "passes": why.get("passes", 0),
        "due": _clock(ticket.due_at, settings),
        "since": _clock(ticket.arrived_at or ticket.issued_at, settings),
        **_class(ticket, settings, shows_class=shows_class),
    }
    passed = _passed(db, ticket, why, at or ticket.called_at)
    cut = len(why.get("passed", [])) >= PASSED_SHOWN
    sentences: list[str] = []
    for language, before in enumerate((" trước ", " before ")):
        clauses = [_RULES[why["rule"]][language] % values]
        if why["rule"] == "returned" and any(reason.startswith("lower_rank") for reason in passed):
            clauses.insert(0, _PRIORITY[language] % values)
        clauses += [
            _PASSED[reason][language] % {**values, **_named(group, cut=cut), **_limits(group, calls, minutes)}
            for reason, group in passed.items()
        ]
        everybody = [number for group in passed.values() for number in group.numbers]
        head = f"{ticket.number}{before}{_listed(everybody, cut=cut)[language]}: " if everybody else ""
        row = _ROW[language] % values if values["passes"] and calls else ""
        sentences.append(f"{head}{'; '.join(clauses)}.{row}")
    return {"vi": sentences[0], "en": sentences[1]}


def _clock(at: str | None, settings: Settings) -> str:
    return parse(at).astimezone(get_zone(settings.timezone)).strftime("%H:%M") if at else ""


def _class(ticket: Ticket, settings: Settings, *, shows_class: bool) -> dict[str, object]:
    """Return the name of the ticket's class in brackets if the reader can see it."""
    priority = settings.find_priority(ticket.priority or "") if shows_class else None
    if priority is None or priority.rank != ticket.rank:
        return {"class_vi": "", "class_en": ""}
    vi, en = priority.label
    return {"class_vi": f" ({vi[0].lower()}{vi[1:]})", "class_en": f" ({en[0].lower()}{en[1:]})"}


def _passed(db: Reader, ticket: Ticket, why: dict[str, Any], at: str | None) -> dict[str, _Group]:
    """Return the passed-over tickets by reason; those of the guard by priority."""
    groups: dict[str, _Group] = {}
    for item in why.get("passed", []):
        other = queue_store.find(db, item["ticket"])
        if other is None or item["reason"] not in _PASSED:
            continue
        reason = "guard_same" if item["reason"] == "guard" and other.rank >= ticket.rank else item["reason"]
        waited = item.get("waited_min")
        if waited is None:
            waited = max(0, int((parse(at) - parse(other.issued_at)).total_seconds() // 60)) if at else 0
        before = groups.get(reason, _Group([], 0))
        groups[reason] = _Group([*before.numbers, other.number], max(before.waited_min, waited))
    return groups


def _listed(numbers: Sequence[str], *, cut: bool) -> Bilingual:
    """Return ticket numbers as a list in both languages; `cut` says that the list is incomplete."""
    names, rest = ", ".join(numbers[:NAMED]), len(numbers) - NAMED
    if rest <= 0:
        return names, names
    return (
        (f"{names} và các số khác", f"{names} and others")
        if cut
        else (f"{names} và {rest} số khác", f"{names} and {rest} more")
    )


def _named(group: _Group, *, cut: bool) -> dict[str, object]:
    """Return the words for one or several passed-over numbers and for the longest of their waits."""
    one, waited = len(group.numbers) == 1, group.waited_min
    names = _listed(group.numbers, cut=cut)
    several = ("", "") if one or not waited else ("nhiều nhất ", "at most ")
    return {
        "others": names[0],
        "others_en": names[1],
        "has": "has" if one else "have",
        "is": "is" if one else "are",
        "counts": "counts" if one else "count",
        "waited_vi": f"{several[0]}{waited or 'dưới 1'}",
        "waited_en": f"{several[1]}{waited or 'under 1'}",
    }


def _limits(group: _Group, guard_calls: int, guard_min: int) -> dict[str, object]:
    """Return how the wait compares to the guard's limit; nothing without a guard, or if whole minutes cannot tell."""
    under, over = (
        (f", chưa quá {guard_min} phút", f", not over {guard_min} min"),
        (f", quá {guard_min} phút", f", over {guard_min} min"),
    )
    if not guard_calls:
        under = over = ("", "")
    limit = over if group.waited_min > guard_min else under if group.waited_min < guard_min else ("", "")
    return {
        "under_vi": under[0], "under_en": under[1], "over_vi": over[0], "over_en": over[1], "limit_vi": limit[0],
        "limit_en": limit[1],
    }  # fmt: skip
