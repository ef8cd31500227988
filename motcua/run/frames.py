"""WebSocket frames: what the server sends, and messages read whole from what comes (RFC 6455).

Nothing here waits or knows a socket.
"""

from collections.abc import Iterator
from typing import Any

from wsproto.frame_protocol import CloseReason, FrameDecoder, MessageDecoder, Opcode, ParseFailed

MESSAGE_MAX_BYTES = 64 * 1024
"""The longest message of a WebSocket; a longer one ends the connection while it arrives."""
PONG = "3"
"""How a client answers a ping of Engine.IO."""
_TEXT, _BINARY, _CLOSE, _PONG = 0x81, 0x82, 0x88, 0x8A
_SHORT_MAX, _MEDIUM_MAX = 125, 65_535
_MASK_FROM, _PONG_BYTES = 2, 7


class ClosedError(Exception):
    """No more messages come: the client closed, or it sent what no client may send. `answer` is the last frame."""

    def __init__(self, answer: bytes) -> None:
        super().__init__("the WebSocket is closed")
        self.answer = answer


class FrameReader:
    """Cuts what comes on a WebSocket into frames and joins them to messages."""

    def __init__(self) -> None:
        self._frames, self._messages = FrameDecoder(client=False), MessageDecoder()
        self._pieces: list[Any] = []
        self._bytes = 0

    def is_pong(self, data: bytes) -> bool:
        """Say whether `data` is one frame with the answer to a ping, and nothing before it is unfinished."""
        return (
            len(data) == _PONG_BYTES
            and data[0] == _TEXT
            and data[1] == 0x81  # noqa: PLR2004 -- masked, one byte
            and data[6] ^ data[_MASK_FROM] == ord(PONG)
            and self._frames.header is None
            and not self._frames.buffer
            and self._messages.opcode is None
        )

    def feed(self, data: bytes) -> None:
        """Take what came next."""
        self._frames.receive_bytes(data)

    def read_frames(self) -> Iterator[tuple[str | bytes | None, bytes]]:
        """Yield for each frame (message, answer): the message that it completes, or None, and what is sent back at
        once.

        A frame that came in part counts too. Raises `ClosedError`.
        """
        while True:
            try:
                frame = self._frames.process_buffer()
                if frame is None:
                    return
                yield self._look(frame)
            except ParseFailed as error:
                raise ClosedError(build_close_frame(error.code)) from error

    def _look(self, frame: Any) -> tuple[str | bytes | None, bytes]:
        if frame.opcode is Opcode.CLOSE:
            raise ClosedError(_frame(_CLOSE, bytes(frame.payload[:2])))
        if frame.opcode is Opcode.PING:
            return None, _frame(_PONG, bytes(frame.payload))
        if frame.opcode is Opcode.PONG:
            return None, b""
        part: Any = self._messages.process_frame(frame)
        self._bytes += len(frame.payload)
        if self._bytes > MESSAGE_MAX_BYTES:
            raise ClosedError(build_close_frame(CloseReason.MESSAGE_TOO_BIG))
        self._pieces.append(part.payload)
        if not part.message_finished:
            return None, b""
        pieces, self._pieces, self._bytes = self._pieces, [], 0
        return pieces[0][:0].join(pieces), b""


def build_text_frame(text: str) -> bytes:
    """Return `text` as one frame."""
    return _frame(_TEXT, text.encode())


def build_binary_frame(data: bytes) -> bytes:
    """Return `data` as one frame."""
    return _frame(_BINARY, data)


def build_close_frame(reason: int = CloseReason.NORMAL_CLOSURE) -> bytes:
    """Return the frame that says goodbye."""
    return _frame(_CLOSE, int(reason).to_bytes(2, "big"))


def _frame(first: int, data: bytes) -> bytes:
    """Return one frame; a server's frames carry no mask. Source: RFC 6455, section 5.2."""
    size = len(data)
    if size <= _SHORT_MAX:
        return bytes((first, size)) + data
    if size <= _MEDIUM_MAX:
        return bytes((first, 126)) + size.to_bytes(2, "big") + data
    return bytes((first, 127)) + size.to_bytes(8, "big") + data
