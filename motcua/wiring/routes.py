"""Where a job goes: to the devices that agents declared."""

from motcua.desk import Reader
from motcua.wiring.bindings import serving


def routes(db: Reader, kind: str, counter: int | None = None) -> list[str]:
    """Return the addresses under which jobs of devices of `kind` wait: all of them, or those of `counter`.

    Those of the oldest agent come first.
    """
    return [str(device.address.at(counter)) for device in serving(db, kind, counter)]
