"""Each kind of mistake, by the value that makes it."""

from typing import Any

import pytest

from motcua.setup.document import Document, build, to_plain
from motcua.setup.mistakes import Mistakes

GONE = object()
WRONG: list[tuple[str, object, list[tuple[str, str]]]] = [
    ("version", GONE, [("version", "value.missing")]),
    ("version", 0, [("version", "version.wrong")]),
    ("version", True, [("version", "version.wrong")]),
    ("rooms", [], [("rooms", "value.unknown")]),
    ("unit", GONE, [("unit", "value.missing")]),
    ("unit", "Phường Mẫu", [("unit", "value.table")]),
    ("unit.name", GONE, [("unit.name", "value.missing")]),
    ("unit.name", 7, [("unit.name", "value.text")]),
    ("unit.name", "  ", [("unit.name", "text.blank")]),
    ("unit.name", "\ud800", [("unit.name", "text.control")]),
    ("unit.name", "x" * 81, [("unit.name", "text.long")]),
    ("unit.centre", "two\nlines", [("unit.centre", "text.control")]),
    ("day.timezone", "Asia/Hanoi", [("day.timezone", "timezone.unknown")]),
    ("day.timezone", "", [("day.timezone", "timezone.unknown")]),
    ("day.timezone", "../etc/passwd", [("day.timezone", "timezone.unknown")]),
    ("day.close_after_min", -1, [("day.close_after_min", "value.small")]),
    ("day.latest", "24:00", [("day.latest", "time.form")]),
    ("day.latest", "16:00", [("day.latest", "latest.early")]),
    ("hours.monday", GONE, [("hours.monday", "value.missing")]),
    ("hours.monday", "07:30-11:30", [("hours.monday", "value.list")]),
    ("hours.monday.0", "7:30-11:30", [("hours.monday[0]", "hours.form")]),
    ("hours.monday.0", "07:30-24:01", [("hours.monday[0]", "hours.form")]),
    ("hours.monday.0", "24:00-24:00", [("hours.monday[0]", "hours.form")]),
    ("hours.monday.0", "11:30-07:30", [("hours.monday[0]", "hours.order")]),
    ("hours.monday.0", "07:30-07:30", [("hours.monday[0]", "hours.order")]),
    ("hours.monday.1", "11:00-17:00", [("hours.monday[1]", "hours.overlap")]),
    ("hours.monday", ["13:00-17:00", "07:30-11:30"], [("hours.monday[1]", "hours.overlap")]),
    ("hours.funday", [], [("hours.funday", "value.unknown")]),
    ("days_off.0.date", "2026-02-30", [("days_off[0].date", "date.form")]),
    ("days_off.0.date", "20260101", [("days_off[0].date", "date.form")]),
    ("days_off.1.date", "2026-01-01", [("days_off[1].date", "value.twice")]),
    ("days_off.0.name", "", [("days_off[0].name", "text.blank")]),
    ("working_days.1.date", "2026-01-10", [("working_days[1].date", "value.twice")]),
    ("working_days.0.hours", [], [("working_days[0].hours", "list.short")]),
    ("working_days.0.hours.1", "08:00-09:00", [("working_days[0].hours[1]", "hours.overlap")]),
    ("queue.guard_calls", 0, [("queue.guard_calls", "starves.guard")]),
    ("queue.guard_calls", -1, [("queue.guard_calls", "value.small")]),
    ("queue.guard_calls", 2.0, [("queue.guard_calls", "value.number")]),
    ("queue.guard_calls", True, [("queue.guard_calls", "value.number")]),
    ("queue.guard_calls", 10**30, [("queue.guard_calls", "value.large")]),
    ("queue.guard_wait_min", 0, [("queue.guard_wait_min", "value.small")]),
    ("queue.absent_grace_min", 0, [("queue.absent_grace_min", "value.small")]),
    ("queue.absent_grace_min", 241, [("queue.absent_grace_min", "value.large")]),
    ("queue.undo_s", 0, [("queue.undo_s", "value.small")]),
    ("queue.undo_s", 61, [("queue.undo_s", "value.large")]),
    ("queue.hold_reasons.1.code", "documents", [("queue.hold_reasons[1].code", "value.twice")]),
    ("queue.call_reasons.0.en", "", [("queue.call_reasons[0].en", "text.blank")]),
    ("priorities", [], [("priorities", "list.short")]),
    ("priorities.5.code", "normal", [("priorities", "priority.ordinary")]),
    ("priorities.4.code", "ordinary", [("priorities[5].code", "value.twice")]),
    ("priorities.0.rank", 5, [("priorities[0].rank", "priority.rank")]),
    ("priorities.0.rank", 4, [("priorities[0].rank", "priority.rank")]),
    ("priorities.0.rank", 0, [("priorities[0].rank", "value.small")]),
    ("priorities.5.rank", 10, [("priorities[5].rank", "value.large")]),
    ("priorities.1.code", "disabled", [("priorities[1].code", "value.twice")]),
    ("priorities.0.valid_from", "soon", [("priorities[0].valid_from", "date.form")]),
    ("priorities.0.label", "Ưu tiên", [("priorities[0].label", "value.table")]),
    ("groups.0.letter", "F", [("groups[0].letter", "letter.form"), ("groups[0]", "group.empty")]),
    ("groups.0.letter", "a", [("groups[0].letter", "letter.form"), ("groups[0]", "group.empty")]),
    ("groups.1.letter", "A", [("groups[1].letter", "value.twice")]),
    ("services.0.group", "X", [("services[0].group", "group.unknown")]),
    ("services.20.group", "G", [("groups[6]", "group.empty")]),
    ("services.0.code", "Certified", [("services[0].code", "code.form"), ("services[0]", "service.unserved")]),
    ("services.0.code", "sao-y-é", [("services[0].code", "code.form"), ("services[0]", "service.unserved")]),
    ("services.0.procedures.0", "9.999999", [("services[0].procedures[0]", "procedure.unknown")]),
    ("services.0.procedures.1", "2.000815", [("services[0].procedures[1]", "value.twice")]),
    ("services.1.procedures.0", "2.000815", [("services[1].procedures[0]", "value.twice")]),
    ("same_day.procedures", ["2.000815", "9.999999"], [("same_day.procedures[1]", "procedure.unknown")]),
    ("same_day.procedures", ["2.000815", " 2.000815 "], [("same_day.procedures[1]", "value.twice")]),
    ("same_day.procedures", ["Khai sinh"], [("same_day.procedures[0]", "procedure.unknown")]),
    ("same_day.procedures", [7], [("same_day.procedures[0]", "value.text")]),
    ("same_day.reasons.1.code", "data", [("same_day.reasons[1].code", "value.twice")]),
    ("dossiers.refusal_reasons.1.code", "not-competent", [("dossiers.refusal_reasons[1].code", "value.twice")]),
    ("counters", [], [("counters", "list.short")]),
    ("counters.1.number", 1, [("counters[1].number", "value.twice")]),
    ("counters.0.number", 100, [("counters[0].number", "value.large")]),
    ("counters.0.services.0", "sweets", [("counters[0].services[0]", "service.unknown")]),
    ("counters.0.services.1", "certified-copy", [("counters[0].services[1]", "value.twice")]),
    ("counters.5.services", ["other"], [("services[14]", "service.unserved"), ("services[22]", "service.unserved")]),
    ("services.0.quota", {"morning": -1}, [("services[0].quota.morning", "value.small")]),
    ("services.0.quota", {"afternoon": "40"}, [("services[0].quota.afternoon", "value.number")]),
    ("services.0.quota", {"evening": 5}, [("services[0].quota.evening", "value.unknown")]),
    ("services.0.at_seat", True, [("services[0].at_seat", "seats.none")]),
    ("services.0.bookable", "yes", [("services[0].bookable", "value.flag")]),
    ("counters.0.hours", ["08:00-12:00", "11:30-17:00"], [("counters[0].hours[1]", "hours.overlap")]),
    ("counters.0.hours", ["8:00-12:00"], [("counters[0].hours[0]", "hours.form")]),
    ("counters.0.prefer", ["sweets"], [("counters[0].prefer[0]", "lane.unknown")]),
    ("counters.0.prefer", ["K"], [("counters[0].prefer[0]", "lane.unserved")]),
    ("counters.0.prefer", ["A", "A"], [("counters[0].prefer[1]", "value.twice")]),
    ("counters.1.must", ["signature", "Z"], [("counters[1].must[1]", "lane.unknown")]),
    ("counters.1.must", ["land"], [("counters[1].must[0]", "lane.unserved")]),
    ("counters.2.must", ["A"], [("counters[2].must", "starves.service")]),
    ("counters.4.hours", ["07:30-11:30"], [("counters[4].hours", "starves.hours")]),
    ("seats.labels", ["Ghế 1", "Ghế 1"], [("seats.labels[1]", "value.twice")]),
    ("seats.labels", [" "], [("seats.labels[0]", "text.blank")]),
    ("queue.absent_returns", 10, [("queue.absent_returns", "value.large")]),
    ("queue.transfer_binds", "no", [("queue.transfer_binds", "value.flag")]),
    ("appointments.slot_min", 4, [("appointments.slot_min", "value.small")]),
    ("notices.smtp_host", "mail.example", [("notices.sender", "notices.sender")]),
    ("notices.sender", "nobody", [("notices.sender", "mail.form")]),
    ("notices.webhook_url", "ftp://x", [("notices.webhook_url", "web.form")]),
    ("waits.least_visits", 29, [("waits.least_visits", "value.small")]),
    ("texts.call_seat.vi", "{room}", [("texts.call_seat.vi", "text.place")]),
    ("retention.booking_days", 0, [("retention.booking_days", "value.small")]),
    ("rating.window_s", 4, [("rating.window_s", "value.small")]),
    ("rating.window_s", 301, [("rating.window_s", "value.large")]),
    ("rating.reasons.1.code", "time", [("rating.reasons[1].code", "value.twice")]),
    ("printing.paper", "papyrus", [("printing.paper", "value.choice")]),
    ("texts.call.vi", "", [("texts.call.vi", "text.blank")]),
    ("texts.call.vi", "Mời {letter.x}", [("texts.call.vi", "text.place")]),
    ("texts.call.vi", "Mời {{letter}}", [("texts.call.vi", "text.place")]),
    ("texts.call.en", "Open {letter", [("texts.call.en", "text.place")]),
    ("texts.ticket_footer.vi", "{}", [("texts.ticket_footer.vi", "text.place")]),
    ("retention.priority_days", 0, [("retention.priority_days", "value.small")]),
]


