"""The touch terminal of the hall: papers are looked up and dossiers are found, by anybody, and nothing stays."""

from flask import Blueprint

from motcua.desk.messages import mark
from motcua.screens.pages import render_page
from motcua.web.language import translate_into_each
from motcua.web.site import Site
from motcua.web.switches import has_dossiers


def install(screens: Blueprint, site: Site) -> None:
    """Add the page."""

    @screens.get("/terminal", endpoint="terminal")
    def terminal() -> str:
        first = {
            "title": translate_into_each(mark("The terminal is starting")),
            "words": translate_into_each(mark("If this stays, please ask at the desk.")),
        }
        return render_page(
            site,
            "terminal.html",
            first,
            dossiers=has_dossiers(site.desk),
            phones=bool(site.addresses.find_for_phones()),
        )
