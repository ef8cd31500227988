"""Once a day, while nobody is in the hall, a separate process verifies the journal and compares the tables with it."""

import json
import logging
import sys
from pathlib import Path
from typing import Any

from gevent import Timeout, subprocess

from motcua.desk import Desk, DeskFault, StoreError, Unavailable
from motcua.desk.messages import mark
from motcua.wiring import erasing, facts

LOOK_S, PATIENCE_S = 60, 3600
BROKEN = mark(
    "The journal is broken at row %(row)s: somebody changed it. Keep this computer's disk, and run: motcua "
    "journal verify"
)
UNLIKE = mark("In %(count)s places the tables do not match the journal. To see where: motcua journal verify")
NICER = 15
"""How much the child stands back from whoever else computes."""
logger = logging.getLogger(__name__)


class Auditing:
    """Starts the child when its time has come, and tells what it found as faults."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self._desk, self._folder = desk, folder
        self._looked_at: float | None = None
        self._audited = ""
        self._child: subprocess.Popen[bytes] | None = None

    def is_due(self) -> bool:
        """Say whether it is time to look whether it is time."""
        now = self._desk.clock.steady()
        return self._looked_at is None or now - self._looked_at >= LOOK_S

    def refresh(self) -> None:
        """Verify, if that was not done today and nobody is in the hall.

        What goes wrong is logged, and tried again tomorrow.
        """
        self._looked_at = self._desk.clock.steady()
        now = self._desk.clock.now()
        try:
            with self._desk.read() as db:
                is_time = erasing.is_quiet(db, now)
        except (StoreError, Unavailable):
            return
        day = now.date().isoformat()
        if is_time and day != self._audited:
            self._audited = day
            self.audit()

    def audit(self) -> None:
        """Verify now, and tell what was found."""
        try:
            audit_result = self._ask()
        except (OSError, ValueError, Timeout) as error:
            logger.warning("the tables could not be compared with the journal: %s", error)
            return
        self._tell(facts.BROKEN, BROKEN, audit_result, is_wrong=audit_result["row"] is not None)
        self._tell(facts.UNLIKE, UNLIKE, audit_result, is_wrong=audit_result["count"] > 0)

    def _ask(self) -> dict[str, Any]:
        command = [sys.executable, "-m", "motcua.run.audit_child", str(self._folder.absolute()), str(NICER)]
        self._child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
        try:
            with Timeout(PATIENCE_S):
                answer, _none = self._child.communicate()
            return dict(json.loads(answer))
        finally:
            self.stop()

    def _tell(self, code: str, message: str, params: dict[str, Any], *, is_wrong: bool) -> None:
        if is_wrong:
            self._desk.faults.note(DeskFault(code, "journal", message, params))
        else:
            self._desk.faults.clear(code)

    def stop(self) -> None:
        """End the child."""
        child, self._child = self._child, None
        if child is not None:
            if child.poll() is None:
                child.kill()
            child.wait()
