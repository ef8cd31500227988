"""The locker emulator that somebody asks for in a few words."""

from motcua.devices.emulation import Emulator, EmulatorRequest
from motcua.devices.locker.emulator import LockerEmulator


def build(request: EmulatorRequest) -> Emulator:
    """Return the emulator, not yet started."""
    return LockerEmulator(request.name, address=request.address or 1, link=request.link)
