"""Streams at their limits: sizes, slow and dead readers, streams that end, restarts, and the same truth over plain
HTTP.
"""

import contextlib
import re
import select
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from motcua.catalogue import store as catalogue_store
from motcua.copies import replace
from motcua.counters import actions as counters
from motcua.queue import actions as queue
from motcua.server import PING_INTERVAL_S, PING_TIMEOUT_S
from motcua.setup import actions as setup
from motcua.setup.document import write
from tests.server.hall import Place, Served, fresh_folder, one_each, opened, served, ward
from tests.server.screen import Refused, Screen
from tests.server.test_sockets import fresh, lasting
from tests.waiting import wait_until

pytestmark = pytest.mark.process

SNAPSHOT_MAX, CHANGE_MAX = 16 * 1024, 4 * 1024
NOTICED_S = 6
"""How soon a cut cable is noticed, at most."""
EVENT = re.compile(r'^42/\w+,\["(\w+)"')


class Cable:
    """A TCP proxy in front of the desk that can be cut: nothing passes any more, nobody is told."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._cut = threading.Event()
        self.has_hung_up = False
        self._thread = threading.Thread(target=self._carry, daemon=True)
        self._thread.start()

    def _carry(self) -> None:
        near, _address = self._listener.accept()
        with near, socket.create_connection(("127.0.0.1", self._to)) as far:
            while True:
                for source in select.select([near, far], [], [], 10)[0]:
                    with contextlib.suppress(ConnectionError):
                        data = source.recv(65536)
                        if not data:
                            self.has_hung_up = True
                            return
                        if not self._cut.is_set():
                            (far if source is near else near).sendall(data)

    def cut(self) -> None:
        """Pull the cable."""
        self._cut.set()

    def close(self) -> None:
        """Stop listening."""
        self._listener.close()


def _busy_ward() -> str:
    """Return a ward's settings, always open, whose services have names as long as they come."""
    document = ward()
    services = [
        replace(service, name=(f"{service.name[0]} theo quy định của Luật"[:60], service.name[1]))
        for service in document.services
    ]
    return write(replace(document, services=services))


def _fill(folder: Path) -> None:
    """Let 300 wait, 20 be on hold and 20 absent, and one be called to counter 4."""
    desk = opened(folder)
    desk.do(setup.apply_text, _busy_ward())
    with desk.read() as db:
        codes = [service.code for service in catalogue_store.list_services(db)]
    for number in range(341):
        desk.do(queue.issue, codes[number % len(codes)], ("ordinary", "pregnant")[number % 2])
    desk.do(counters.open_counter, 4, None)
    for number in range(40):
        desk.do(queue.call_next, 4)
        if number % 2:
            desk.do(queue.recall, 4)
            desk.do(queue.mark_absent, 4)
        else:
            desk.do(queue.hold, 4, "documents")
    desk.do(queue.call_next, 4)
    desk.stop()


def test_screens_stay_small_with_three_hundred_waiting() -> None:
    with fresh_folder() as folder, contextlib.ExitStack() as after:
        _fill(folder)
        desk = Served(folder)
        after.callback(desk.close)
        token = {"token": desk.token("admin"), "counter": 4}
        screens = {
            name: Screen(desk.port, f"/{name}", token) for name in ("wall", "kiosk", "leaders", "counter", "pad")
        }
        counter, kiosk = desk.client("counter", 4), desk.client("kiosk")
        for step in ("start", "hold", "call-next", "recall", "start", "finish", "call-next"):
            assert counter.post(f"counters/4/{step}").status == 200
            kiosk.post("tickets", {"service": "birth", "priority": "disabled"})
        for name, screen in screens.items():
            after.callback(screen.close)
            path = f"{name}/4" if name in {"counter", "pad"} else name
            wanted = fresh(desk, path)
            screen.reaches(wanted["revision"])
            assert lasting(screen.state) == wanted
            sizes = [(event, len(packet.encode())) for packet in screen.packets for event in EVENT.findall(packet)]
            assert max(size for event, size in sizes if event == "snapshot") < SNAPSHOT_MAX, (name, sizes)
            assert max((size for event, size in sizes if event == "change"), default=0) < CHANGE_MAX, (name, sizes)
        state = screens["counter"].state
        assert [len(state[name]) for name in ("waiting", "held", "absent")] == [12, 12, 12]
        assert (state["held_count"], state["absent_count"]) == (21, 20)


def test_who_stops_reading_or_loses_the_cable_is_dropped() -> None:
    assert PING_INTERVAL_S + PING_TIMEOUT_S < NOTICED_S
    # enough for the screen that is well
    with served(limits={"motcua.server.PING_TIMEOUT_S": 2 * PING_TIMEOUT_S}) as desk, _hindered(desk) as hindered:
        wait_until(lambda: hindered.cable.has_hung_up)
        for screen in hindered.stuck:
            wait_until(screen.is_cut_off)
            screen.read_on()
            screen.ended()
            assert screen.state is not None


