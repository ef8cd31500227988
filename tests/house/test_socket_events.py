"""Socket events: each one is registered in one place, typed, acknowledged and described in the API page."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_type_hints

import pytest

import motcua
from motcua.desk import Desk
from motcua.server import build
from motcua.setup.rooms import open_desk
from motcua.web.access import SOCKETS
from motcua.web.event_list import EventList, EventPayload, ReceivedEvent, SentEvent, get_event_list
from motcua.web.site import Site
from motcua.web.socket_events import EventRequest, on, sends
from tests.house.sources import list_modules, nodes_of, text_of

MOTCUA = Path(motcua.__file__).parent
API_PAGE = MOTCUA.parent / "docs" / "API.md"
OF_THE_LIBRARY = {"connect", "disconnect"}
PLUMBING = {"web/socket_events.py", "web/sockets.py", "server.py"}
"""The only files of the server that speak to the socket library."""
CLIENTS = ("agent/", "demo/")


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    desk: Desk = open_desk(tmp_path)
    yield build(desk)
    desk.stop()


@pytest.fixture
def events(site: Site) -> EventList:
    return get_event_list(site.app)


def calls(path: Path, *names: str) -> list[ast.Call]:
    nodes = [node for node in nodes_of(path) if isinstance(node, ast.Call)]
    return [node for node in nodes if isinstance(node.func, ast.Attribute) and node.func.attr in names]


def server_files() -> list[tuple[str, Path]]:
    paths = [(path.relative_to(MOTCUA).as_posix(), path) for path in list_modules()]
    return [(name, path) for name, path in paths if name not in PLUMBING and not name.startswith(CLIENTS)]


def test_every_event_that_the_server_listens_to_is_registered(site: Site, events: EventList) -> None:
    socketio: Any = site.socketio
    handlers_of: dict[str, dict[str, object]] = socketio.server.handlers
    handled = {
        (namespace, name) for namespace, handlers in handlers_of.items() for name in {*handlers} - OF_THE_LIBRARY
    }
    assert handled == {(event.namespace, event.name) for event in events.received}
    assert {namespace for namespace, _name in handled} == set(SOCKETS)


def test_no_room_speaks_to_the_socket_library_beside_the_register() -> None:
    past: list[str] = []
    for name, path in server_files():
        if "socketio" not in text_of(path):
            continue
        for node in calls(path, "on_event", "emit", "call"):
            receiver = ast.unparse(node.func)
            if "socketio" in receiver or "client" in receiver:
                past.append(f"{name}:{node.lineno} {receiver}")
    assert past == []


def test_every_payload_and_acknowledgement_has_a_shape_and_every_event_a_meaning(events: EventList) -> None:
    assert [event for event in events.received if event.payload is None] == [
        ReceivedEvent(namespace, "sync", "Ask for the whole state: a revision is missing.", None, None)
        for namespace in dict.fromkeys(event.namespace for event in events.received)
    ]
    every: list[ReceivedEvent | SentEvent] = [*events.received, *events.sent]
    assert [(event.namespace, event.name) for event in every if not event.meaning.strip()] == []
    loose = [
        event.name
        for event in events.received
        if event.acknowledgement is not None and not hasattr(event.acknowledgement, "__required_keys__")
    ]
    assert loose == []


def fields_of(event: ReceivedEvent | SentEvent) -> list[str]:
    if isinstance(event, SentEvent):
        return [*get_type_hints(event.payload)]
    answer = [] if event.acknowledgement is None else [*get_type_hints(event.acknowledgement)]
    return [*([] if event.payload is None else event.payload.model_fields), *answer]


def test_the_api_page_lists_every_event_under_its_namespace_with_all_its_fields(events: EventList) -> None:
    page = API_PAGE.read_text(encoding="utf-8").partition("## Socket.IO")[2]
    sections = dict(re.findall(r"^### `(/\w+)`\n(.*?)(?=^### |\Z)", page, re.MULTILINE | re.DOTALL))
    assert set(sections) == set(SOCKETS)
    every: list[ReceivedEvent | SentEvent] = [*events.received, *events.sent]
    for event in every:
        start = f"| `{event.name}` | {'to the client' if isinstance(event, SentEvent) else 'to the server'} |"
        (row,) = [line for line in sections[event.namespace].splitlines() if line.startswith(start)]
        assert [field for field in fields_of(event) if f"`{field}`" not in row] == [], (event.namespace, event.name)


def test_the_agent_speaks_and_hears_only_what_is_registered(events: EventList) -> None:
    link = MOTCUA / "agent" / "link.py"
    listened = {ast.literal_eval(node.args[0]) for node in calls(link, "on")}
    assert listened - {"connect_error", "disconnect"} == {
        event.name for event in events.sent if event.namespace == "/agent"
    } - {
        "snapshot",
        "change",
    }
    sent = {ast.literal_eval(node.args[1]) for node in calls(link, "_ask") if isinstance(node.args[1], ast.Constant)}
    sent |= {
        ast.literal_eval(node.args[0])
        for path in (MOTCUA / "agent").glob("*.py")
        for node in calls(path, "keep", "mention")
        if isinstance(node.args[0], ast.Constant)
    }
    contract = ast.parse((MOTCUA / "devices" / "contract.py").read_text(encoding="utf-8"))
    sent |= {
        ast.literal_eval(node.args[0])
        for node in ast.walk(contract)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "DeviceMessage"
    }
    assert sent == {event.name for event in events.received if event.namespace == "/agent"} - {"sync"}


def test_every_event_that_a_page_hears_is_one_that_the_server_sends(events: EventList) -> None:
    names = {event.name for event in events.sent} | {"connect", "disconnect", "connect_error"}
    scripts = [path for path in (MOTCUA / "static" / "js").rglob("*.js") if "vendor" not in path.parts]
    listened = {
        name for path in scripts for name in re.findall(r"\bsocket\.on\(\"(\w+)\"", path.read_text(encoding="utf-8"))
    }
    assert listened
    assert listened <= names


def test_one_event_is_registered_once(site: Site) -> None:
    first = get_event_list(site.app).sent[0]
    with pytest.raises(ValueError, match="registered already"):
        sends(site, first.namespace, first.name, first.payload)
    namespace = site.app.extensions["motcua.namespaces"]["/pad"]
    event = next(item for item in get_event_list(site.app).received if item.name == "skip")
    assert event.payload is not None

    def skip(request: EventRequest[EventPayload]) -> None:
        raise AssertionError(request)

    with pytest.raises(ValueError, match="registered already"):
        on(namespace, "skip", event.payload, skip)
