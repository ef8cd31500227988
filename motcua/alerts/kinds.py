"""The one table of alert kinds. Settings, pages, messages and checks read it; no other place lists kinds.

To add a kind: one row here, and what measures it in `motcua/wiring/watches.py`.
What is measured of dossiers is in `motcua/wiring/dossier_watches.py`, of call backs in `callback_watches.py` there.
"""

from msgspec import Struct

from motcua.desk.messages import mark


class AlertKind(Struct, frozen=True):
    """One kind: its code, its label, its icon, and what an alert says.

    `message` has places for `value`, and for what the alert's details name. An urgent one is not held back at night.
    `path` is the page that lists what it is about, empty for none.
    """

    code: str
    label: str
    icon: str
    message: str
    is_urgent: bool = False
    path: str = ""


HELP = "help"
KINDS = (
    AlertKind(HELP, mark("Call for help"), "bell-ring", mark("Counter %(counter)s calls for help."), is_urgent=True),
    AlertKind(
        "wait", mark("Long wait"), "timer", mark("Group %(group)s: somebody has been waiting for %(value)s minutes.")
    ),
    AlertKind("queue", mark("Long queue"), "users", mark("Group %(group)s: %(value)s people are waiting.")),
    AlertKind(
        "idle",
        mark("Idle counter"),
        "armchair",
        mark("Counter %(counter)s has called nobody for %(value)s minutes, though people wait for it."),
    ),
    AlertKind(
        "ratings",
        mark("Low ratings"),
        "star",
        mark("Counter %(counter)s: %(value)s low ratings within %(minutes)s minutes."),
    ),
    AlertKind(
        "deadline",
        mark("Deadline of a suggestion"),
        "calendar",
        mark("Suggestion no. %(suggestion)s: its deadline is %(due)s."),
    ),
    AlertKind("quarantine", mark("Ratings set aside"), "shield", mark("Ratings set aside within an hour: %(value)s.")),
    AlertKind(
        "device", mark("Device down"), "printer", mark("This device has not worked for %(value)s minutes: %(device)s.")
    ),
    AlertKind(
        "dossier-soon",
        mark("Dossiers due soon"),
        "calendar",
        mark("Step %(step)s: dossiers due within %(days)s working days: %(value)s."),
        path="/dossiers?box=soon",
    ),
    AlertKind(
        "dossier-today",
        mark("Dossiers due today"),
        "clock",
        mark("Dossiers due today: %(value)s."),
        path="/dossiers?box=today",
    ),
    AlertKind(
        "dossier-late",
        mark("Late dossiers"),
        "triangle-alert",
        mark("Dossiers that are late: %(value)s."),
        path="/dossiers?box=late",
    ),
    AlertKind(
        "dossier-unanswered",
        mark("Supplement not handed in"),
        "timer",
        mark("Requests for papers that nobody has answered for %(days)s days: %(value)s."),
        path="/dossiers?box=supplement",
    ),
    AlertKind(
        "dossier-unfetched",
        mark("Results not fetched"),
        "inbox",
        mark("Results that nobody has fetched for %(days)s days: %(value)s."),
        path="/dossiers?box=ready",
    ),
    AlertKind(
        "dossier-unassigned",
        mark("Dossiers with nobody"),
        "user",
        mark("Dossiers that have been with nobody for %(days)s working days: %(value)s."),
        path="/dossiers?holder=none",
    ),
    AlertKind(
        "dossier-unattended",
        mark("Dossiers that nobody works on"),
        "pause",
        mark("Dossiers to which nothing has happened for %(days)s working days: %(value)s."),
        path="/dossiers",
    ),
    AlertKind(
        "callback-late",
        mark("Overdue call backs"),
        "phone-call",
        mark("Call backs that are overdue: %(value)s."),
        path="/callbacks",
    ),
)
_BY_CODE = {kind.code: kind for kind in KINDS}


def find_kind(code: str) -> AlertKind | None:
    """Return the kind of this code, None where there is none."""
    return _BY_CODE.get(code)
