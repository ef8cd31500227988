"""The printer emulator that somebody asks for in a few words."""

from motcua.devices.emulation import Emulator, EmulatorRequest
from motcua.devices.printer.emulator import PrinterEmulator

PAPERS_KEPT = 50


def build(request: EmulatorRequest) -> Emulator:
    """Return the emulator, not yet started."""
    return PrinterEmulator(
        request.name,
        host=request.host,
        port=request.port,
        paper_mm=request.paper_mm,
        folder=request.papers,
        papers_max=PAPERS_KEPT,
    )
