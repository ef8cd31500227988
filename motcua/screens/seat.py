"""The page behind the code on a seat: whoever follows a number on this phone says that they sit there."""

from flask import Blueprint

from motcua.catalogue import store as catalogue_store
from motcua.desk import Unknown
from motcua.screens.pages import render_page
from motcua.settings import store as settings_store
from motcua.web.site import Site


def install(screens: Blueprint, site: Site) -> None:
    """Add the seats' pages."""

    @screens.get("/seat/<int(max=999):number>", endpoint="seat")
    def seat(number: int) -> str:
        with site.desk.read() as db:
            seats = settings_store.get_settings(db).seats.labels
            is_used = any(service.at_seat for service in catalogue_store.list_services(db))
        if not 0 < number <= len(seats):
            raise Unknown("seat.unknown", "There is no seat “%(seat)s”.", seat=number)
        return render_page(site, "seat.html", seat=seats[number - 1], is_used=is_used)
