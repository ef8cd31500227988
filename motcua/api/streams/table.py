"""All streams by their namespace."""

from motcua.api.streams.citizen import FollowStream, PadStream
from motcua.api.streams.counter import CounterStream
from motcua.api.streams.hall import KioskStream, WallStream
from motcua.api.streams.leaders import LeadersStream
from motcua.api.streams.settings import PreviewStream
from motcua.api.streams.shared import StreamState

STREAMS: dict[str, type[StreamState]] = {
    "wall": WallStream,
    "kiosk": KioskStream,
    "counter": CounterStream,
    "pad": PadStream,
    "follow": FollowStream,
    "leaders": LeadersStream,
    "preview": PreviewStream,
}
