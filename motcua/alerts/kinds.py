"""The one table of alert kinds. Settings, pages, messages and checks read it; no other place lists kinds.

To add a kind: one row here, and what measures it in `motcua/wiring/watches.py`.
"""

from dataclasses import dataclass

from motcua.desk.messages import mark


@dataclass(frozen=True)
class AlertKind:
    """One kind: its code, its label, its icon, and what an alert says.

    `message` has places for `value`, and for what the alert's details name. An urgent one is not held back at night.
    """

    code: str
    label: str
    icon: str
    message: str
    is_urgent: bool = False


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
)
_BY_CODE = {kind.code: kind for kind in KINDS}


def find_kind(code: str) -> AlertKind | None:
    """Return the kind of this code, None where there is none."""
    return _BY_CODE.get(code)
