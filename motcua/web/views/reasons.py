"""Why a ticket was called, in plain Vietnamese and English. Only the counter's own screen names the class."""

from typing import Any

from motcua.desk import Reader, parse
from motcua.queue import store as queue_store
from motcua.queue.model import Ticket
from motcua.settings.model import Settings

NAMED = 3
"""How many passed-over tickets a sentence names for each reason."""

_RULES = {
    "first": ("%(number)s là số đến sớm nhất đang chờ quầy này.", "%(number)s arrived first of those waiting for this counter."),
    "priority": ("%(number)s thuộc diện ưu tiên%(class_vi)s.", "%(number)s has priority%(class_en)s."),
    "guard": (
        "%(number)s được gọi vì đã chờ quá %(guard_min)s phút, sau %(guard_calls)s lượt gọi ưu tiên liên tiếp.",
        "%(number)s is called because it waited over %(guard_min)s minutes, after %(guard_calls)s priority calls in a row.",
    ),
    "returned": ("%(number)s đã vắng mặt và quay lại trong thời gian cho phép.", "%(number)s was absent and came back in time."),
    "number": ("%(number)s được cán bộ gọi đích danh.", "%(number)s was called by its number."),
    "resumed": ("%(number)s được gọi lại sau khi tạm giữ.", "%(number)s was on hold and is called again."),
}
_PASSED = {
    "lower_rank": (
        "%(others)s mới chờ %(waited_vi)s phút, chưa quá %(guard_min)s phút",
        "%(others_en)s %(has)s waited %(waited_en)s min, not over %(guard_min)s",
    ),
    "lower_rank_waiting_long": (
        "%(others)s đã chờ %(waited_vi)s phút, sẽ được gọi chậm nhất sau %(guard_calls)s lượt ưu tiên",
        "%(others_en)s %(has)s waited %(waited_en)s min and will be called after %(guard_calls)s priority calls at the latest",
    ),
    "guard": ("%(others)s thuộc diện ưu tiên, được gọi ngay sau đó", "%(others_en)s %(has)s priority and will be called right after"),
    "returned_first": ("%(others)s cùng diện, đến trước", "%(others_en)s of the same class came earlier"),
}


def texts(db: Reader, found: Ticket, why: dict[str, Any] | None, settings: Settings, *, shows_class: bool) -> dict[str, str] | None:
    """Return the reason of the last call of `found` in both languages, None when it was never called."""
    if not why or why.get("rule") not in _RULES:
        return None
    rules = settings.queue
    known = settings.priority(found.priority or "") if shows_class else None
    label = known.label if known and known.rank == found.rank else None
    values: dict[str, object] = {
        "number": found.number,
        "class_vi": f" ({label[0][0].lower()}{label[0][1:]})" if label else "",
        "class_en": f" ({label[1][0].lower()}{label[1][1:]})" if label else "",
        "guard_min": rules.guard_wait_min,
        "guard_calls": rules.guard_calls,
    }
    sentences = [pair % values for pair in _RULES[why["rule"]]]
    called_at = parse(found.called_at) if found.called_at else None
    for reason, others in _passed(db, why).items():
        if called_at is None:
            break
        waited = max(0, int((called_at - min(parse(other.issued_at) for other in others)).total_seconds() // 60))
        more = {**values, **_named([other.number for other in others], waited)}
        sentences = [f"{said[:-1]}; {pair % more}." for said, pair in zip(sentences, _PASSED[reason], strict=True)]
    if why.get("passes"):
        sentences[0] += f" Đây là lượt ưu tiên thứ {why['passes']} liên tiếp (tối đa {rules.guard_calls})."
        sentences[1] += f" This is priority call {why['passes']} in a row (at most {rules.guard_calls})."
    return {"vi": sentences[0], "en": sentences[1]}


def _passed(db: Reader, why: dict[str, Any]) -> dict[str, list[Ticket]]:
    """Return who was passed over, by reason."""
    found: dict[str, list[Ticket]] = {}
    for item in why.get("passed", []):
        other = queue_store.find(db, item["ticket"])
        if other is not None and item["reason"] in _PASSED:
            found.setdefault(item["reason"], []).append(other)
    return found


def _named(numbers: list[str], waited: int) -> dict[str, object]:
    """Return the words for one or several passed-over numbers, of which the longest waited `waited` minutes."""
    names, rest, one = ", ".join(numbers[:NAMED]), len(numbers) - NAMED, len(numbers) == 1
    several = ("", "") if one or not waited else ("nhiều nhất ", "at most ")
    return {
        "others": f"{names} và {rest} số khác" if rest > 0 else names,
        "others_en": f"{names} and {rest} more" if rest > 0 else names,
        "has": "has" if one else "have",
        "waited_vi": f"{several[0]}{waited or 'dưới 1'}",
        "waited_en": f"{several[1]}{waited or 'under 1'}",
    }