def test_who_stops_reading_or_loses_the_cable_delays_nobody_before_it_is_noticed(desk_served: Served) -> None:
    place = desk_served.place()
    with _hindered(desk_served) as hindered, Screen(desk_served.port, "/wall", hindered.wall) as well:
        revision = well.state["revision"]
        place.issue()
        well.reaches(revision + 1)
        assert not hindered.cable.has_hung_up  # they were in the way all the time


class Hindered(NamedTuple):
    """Screens that nothing reaches: those that stopped reading, and a wall whose `cable` was cut."""

    stuck: list[Screen]
    cable: Cable
    wall: dict[str, str]


@contextlib.contextmanager
def _hindered(desk: Served) -> Iterator[Hindered]:
    """Let five kiosks stop reading, and cut the cable of a wall; hang them all up in the end."""
    wall, cable = {"token": desk.token("wall")}, Cable(desk.port)
    with contextlib.ExitStack() as after:
        after.callback(cable.close)
        stuck = [after.enter_context(Screen(desk.port, "/kiosk", {"token": desk.token("kiosk")})) for _ in range(5)]
        after.enter_context(Screen(cable.port, "/wall", wall))
        for screen in stuck:
            screen.stop_reading()
        cable.cut()
        yield Hindered(stuck, cable, wall)


def test_large_messages_to_a_slow_reader_arrive_whole(desk_served: Served) -> None:
    place = desk_served.place()
    slow = Screen(desk_served.port, "/kiosk", {"token": desk_served.token("kiosk")}, narrow=True)
    slow.stop_reading()
    with Screen(desk_served.port, "/kiosk", {"token": desk_served.token("kiosk")}) as well:
        for _ in range(100):
            place.issue()
        well.reaches(fresh(desk_served, "kiosk")["revision"])  # all was told
    slow.read_on()
    wanted = fresh(desk_served, "kiosk")
    slow.reaches(wanted["revision"])
    assert slow.closed_at is None
    assert sum(len(packet) for packet in slow.packets) > 100 * 4096
    assert lasting(slow.state) == fresh(desk_served, "kiosk")
    slow.close()


def test_what_a_screen_shows_may_go_away_without_harm_to_the_others(desk_served: Served, place: Place) -> None:
    document = one_each()
    last = document.counters[-1].number
    with (
        Screen(desk_served.port, "/pad", {"token": desk_served.token("pad", last)}) as pad,
        Screen(desk_served.port, "/wall", {"token": desk_served.token("wall")}) as wall,
    ):
        before = replace(
            document.counters[-2], services=(*document.counters[-2].services, *document.counters[-1].services)
        )
        assert desk_served.local(
            "config.import", text=write(replace(document, counters=[*document.counters[:-2], before]))
        ).json["changed"]
        place.issue()
        wall.wait(lambda: wall.told("change"))
        pad.wait(lambda: "41/pad," in pad.packets)
        with pytest.raises(Refused) as refused:
            Screen(desk_served.port, "/pad", {"token": desk_served.token("pad", last)})
        assert refused.value.data["data"]["code"] == "counter.unknown"


def test_every_screen_can_be_read_over_plain_http(desk_served: Served) -> None:
    place = desk_served.place()
    made = place.issue()
    code = made["follow_url"][-12:]
    paths = {
        "wall": "wall",
        "kiosk": "kiosk",
        "leaders": "leader",
        f"counter/{place.number}": "counter",
        f"pad/{place.number}": "pad",
        f"follow/{code}": None,
    }
    for path, role in paths.items():
        client = desk_served.client(role, place.number if role in {"counter", "pad"} else None)
        first = client.get(f"/state/{path}")
        assert first.headers["etag"] == f'"{first.json["epoch"]}-{first.json["revision"]}"', path
        assert client.get(f"/state/{path}", If_None_Match=first.headers["etag"]).status == 304, path
        assert (first.json["speed"], first.json["at"][-1]) == (1.0, "Z")
    assert desk_served.client().get("/state/wall").code == (401, "auth.required")
    assert desk_served.client("pad", place.number).get("/state/leaders").code == (403, "auth.role")
    assert desk_served.client("pad", place.number).get(f"/state/pad/{place.number + 1}").code == (
        403,
        "counter.not_yours",
    )


def test_a_tag_never_means_two_things_though_the_phone_slept_between(desk_served: Served) -> None:
    place = desk_served.place()
    code = place.issue()["follow_url"][-12:]
    public = desk_served.client()
    first = public.get(f"/state/follow/{code}")
    Screen(desk_served.port, "/follow", {"token": code}).close()
    assert public.get("health").status == 200  # the loop has gone round since the phone hung up
    place.do("call-next")
    later = public.get(f"/state/follow/{code}", If_None_Match=first.headers["etag"])
    assert (later.status, later.json["ticket"]["state"]) == (200, "called")
