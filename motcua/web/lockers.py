"""Whether the locker can open a door now: asked before anything changes, so that nobody waits before a closed one."""

from motcua.desk import Refused
from motcua.typed.device_address import DeviceAddress
from motcua.web.site import Site
from motcua.wiring.lockers import find_locker


def require_locker(site: Site) -> None:
    """Raise `Refused("locker.away")` unless the device program of the locker is connected."""
    with site.desk.read() as db:
        route = find_locker(db)
    holder = DeviceAddress.parse(route).holder if route is not None else ""
    if not holder or not site.fleet.is_connected(int(holder)):
        raise Refused("locker.away", "The locker does not answer now. Please ask at the desk.")
