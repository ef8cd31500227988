"""When an officer sat at which counter: as the journal has it, and as leaders corrected it. Seconds of the local day.

Somebody sits at a counter from its opening until it pauses or closes, somebody else opens it, or the day ends.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from motcua.work.model import PresenceCorrection, PresenceSpan

ACTIONS = ("counter.opened", "counter.paused", "counter.closed", "day.closed")
"""The journal rows that say who sits where."""


def collect_presence(
    rows: Iterable[tuple[int, str, Mapping[str, Any]]], officer: int, until_s: int
) -> tuple[PresenceSpan, ...]:
    """Return where `officer` sat, by the journal rows of one day in order: second of the day, action, data.

    Who still sits somewhere after the last row sits there until `until_s`.
    """
    spans: list[PresenceSpan] = []
    counter, since_s = 0, 0
    for at_s, action, data in rows:
        is_here = bool(counter) and data.get("counter") == counter
        takes_place = action == "counter.opened" and data.get("officer") == officer
        leaves = action == "day.closed" or (is_here and not takes_place) or (takes_place and not is_here)
        if counter and leaves:
            spans.append(PresenceSpan(counter, since_s, max(since_s, at_s)))
            counter = 0
        if takes_place and not counter:
            counter, since_s = int(data["counter"]), at_s
    if counter:
        spans.append(PresenceSpan(counter, since_s, max(since_s, until_s)))
    return _join(spans)


def correct_presence(
    recorded: Sequence[PresenceSpan], corrections: Iterable[PresenceCorrection]
) -> tuple[PresenceSpan, ...]:
    """Return the presence with the corrections laid over it, in their order: the last word on a minute counts."""
    spans = list(recorded)
    for correction in corrections:
        from_s, to_s = correction.from_min * 60, correction.to_min * 60
        spans = [
            PresenceSpan(span.counter, begin_s, end_s)
            for span in spans
            for begin_s, end_s in (
                (span.from_s, min(span.to_s, from_s)),
                (max(span.from_s, to_s), span.to_s),
            )
            if begin_s < end_s
        ]
        if correction.counter is not None:
            spans.append(PresenceSpan(correction.counter, from_s, to_s))
    return _join(spans)


def _join(spans: Iterable[PresenceSpan]) -> tuple[PresenceSpan, ...]:
    """Return spans in the order of the day, those that touch at one counter as one, without empty ones."""
    joined: list[PresenceSpan] = []
    for span in sorted(spans, key=lambda one: (one.from_s, one.to_s, one.counter)):
        if span.from_s >= span.to_s:
            continue
        if joined and joined[-1].counter == span.counter and joined[-1].to_s >= span.from_s:
            joined[-1] = PresenceSpan(span.counter, joined[-1].from_s, max(joined[-1].to_s, span.to_s))
        else:
            joined.append(span)
    return tuple(joined)
