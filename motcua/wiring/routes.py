"""Where a job goes: to the devices that agents declared."""

from motcua.desk import Reader
from motcua.wiring.bindings import serving


def routes(db: Reader, kind: str, counter: int | None = None) -> list[str]:
    """Return the names under which jobs of devices of `kind` wait: all of them, or those of `counter`, the oldest agent's first."""
    return [f"{item.route}:{counter}" if counter is not None else item.route for item in serving(db, kind, counter)]
