"""Why a ticket was called, in plain Vietnamese and English. Only the counter's own screen names the class."""

from typing import Any

from motcua.desk import Reader, parse
from motcua.queue import store as queue_store
from motcua.queue.model import Ticket
from motcua.settings.model import Settings

NAMED = 3
"""How many passed-over tickets a sentence names."""

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
    "lower_rank": ("%(other)s mới chờ %(minutes)s phút, chưa quá %(guard_min)s phút", "%(other)s has waited %(minutes)s minutes, not over %(guard_min)s"),
    "lower_rank_waiting_long": (
        "%(other)s đã chờ %(minutes)s phút, sẽ được gọi chậm nhất sau %(guard_calls)s lượt ưu tiên",
        "%(other)s has waited %(minutes)s minutes and is called after %(guard_calls)s priority calls at the latest",
    ),
    "guard": ("%(other)s thuộc diện ưu tiên, được gọi ngay sau đó", "%(other)s has priority and comes right after"),
    "returned_first": ("%(other)s cùng diện, đến trước", "%(other)s is of the same class and came earlier"),
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
    for item in why.get("passed", [])[:NAMED]:
        other = queue_store.find(db, item["ticket"])
        if other is None or item["reason"] not in _PASSED or called_at is None:
            continue
        minutes = max(0, int((called_at - parse(other.issued_at)).total_seconds() // 60))
        more = {**values, "other": other.number, "minutes": minutes}
        sentences = [f"{said[:-1]}; {pair % more}." for said, pair in zip(sentences, _PASSED[item["reason"]], strict=True)]
    if why.get("passes"):
        sentences[0] += f" Đây là lượt ưu tiên thứ {why['passes']} liên tiếp (tối đa {rules.guard_calls})."
        sentences[1] += f" This is priority call {why['passes']} in a row (at most {rules.guard_calls})."
    return {"vi": sentences[0], "en": sentences[1]}
