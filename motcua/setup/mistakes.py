"""What is wrong in a settings file, each mistake with its place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic_core import ErrorDetails

from motcua.desk.errors import Invalid
from motcua.settings.base_address import BASE_MAX_BYTES

SHOWN = 40
"""How many characters of a wrong value a mistake repeats."""


def mark(message: str) -> str:
    """Mark `message` for translation where it is not yet said."""
    return message


BASES = {
    "scheme": mark("The address for phones must begin with http:// or https://, unlike “%(value)s”."),
    "secret": mark("The address for phones must not contain a user name or a password."),
    "path": mark("The address for phones must end after the host name or the port. Remove what follows it in “%(value)s”."),
    "host": mark("“%(value)s” is not a valid host. Write a name like motcua.example.vn or an address like 192.168.1.10."),
    "port": mark("The port of the address for phones must be a number from 1 to 65535."),
    "own": mark("“%(value)s” leads each phone to itself. Write the address of this computer in the network."),
    "long": mark(
        "The address for phones must have at most %(most)s characters, so that the code on a ticket stays small. Use a shorter name."
    ),
}
"""Why a text is no address for phones, by the code of `settings.base_address.BadBaseError`."""


@dataclass(frozen=True)
class Mistake:
    """Something wrong at `place`, e.g. `services[3].group` (counted from 0); `params` fill the English `message`."""

    place: str
    code: str
    message: str
    params: Mapping[str, object]

    def __str__(self) -> str:
        """Return place and English sentence."""
        said = self.message % self.params if self.params else self.message
        return f"{self.place}: {said}" if self.place else said


class Mistakes(Invalid):
    """A document cannot be used; `found` names everything that is wrong in it, in the document's order."""

    def __init__(self, code: str, message: str, found: Sequence[Mistake]) -> None:
        super().__init__(code, message, count=len(found), first=found[0].place)
        self.found = list(found)

    def __str__(self) -> str:
        """Return the mistakes in English, one a line."""
        return "\n".join(str(item) for item in self.found)


def mistake(place: str, code: str, message: str, /, **params: object) -> Mistake:
    """Return a mistake. `message` is an English sentence with `%(name)s` places, found by the extraction of texts."""
    return Mistake(place, code, message, params)


def place(*parts: str | int) -> str:
    """Return how a place is written: `place("services", 3, "group")` is `services[3].group`."""
    out = ""
    for part in parts:
        out += f"[{part}]" if isinstance(part, int) else f".{shown(part)}" if out else shown(part)
    return out


def shown(value: object) -> str:
    """Return a wrong value as a mistake repeats it: not too long, and fit for UTF-8."""
    text = str(value).encode(errors="replace").decode()
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def of_schema(error: ErrorDetails) -> Mistake:  # noqa: PLR0911, PLR0912 -- a table, one line a kind
    """Return our mistake for one that the schema found."""
    where, value, more = place(*error["loc"]), shown(error["input"]), error.get("ctx", {})
    match error["type"]:
        case "missing":
            return mistake(where, "value.missing", "This is missing.")
        case "extra_forbidden" | "unexpected_keyword_argument":
            return mistake(where, "value.unknown", "There is no such setting: %(name)s.", name=shown(error["loc"][-1]))
        case "string_type" | "string_unicode":
            return mistake(where, "value.text", 'A text in quotation marks is needed, like "…".')
        case "int_type":
            return mistake(where, "value.number", "A whole number without quotation marks is needed.")
        case "bool_type":
            return mistake(where, "value.flag", "Write true or false here, without quotation marks.")
        case "list_type" | "tuple_type":
            return mistake(where, "value.list", "A list in square brackets is needed, like [ … ].")
        case "model_type" | "dict_type" | "dataclass_type":
            return mistake(where, "value.table", "A group of settings is needed here, not a single value.")
        case "greater_than_equal":
            return mistake(where, "value.small", "The smallest number allowed here is %(least)s.", least=more["ge"])
        case "less_than_equal":
            return mistake(where, "value.large", "The largest number allowed here is %(most)s.", most=more["le"])
        case "too_short":
            return mistake(where, "list.short", "At least %(least)s must be listed.", least=more["min_length"])
        case "too_long":
            return mistake(where, "list.long", "At most %(most)s can be listed.", most=more["max_length"])
        case "literal_error":
            return mistake(where, "value.choice", "%(value)s is not one of: %(choices)s.", value=value, choices=more["expected"])
        case kind:
            return _of_form(where, kind, value, more)


def _of_form(where: str, kind: str, value: str, more: Mapping[str, Any]) -> Mistake:  # noqa: PLR0911, PLR0912 -- as above
    match kind:
        case "text_blank":
            return mistake(where, "text.blank", "This text is empty.")
        case "text_long":
            return mistake(where, "text.long", "This text has more than %(most)s characters.", most=more["most"])
        case "text_control":
            return mistake(where, "text.control", "This text must stay on one line, without control characters.")
        case "text_lines":
            return mistake(where, "text.control", "This text must not have control characters.")
        case "text_place":
            return mistake(
                where, "text.place", "%(found)s is not filled in; only these are: %(known)s.", found=more["found"], known=more["known"]
            )
        case "code":
            return mistake(
                where,
                "code.form",
                "A code has the letters a to z, digits, - and _, and begins with a letter; not “%(value)s”.",
                value=value,
            )
        case "letter":
            return mistake(
                where,
                "letter.form",
                "“%(value)s” cannot stand before a number; use one of %(letters)s.",
                value=value,
                letters=more["letters"],
            )
        case "hours":
            return mistake(where, "hours.form", 'Hours are written like "07:30-11:30"; not “%(value)s”.', value=value)
        case "hours_order":
            return mistake(where, "hours.order", "“%(value)s” must end after it begins.", value=value)
        case "time":
            return mistake(where, "time.form", 'A time is written like "23:55"; not “%(value)s”.', value=value)
        case "date":
            return mistake(where, "date.form", 'A date is written like "2026-01-31" and must exist; not “%(value)s”.', value=value)
        case "host":
            return mistake(where, "host.form", "“%(value)s” is not a valid host name.", value=value)
        case "mail":
            return mistake(where, "mail.form", "“%(value)s” is not a valid e-mail address.", value=value)
        case "web":
            return mistake(where, "web.form", "A web address begins with http:// or https://; not “%(value)s”.", value=value)
        case "base":
            return mistake(where, f"base.{more['why']}", BASES[more["why"]], value=value, most=BASE_MAX_BYTES)
        case "timezone":
            return mistake(where, "timezone.unknown", "“%(value)s” is not a known time zone.", value=value)
        case _:
            return mistake(where, "value.wrong", "This value is not valid.")
