"""What is wrong with the agent itself, though it works on: a file that was damaged, a folder that cannot be written.

Told to the desk.
"""

import logging
import threading
from typing import Any

from motcua.agent.errors import AgentError

logger = logging.getLogger(__name__)


class Troubles:
    """The troubles of one agent by their codes, each a sentence for people. Safe in several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._errors: dict[str, AgentError] = {}

    def note(self, code: str, error: AgentError) -> None:
        """Keep `error` under `code`, in the place of an earlier one; it is logged when it is new."""
        with self._lock:
            is_new = str(self._errors.get(code, "")) != str(error)
            self._errors[code] = error
        if is_new:
            logger.error("%s", error)

    def clear(self, code: str) -> None:
        """It is over; nothing happens when there was none."""
        with self._lock:
            self._errors.pop(code, None)

    def list_all(self) -> list[dict[str, Any]]:
        """Return them as the desk is told: `code`, `message` in English with places for `params`."""
        with self._lock:
            return [
                {
                    "code": code,
                    "message": error.message,
                    "params": {name: str(value) for name, value in error.params.items()},
                }
                for code, error in self._errors.items()
            ]
