"""How tests wait: for a condition, never for a time."""

import time
from collections.abc import Callable

PATIENCE_S = 60
"""How long anything that must come about is waited for. Only a test that fails ever waits so long."""
LEAST_S, MOST_S, PAUSES = 0.005, 0.05, 3
"""Between two looks nobody looks for as long as three looks take, within these bounds: who asks a desk again and again
keeps it from what is waited for.
"""


def wait_until(is_so: Callable[[], object], within_s: float = PATIENCE_S, told: Callable[[], object] = str) -> None:
    """Return as soon as `is_so()`. Raises `TimeoutError` with what `told()` then."""
    until = time.monotonic() + within_s
    while True:
        began = time.monotonic()
        if is_so():
            return
        ended = time.monotonic()
        if ended > until:
            raise TimeoutError(f"it did not come about {told()}")
        pause_s = min(max(LEAST_S, PAUSES * (ended - began)), MOST_S)
        time.sleep(pause_s)  # waits: between two looks; how long it takes changes no result
