"""The camera emulator that somebody asks for in a few words."""

from motcua.devices.camera.emulator import CameraEmulator
from motcua.devices.emulation import Emulator, EmulatorRequest


def build(request: EmulatorRequest) -> Emulator:
    """Return the emulator, not yet started. Raises `OSError` for pictures that cannot be read."""
    return CameraEmulator(
        request.name, host=request.host, port=request.port, folder=request.pictures, counter=request.counter
    )
