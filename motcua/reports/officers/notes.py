"""How the figures by officer are computed, in words. Pure."""

from motcua.desk.messages import mark
from motcua.reports.comparing.reliability import GATE
from motcua.reports.values import Phrase

NOTES = (
    Phrase(
        mark(
            "Served: visits that ended at the officer's counter, by stretches of serving. A visit that went to several"
            " officers counts for the last one; the time of each counts for each."
        )
    ),
    Phrase(
        mark(
            "Present: from opening a counter to closing it, less pauses, by the journal, with the leaders' corrections"
            " of working hours. Who did not sign out counts until the last entry of the day. Serving, calling and free"
            " time are parts of it, and figures per hour use it. What was recorded stands beside it."
        )
    ),
    Phrase(
        mark(
            "Calling: from the call to the start of serving. Time for somebody who was called and did not come counts"
            " as free. A visit that only the end of the day ended has no service time."
        )
    ),
    Phrase(
        mark(
            "Asked: the pad or the keypad showed the question. An answer by phone makes a skipped question an answered"
            " one. Ratings count on the day of their visit, for the officer who served it last."
        )
    ),
    Phrase(
        mark(
            "Satisfied: the share of the two best of five levels among the ratings that count. Its interval is that of"
            " Wilson (1927), 95 percent. Ratings that are set aside are counted apart."
        )
    ),
    Phrase(
        mark(
            "Drawn to the mean: the rate in the light of the other officers of the same group of services, with its 95"
            " percent interval (beta-binomial, integrated over a grid). Few answers are drawn to the mean more."
        )
    ),
    Phrase(
        mark(
            "Rates stand side by side only from a reliability of %(gate)s percent on: at least that part of the"
            " difference between officers must be no chance. Otherwise each officer is compared with the own past only,"
            " on a page of their own."
        ),
        {"gate": round(GATE * 100)},
    ),
    Phrase(
        mark("The group is that of the number's letter, also after a transfer or when a service gets another name.")
    ),
    Phrase(mark("Officers are ordered by name. No figure here is a rank, and none of the camera is part of it.")),
)
"""How the figures are computed."""
