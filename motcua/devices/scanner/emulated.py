"""The scanner emulator that somebody asks for in a few words."""

from motcua.devices.emulation import Emulator, EmulatorRequest
from motcua.devices.scanner.emulator import ScannerEmulator


def build(request: EmulatorRequest) -> Emulator:
    """Return the emulator, not yet started."""
    return ScannerEmulator(request.name, link=request.link)
