"""The leaders' page of the report of dossiers, and the codes behind its figures. Whole without a script."""

from typing import Any

from flask import Blueprint, request

from motcua.desk import Desk, Refused
from motcua.reports.dossiers.behind import FIGURES, list_behind
from motcua.reports.dossiers.report import read_reported
from motcua.reports.indices.behind import BehindGroup
from motcua.reports.kinds import DOSSIERS
from motcua.reports.periods import choose_period
from motcua.reports.values import Period
from motcua.screens.forms import describe_user
from motcua.screens.pages import render_page
from motcua.screens.report_page import render_report
from motcua.settings import store as settings_store
from motcua.web.language import translate
from motcua.web.problems import get_status
from motcua.web.site import Site

PATH = DOSSIERS.page
CODES_SHOWN = 500
"""How many codes of a group the page lists."""


def install(screens: Blueprint, site: Site) -> None:
    """Add the page and what stands behind its figures."""

    @screens.get(PATH, endpoint="dossier_report")
    def dossier_report() -> tuple[str, int]:
        figures = [(name, translate(title)) for name, title in FIGURES.items()]
        return render_report(site, DOSSIERS, "leaders_dossiers.html", figures=figures)

    @screens.get(f"{PATH}/behind", endpoint="dossiers_behind")
    def dossiers_behind() -> tuple[str, int]:
        view: dict[str, Any] | None = None
        period, mistake, status = None, "", 200
        figure = request.args.get("figure", "")
        try:
            today, _is_behind = site.get_today()
            period = choose_period("days", today, None, request.args.get("from"), request.args.get("to"))
            groups = site.offload(_look_behind, site.desk, period, figure)
            view = {"title": translate(FIGURES[figure]), "scores": None, "groups": list(map(_describe, groups))}
        except Refused as refusal:
            mistake, status = translate(refusal.message, refusal.params), get_status(refusal)
        page = render_page(
            site,
            "leaders_behind.html",
            me=describe_user(site),
            tab=DOSSIERS.id,
            view=view,
            days={"first": period.first, "last": period.last} if period else None,
            mistake=mistake,
            back=PATH,
        )
        return page, status


def _look_behind(desk: Desk, period: Period, figure: str) -> list[BehindGroup]:
    with desk.read() as db:
        settings = settings_store.get_settings(db)
        return list(list_behind(figure, settings, read_reported(db, settings, period)))


def _describe(group: BehindGroup) -> dict[str, object]:
    return {
        "label": translate(group.label.message, dict(group.label.params)),
        "count": len(group.codes),
        "codes": group.codes[:CODES_SHOWN],
        "path": group.path,
    }
