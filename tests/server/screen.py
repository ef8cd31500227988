"""A screen's end of the line: a Socket.IO client that notes every packet in order, can stop reading, and keeps state
as pages do.
"""

import contextlib
import json
import socket
import threading
from pathlib import Path
from time import perf_counter
from typing import Any, Self

import websocket

from tests.waiting import PATIENCE_S

Json = Any
Event = tuple[str, Json]


def hear(state: Json, change: Json) -> Json:
    """Return the next state; None means a change was missed or came first."""
    if state is None or change["epoch"] != state["epoch"] or change["revision"] > state["revision"] + 1:
        return None
    return state if change["revision"] <= state["revision"] else {**state, **change}


class Refused(Exception):  # noqa: N818 -- as the desk says it
    """The connection was refused; `data` is what `connect_error` carries."""

    def __init__(self, data: Json) -> None:
        super().__init__(data)
        self.data = data


class HungUp(ConnectionError):  # noqa: N818 -- as the desk does it
    """The desk has disconnected this screen, so that no answer comes."""


class Screen:
    """A connection to one namespace. `packets` holds what came, in order, pings left out; who asks gets `reply`.

    With `rare` it asks to be pinged rarely, as a phone's page does. Raises `Refused`.
    """

    def __init__(
        self,
        port: int,
        namespace: str,
        auth: Json = None,
        cookie: str | None = None,
        *,
        narrow: bool = False,
        trusts: Path | None = None,
        origin: str | None = None,
        rare: bool = False,
    ) -> None:
        self.namespace = namespace
        self.packets: list[str] = []
        self.events: list[Event] = []
        self.closed_at: float | None = None
        self.reply: Json = {}
        self._acks: dict[int, Json] = {}
        self._changed = threading.Condition()
        self._reading = threading.Event()
        self._reading.set()
        options = [(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)] if narrow else []
        address = f"{'ws' if trusts is None else 'wss'}://127.0.0.1:{port}/socket.io/?EIO=4&transport=websocket"
        address += "&pings=rare" if rare else ""
        tls = {"ca_certs": str(trusts)} if trusts is not None else None
        self._ws = websocket.create_connection(
            address, timeout=PATIENCE_S, cookie=cookie, sockopt=options, sslopt=tls, origin=origin
        )
        self._ws.settimeout(None)
        assert self._ws.sock is not None
        self._socket: socket.socket = self._ws.sock
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()
        self.send(f"40{namespace}," + (json.dumps(auth) if auth is not None else ""))
        self.wait(lambda: any(packet.startswith(("40", "44")) for packet in self.packets) or self.closed_at)
        refusal = next((packet for packet in self.packets if packet.startswith("44")), None)
        if refusal is not None:
            self.close()
            raise Refused(json.loads(refusal[len(f"44{namespace},") :]))
        self.wait(lambda: self.events)

    def _read(self) -> None:
        head = f"42{self.namespace},"
        with contextlib.suppress(OSError, websocket.WebSocketException):
            while True:
                self._reading.wait()
                packet = self._ws.recv()
                if not packet:
                    break
                if packet == "2":
                    self._ws.send("3")
                    continue
                with self._changed:
                    text = str(packet)
                    self.packets.append(text)
                    if text.startswith(head):
                        number, _, rest = text[len(head) :].partition("[")
                        event, *data = json.loads(f"[{rest}")
                        self.events.append((event, data[0] if data else None))
                        if number:
                            self.send(f"43{self.namespace},{number}{json.dumps([self.reply])}")
                    elif text.startswith(f"43{self.namespace},"):
                        number, _, rest = text[len(f"43{self.namespace},") :].partition("[")
                        self._acks[int(number)] = json.loads(f"[{rest}")[0]
                    self._changed.notify_all()
        with self._changed:
            self.closed_at = perf_counter()
            self._changed.notify_all()

    def send(self, packet: str) -> None:
        """Send one packet as it is."""
        self._ws.send(packet)

    def send_bytes(self, data: bytes) -> None:
        """Send the bytes that belong to the packet before."""
        self._ws.send_binary(data)

    def answer_to(self, number: int) -> Json:
        """Return the acknowledgement of the packet `number`, None while there is none."""
        return self._acks.get(number)

    def wait(self, is_so: Any, within_s: float = PATIENCE_S) -> None:
        """Return as soon as `is_so()`, looking whenever something came. Raises `TimeoutError` with what came so far."""
        with self._changed:
            if not self._changed.wait_for(is_so, within_s):
                raise TimeoutError(
                    f"it did not come about; last of {len(self.packets)} packets: "
                    f"{[text[:200] for text in self.packets[-5:]]}"
                )

    def emit(self, event: str, *data: Json) -> Json:
        """Send an event and return its acknowledgement. Raises `HungUp` as soon as it is clear that none will come."""
        with self._changed:
            number = len(self._acks) + 1
        try:
            self.send(f"42{self.namespace},{number}{json.dumps([event, *data])}")
        except (OSError, websocket.WebSocketException) as error:
            raise HungUp(str(error)) from error
        self.wait(lambda: number in self._acks or self.is_hung_up)
        if number not in self._acks:
            raise HungUp(event)
        return self._acks[number]

    @property
    def is_hung_up(self) -> bool:
        """Say whether the desk has disconnected this screen."""
        return self.closed_at is not None or f"41{self.namespace}," in self.packets

    def reaches(self, revision: int) -> None:
        """Return as soon as the screen shows at least `revision`, or has been disconnected."""
        self.wait(lambda: self.closed_at or self.state["revision"] >= revision)

    def ended(self) -> None:
        """Return as soon as the server has hung up."""
        self.wait(lambda: self.closed_at)

    @property
    def state(self) -> Json:
        """Return what a page would show now. Raises `AssertionError` at a gap."""
        state = None
        for event, data in list(self.events):
            if event == "snapshot":
                state = data
            elif event == "change":
                state = hear(state, data)
                assert state is not None, f"a gap before {data}"
        return state

    def told(self, event: str) -> list[Json]:
        """Return what came with `event`, oldest first."""
        return [data for name, data in list(self.events) if name == event]

    def stop_reading(self) -> None:
        """Take nothing more, so that no ping is answered; what is on its way fills the buffers."""
        self._reading.clear()

    def is_cut_off(self) -> bool:
        """Say whether the desk has hung up, though the screen reads nothing."""
        try:
            self.send("42/nowhere,[]")
        except OSError:
            return True
        return False

    def read_on(self) -> None:
        """Take again."""
        self._reading.set()

    def close(self) -> None:
        """Hang up."""
        self._reading.set()
        with contextlib.suppress(OSError, websocket.WebSocketException):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._thread.join(PATIENCE_S)
        self._socket.close()

    def __enter__(self) -> Self:
        """Return the screen, connected."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Hang up."""
        self.close()
