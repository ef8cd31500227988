"""Reads WAV files as programs and phones really write them: lengths that promise too much, chunks in any order, the
extensible format.

Source: Microsoft's `mmreg.h` (WAVEFORMATEX, WAVEFORMATEXTENSIBLE) and "Multimedia Programming Interface and Data
Specifications 1.0".
"""

import struct

from msgspec import Struct

PCM, EXTENSIBLE = 1, 0xFFFE
PCM_GUID_TAIL = bytes.fromhex("000000001000800000aa00389b71")
"""The last 14 bytes of a sub-format; its first two are the format itself."""
SIZES_UNKNOWN = frozenset({0, 0xFFFFFFFF, 0x7FFFFFFF})
"""What programs that write to a pipe put where the length of the sound belongs."""


class NotRiffError(ValueError):
    """The bytes are no WAV file."""


class Riff(Struct, frozen=True):
    """A sound's format (1 is PCM) and its bytes, as many as there are."""

    kind: int
    channels: int
    rate_hz: int
    bits: int
    data: bytes


def read(sound: bytes) -> Riff:
    """Return what a WAV file holds. Raises `NotRiffError`."""
    if sound[:4] not in {b"RIFF", b"RF64"} or sound[8:12] != b"WAVE":
        raise NotRiffError
    described: tuple[int, int, int, int] | None = None
    place = 12
    while place + 8 <= len(sound):
        name, size = struct.unpack_from("<4sI", sound, place)
        place += 8
        if name == b"fmt ":
            described = _format(sound[place : place + size])
        if name == b"data":
            if described is None:
                raise NotRiffError
            end = len(sound) if size in SIZES_UNKNOWN else place + size
            return Riff(*described, sound[place:end])
        place += size + size % 2
    raise NotRiffError


def _format(chunk: bytes) -> tuple[int, int, int, int]:
    try:
        kind, channels, rate_hz, _bytes_s, _block, bits = struct.unpack_from("<HHIIHH", chunk)
    except struct.error:
        raise NotRiffError from None
    if kind == EXTENSIBLE and len(chunk) >= 40 and chunk[26:40] == PCM_GUID_TAIL:  # noqa: PLR2004 -- the length of that format
        kind = struct.unpack_from("<H", chunk, 24)[0]
    return kind, channels, rate_hz, bits