def put(raw: Any, path: str, value: object) -> None:
    *way, last = (int(part) if part.isdigit() else part for part in path.split("."))
    for part in way:
        raw = raw[part]
    if value is GONE:
        del raw[last]
    else:
        raw[last] = value


def found(raw: dict[str, Any]) -> set[tuple[str, str]]:
    with pytest.raises(Mistakes) as caught:
        build(raw)
    assert all(str(item) for item in caught.value.mistakes)  # every sentence has all its params
    return {(item.place, item.code) for item in caught.value.mistakes}


def places(raw: dict[str, Any]) -> list[str]:
    """Return the places of the mistakes in `raw`, if there are any."""
    try:
        build(raw)
    except Mistakes as mistakes:
        return [item.place for item in mistakes.mistakes]
    return []


@pytest.mark.parametrize(("path", "value", "wrong"), WRONG)
def test_a_wrong_value_is_named_by_its_place(
    ward: Document, path: str, value: object, wrong: list[tuple[str, str]]
) -> None:
    raw = to_plain(ward)
    put(raw, path, value)
    assert found(raw) >= set(wrong)


def test_what_the_schema_refuses_hides_nothing_else(ward: Document) -> None:
    raw = to_plain(ward)
    put(raw, "services.0.group", 5)
    put(raw, "services.0.procedures.0", "9.999999")
    put(raw, "counters.0.services", "all")
    assert found(raw) == {
        ("services[0].group", "value.text"),
        ("services[0].procedures[0]", "procedure.unknown"),
        ("counters[0].services", "value.list"),
    }


@pytest.mark.parametrize("junk", [None, 1, "x", [], [1], {}, [{}], [[]], {"x": {}}])
@pytest.mark.parametrize(
    "part",
    [
        "unit",
        "day",
        "hours",
        "days_off",
        "working_days",
        "queue",
        "priorities",
        "groups",
        "services",
        "counters",
        "rating",
        "texts",
    ],
)
def test_junk_in_any_part_is_a_mistake_or_nothing(ward: Document, part: str, junk: object) -> None:
    assert "" not in places({**to_plain(ward), part: junk})


def test_a_mistake_can_always_be_sent(ward: Document) -> None:
    assert found({**to_plain(ward), "x" * 500: 1}) == {("x" * 40 + "…", "value.unknown")}
    assert [
        place.encode() for place in places({**to_plain(ward), "unit": {"name": "A", "centre": "B", "\ud800": 1}})
    ] == [b"unit"]
