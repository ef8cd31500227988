"""Which worker runs which tests: files whole, and the house on one worker, where what it reads is parsed once."""

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

HOUSE = "tests/house/"


class RoomScheduling(LoadFileScheduling):  # type: ignore[misc]
    """Gives a worker one file after the other, and the files of the house together."""

    def _split_scope(self, nodeid: str) -> str:
        return HOUSE if nodeid.startswith(HOUSE) else super()._split_scope(nodeid)


def make_scheduler(config: pytest.Config, log: Producer) -> LoadFileScheduling | None:
    """Return how a run that keeps files whole is divided; None for another."""
    return RoomScheduling(config, log) if config.getvalue("dist") == "loadfile" else None
