"""The reports that were made of past months: their list, and each as the file that was sent."""

from http import HTTPStatus

from flask import Response
from flask_openapi3.blueprint import APIBlueprint

from motcua.api.answers import respond
from motcua.api.shapes.alerts import NumberPath
from motcua.api.shapes.monthly import MonthlyAnswer
from motcua.desk import Unknown
from motcua.filing import store
from motcua.views.monthly import describe_monthly
from motcua.web.report_files import answer_pdf_file
from motcua.web.site import Site
from motcua.wiring.report_notices import name_file

_PDF = {
    "description": "The file as it was made and sent.",
    "content": {"application/pdf": {"schema": {"type": "string", "contentMediaType": "application/pdf"}}},
}


def install(api: APIBlueprint, site: Site) -> None:
    """Add the calls."""

    @api.get(
        "/reports/monthly",
        endpoint="monthly_reports",
        summary="Reports of past months",
        responses={HTTPStatus.OK: MonthlyAnswer},
    )
    def monthly_reports() -> Response:
        with site.desk.read() as db:
            return respond((HTTPStatus.OK, describe_monthly(db)))

    @api.get(
        "/reports/monthly/<int:id>.pdf",
        endpoint="monthly_report_pdf",
        summary="The report of a past month",
        responses={HTTPStatus.OK: _PDF},
    )
    def monthly_report_pdf(path: NumberPath) -> Response:
        with site.desk.read() as db:
            filed, content = store.find(db, path.id), store.find_content(db, path.id)
        if filed is None or content is None:
            raise Unknown("filing.unknown", "There is no such monthly report.")
        return answer_pdf_file(content, name_file(filed))
