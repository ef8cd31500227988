"""WebSocket frames (RFC 6455), only what one side of a measurement needs: whole messages, no compression."""

import base64
import hashlib

TEXT, CLOSE, PING, PONG = 0x1, 0x8, 0x9, 0xA
_SHORT, _MEDIUM, _LONG = 126, 127, 65536
_HEAD = 2
_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


def accept(key: bytes) -> bytes:
    """Return the `Sec-WebSocket-Accept` that answers `key` (RFC 6455, 4.2.2)."""
    return base64.b64encode(hashlib.sha1(key + _GUID, usedforsecurity=False).digest())


def frame(payload: bytes, opcode: int = TEXT, masked: bool = False) -> bytes:
    """Return one whole frame. A client's frame is `masked`, here with a mask of zeros, which costs nothing."""
    bit = 0x80 if masked else 0
    size = len(payload)
    if size < _SHORT:
        head = bytes((0x80 | opcode, bit | size))
    elif size < _LONG:
        head = bytes((0x80 | opcode, bit | _SHORT)) + size.to_bytes(2, "big")
    else:
        head = bytes((0x80 | opcode, bit | _MEDIUM)) + size.to_bytes(8, "big")
    return head + (b"\0\0\0\0" if masked else b"") + payload


class Frames:
    """Cuts a stream of bytes into frames and keeps an unfinished tail."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> list[tuple[int, bytes]]:
        """Return (opcode, payload) of every frame that is complete now.

        Raises `ValueError` for a compressed frame or a message in several frames.
        """
        if self._rest:
            data = self._rest + data
        whole: list[tuple[int, bytes]] = []
        at, end = 0, len(data)
        while end - at >= _HEAD:
            first, size = data[at], data[at + 1]
            if first & 0xF0 != 0x80:  # noqa: PLR2004 - FIN set, RSV1..3 clear
                raise ValueError("a compressed or divided frame")
            masked, size, start = size & 0x80, size & 0x7F, at + 2
            if size == _SHORT:
                size, start = int.from_bytes(data[start : start + 2], "big"), start + 2
            elif size == _MEDIUM:
                size, start = int.from_bytes(data[start : start + 8], "big"), start + 8
            if masked:
                start += 4
            if start + size > end or start > end:
                break
            payload = data[start : start + size]
            whole.append((first & 0x0F, _unmasked(payload, data[start - 4 : start]) if masked else payload))
            at = start + size
        self._rest = data[at:]
        return whole


def _unmasked(payload: bytes, mask: bytes) -> bytes:
    if mask == b"\0\0\0\0":
        return payload
    stream = (mask * (len(payload) // 4 + 1))[: len(payload)]
    return (int.from_bytes(payload, "big") ^ int.from_bytes(stream, "big")).to_bytes(len(payload), "big")
