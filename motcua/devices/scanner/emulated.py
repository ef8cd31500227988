"""The scanner emulators that somebody asks for in a few words."""

from motcua.devices.emulation import Emulator, EmulatorRequest
from motcua.devices.scanner.emulator import ReaderEmulator, ScannerEmulator


def build(request: EmulatorRequest) -> Emulator:
    """Return the emulator, not yet started."""
    return ScannerEmulator(request.name, link=request.link)


def build_reader(request: EmulatorRequest) -> Emulator:
    """Return the emulator of a counter's scanner, not yet started."""
    return ReaderEmulator(request.name, request.counter, link=request.link)
