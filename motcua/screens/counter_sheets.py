"""Poster and stickers with the code of a counter, as PDF files."""

import base64

from flask import Blueprint, Response

from motcua.counters import store as counter_store
from motcua.desk import Refused, Unknown
from motcua.reports import pdf
from motcua.reports.counter_sheets import SHEETS, make_sheet_values
from motcua.settings import store as settings_store
from motcua.web.language import translate_into_each
from motcua.web.site import Site


def install(screens: Blueprint, site: Site) -> None:
    """Add the files."""

    @screens.get("/counters/<int(max=999):number>/<kind>.pdf", endpoint="counter_sheet")
    def counter_sheet(number: int, kind: str) -> Response:
        if kind not in SHEETS:
            raise Unknown("page.unknown", "There is nothing at this address.")
        with site.desk.read() as db:
            counter = counter_store.get(db, number)
            unit = settings_store.get_settings(db).unit
        base = site.addresses.find_for_phones()
        if not base:
            raise Refused(
                "address.none",
                "Phones cannot reach this desk, so there is no code to print. Set the address for phones first.",
            )
        at = int(site.desk.clock.now().timestamp())

        def translate(lang: str, sentence: str) -> str:
            return translate_into_each(sentence)[lang]

        values = make_sheet_values(unit, number, counter.label, f"{base}/c/{number}", translate, at)
        answer = site.compute(pdf.task, {"layout": SHEETS[kind], "values": values, "at": at})
        response = Response(base64.b64decode(answer["pdf"]), content_type="application/pdf")
        response.headers["Content-Disposition"] = f'inline; filename="quay-{number}-{kind}.pdf"'
        return response
