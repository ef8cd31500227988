"""The leaders' page: the live hall and today's figures with their n."""

from typing import Any

from flask import Blueprint

from motcua.desk import Reader
from motcua.feedback.channels import Channel
from motcua.reports.kinds import REPORTS
from motcua.reports.promises import PromiseCounts
from motcua.screens.forms import describe_user
from motcua.screens.kinds import list_kinds
from motcua.screens.pages import render_page
from motcua.views.faults import list_faults
from motcua.views.hall import add_refusal
from motcua.views.leaders import show_leaders
from motcua.web.identity import Caller
from motcua.web.language import translate
from motcua.web.site import Site
from motcua.web.sockets import Namespace


def install(screens: Blueprint, site: Site) -> None:
    """Add the leaders' page and stream."""

    site.app.jinja_env.globals["reports"] = REPORTS
    promise_counts = PromiseCounts()

    @screens.get("/leaders", endpoint="leaders")
    def leaders_page() -> str:
        with site.desk.read() as db:
            first = view(db, "")
        channels = {channel.value: translate(channel.label) for channel in Channel}
        return render_page(site, "leaders.html", first, me=describe_user(site), kinds=list_kinds(), channels=channels)

    def view(db: Reader, _key: str) -> dict[str, Any]:
        day, behind = site.get_today(db)
        state = add_refusal(
            show_leaders(db, site.desk.clock.now(), day, promise_counts, clock_behind=behind), site.desk.refusal
        )
        return {
            **state,
            "devices": site.fleet.list_troubles(db),
            "troubles": list_faults(db, site.desk.faults.list_all()),
        }

    def key_of(_caller: Caller, _auth: dict[str, Any]) -> str:
        return ""

    Namespace(site, "/leaders", view, key_of, beside=object)  # looked at anew each second: it sums up the day
