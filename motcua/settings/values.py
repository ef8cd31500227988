"""What a single value of the settings may be, and how it stands in the file: a line of text, a code, hours, a date."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, ConfigDict, GetCoreSchemaHandler, PlainSerializer, Strict
from pydantic_core import CoreSchema, PydanticCustomError, PydanticKnownError, core_schema

from motcua.desk.moment import get_zone, parse_day
from motcua.devices.paper.layout import DEFAULT
from motcua.settings import base_address
from motcua.typed.lines import SPARE, clean_line, compose, has_breaks

STRICT = ConfigDict(extra="forbid", defer_build=True)
"""For every section: a key that is no setting is refused."""
Bilingual = tuple[str, str]
"""A text in Vietnamese and in English."""
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LATEST_CLOSING = 23 * 60 + 55
"""When a day has to end at the latest, in minutes after midnight, however long the hall is open."""
PLACES = ("{letter}", "{digits}", "{counter}", "{number}")
"""What a text may leave to be filled in."""

_CODE = re.compile(r"[a-z][a-z0-9]*([-_][a-z0-9]+)*")
_CODE_MAX = 40
_TIME = r"([01][0-9]|2[0-3]):[0-5][0-9]"
_HOURS = re.compile(rf"{_TIME}-({_TIME}|24:00)")


@dataclass(frozen=True)
class Session:
    """A stretch of opening hours in minutes after local midnight; `end` may be 1440."""

    start_min: int
    end_min: int


@dataclass(frozen=True)
class Choice:
    """One entry of a list people choose from: stable code, label."""

    code: str
    label: Bilingual


@dataclass(frozen=True)
class Written:
    """Says that a value stands in the file as another type or as a table, and how the one becomes the other.

    `form` is that type, or the types of the table's keys; a key in `known` may be left out there.
    """

    form: Any
    read: Callable[[Any], Any]
    write: Callable[[Any], Any]
    known: Mapping[str, Any] = field(default_factory=dict)

    def __get_pydantic_core_schema__(self, _source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return the schema of the form, with both ways."""
        plain = self._table(handler) if isinstance(self.form, dict) else handler.generate_schema(self.form)
        return core_schema.no_info_after_validator_function(
            self.read, plain, serialization=core_schema.plain_serializer_function_ser_schema(self.write)
        )

    def _table(self, handler: GetCoreSchemaHandler) -> CoreSchema:
        fields = {}
        for key, of_key in self.form.items():
            schema = handler.generate_schema(of_key)
            if key in self.known:
                schema = core_schema.with_default_schema(schema, default=self.known[key])
            fields[key] = core_schema.typed_dict_field(schema, required=key not in self.known)
        return core_schema.typed_dict_schema(fields, extra_behavior="forbid")


@dataclass(frozen=True)
class Count:
    """Refuses a list of fewer or more items before it looks at them: Pydantic counts only a tuple's good items."""

    least: int
    most: int

    def __call__(self, value: object) -> object:
        """Return the same value. Raises `PydanticKnownError("too_short" | "too_long")`."""
        if isinstance(value, list) and len(value) < self.least:
            raise PydanticKnownError(
                "too_short", {"field_type": "List", "min_length": self.least, "actual_length": len(value)}
            )
        if isinstance(value, list) and len(value) > self.most:
            raise PydanticKnownError(
                "too_long", {"field_type": "List", "max_length": self.most, "actual_length": len(value)}
            )
        return value


def bound_length(least: int, most: int) -> BeforeValidator:
    """Return the bounds of a list's length."""
    return BeforeValidator(Count(least, most))


def parse_minutes(text: str) -> int:
    """Return the minutes after midnight of `HH:MM`."""
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)


