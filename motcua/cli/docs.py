"""`motcua docs`: writes or checks the generated pages of `docs/` and the translations.

For whoever works on the program.
"""

import argparse
import importlib
import pkgutil
import re
import sys
import tempfile
from collections.abc import Iterator
from inspect import get_annotations, getdoc, getsourcelines
from pathlib import Path

from flask_openapi3.openapi import OpenAPI

import motcua
from motcua.api.described import DescribedLater
from motcua.cli import messages
from motcua.cli.docs_sockets import render_sockets
from motcua.desk import Event, Json, Refused
from motcua.server import build
from motcua.setup.rooms import open_desk
from motcua.staff.model import Role
from motcua.web import bounds
from motcua.web.access import CALLS
from motcua.web.event_list import get_event_list
from motcua.web.sockets import EVENT_VALUES

ROOT = Path(motcua.__file__).parents[1]
WRITTEN = "<!-- Written by `motcua docs --write`; `make docs` checks it. -->"
TYPES = {
    "str": "text",
    "int": "number",
    "bool": "yes/no",
    "str | None": "text?",
    "int | None": "number?",
    "Json": "any",
    "list[int]": "numbers",
    "list[int] | None": "numbers?",
    "list[str]": "texts",
    "list[Json]": "list",
    "dict[str, Json]": "object",
    "dict[str, Json] | None": "object?",
}
EVENTS_HEAD = """\
# Events

Everything that changes at the desk is one row of the journal, and each row is one of the events below. `motcua
journal export`
writes the rows, one JSON object a line, with nine fields:

| field | what it is |
|---|---|
| `seq` | number from 1, without gaps |
| `at` | UTC, milliseconds, `Z`; never earlier than the row before, but at a `clock.stepped` |
| `day` | the desk's own calendar day |
| `actor` | who did it: `officer:7`, `counter:3`, `kiosk:token2`, `citizen`, `desk` (by itself), `command` (terminal) |
| `action` | the event's kind |
| `subject` | what it happened to |
| `data` | the event's fields |
| `prev` | the hash of the row before; 64 zeros before the first |
| `hash` | SHA-256 (hex) of `prev`, a newline and the canonical JSON (sorted keys, UTF-8) of the first seven fields |

Fields are texts, whole numbers, yes/no, nothing (`?`: may be null), lists and objects of these; never a fraction,
never a name or a
citizen's own words. A citizen's words are kept apart and can be erased; the event holds a salted commitment to them
at most.

Whatever was done at a device has one field more, `via` object: `agent`, the credential of the device program that
brought it, and
`device`, the device's name there (null where the program named none). The actor stays who did it: the officer at the
counter, or the
program itself for a citizen's rating.
"""
API_HEAD = """\
# Calls

What programs, devices and pages may ask under `/api/v1`, and who may. The whole description, with every field, is
served by the
desk itself at `/api/v1/openapi.json` (OpenAPI 3.1). Programs send `Authorization: Bearer TOKEN` (`motcua token add`
makes one). A
POST may carry an `Idempotency-Key`: the same key with the same content gives the same answer and changes nothing.
Refusals are
`application/problem+json` with a stable `code`.
"""
BOUNDS_HEAD = """\
## Bounds

What a request carries is bounded before any work is done for it. More than a door takes is answered `413`
(`http.413`, `json.many`),
JSON that is nested more than {depth} deep or has a number of more than {digits} digits `400` (`json.broken`), a
longer query `422`
(`query.large`), longer headers `431`. Values are the entries of lists and objects.
A socket's message has at most 64 KiB and {events} values.
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "--check", action="store_true", help="exit 1 when a page is stale or a sentence lacks its Vietnamese"
    )
    what.add_argument("--write", action="store_true", help="write the pages")
    what.add_argument(
        "--messages", action="store_true", help="collect all sentences into motcua/translations and compile them"
    )


def main(options: argparse.Namespace) -> int:
    """Check or write."""
    if not (ROOT / "docs").is_dir():
        raise Refused("docs.missing", "This command needs the project's folder, not an installed program.")
    if options.write:
        for path, text in render_pages().items():
            path.write_text(text, encoding="utf-8", newline="\n")
        return 0
    if options.messages:
        messages.update_catalogue(ROOT)
    wrong = [f"{flaw.sentence!r} {flaw.problem}" for flaw in messages.list_flaws(ROOT)] + (
        [] if options.messages else list_stale()
    )
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


def render_pages() -> dict[Path, str]:
    """Return each generated page's file and text."""
    return {ROOT / "docs" / "EVENTS.md": render_events(), ROOT / "docs" / "API.md": render_api()}


def list_stale() -> list[str]:
    """Return which generated pages say something else than the code."""
    return [
        f"{path.relative_to(ROOT)} is stale; run: motcua docs --write"
        for path, text in render_pages().items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]


