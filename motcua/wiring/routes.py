"""The routes of jobs to the declared devices."""

from motcua.desk import Reader
from motcua.wiring.bindings import list_devices


def list_routes(db: Reader, kind: str, counter: int | None = None) -> list[str]:
    """Return the job addresses of the devices of `kind`, or those of `counter`, the oldest agent first."""
    return [str(device.address.with_counter(counter)) for device in list_devices(db, kind, counter)]
