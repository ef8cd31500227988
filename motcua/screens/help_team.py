"""The help team's page: volunteers enter on a tablet whom they helped, also while the network is away."""

from flask import Blueprint

from motcua.desk.messages import mark, translate_into_each
from motcua.screens.pages import render_page
from motcua.views.assistance import describe_choices, describe_team_day
from motcua.web.site import Site


def install(screens: Blueprint, site: Site) -> None:
    """Add the page."""

    @screens.get("/help-team", endpoint="help_team")
    def help_team() -> str:
        first = {
            "title": translate_into_each(mark("The page is starting")),
            "words": translate_into_each(mark("If this stays, write down whom you help and enter it later.")),
        }
        day, _behind = site.get_today()
        with site.desk.read() as db:
            more = {"choices": describe_choices(db, day), "today": describe_team_day(db, day)}
        clock = {"at": int(site.desk.clock.now().timestamp() * 1000), "speed": site.desk.clock.speed}
        return render_page(site, "helpers.html", first, **clock, **more)
