"""How tests wait: for a condition, never for a time."""

import time
from collections.abc import Callable

PATIENCE_S = 60
"""How long anything that must come about is waited for. Only a test that fails ever waits so long."""
LOOKS_S = 0.005


def wait_until(is_so: Callable[[], object], within_s: float = PATIENCE_S, told: Callable[[], object] = str) -> None:
    """Return as soon as `is_so()`. Raises `TimeoutError` with what `told()` then."""
    until = time.monotonic() + within_s
    while not is_so():
        if time.monotonic() > until:
            raise TimeoutError(f"it did not come about {told()}")
        time.sleep(LOOKS_S)  # waits: the pause between two looks; how long it takes changes no result
