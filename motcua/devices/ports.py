"""Which ports this computer has, by names that stay the same when cables change places."""

from pathlib import Path

from serial.tools import list_ports

BY_ID, BY_PATH, BY_INPUT = Path("/dev/serial/by-id"), Path("/dev/serial/by-path"), Path("/dev/input/by-path")
BY_CAMERA = Path("/dev/v4l/by-id")

CAMERA_END = "-video-index0"
UNNAMED = "n/a"
"""What pyserial calls a port that says nothing of itself."""


def list_serial_ports() -> list[dict[str, str]]:
    """Return `{"path", "name"}` of each serial port; `path` is one by id or socket where the system keeps such,
    `name` for people.

    Two adapters without a serial number of their own (CH340) share a name by id: for those the path by socket is given.
    """
    listed = []
    stable = {**_links(BY_PATH), **_links(BY_ID)}
    ports = sorted(list_ports.comports(), key=lambda port: port.device)
    marks = [(port.vid, port.pid, port.serial_number) for port in ports]
    for port, adapter in zip(ports, marks, strict=True):
        alike = adapter[0] is not None and marks.count(adapter) > 1
        path = (_links(BY_PATH) if alike else stable).get(port.device, port.device)
        usb = (
            f" ({port.vid:04X}:{port.pid:04X}{f' {port.serial_number}' if port.serial_number else ''})"
            if port.vid is not None
            else ""
        )
        label = port.description if port.description and port.description != UNNAMED else port.name
        listed.append({"path": path, "name": f"{label}{usb}"})
    return listed


def list_key_devices() -> list[dict[str, str]]:
    """Return `{"path", "name"}` of each keyboard and number pad, named by its USB socket: two alike differ by
    nothing else.
    """
    names = sorted(path for path in _entries(BY_INPUT) if path.name.endswith("-event-kbd"))
    return [{"path": str(path), "name": path.name.removesuffix("-event-kbd")} for path in names]


def list_cameras() -> list[dict[str, str]]:
    """Return `{"path", "name"}` of each camera with a USB plug. Of a camera's files the first has its pictures."""
    names = sorted(path for path in _entries(BY_CAMERA) if path.name.endswith(CAMERA_END))
    return [{"path": str(path), "name": path.name.removeprefix("usb-").removesuffix(CAMERA_END)} for path in names]


def list_all_ports() -> list[dict[str, str]]:
    """Return the serial ports, then the key devices, then the cameras."""
    return list_serial_ports() + list_key_devices() + list_cameras()


def _links(folder: Path) -> dict[str, str]:
    """Return the device behind each link of `folder`."""
    return {str(path.resolve()): str(path) for path in sorted(_entries(folder))}


def _entries(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []
