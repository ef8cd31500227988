"""The posters of the neighbourhoods: their PDF, and how often each was used."""

import base64

from flask import Blueprint, Response, request

from motcua.desk import Refused, Unknown
from motcua.posters.model import PAGE_LABELS, PosterPage
from motcua.reports.neighbourhood_posters import print_neighbourhood_posters, task
from motcua.screens.forms import describe_user
from motcua.screens.pages import render_page
from motcua.screens.start import NO_ADDRESS
from motcua.settings import store as settings_store
from motcua.views.posters import MONTH_DAYS, WEEK_DAYS, describe_posters
from motcua.web.language import translate
from motcua.web.report_files import answer_pdf_file, get_wording
from motcua.web.site import Site

PATH = "/leaders/posters"


def install(screens: Blueprint, site: Site) -> None:
    """Add the page and the PDF."""

    @screens.get(PATH, endpoint="neighbourhood_posters")
    def neighbourhood_posters() -> str:
        today, _behind = site.get_today()
        with site.desk.read() as db:
            view = describe_posters(db, today)
        return render_page(
            site,
            "neighbourhood_posters.html",
            me=describe_user(site),
            posters=view,
            labels=[translate(PAGE_LABELS[PosterPage(page)]) for page in view["pages"]],
            spans=[WEEK_DAYS, MONTH_DAYS],
            can_print=bool(site.addresses.find_for_phones()),
            no_address=translate(NO_ADDRESS),
        )

    @screens.get(f"{PATH}.pdf", endpoint="neighbourhood_posters_pdf")
    def neighbourhood_posters_pdf() -> Response:
        base = site.addresses.find_for_phones()
        if not base:
            raise Refused("address.none", NO_ADDRESS)
        chosen = request.args.get("code", "")
        with site.desk.read() as db:
            settings = settings_store.get_settings(db)
        places = [place for place in settings.posters.neighbourhoods if chosen in {"", place.code}]
        if not places:
            raise Unknown("poster.none", "There is no such neighbourhood. An administrator lists them in the settings.")
        values = print_neighbourhood_posters(settings, get_wording(), base, places)
        at = int(site.desk.clock.now().timestamp())
        answer = site.compute(task, {"values": values, "at": at})
        return answer_pdf_file(base64.b64decode(answer["pdf"]), f"ap-phich-{chosen or 'to-dan-pho'}.pdf")