def list_events() -> list[type[Event]]:
    """Return every event that the journal can hold, by room and in the order of its file."""
    for module in pkgutil.walk_packages(motcua.__path__, "motcua."):
        if "events" in module.name.split("."):
            importlib.import_module(module.name)
    importlib.import_module("motcua.desk.jobs")
    importlib.import_module("motcua.desk.steps")
    event_types = [
        event for event in _list_subclasses(Event) if "kind" in vars(event) and event.__module__.startswith("motcua.")
    ]
    return sorted(event_types, key=lambda event: (event.__module__, getsourcelines(event)[1]))


def _list_subclasses(event: type[Event]) -> Iterator[type[Event]]:
    for subclass in event.__subclasses__():
        yield subclass
        yield from _list_subclasses(subclass)


def get_field_types(event: type[Event]) -> dict[str, str]:
    """Return an event's fields and what each holds. Raises `KeyError` for a type that the journal cannot hold."""
    written: dict[str, object] = {}
    for base in reversed(event.__mro__):
        written |= get_annotations(base)
    return {name: TYPES[_format_type(written[name])] for name in event.__struct_fields__}


def _format_type(annotation: object) -> str:
    text = annotation.__name__ if annotation in {str, int, bool} and isinstance(annotation, type) else str(annotation)
    return text.replace(str(Json), "Json").replace("'", "")


def render_events() -> str:
    """Return `docs/EVENTS.md`."""
    out = [WRITTEN, EVENTS_HEAD]
    room = ""
    for event in list_events():
        if event.__module__.split(".")[1] != room:
            room_before, room = room, event.__module__.split(".")[1]
            out += [
                *([""] if room_before else []),
                f"## {room}",
                "",
                "| kind | subject | fields | what happened |",
                "|---|---|---|---|",
            ]
        subject = re.findall(r"`([^`]+)`", getdoc(event.subject) or "")
        fields = " · ".join(f"`{name}` {kind}" for name, kind in get_field_types(event).items())
        out.append(f"| `{event.kind}` | `{subject[0]}` | {fields} | {_flatten(getdoc(event))} |")
    return "\n".join(out) + "\n"


def _flatten(text: str | None) -> str:
    return " ".join((text or "").split()).replace("|", "\\|")


def _format_roles(roles: frozenset[Role] | None) -> str:
    return "everyone" if roles is None else " ".join(role.value for role in Role if role in roles)


def render_api() -> str:
    """Return `docs/API.md`."""
    with tempfile.TemporaryDirectory() as folder:
        desk = open_desk(Path(folder))
        try:
            app = build(desk).app
            socket_events = get_event_list(app)
            calls = app.blueprints["api"]
            assert isinstance(app, OpenAPI)  # noqa: S101 -- build makes one
            assert isinstance(calls, DescribedLater)  # noqa: S101 -- and this in it
            described = calls.describe(app)
            rules = {
                (method, re.sub(r"<(?:[^<>]*:)?(\w+)>", r"{\1}", rule.rule)): rule.endpoint
                for rule in app.url_map.iter_rules()
                for method in rule.methods or ()
            }
        finally:
            desk.stop()
    rows = []
    for path, item in described["paths"].items():
        for method, operation in item.items():
            who = _format_roles(CALLS[rules[method.upper(), path]])
            answers = ", ".join(status for status in sorted(operation["responses"]) if status.startswith("2"))
            rows.append(
                f"| `{method.upper()}` | `{path.removeprefix('/api/v1')}` | "
                f"{_flatten(operation.get('summary'))} | {answers} | {who} |"
            )
    head = ["| | path | does | answers | who |", "|---|---|---|---|---|"]
    bounds_head = BOUNDS_HEAD.format(depth=bounds.DEPTH_MAX, digits=bounds.DIGITS_MAX, events=EVENT_VALUES)
    sockets = render_sockets(socket_events, _format_roles)
    return "\n".join([WRITTEN, API_HEAD, *head, *rows, "", bounds_head, *_list_bounds(), "", *sockets]).rstrip() + "\n"


def _list_bounds() -> list[str]:
    """Return the table of what each door takes, the usual first."""
    named = {"every other door": bounds.USUAL, **{f"`{door}`": bound for door, bound in bounds.BOUNDS.items()}}
    rows = [
        f"| {door} | {bound.body_bytes // bounds.KIB} | {bound.values} | {bound.fields} | {bound.query_bytes} "
        f"| {bound.parts} |"
        for door, bound in named.items()
    ]
    return [
        "| door | body, KiB | values | fields of a form | query, bytes | parts of a query |",
        "|---|---|---|---|---|---|",
        *rows,
    ]