def write_clock(minute: int) -> str:
    """Return minutes after midnight as `HH:MM`."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def is_time(text: str) -> bool:
    """Say whether `text` is a time of day, `HH:MM`."""
    return re.fullmatch(_TIME, text) is not None


def parse_session(text: str) -> tuple[int, int] | None:
    """Return begin and end of `HH:MM-HH:MM` in minutes after midnight; None unless so written and in order."""
    if not _HOURS.fullmatch(text):
        return None
    start, end = (parse_minutes(part) for part in text.split("-"))
    return (start, end) if start < end else None


@dataclass(frozen=True)
class OneLine:
    """Cleans a text, and refuses one that is too short, too long or more than one line."""

    least: int
    most: int

    def __call__(self, text: str) -> str:
        """Return the clean text. Raises `PydanticCustomError("text_long" | "text_control" | "text_blank")`."""
        if len(text) > SPARE * self.most:
            raise PydanticCustomError("text_long", "too long", {"most": self.most})
        if has_breaks(text):
            raise PydanticCustomError("text_control", "control characters")
        line = clean_line(text)
        if len(line) < self.least:
            raise PydanticCustomError("text_blank", "empty")
        if len(line) > self.most:
            raise PydanticCustomError("text_long", "too long", {"most": self.most})
        return line


def _placed(*places: str) -> Callable[[str], str]:
    """Return what refuses a text with a place that is not one of `places`."""

    def check(text: str) -> str:
        bare = re.sub("|".join(map(re.escape, places)), "", text)
        if odd := re.search(r"\{[^{}]*\}?|\}", bare):
            raise PydanticCustomError("text_place", "unknown place", {"found": odd.group(), "known": " ".join(places)})
        return text

    return check


def _layout(text: str) -> str:
    """Return a ticket's layout composed, without spaces at the ends of lines; empty for the usual one.

    What stands in it is in `checks`.
    """
    plain = compose(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\t", " "))
    lines = plain.split("\n")
    if has_breaks(text.replace("\r\n", " ").replace("\n", " ").replace("\t", " ")):
        raise PydanticCustomError("text_lines", "control characters")
    clean = "\n".join(line.rstrip() for line in lines).strip("\n")
    return "" if clean in {"", DEFAULT.strip("\n")} else clean + "\n"


def _code(text: str) -> str:
    if len(text) > _CODE_MAX or not _CODE.fullmatch(text):
        raise PydanticCustomError("code", "no code")
    return text


def _session(text: str) -> Session:
    if (ends := parse_session(text)) is None:
        raise PydanticCustomError("hours_order" if _HOURS.fullmatch(text) else "hours", "no hours")
    return Session(*ends)


def write_session(hours: Session) -> str:
    """Return hours as `session` reads them."""
    return f"{write_clock(hours.start_min)}-{write_clock(hours.end_min)}"


def _time(text: str) -> str:
    if not is_time(text):
        raise PydanticCustomError("time", "no time")
    return text


def _unquoted(value: object) -> object:
    """Return a date that TOML knows by itself as the text it was."""
    return value.isoformat() if isinstance(value, date) and not isinstance(value, datetime) else value


def _date(text: str) -> str:
    if parse_day(text) is None:
        raise PydanticCustomError("date", "no date")
    return text


def _optional_date(text: str) -> str:
    return _date(text) if text else ""


def _host(text: str) -> str:
    if text and not re.fullmatch(r"[A-Za-z0-9.-]+|[0-9a-fA-F:]+", text):
        raise PydanticCustomError("host", "no host")
    return text


def require_mail(text: str) -> str:
    """Return an e-mail address, or empty text. Raises `PydanticCustomError("mail")`."""
    if text and not re.fullmatch(r"[^@\s<>,;]+@[^@\s<>,;]+", text):
        raise PydanticCustomError("mail", "no mail address")
    return text


def _web(text: str) -> str:
    if text and not re.fullmatch(r"https?://[^\s/]+(/\S*)?", text):
        raise PydanticCustomError("web", "no web address")
    return text


def _base(text: str) -> str:
    try:
        return base_address.read_base(text) if text else ""
    except base_address.BadBaseError as error:
        raise PydanticCustomError("base", "no base address", {"why": error.code}) from None


def _timezone(text: str) -> str:
    try:
        get_zone(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise PydanticCustomError("timezone", "no time zone") from None
    return text


Name = Annotated[str, Strict(), AfterValidator(OneLine(1, 80))]
Line = Annotated[str, Strict(), AfterValidator(OneLine(0, 200))]
Seat = Annotated[str, Strict(), AfterValidator(OneLine(1, 40))]
Host = Annotated[str, Strict(), AfterValidator(OneLine(0, 200)), AfterValidator(_host)]
Address = Annotated[str, Strict(), AfterValidator(OneLine(0, 200)), AfterValidator(require_mail)]
WebAddress = Annotated[str, Strict(), AfterValidator(OneLine(0, 500)), AfterValidator(_web)]
BaseAddress = Annotated[
    str, Strict(), AfterValidator(OneLine(0, 500)), AfterValidator(_base), PlainSerializer(base_address.find_base)
]
"""An address from before there were rules for it is not written into files."""
Spoken = Annotated[str, Strict(), AfterValidator(OneLine(1, 300)), AfterValidator(_placed(*PLACES))]
SpokenAtSeat = Annotated[str, Strict(), AfterValidator(OneLine(1, 300)), AfterValidator(_placed(*PLACES, "{seat}"))]
Footer = Annotated[str, Strict(), AfterValidator(OneLine(0, 300)), AfterValidator(_placed(*PLACES))]
Layout = Annotated[str, Strict(), AfterValidator(_layout)]
Code = Annotated[str, Strict(), AfterValidator(_code)]
Whole = Annotated[int, Strict()]
Flag = Annotated[bool, Strict()]
Hours = Annotated[Session, Written(Annotated[str, Strict()], _session, write_session)]
Minute = Annotated[int, Written(Annotated[str, Strict(), AfterValidator(_time)], parse_minutes, write_clock)]
"""A minute of the day, `HH:MM` in the file."""
Time = Annotated[str, Strict(), AfterValidator(_time)]
Date = Annotated[str, Strict(), BeforeValidator(_unquoted), AfterValidator(_date)]
OptionalDate = Annotated[str, Strict(), BeforeValidator(_unquoted), AfterValidator(_optional_date)]
Zone = Annotated[str, Strict(), AfterValidator(_timezone)]
Sessions = Annotated[tuple[Hours, ...], bound_length(0, 6)]


def write_in_both(text: Any, default: Bilingual | None = None) -> Written:
    """Return how a text in both languages stands in the file; a language that is left out there has its `default`."""
    usual_texts = dict(zip(("vi", "en"), default, strict=True)) if default else {}
    return Written(
        {"vi": text, "en": text},
        lambda pair: (pair["vi"], pair["en"]),
        lambda pair: {"vi": pair[0], "en": pair[1]},
        usual_texts,
    )


Choices = Annotated[
    tuple[
        Annotated[
            Choice,
            Written(
                {"code": Code, "vi": Name, "en": Name},
                lambda table: Choice(table["code"], (table["vi"], table["en"])),
                lambda choice: {"code": choice.code, "vi": choice.label[0], "en": choice.label[1]},
            ),
        ],
        ...,
    ],
    bound_length(0, 30),
]
