"""Socket.IO's links as the loop has them: WebSockets that are written to at once, and one loop that pings them all."""

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import gevent
from engineio.exceptions import SocketIsClosedError, UnknownPacketError
from engineio.packet import MESSAGE, NOOP, OPEN, PING, PONG, UPGRADE, Packet
from engineio.socket import Socket
from gevent.queue import Empty
from socketio.packet import EVENT

from motcua.run import frames, pings
from motcua.run.pace import Buckets, Turns
from motcua.run.pings import Pings, Rhythm
from motcua.run.wire import EVENTS_BURST, EVENTS_S, SOCKET, Pace, Wire, accept
from motcua.web.lines import LINE

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse

POLLING_SEPARATOR = "\x1e"
"""What stands between packets in a long poll. Source: Engine.IO protocol, version 4."""
PACKET_TYPES = frozenset("0123456")
PROBE = "probe"
logger = logging.getLogger(__name__)


class Bundle(Packet):  # type: ignore[misc]
    """An engine.io packet of several messages for many readers: their frames in one piece, and their texts for
    polling.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        super().__init__(MESSAGE, texts[0])
        self._polled = POLLING_SEPARATOR.join(texts)
        self.frames = b"".join(frames.build_text_frame(text) for text in texts)

    def encode(self, b64: bool = False) -> str:
        """Return the texts as a long poll carries them."""
        return self._polled


class SocketLink(Socket):  # type: ignore[misc]
    """engine.io's socket. Over a WebSocket what is sent leaves at once, in the order in which it was sent."""

    def __init__(self, wires: "Wires", sid: str, line: Any, *, asks_rarely: bool) -> None:
        super().__init__(wires.engine, sid)
        self._wires, self._line, self._asks_rarely = wires, line, asks_rarely
        self._wire: Wire | None = None
        self.connected: bool
        self.upgraded: bool
        self.pinged_at: float | None = None

    @property
    def is_rare(self) -> bool:
        """Say whether it is pinged rarely: its page asked for that, and nobody of the desk speaks on it."""
        return self._asks_rarely and not getattr(self._line, "name", "")

    def schedule_ping(self) -> None:
        """Note that the last ping was answered; the loop of all pings sends the next."""
        self.pinged_at = None

    def check_ping_timeout(self) -> bool:
        """Say that it is alive; the loop of all pings looks. Raises `SocketIsClosedError`."""
        if self.closed:
            raise SocketIsClosedError
        return True

    def ping(self) -> None:
        """Ask whether the other end is there."""
        if not (self.closed or self.closing):
            self.send(Packet(PING))

    def send(self, pkt: Any) -> None:
        """Send one packet. Raises `SocketIsClosedError`."""
        self.check_ping_timeout()
        if self._wire is None:
            self.queue.put(pkt)
        else:
            self._wire.put(encode(pkt))

    def tell(self, bundle: Bundle) -> None:
        """Send `bundle`, unless the link is closed."""
        if self._wire is not None:
            self._wire.put(bundle.frames)
        elif not self.closed:
            self.queue.put(bundle)

    def close(self, wait: bool = True, abort: bool = False, reason: str | None = None) -> None:
        """Close the link. What was sent before still leaves, unless the other end answers no more."""
        wire = self._wire
        super().close(wait=wait and wire is None, abort=abort, reason=reason)
        if wire is not None and reason == self.server.reason.PING_TIMEOUT:
            wire.hang_up()
        elif wire is not None:
            wire.end()

    def _upgrade_websocket(self, environ: dict[str, Any], start_response: "StartResponse") -> Any:
        """Serve the WebSocket until it ends. A link that began by polling goes on with it."""
        if self.upgraded or self.upgrading:
            raise OSError("this link has its WebSocket already")
        plain, answer = environ.get(SOCKET), accept(environ)
        if plain is None or answer is None:
            return self.server._bad_request("Invalid websocket upgrade")
        wire = Wire(plain, Pace(self._wires.turns, self._wires.events, self._line))
        wire.put(answer)
        messages = wire.receive()
        if self.connected and not self._probe(wire, messages):
            wire.end()
            return []
        self.connected = self.upgraded = True
        self._begin(wire)
        for message in messages:
            if message == frames.PONG:
                self.pinged_at = None
            elif not self._take(message):
                break
        self.close(wait=False, abort=True, reason=self.server.reason.TRANSPORT_CLOSE)
        return []

    def _probe(self, wire: Wire, messages: Any) -> bool:
        """Say whether the client goes on over `wire`. What is sent meanwhile waits."""
        self.upgrading = True
        try:
            if next(messages, None) != f"{PING}{PROBE}":
                return False
            wire.put(frames.build_text_frame(f"{PONG}{PROBE}"))
            self.queue.put(Packet(NOOP))  # ends the poll that waits
            return bool(next(messages, None) == str(UPGRADE))
        finally:
            self.upgrading = False

    def _begin(self, wire: Wire) -> None:
        """Send what waited, then everything else at once."""
        while True:
            try:
                packet = self.queue.get(block=False)
            except Empty:
                break
            self.queue.task_done()
            if packet is not None:
                wire.put(encode(packet))
        self._wire = wire
        if self.closed:
            wire.end()

    def _take(self, message: str | bytes) -> bool:
        """Handle one message, and say whether more may follow it: not after one that is no packet of engine.io."""
        if isinstance(message, str) and message[:1] not in PACKET_TYPES:
            return False
        try:
            self.receive(Packet(encoded_packet=message))
        except UnknownPacketError:
            pass
        except SocketIsClosedError:
            return False
        except Exception as error:
            logger.info("a link ends, as what it sent cannot be read: %r", error)
            return False
        return True


