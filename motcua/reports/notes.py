"""What readers of any report about the hall must know of its waits, promises and shares."""

from motcua.desk.messages import mark
from motcua.reports.measures import KEPT_TARGET_TENTHS
from motcua.reports.values import Phrase

HALL_NOTES = (
    Phrase(mark("A wait lasts from the number to its first call. Numbers that were never called have no wait.")),
    Phrase(mark("P90: nine of ten people waited at most so long. Median and P90 are nearest ranks.")),
    Phrase(
        mark(
            "Promised waits held: of the numbers given with a range of minutes, the share that was called within "
            "its upper end."
            " Who gave up before the call is left out. It should be %(low)s to %(high)s percent."
        ),
        {"low": KEPT_TARGET_TENTHS[0] // 10, "high": KEPT_TARGET_TENTHS[1] // 10},
    ),
    Phrase(mark("Satisfied: the share of the two best of five levels among all ratings that count.")),
    Phrase(
        mark(
            "Lower and upper end: the 95 percent interval by Wilson (1927). n is how many it was measured on."
            " A share of fewer than 30 says little."
        )
    ),
)
