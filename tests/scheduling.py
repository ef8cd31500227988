"""Which worker runs which tests: files whole, the long ones first, and the house on one worker, where what it reads
is parsed once; so too in the fast part what asks a served desk.
"""

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling
from xdist.workermanage import WorkerController

HOUSE = "tests/house/"
SERVED = "tests/server/"
"""In the fast part they share one desk and have little to do but to wait for it."""
LONG = (
    "tests/server/test_schemathesis.py",
    "tests/server/test_kill.py",
    "tests/server/test_idle.py",
    "tests/server/test_demo.py",
    "tests/server/test_bad_mornings.py",
    "tests/server/test_demo_devices.py",
    "tests/server/test_screen_launcher.py",
    SERVED,
    HOUSE,
    "tests/server/test_settings_api.py",
    "tests/server/test_screen_profile.py",
    "tests/unit/views/test_counter_commands.py",
)
"""What takes many seconds, longest first: begun last, it would keep one worker busy while the others have nothing."""


class RoomScheduling(LoadFileScheduling):  # type: ignore[misc]
    """Gives a worker one file after the other, and the files of the house together."""

    def _split_scope(self, nodeid: str) -> str:
        together = (HOUSE, SERVED) if self.config.option.markexpr.startswith("not ") else (HOUSE,)
        return next((scope for scope in together if nodeid.startswith(scope)), str(super()._split_scope(nodeid)))

    def _assign_work_unit(self, node: WorkerController) -> None:
        for scope in LONG:
            if scope in self.workqueue:
                self.workqueue.move_to_end(scope, last=False)
                break
        super()._assign_work_unit(node)


def make_scheduler(config: pytest.Config, log: Producer) -> LoadFileScheduling | None:
    """Return how a run that keeps files whole is divided; None for another."""
    return RoomScheduling(config, log) if config.getvalue("dist") == "loadfile" else None