def encode(packet: Any) -> bytes:
    """Return a packet as a frame."""
    if isinstance(packet, Bundle):
        return packet.frames
    content = packet.encode()
    return frames.build_text_frame(content) if isinstance(content, str) else frames.build_binary_frame(content)


class Wires:
    """All links of a Socket.IO server (python-socketio's)."""

    def __init__(self, server: Any, turns: Turns | None = None) -> None:
        self._server, self.turns = server, turns or Turns()
        self.events = Buckets(EVENTS_S, EVENTS_BURST)
        self.engine = server.eio
        self.often = Rhythm(self.engine.ping_interval, self.engine.ping_timeout)
        self.rarely = Rhythm(pings.RARE_INTERVAL_S, pings.RARE_TIMEOUT_S)
        self._pings = Pings(self.engine.sockets, self.often, self.rarely, self._give_up)
        self.engine.start_service_task = False  # the loop of all pings ends and forgets links
        self.engine._handle_connect = self._connect

    def _give_up(self, link: SocketLink) -> None:
        """End a link that does not answer, beside the loop: who listens to that may have to wait."""
        gevent.spawn(link.close, wait=False, reason=self.engine.reason.PING_TIMEOUT)

    def _connect(
        self, environ: dict[str, Any], start_response: "StartResponse", transport: str, jsonp_index: int | None = None
    ) -> Any:
        """Begin a link, as engine.io's server does it."""
        engine = self.engine
        asks_rarely = transport == "websocket" and has_asked_for_rare_pings(environ)
        link = SocketLink(self, engine.generate_id(), environ.get(LINE), asks_rarely=asks_rarely)
        engine.sockets[link.sid] = link
        rhythm = self.rarely if asks_rarely else self.often
        opened = {
            "sid": link.sid,
            "upgrades": engine._upgrades(link.sid, transport),
            "pingTimeout": round(rhythm.timeout_s * 1000),
            "pingInterval": round(rhythm.interval_s * 1000),
            "maxPayload": engine.max_http_buffer_size,
        }
        link.send(Packet(OPEN, opened))
        refusal = engine._trigger_event("connect", link.sid, environ, run_async=False)
        if refusal is not None and refusal is not True:
            del engine.sockets[link.sid]
            return engine._unauthorized(refusal or None)
        self._pings.add(link)
        if transport == "websocket":
            answer = link.handle_get_request(environ, start_response)
            if link.closed:
                engine.sockets.pop(link.sid, None)
            return answer
        link.connected = True
        try:
            return engine._ok(link.poll(), jsonp_index=jsonp_index)
        except Empty:
            return engine._bad_request()

    def broadcast(self, messages: Sequence[tuple[str, dict[str, Any]]], namespace: str, room: str) -> None:
        """Send `messages` (event, data) to everybody in `room`, in this order, encoded once and in one piece."""
        manager = self._server.manager
        if namespace not in manager.rooms:
            return
        texts = []
        for event, data in messages:
            packet = self._server.packet_class(EVENT, namespace=namespace, data=[event, data])
            texts.append(f"{MESSAGE}{packet.encode()}")
        bundle, links = Bundle(texts), self.engine.sockets
        for _sid, eio_sid in manager.get_participants(namespace, room):
            link = links.get(eio_sid)
            if link is not None:
                link.tell(bundle)


def has_asked_for_rare_pings(environ: dict[str, Any]) -> bool:
    """Say whether a phone's page asks to be pinged rarely."""
    return parse_qs(environ.get("QUERY_STRING", "")).get("pings") == ["rare"]
