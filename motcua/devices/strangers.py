"""What answers at an address where a device should be: told by its first bytes, so that nobody takes them for a
device's. Pure.

Sources: RFC 9112 (HTTP), RFC 4253 (SSH), RFC 854 (Telnet), RFC 8446 (TLS), RFC 959 and 5321 (FTP, SMTP), RFC 6143
(VNC), RFC 7826 (RTSP).
"""

import re

from motcua.devices.contract import DeviceError
from motcua.typed.sentences import mark

HEARD_MAX = 256
"""So many of the first bytes of a connection are kept: more are not needed to name who speaks."""
NOT_A_PRINTER, NOT_THE_DEVICE = "not_a_printer", "not_the_device"
_TEXT_MIN, _LETTERS_MIN, _SHOWN = 8, 4, 24
_PRINTED = re.compile(rb"[\x20-\x7e\t\r\n]*")
_IS_ASKED, _KIND = 0x12, 0x93
_CLEAR = (
    ("HTTP (web)", rb"\s*(?:HTTP/\d|<!DOCTYPE|<html|<\?xml)"),
    ("TLS (https)", rb"[\x15\x16]\x03[\x00-\x04]"),
    ("SSH", rb"SSH-\d"),
    ("Telnet", rb"(?:\xff[\xfb-\xfe].){2}|\xff[\xfb-\xfe].\xff\xfa"),
    ("RTSP (camera)", rb"RTSP/\d"),
    ("VNC", rb"RFB \d{3}"),
    ("SIP", rb"SIP/\d"),
)
"""Beginnings that no device of the hall has."""
_LIKELY = (
    ("Telnet", rb"\xff[\xfb-\xfe]."),
    ("FTP, SMTP", rb"[245]\d\d[ -]"),
    ("POP3, IMAP", rb"(?:\+OK|\* OK|\* BYE|-ERR)"),
    ("MySQL", rb".{3}\x00\x0a\d"),
    ("MQTT", rb"\x20\x02[\x00\x01][\x00-\x05]"),
    ("PJL", rb"@PJL"),
)
"""Beginnings that a printer does not have; a keypad might."""


def _compiled(rows: tuple[tuple[str, bytes], ...]) -> list[tuple[str, re.Pattern[bytes]]]:
    return [(name, re.compile(pattern, re.DOTALL | re.IGNORECASE)) for name, pattern in rows]


_CLEAR_ONES, _ALL = _compiled(_CLEAR), _compiled(_CLEAR + _LIKELY)


def find_protocol(data: bytes) -> str | None:
    """Return the protocol that begins with `data`, None for one that a device may speak."""
    return next((name for name, pattern in _CLEAR_ONES if pattern.match(data)), None)


def find_other_protocol(data: bytes, sent: bytes = b"") -> str | None:
    """Return who answered `sent` with `data`, None for what a ticket printer may say.

    A printer says single bytes, never a text.
    """
    if protocol := next((name for name, pattern in _ALL if pattern.match(data)), None):
        return protocol
    if sent and len(sent) > 1 and data.startswith(sent):
        return "echo"
    return describe_bytes(data) if _is_text(data) else None


def _is_text(data: bytes) -> bool:
    """Say whether `data` is a text. Status bytes can be letters too (`r`, `2`), but only some of them."""
    if len(data) < _TEXT_MIN or not _PRINTED.fullmatch(data):
        return False
    return sum(byte & _KIND != _IS_ASKED for byte in data) >= _LETTERS_MIN


def describe_bytes(data: bytes) -> str:
    """Return the beginning of `data` for people: as text where it is one, else in hex."""
    part = data[:_SHOWN]
    if _PRINTED.fullmatch(part):
        return f"“{' '.join(part.decode('ascii').split())}”"
    return part[:8].hex(" ")


def make_no_printer_error(address: str, protocol: str) -> DeviceError:
    """Return the error of an address where `protocol` is spoken instead of a printer's language."""
    message = mark(
        "%(address)s is not a printer: %(protocol)s answers there. Correct the address or the port (usually 9100)."
    )
    return DeviceError(message, permanent=True, code=NOT_A_PRINTER, address=address, protocol=protocol)


def make_no_device_error(address: str, protocol: str) -> DeviceError:
    """Return the error of an address where `protocol` is spoken instead of a device's language."""
    message = mark("%(address)s is not the device: %(protocol)s answers there. Correct the address or the port.")
    return DeviceError(message, permanent=True, code=NOT_THE_DEVICE, address=address, protocol=protocol)


def mute(address: str) -> DeviceError:
    """Return the error of an address that takes connections and answers nothing, and that is no printer's usual
    port.
    """
    message = mark(
        "%(address)s does not look like a printer: it does not answer. Is the port right (usually 9100)? Does another "
        "program use it? If the printer never answers, set “status” to “none”."
    )
    return DeviceError(message, permanent=True, code=NOT_A_PRINTER, address=address)
