"""How soon a call's sound is put together from its clips, and how large a full ticket is on the cable."""

import statistics
import sys
from time import perf_counter

from motcua.calls import sentences
from motcua.devices.paper.layout import DEFAULT, fill, parse
from motcua.devices.paper.render import render
from motcua.devices.paper.ticket import SAMPLE, get_values
from motcua.devices.printer import library as printers
from motcua.devices.printer.codec import encode
from motcua.settings.model import Settings
from motcua.voice import engine
from motcua.voice.library import Library, make_clips
from motcua.voice.words import Region

from . import limits
from .run import Run

REGION: Region = "north"
SPEED, DOTS = 130, 576
FULL = {**SAMPLE, "due_at": None, "seat": "Ghế 12", "wait": "khoảng 10 đến 20 phút", "priority": True, "reprint": True}


def sounds(run: Run) -> None:
    """Join a call for each of many numbers; encode the ward's ticket with every line that it can have."""
    run.report.put(limits.TICKET.judge(_ticket_bytes() / 1000))
    if not engine.is_installed():
        print("sounds: no speech engine is installed; nothing to join", file=sys.stderr)
        return
    settings, library = Settings(), Library(run.folder / "voice")
    calls = [
        sentences.compose_call(settings, "call", "A", number, 1 + number % 9).sentence
        for number in range(1, 100 if run.quick else 1000)
    ]
    make_clips(library.folder, {piece.name: piece for call in calls for piece in call.pieces}.values(), REGION, SPEED)
    took = []
    for call in calls:
        start = perf_counter()
        library.join_sound(call.pieces, REGION, SPEED, times=2, rings=True)
        took.append(perf_counter() - start)
    run.report.put(limits.JOIN.judge(statistics.median(took) * 1000))


def _ticket_bytes() -> int:
    paper = render(fill(parse(DEFAULT), get_values(FULL, "http://192.168.100.100:8080")), DOTS)
    return len(encode(paper, printers.build_pen(), "part"))
