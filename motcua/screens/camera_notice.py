"""What the camera does, in plain words for everybody, and the sign that leads there."""

import base64
from typing import cast

from flask import Blueprint, Response, request

from motcua.reports import pdf
from motcua.reports.camera_sign import CAMERA_LAYOUT, LEGAL, NOTICE, print_camera_sign, write_contact
from motcua.reports.posters import Paper, list_papers
from motcua.screens.pages import render_page
from motcua.settings import store as settings_store
from motcua.web.language import translate_into_each
from motcua.web.report_files import answer_pdf_file
from motcua.web.site import Site


def install(screens: Blueprint, site: Site) -> None:
    """Add the notice and the sign."""

    @screens.get(NOTICE, endpoint="camera_notice")
    def camera_notice() -> str:
        with site.desk.read() as db:
            settings = settings_store.get_settings(db)
        camera = settings.camera
        return render_page(
            site,
            "camera_notice.html",
            is_on=camera.is_on,
            retention_days=camera.retention_days,
            consent_days=camera.consent_retention_days,
            contact=write_contact(settings),
            legal=LEGAL,
        )

    @screens.get("/leaders/camera/sign.pdf", endpoint="camera_sign")
    def camera_sign() -> Response:
        size = request.args.get("size", "").lower()
        paper = cast(Paper, size) if size in list_papers() else "a4"
        with site.desk.read() as db:
            settings = settings_store.get_settings(db)
        base = site.addresses.find_for_phones()
        values = print_camera_sign(settings, translate_into_each, paper, f"{base}{NOTICE}" if base else "")
        at = int(site.desk.clock.now().timestamp())
        answer = site.compute(pdf.task, {"layout": CAMERA_LAYOUT, "values": values, "at": at})
        return answer_pdf_file(base64.b64decode(answer["pdf"]), f"camera-{paper}.pdf")
