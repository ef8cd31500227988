"""What somebody tried and did not get, as lines of the program's log: who, from where, what, how often.

Never what was typed.
"""

import json
import logging
from dataclasses import dataclass

from flask import Flask, current_app, g, request

from motcua.desk import Clock

EVERY_S = 60
"""The same try from the same address is told at once, and then so often."""
TABLE_MAX = 1024
"""How many different tries are told apart; what comes beyond is counted as one."""
BEYOND = ("many", "", "")
NAME = "security_log"
logger = logging.getLogger("motcua.security")
Try = tuple[str, str, str]


@dataclass
class LoggedAttempt:
    """When a try was last told, and how often it came since."""

    told_s: float
    again: int = 0


class SecurityLog:
    """Writes each try as one line, and what repeats as a number."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._seen: dict[Try, LoggedAttempt] = {}

    def note(self, code: str, address: str, door: str, **more: object) -> None:
        """Write that `code` was the answer to whoever asked at `door` from `address`."""
        now_s = self._clock.steady()
        key = (code, address, door)
        attempt = self._seen.get(key)
        if attempt is None:
            if len(self._seen) >= TABLE_MAX:
                self._forget(now_s)
            key = key if len(self._seen) < TABLE_MAX else BEYOND
            attempt = self._seen.get(key)
        if attempt is not None and now_s - attempt.told_s < EVERY_S:
            attempt.again += 1
            return
        again = {"again": attempt.again} if attempt is not None and attempt.again else {}
        self._seen[key] = LoggedAttempt(now_s)
        logger.warning("%s", write_line(code, {"address": address, "door": door, **more, **again}))

    def _forget(self, now_s: float) -> None:
        """Drop what was told long ago; what was not told yet is."""
        for key, attempt in list(self._seen.items()):
            if now_s - attempt.told_s >= EVERY_S:
                del self._seen[key]
                if attempt.again:
                    logger.warning(
                        "%s", write_line(key[0], {"address": key[1], "door": key[2], "again": attempt.again})
                    )


def write_line(code: str, fields: dict[str, object]) -> str:
    """Return one line of ASCII: the code, then each field as `name=JSON`, so that no value can look like another
    field or line.
    """
    return " ".join([code, *(f"{name}={json.dumps(value)}" for name, value in fields.items())])


def install(app: Flask, clock: Clock) -> None:
    """Give `app` its log."""
    app.extensions[NAME] = SecurityLog(clock)


def note(code: str, door: str = "", **more: object) -> None:
    """Write that this request, or this socket's event, was answered by `code`. Where an app has no log nothing happens.

    The address asked for is not written, as some of them are secrets; `door` is the name of what was asked for.
    """
    log = current_app.extensions.get(NAME)
    if not isinstance(log, SecurityLog):
        return
    caller = getattr(g, "caller", None)
    who = {"who": caller.name} if caller is not None and caller.credential is not None else {}
    log.note(code, request.remote_addr or "", door or request.endpoint or "none", **who, **more)
