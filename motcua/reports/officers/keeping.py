"""What each officer did on one day, from the tables and the journal, as JSON and back. Pure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from motcua.reports.officers.model import Presence


@dataclass
class OfficerWork:
    """One officer's stretches of serving and presence: sums in milliseconds, and the single `finished` times."""

    served: int = 0
    service_ms: int = 0
    calling_ms: int = 0
    finished: list[float] = field(default_factory=list)
    presence: Presence = field(default_factory=Presence)


def write_officers(officers: Mapping[int | None, OfficerWork]) -> str:
    """Return the officers of a day as JSON; None stands where nobody had signed in."""
    rows = [
        [
            officer,
            one.served,
            one.service_ms,
            one.calling_ms,
            one.finished,
            one.presence.recorded_ms,
            one.presence.paused_ms,
        ]
        for officer, one in officers.items()
    ]
    return json.dumps(rows, separators=(",", ":"), ensure_ascii=False)


def read_officers(text: str) -> dict[int | None, OfficerWork]:
    """Return what `write_officers` wrote."""
    rows: list[list[Any]] = json.loads(text)
    return {
        officer: OfficerWork(served, service_ms, calling_ms, finished, Presence(present_ms, paused_ms, present_ms))
        for officer, served, service_ms, calling_ms, finished, present_ms, paused_ms in rows
    }
