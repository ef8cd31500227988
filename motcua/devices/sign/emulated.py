"""The sign emulator that somebody asks for in a few words."""

from motcua.devices.emulation import Emulator, EmulatorRequest
from motcua.devices.sign.emulator import SignEmulator


def build(request: EmulatorRequest) -> Emulator:
    """Return the emulator, not yet started."""
    return SignEmulator(
        request.name, {request.address or 1: request.counter}, request.profile or "ascii", link=request.link
    )
