"""When a camera's picture may be looked at by whoever sets its region. Pure."""

from motcua.counters.model import Counter, CounterState
from motcua.desk.errors import Refused


def require_nobody_served(counter: Counter) -> None:
    """Raise `Refused("camera.in_hand" | "camera.counter_open")` unless nobody can be served at the counter now.

    A picture is shown only while no citizen stands there to be served, and no officer works there.
    """
    if counter.in_hand is not None:
        raise Refused(
            "camera.in_hand",
            "Counter %(counter)s has a number in hand. Its camera's picture is shown only while nobody is served "
            "there.",
            counter=counter.number,
        )
    if counter.state is CounterState.OPEN:
        raise Refused(
            "camera.counter_open",
            "Counter %(counter)s is open. Please pause or close it first: its camera's picture is shown only while "
            "nobody is served there.",
            counter=counter.number,
        )


def is_nobody_served(counter: Counter) -> bool:
    """Say whether the picture of the counter's camera may be looked at."""
    try:
        require_nobody_served(counter)
    except Refused:
        return False
    return True
