"""What is wrong in a settings file, each mistake with its place."""

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct
from pydantic_core import ErrorDetails

from motcua.desk.errors import Invalid
from motcua.desk.messages import mark
from motcua.settings.base_address import BASE_MAX_BYTES

SHOWN = 40
"""How many characters of a wrong value a mistake repeats."""


BASES = {
    "scheme": mark("The address for phones must begin with http:// or https://, unlike “%(value)s”."),
    "secret": mark("The address for phones must not contain a user name or a password."),
    "path": mark(
        "The address for phones must end after the host name or the port. Remove what follows it in “%(value)s”."
    ),
    "host": mark(
        "“%(value)s” is not a valid host. Write a name like motcua.example.vn or an address like 192.168.1.10."
    ),
    "port": mark("The port of the address for phones must be a number from 1 to 65535."),
    "own": mark("“%(value)s” leads each phone to itself. Write the address of this computer in the network."),
    "long": mark(
        "The address for phones must have at most %(most)s characters, so that the code on a ticket stays "
        "small. Use a shorter name."
    ),
}
"""Why a text is no address for phones, by the code of `settings.base_address.BadBaseError`."""


class Mistake(Struct, frozen=True):
    """Something wrong at `place`, e.g. `services[3].group` (counted from 0); `params` fill the English `message`."""

    place: str
    code: str
    message: str
    params: Mapping[str, object]

    def __str__(self) -> str:
        """Return place and English sentence."""
        sentence = self.message % self.params if self.params else self.message
        return f"{self.place}: {sentence}" if self.place else sentence


def get_part(place: str) -> str:
    """Return the part of the file in which a place is: `services` of `services[3].group`."""
    return re.split(r"[.\[]", place, maxsplit=1)[0]


class Mistakes(Invalid):
    """A document cannot be used; `mistakes` names everything that is wrong in it, in the document's order."""

    def __init__(self, code: str, message: str, mistakes: Sequence[Mistake]) -> None:
        super().__init__(code, message, count=len(mistakes), first=mistakes[0].place)
        self.mistakes = list(mistakes)

    def __str__(self) -> str:
        """Return the mistakes in English, one a line."""
        return "\n".join(str(item) for item in self.mistakes)


def make_mistake(place: str, code: str, message: str, /, **params: object) -> Mistake:
    """Return a mistake. `message` is an English sentence with `%(name)s` places, found by the extraction of texts."""
    return Mistake(place, code, message, params)


def write_place(*parts: str | int) -> str:
    """Return how a place is written: `write_place("services", 3, "group")` is `services[3].group`."""
    out = ""
    for part in parts:
        out += f"[{part}]" if isinstance(part, int) else f".{shorten_value(part)}" if out else shorten_value(part)
    return out


def shorten_value(value: object) -> str:
    """Return a wrong value as a mistake repeats it: not too long, and fit for UTF-8."""
    text = str(value).encode(errors="replace").decode()
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


_KINDS = {
    "missing": ("value.missing", mark("This is missing.")),
    "extra_forbidden": ("value.unknown", mark("There is no such setting: %(name)s.")),
    "string_type": ("value.text", mark('A text in quotation marks is needed, like "…".')),
    "int_type": ("value.number", mark("A whole number without quotation marks is needed.")),
    "bool_type": ("value.flag", mark("Write true or false here, without quotation marks.")),
    "list_type": ("value.list", mark("A list in square brackets is needed, like [ … ].")),
    "dict_type": ("value.table", mark("A group of settings is needed here, not a single value.")),
    "greater_than_equal": ("value.small", mark("The smallest number allowed here is %(least)s.")),
    "less_than_equal": ("value.large", mark("The largest number allowed here is %(most)s.")),
    "too_short": ("list.short", mark("At least %(least)s must be listed.")),
    "too_long": ("list.long", mark("At most %(most)s can be listed.")),
    "literal_error": ("value.choice", mark("%(value)s is not one of: %(choices)s.")),
    "text_blank": ("text.blank", mark("This text is empty.")),
    "text_long": ("text.long", mark("This text has more than %(most)s characters.")),
    "text_control": ("text.control", mark("This text must stay on one line, without control characters.")),
    "text_lines": ("text.control", mark("This text must not have control characters.")),
    "text_place": ("text.place", mark("%(found)s is not a valid place. Valid places: %(known)s.")),
    "code": (
        "code.form",
        mark("A code must have only the letters a to z, digits, - and _, and begin with a letter, not “%(value)s”."),
    ),
    "procedure_code": (
        "procedure.code",
        mark("“%(value)s” is not a procedure code. Write letters, digits, dots and dashes, like 2.000815."),
    ),
    "letter": ("letter.form", mark("“%(value)s” cannot stand before a number; use one of %(letters)s.")),
    "hours": ("hours.form", mark('Hours are written like "07:30-11:30"; not “%(value)s”.')),
    "hours_order": ("hours.order", mark("“%(value)s” must end after it begins.")),
    "time": ("time.form", mark('A time is written like "23:55"; not “%(value)s”.')),
    "decimal": (
        "decimal.form",
        mark('A decimal number with at most two places is written like "2.52"; not “%(value)s”.'),
    ),
    "date": ("date.form", mark('A date is written like "2026-01-31" and must exist; not “%(value)s”.')),
    "host": ("host.form", mark("“%(value)s” is not a valid host name.")),
    "mail": ("mail.form", mark("“%(value)s” is not a valid e-mail address.")),
    "web": ("web.form", mark("A web address must begin with http:// or https://, not “%(value)s”.")),
    "unit_code": ("unit.code", mark("The unit's code is written like 000.25.01.H17, not “%(value)s”.")),
    "series": ("series.form", mark("Use one to eight capital letters and digits, a letter first, not “%(value)s”.")),
    "bank": ("fee.bank", mark("A bank's number (BIN) has six digits, for example 970415.")),
    "account": ("fee.account", mark("An account has at most 19 letters or digits, not “%(value)s”.")),
    "header": ("fee.header", mark("A header is written like X-Signature, not “%(value)s”.")),
    "json_path": ("fee.place", mark("A place is written like data.amount, not “%(value)s”.")),
    "timezone": ("timezone.unknown", mark("“%(value)s” is not a known time zone.")),
}
"""What the schema finds, by its kind of error: our code and sentence."""
_SAME = {
    "unexpected_keyword_argument": "extra_forbidden",
    "string_unicode": "string_type",
    "enum": "literal_error",
    "tuple_type": "list_type",
    "model_type": "dict_type",
    "dataclass_type": "dict_type",
}
_OTHER = ("value.wrong", mark("This value is not valid."))
_BOUNDS = {"ge": "least", "min_length": "least", "le": "most", "max_length": "most", "expected": "choices"}
_PARAM = re.compile(r"%\((\w+)\)s")


def translate_schema_mistake(error: ErrorDetails) -> Mistake:
    """Return our mistake for one that the schema found."""
    where, value, kind = write_place(*error["loc"]), shorten_value(error["input"]), error["type"]
    more = error.get("ctx", {})
    if kind == "base":
        return make_mistake(where, f"base.{more['why']}", BASES[more["why"]], value=value, most=BASE_MAX_BYTES)
    code, message = _KINDS.get(_SAME.get(kind, kind), _OTHER)
    values = {
        "value": value,
        "name": shorten_value((error["loc"] or ("",))[-1]),
        **{_BOUNDS.get(key, key): bound for key, bound in more.items()},
    }
    return Mistake(where, code, message, {name: values[name] for name in _PARAM.findall(message)})
