"""What a single value of the settings file may be: a line of text, a code, hours, a date."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated
from zoneinfo import ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from motcua.catalogue.model import LETTERS
from motcua.desk.moment import named_day, zone
from motcua.devices.paper.layout import DEFAULT
from motcua.settings import rules
from motcua.typed.lines import clean_line, composed, has_breaks

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LATEST_CLOSING = 23 * 60 + 55
"""When a day has to end at the latest, in minutes after midnight, however long the hall is open."""
PLACES = ("{letter}", "{digits}", "{counter}", "{number}")
"""What a text may leave to be filled in."""

_CODE = re.compile(r"[a-z][a-z0-9]*([-_][a-z0-9]+)*")
_CODE_MAX = 40
_TIME = r"([01][0-9]|2[0-3]):[0-5][0-9]"
_HOURS = re.compile(rf"{_TIME}-({_TIME}|24:00)")
SPARE = 8
"""So much longer than allowed may a text be before it is cleaned."""


def minutes(text: str) -> int:
    """Return the minutes after midnight of `HH:MM`."""
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)


def clock(minute: int) -> str:
    """Return minutes after midnight as `HH:MM`."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def is_time(text: str) -> bool:
    """Say whether `text` is a time of day, `HH:MM`."""
    return re.fullmatch(_TIME, text) is not None


def session(text: str) -> tuple[int, int] | None:
    """Return begin and end of `HH:MM-HH:MM` in minutes after midnight, or None unless it is written so and ends after it begins."""
    if not _HOURS.fullmatch(text):
        return None
    start, end = (minutes(part) for part in text.split("-"))
    return (start, end) if start < end else None


def _line(least: int, most: int) -> Callable[[str], str]:
    """Return what cleans a text, and refuses one that is empty, too long or more than one line."""

    def clean(text: str) -> str:
        if len(text) > SPARE * most:
            raise PydanticCustomError("text_long", "too long", {"most": most})
        if has_breaks(text):
            raise PydanticCustomError("text_control", "control characters")
        line = clean_line(text)
        if len(line) < least:
            raise PydanticCustomError("text_blank", "empty")
        if len(line) > most:
            raise PydanticCustomError("text_long", "too long", {"most": most})
        return line

    return clean


def _placed(*known: str) -> Callable[[str], str]:
    """Return what refuses a text with a place that is not `known`."""

    def check(text: str) -> str:
        bare = re.sub("|".join(map(re.escape, known)), "", text)
        if odd := re.search(r"\{[^{}]*\}?|\}", bare):
            raise PydanticCustomError("text_place", "unknown place", {"found": odd.group(), "known": " ".join(known)})
        return text

    return check


def _layout(text: str) -> str:
    """Return a ticket's layout composed, without spaces at the ends of lines; empty for the usual one. What stands in it is in `checks`."""
    plain = composed(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\t", " "))
    lines = plain.split("\n")
    if has_breaks(text.replace("\r\n", " ").replace("\n", " ").replace("\t", " ")):
        raise PydanticCustomError("text_lines", "control characters")
    clean = "\n".join(line.rstrip() for line in lines).strip("\n")
    return "" if clean in {"", DEFAULT.strip("\n")} else clean + "\n"


def _code(text: str) -> str:
    if len(text) > _CODE_MAX or not _CODE.fullmatch(text):
        raise PydanticCustomError("code", "no code")
    return text


def _letter(text: str) -> str:
    if len(text) != 1 or text not in LETTERS:
        raise PydanticCustomError("letter", "no letter", {"letters": " ".join(LETTERS)})
    return text


def _hours(text: str) -> str:
    if session(text) is None:
        raise PydanticCustomError("hours_order" if _HOURS.fullmatch(text) else "hours", "no hours")
    return text


def _time(text: str) -> str:
    if not is_time(text):
        raise PydanticCustomError("time", "no time")
    return text


def _unquoted(value: object) -> object:
    """Return a date that TOML knows by itself as the text it was."""
    return value.isoformat() if isinstance(value, date) and not isinstance(value, datetime) else value


def _date(text: str) -> str:
    if named_day(text) is None:
        raise PydanticCustomError("date", "no date")
    return text


def _optional_date(text: str) -> str:
    return _date(text) if text else ""


def _host(text: str) -> str:
    if text and not re.fullmatch(r"[A-Za-z0-9.-]+|[0-9a-fA-F:]+", text):
        raise PydanticCustomError("host", "no host")
    return text


def _mail(text: str) -> str:
    if text and not re.fullmatch(r"[^@\s<>,;]+@[^@\s<>,;]+", text):
        raise PydanticCustomError("mail", "no mail address")
    return text


def _web(text: str) -> str:
    if text and not re.fullmatch(r"https?://[^\s/]+(/\S*)?", text):
        raise PydanticCustomError("web", "no web address")
    return text


def _base(text: str) -> str:
    try:
        return rules.read_base(text) if text else ""
    except rules.BadBaseError as error:
        raise PydanticCustomError("base", "no base address", {"why": error.code}) from None


def _timezone(text: str) -> str:
    try:
        zone(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise PydanticCustomError("timezone", "no time zone") from None
    return text


Name = Annotated[str, AfterValidator(_line(1, 80))]
Label = Annotated[str, AfterValidator(_line(0, 80))]
Line = Annotated[str, AfterValidator(_line(0, 200))]
Seat = Annotated[str, AfterValidator(_line(1, 40))]
Host = Annotated[str, AfterValidator(_line(0, 200)), AfterValidator(_host)]
Address = Annotated[str, AfterValidator(_line(0, 200)), AfterValidator(_mail)]
WebAddress = Annotated[str, AfterValidator(_line(0, 500)), AfterValidator(_web)]
BaseAddress = Annotated[str, AfterValidator(_line(0, 500)), AfterValidator(_base)]
Spoken = Annotated[str, AfterValidator(_line(1, 300)), AfterValidator(_placed(*PLACES))]
SpokenAtSeat = Annotated[str, AfterValidator(_line(1, 300)), AfterValidator(_placed(*PLACES, "{seat}"))]
Footer = Annotated[str, AfterValidator(_line(0, 300)), AfterValidator(_placed(*PLACES))]
Layout = Annotated[str, AfterValidator(_layout)]
Code = Annotated[str, AfterValidator(_code)]
Letter = Annotated[str, AfterValidator(_letter)]
Hours = Annotated[str, AfterValidator(_hours)]
Time = Annotated[str, AfterValidator(_time)]
Date = Annotated[str, BeforeValidator(_unquoted), AfterValidator(_date)]
OptionalDate = Annotated[str, BeforeValidator(_unquoted), AfterValidator(_optional_date)]
Zone = Annotated[str, AfterValidator(_timezone)]
Sessions = Annotated[list[Hours], Field(max_length=6)]
