"""Posters for the notice board as PDF: the codes by which people write to the unit, look up papers and ask for a call,
and last month's result.
"""

import base64
from typing import Any, cast

from flask import Blueprint, Response, request

from motcua.desk import Refused
from motcua.reports import pdf
from motcua.reports.counter_sheets import make_code
from motcua.reports.posters import (
    RESULT_LAYOUT,
    SUGGESTION_LAYOUT,
    Paper,
    list_papers,
    print_callbacks_poster,
    print_papers_poster,
    print_result_poster,
    print_suggestion_poster,
)
from motcua.reports.result import find_last_month, read_month
from motcua.screens.start import NO_ADDRESS
from motcua.settings import store as settings_store
from motcua.settings.model import Settings
from motcua.web.report_files import answer_pdf_file, get_wording
from motcua.web.site import Site


def install(screens: Blueprint, site: Site) -> None:
    """Add the posters."""

    @screens.get("/suggestions/poster.pdf", endpoint="suggestion_poster")
    def suggestion_poster() -> Response:
        settings, address = _lead_to("/y")
        values = print_suggestion_poster(settings, get_wording(), _paper(), address, make_code(address))
        return _make(SUGGESTION_LAYOUT, values, "gop-y")

    @screens.get("/procedures/poster.pdf", endpoint="papers_poster")
    def papers_poster() -> Response:
        settings, address = _lead_to("/procedures")
        values = print_papers_poster(settings.unit, get_wording(), _paper(), address, make_code(address))
        return _make(SUGGESTION_LAYOUT, values, "giay-to")

    @screens.get("/callbacks/poster.pdf", endpoint="callbacks_poster")
    def callbacks_poster() -> Response:
        settings, address = _lead_to("/call-me")
        values = print_callbacks_poster(settings, get_wording(), _paper(), address, make_code(address))
        return _make(SUGGESTION_LAYOUT, values, "goi-lai")

    @screens.get("/suggestions/result.pdf", endpoint="result_poster")
    def result_poster() -> Response:
        today, _behind = site.get_today()
        first, last = find_last_month(today)
        with site.desk.read() as db:
            unit = settings_store.get_settings(db).unit
            result = read_month(db, first, last)
        base = site.addresses.find_for_phones()
        address = f"{base}/y" if base else ""
        values = print_result_poster(
            unit, get_wording(), _paper(), result, address, make_code(address) if address else b""
        )
        return _make(RESULT_LAYOUT, values, f"ket-qua-{first[:7]}")

    def _lead_to(path: str) -> tuple[Settings, str]:
        """Return the settings and where a poster leads to. Raises `Refused("address.none")`."""
        base = site.addresses.find_for_phones()
        if not base:
            raise Refused("address.none", NO_ADDRESS)
        with site.desk.read() as db:
            return settings_store.get_settings(db), f"{base}{path}"

    def _make(layout: str, values: dict[str, Any], name: str) -> Response:
        at = int(site.desk.clock.now().timestamp())
        answer = site.compute(pdf.task, {"layout": layout, "values": values, "at": at})
        return answer_pdf_file(base64.b64decode(answer["pdf"]), f"{name}-{values['paper']}.pdf")


def _paper() -> Paper:
    """Return the size of paper that the address asks for, A4 for anything else."""
    size = request.args.get("size", "").lower()
    return cast(Paper, size) if size in list_papers() else "a4"
