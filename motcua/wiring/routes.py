"""The routes of jobs to the declared devices."""

from motcua.desk import Reader
from motcua.wiring.bindings import list_devices


def list_routes(db: Reader, kind: str, counter: int | None = None) -> list[str]:
    """Return the job routes of the devices of `kind`, or those of `counter`, the oldest agent first."""
    return [f"{item.route}:{counter}" if counter is not None else item.route for item in list_devices(db, kind, counter)]
