"""The time on the desk's own wall clock, for rules that ask for it."""

from datetime import datetime

from motcua.desk import get_zone
from motcua.settings import store as settings_store
from motcua.web.site import Site


def get_local_now(site: Site) -> datetime:
    """Return the time on the desk's own wall clock."""
    with site.desk.read() as db:
        zone = get_zone(settings_store.get_timezone(db))
    return site.desk.clock.now().astimezone(zone).replace(tzinfo=None)
