"""The leaders' page: the live hall and today's figures with their n."""

from typing import Any

from flask import Blueprint

from motcua.desk import Reader
from motcua.feedback.channels import Channel
from motcua.screens.forms import me
from motcua.screens.kinds import list_kinds
from motcua.screens.pages import page
from motcua.views.faults import fault_views
from motcua.views.hall import add_refusal
from motcua.views.leaders import leaders_screen
from motcua.web.identity import Caller
from motcua.web.language import text
from motcua.web.site import Site
from motcua.web.sockets import Namespace


def install(screens: Blueprint, site: Site) -> None:
    """Add the leaders' page and stream."""

    @screens.get("/leaders", endpoint="leaders")
    def leaders_page() -> str:
        with site.desk.read() as db:
            first = view(db, "")
        channels = {channel.value: text(channel.label) for channel in Channel}
        return page(site, "leaders.html", first, me=me(site), kinds=list_kinds(), channels=channels)

    def view(db: Reader, _key: str) -> dict[str, Any]:
        day, behind = site.today()
        found = add_refusal(leaders_screen(db, site.desk.clock.now(), day, clock_behind=behind), site.desk.refusal)
        return {**found, "devices": site.fleet.troubles(db), "troubles": fault_views(db, site.desk.faults.all())}

    def key_of(_caller: Caller, _auth: dict[str, Any]) -> str:
        return ""

    Namespace(site, "/leaders", view, key_of)
