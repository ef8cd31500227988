"""How what somebody typed is read: words, days, minutes, kinds. Lengths are counted after cleaning."""

import re
from collections.abc import Collection

from motcua.desk.errors import Invalid
from motcua.desk.moment import parse_day
from motcua.typed.lines import SPARE, clean_line, clean_text
from motcua.work.model import OTHER_REASON, NoteKind

WORDS_MAX, SHOWN_MAX = 2000, 40
_TIME = re.compile(r"([01]?\d|2[0-3])[:h]([0-5]\d)", re.ASCII)
DAY_END, DAY_MIN = "24:00", 24 * 60


def read_words(text: str) -> str:
    """Return a task, a report, a note or a reason, clean. Raises `Invalid("work.words" | "work.long")`."""
    clean = clean_text(text) if len(text) <= SPARE * WORDS_MAX else text
    if len(clean) > WORDS_MAX:
        raise Invalid("work.long", "This text is too long. It can have %(length)s characters.", length=WORDS_MAX)
    if not clean:
        raise Invalid("work.words", "This field is empty. Please write something.")
    return clean


def read_day(text: str) -> str:
    """Return a day, `YYYY-MM-DD`. Raises `Invalid("day.form")`."""
    short = clean_line(text[: SPARE * SHOWN_MAX])
    if (day := parse_day(short)) is None:
        raise Invalid("day.form", "“%(day)s” is not a valid date. Write it like 2026-11-23.", day=short[:SHOWN_MAX])
    return day


def read_past_day(text: str, today: str) -> str:
    """Return a day that has begun. Raises `Invalid("day.form" | "presence.ahead")`."""
    day = read_day(text)
    if day > today:
        raise Invalid("presence.ahead", "This day has not come yet. Choose today or an earlier day.")
    return day


def read_minutes(begin: str, end: str) -> tuple[int, int]:
    """Return two times of a day as minutes, the second one later. Raises `Invalid("presence.time" | "presence.order")`.

    `24:00` is the end of the day.
    """
    from_min, to_min = _read_minute(begin), _read_minute(end)
    if from_min >= to_min:
        raise Invalid("presence.order", "The end must be later than the beginning.")
    return from_min, to_min


def _read_minute(text: str) -> int:
    short = clean_line(text[: SPARE * SHOWN_MAX])
    if short == DAY_END:
        return DAY_MIN
    if (match := _TIME.fullmatch(short)) is None:
        raise Invalid("presence.time", "Not a valid time: %(time)s. Write it as 07:30.", time=short[:SHOWN_MAX])
    return int(match[1]) * 60 + int(match[2])


def read_counter(number: int | None, counters: Collection[int]) -> int | None:
    """Return a counter of this hall, None for none. Raises `Invalid("counter.unknown")`."""
    if number is not None and number not in counters:
        raise Invalid("counter.unknown", "There is no counter %(counter)s.", counter=number)
    return number


def read_note_kind(kind: str) -> NoteKind:
    """Return what a note is for. Raises `Invalid("note.kind")`."""
    try:
        return NoteKind(kind)
    except ValueError:
        raise Invalid("note.kind", "Choose what the note is for: praise, training or correction.") from None


def read_correction_reason(code: str, codes: Collection[str]) -> str:
    """Return why hours are corrected: one of `codes`, or `other`. Raises `Invalid("presence.reason")`."""
    if code != OTHER_REASON and code not in codes:
        raise Invalid("presence.reason", "Choose one of the listed reasons for the correction.")
    return code
