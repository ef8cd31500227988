"""Keeps the clips of calls complete: at the start, after the settings changed, when the ward recorded something
anew.
"""

import logging
from typing import Any

from motcua.calls import clips, sounds
from motcua.desk import Desk, DeskFault, Entry, Refused, StoreError
from motcua.desk.messages import mark
from motcua.planning.computing import Compute, Given
from motcua.settings.events import SettingsChanged
from motcua.voice.library import CHIME, Library
from motcua.voice.words import Piece
from motcua.wiring import facts
from motcua.wiring.chores import describe_error

LOOK_S, AGAIN_S, FAILED_AGAIN_S = 10, 300, 30
"""How often the recorded clips are looked at, and after how long what is not there, or what failed, is tried again."""
FAILED = "voice.failed"
logger = logging.getLogger(__name__)


class Voicing:
    """Makes the clips of `library` that are missing.

    `compute(task, task_input)` works in another process and may take its time.
    """

    def __init__(self, desk: Desk, library: Library, compute: Compute) -> None:
        self._desk, self._library, self._compute = desk, library, compute
        self._changed = True
        self._looked_at: float | None = None
        self._tried_at: float | None = None
        self._again_s = AGAIN_S
        self._recorded: list[tuple[str, int]] | None = None
        desk.on(SettingsChanged, self._note_change)

    def _note_change(self, _entry: Entry[SettingsChanged]) -> None:
        self._changed = True

    def is_due(self) -> bool:
        """Say whether the clips should be looked at."""
        return self._changed or self._passed(self._looked_at, LOOK_S)

    def _passed(self, since: float | None, seconds: int) -> bool:
        return since is None or self._desk.clock.steady() - since >= seconds

    def refresh(self) -> None:
        """Look, and make what is missing; what goes wrong is logged, and tried again in a while."""
        now = self._desk.clock.steady()
        try:
            recorded = self._library.list_recordings()
            is_new = self._changed or recorded != self._recorded
            self._looked_at, self._changed = now, False
            if not is_new and not self._passed(self._tried_at, self._again_s):
                return
            self._recorded, self._tried_at = recorded, now
            with self._desk.read() as db:
                task_input = sounds.build_task_input(db, self._library)
            pieces = [CHIME, *(Piece(name, words) for name, words in task_input["pieces"])]
            if recorded or self._library.list_missing(pieces, task_input["region"], task_input["speed"]):
                clip_report = self._compute(clips.task, task_input)
                log_report(clip_report)
                self._tell(clip_report["failed"])
            else:
                self._desk.faults.clear(FAILED)
            facts.refresh_words(self._desk, self._library)
        except Exception as error:
            self._looked_at = now
            is_defect = not isinstance(error, Refused | StoreError | OSError)
            logger.warning("the clips of the voice could not be made: %s", error, exc_info=error if is_defect else None)
            self._tell([["", "%(problem)s", {"problem": describe_error(error)}]])

    def _tell(self, failed: list[Any]) -> None:
        """Note why clips could not be made, or that all could."""
        self._again_s = FAILED_AGAIN_S if failed else AGAIN_S
        if not failed:
            self._desk.faults.clear(FAILED)
            return
        _name, message, params = failed[0]
        problem = message % params if params else message
        self._desk.faults.note(
            DeskFault(FAILED, "voice", mark("The words of calls could not be made: %(problem)s"), {"problem": problem})
        )


def log_report(clip_report: Given) -> None:
    """Log what making clips came to."""
    if clip_report["made"] or clip_report["prepared"]:
        logger.info("voice: %s clips made, %s recorded ones prepared", clip_report["made"], clip_report["prepared"])
    for name, message, params in (*clip_report["refused"], *clip_report["failed"]):
        logger.warning("voice: %s: %s", name, message % params if params else message)
    if not clip_report["engine"]:
        logger.warning("voice: neither espeak-ng nor espeakng-loader is installed; calls have a chime only")
