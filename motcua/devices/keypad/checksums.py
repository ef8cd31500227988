"""The checksums that keypads put behind a frame. Pure."""

from collections.abc import Callable, Mapping
from typing import Literal

Kind = Literal["sum", "xor", "crc8", "crc16_modbus"]
Order = Literal["big", "little"]
_MODBUS = 0xA001
_CRC8 = 0x07
_BYTE = 0xFF


def sum_bytes(data: bytes) -> int:
    """Return the sum of the bytes, modulo 256."""
    return sum(data) & _BYTE


def xor_bytes(data: bytes) -> int:
    """Return all bytes combined by exclusive or."""
    total = 0
    for byte in data:
        total ^= byte
    return total


def compute_crc8(data: bytes) -> int:
    """Return CRC-8: polynomial 0x07, start 0, not reflected (`123456789` gives 0xF4)."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = ((crc << 1) ^ _CRC8) & _BYTE if crc & 0x80 else crc << 1
    return crc


def compute_crc16_modbus(data: bytes) -> int:
    """Return CRC-16/Modbus: polynomial 0xA001 reflected, start 0xFFFF (`123456789` gives 0x4B37)."""
    crc = 0xFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ _MODBUS if crc & 1 else crc >> 1
    return crc


_SUMS: Mapping[Kind, tuple[Callable[[bytes], int], int]] = {
    "sum": (sum_bytes, 1),
    "xor": (xor_bytes, 1),
    "crc8": (compute_crc8, 1),
    "crc16_modbus": (compute_crc16_modbus, 2),
}
KINDS: tuple[Kind, ...] = tuple(_SUMS)


def get_width(kind: Kind) -> int:
    """Return how many bytes the checksum takes."""
    return _SUMS[kind][1]


def compute_checksum(kind: Kind, data: bytes, order: Order = "little") -> bytes:
    """Return the checksum of `data` as it stands in a frame; Modbus sends the low byte first."""
    work, size = _SUMS[kind]
    return work(data).to_bytes(size, order)
