"""Writes the section of `docs/API.md` on sockets, from the list of events and the access table."""

from collections.abc import Callable, Iterator, Mapping
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    Literal,
    NotRequired,
    Required,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

from pydantic.fields import FieldInfo

from motcua.staff.model import Role
from motcua.web.access import SOCKETS
from motcua.web.event_list import EventList, EventPayload, ReceivedEvent, SentEvent

HEAD = """\
## Socket.IO

Programs pass `auth: {"token": TOKEN}` when they connect; pages are known by their cookie. `/counter`
and `/pad` also take `counter`, the number of the counter. `/follow` takes the ticket's code as `token`.
A refused connection gets `connect_error` with `code` and `detail`.

The server sends `snapshot` with the whole state, then `change` with the fields that changed and
consecutive `revision`s. A client that sees a gap sends `sync` and gets a new `snapshot`.

The server pings each connection every two seconds and ends it if no answer comes for two more. A
program for phones may ask for fewer by `&pings=rare` in the address of its WebSocket: then both times are six
seconds, as long as only `/follow` is open on it. The connection's first packet names the times.

The payload of an event is one JSON object. Types are exact. Fields that are not listed here are
ignored. Each event of a client is acknowledged. On success that is `{"ok": true, …}` with the fields
of the column “acknowledgement”, else `{"ok": false, "code", "detail"}`:

| code | means |
|---|---|
| `event.shape` | the payload is not an object, or the fields that `detail` names are missing or not valid |
| `key.invalid` | the `key` is not a text of 1 to 255 printable characters |
| `key.reused` | the `key` was already used for something else |
| `auth.required` | the token or the sign-in is not valid any more |
| `http.500` | something went wrong; nothing was changed |

An action may refuse with its own code, as in the answers of `/api/v1`.

`key` is the idempotency key: the same key with the same content gives the same acknowledgement and
changes nothing. A field marked `?` may be missing or null.
"""
NOTHING = "none"
WORDS: dict[object, str] = {str: "text", int: "number", float: "decimal", bool: "yes/no", dict: "object"}
TO_SERVER, TO_CLIENT = "to the server", "to the client"


def render_sockets(events: EventList, who: Callable[[frozenset[Role] | None], str]) -> Iterator[str]:
    """Yield the section's lines. `who` names the roles that may connect."""
    yield HEAD
    for namespace, roles in SOCKETS.items():
        yield f"### `{namespace}`"
        yield ""
        yield f"Who may connect: {who(roles)}."
        yield ""
        yield "| event | direction | payload | acknowledgement | meaning |"
        yield "|---|---|---|---|---|"
        yield from (_received(event) for event in events.received if event.namespace == namespace)
        yield from (_sent(event) for event in events.sent if event.namespace == namespace)
        yield ""


def _received(event: ReceivedEvent) -> str:
    payload = _payload(event.payload) if event.payload is not None else NOTHING
    answer = ["`ok` yes/no", *(_typed_fields(event.acknowledgement) if event.acknowledgement is not None else [])]
    return _row(event.name, TO_SERVER, payload, " · ".join(answer), event.meaning)


def _sent(event: SentEvent) -> str:
    fields = " · ".join(_typed_fields(event.payload)) or NOTHING
    return _row(event.name, TO_CLIENT, fields, "`ok` yes/no · …" if event.is_acknowledged else NOTHING, event.meaning)


def _row(name: str, direction: str, *cells: str) -> str:
    return (
        " | ".join([f"| `{name}`", direction, *(" ".join(cell.split()).replace("|", "\\|") for cell in cells)]) + " |"
    )


def _payload(payload: type[EventPayload]) -> str:
    """Return the fields of a payload; the idempotency key comes last."""
    fields = sorted(payload.model_fields.items(), key=lambda item: item[0] == "key")
    return " · ".join(_model_field(name, field) for name, field in fields)


def _model_field(name: str, field: FieldInfo) -> str:
    word = "" if field.annotation is Any else _bounded(field.annotation, _limits(field.metadata))
    optional = "" if field.is_required() else "?"
    meaning = field.description or ""
    if not word:
        return f"`{name}`{optional} {meaning}".rstrip()
    return f"`{name}` {word}{optional}" + (f" ({meaning})" if meaning else "")


def _typed_fields(shape: type) -> list[str]:
    hints: Mapping[str, object] = get_type_hints(shape, include_extras=True)
    required: frozenset[str] = shape.__required_keys__  # type: ignore[attr-defined]
    return [_typed_field(name, hint, is_required=name in required) for name, hint in hints.items()]


def _typed_field(name: str, hint: object, *, is_required: bool) -> str:
    if get_origin(hint) in {NotRequired, Required}:
        hint = get_args(hint)[0]
    is_optional = not is_required or NoneType in get_args(hint)
    return f"`{name}` {_bounded(hint, {})}{'?' if is_optional else ''}"


def _bounded(annotation: object, limits: Mapping[str, object]) -> str:
    """Return how a type reads: `number 1 to 999`, `0, 60 or 75`, `list of {name, detail}`."""
    if get_origin(annotation) is Annotated:
        base, *metadata = get_args(annotation)
        inner = [item for part in metadata for item in (part.metadata if isinstance(part, FieldInfo) else [part])]
        return _bounded(base, {**limits, **_limits(inner)})
    if get_origin(annotation) in {Union, UnionType}:
        return " or ".join(_bounded(part, limits) for part in get_args(annotation) if part is not NoneType)
    word = _word(annotation)
    if "ge" in limits and "le" in limits:
        return f"{word} {limits['ge']} to {limits['le']}"
    return f"{word} of at most {limits['max_length']} characters" if "max_length" in limits else word


def _word(annotation: object) -> str:
    """Return how a type without bounds reads. Raises `KeyError` for a type without a word."""
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return f"{', '.join(str(value) for value in parts[:-1])} or {parts[-1]}"
    if origin is list:
        return f"list of {_bounded(parts[0], {})}"
    if is_typeddict(annotation):
        return "{" + ", ".join(get_type_hints(annotation)) + "}"
    return WORDS[origin or annotation]


def _limits(metadata: list[Any]) -> dict[str, object]:
    """Return the bounds that stand in a field's metadata."""
    names = ("ge", "le", "max_length")
    return {name: getattr(item, name) for item in metadata for name in names if getattr(item, name, None) is not None}
