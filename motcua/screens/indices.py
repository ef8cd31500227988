"""The leaders' page of official indices: its report, what stands behind each figure, and the files of dossiers."""

import hashlib
from base64 import b64encode
from typing import Any, cast

from flask import Blueprint, make_response, redirect, request
from werkzeug.wrappers.response import Response as AnyResponse

from motcua.desk import Desk, Invalid, Reader, Refused, Unknown
from motcua.desk.messages import mark
from motcua.dossiers import actions, rules
from motcua.dossiers.model.outcomes import DossierFile
from motcua.dossiers.rules.columns import COLUMNS
from motcua.dossiers.rules.files import BYTES_MAX, make_refusal
from motcua.dossiers.rules.reading import DossierReading, read_result, task
from motcua.reports.indices.behind import FIGURES, OFFICER
from motcua.reports.kinds import INDICES
from motcua.reports.periods import choose_period
from motcua.reports.values import Period, Phrase
from motcua.screens.forms import describe_user
from motcua.screens.pages import render_page
from motcua.screens.report_page import render_report
from motcua.screens.sheet_files import describe_columns, describe_mistakes, make_download, read_sheet_file
from motcua.staff import store as staff_store
from motcua.typed.sheet_columns import fold, write_template
from motcua.views.indices import list_measured_officers, show_behind, show_files
from motcua.views.shapes import View
from motcua.web.language import get_language, translate
from motcua.web.problems import get_status
from motcua.web.report_files import get_wording
from motcua.web.site import Site

PATH = INDICES.page
SEE_OTHER, WRONG = 303, 422


def install(screens: Blueprint, site: Site) -> None:
    """Add the pages and what their forms do."""

    def render(refusal: Refused | None = None, reading: DossierReading | None = None, count: int = 0) -> AnyResponse:
        with site.desk.read() as db:
            files, officers = show_files(db), _list_officers(db, site.get_today()[0])
        mistakes = describe_mistakes(COLUMNS, reading.mistakes) if reading else []
        body, status = render_report(
            site,
            INDICES,
            "leaders_indices.html",
            files=files,
            officers=officers,
            error=translate(refusal.message, refusal.params) if refusal else "",
            mistakes=mistakes,
            mistake_count=count,
            done="" if refusal or mistakes else request.args.get("done", ""),
            columns=describe_columns(COLUMNS),
            figures=[(name, translate(title)) for name, title in FIGURES.items()],
            megabytes=BYTES_MAX // 1024 // 1024,
            typed={"from": request.form.get("from", "")[:10], "to": request.form.get("to", "")[:10]},
        )
        return make_response(body, get_status(refusal) if refusal else WRONG if mistakes else status)

    @screens.get(PATH, endpoint="leaders_indices")
    def leaders_indices() -> AnyResponse:
        return render()

    @screens.post(f"{PATH}/files", endpoint="import_dossiers")
    def import_dossiers() -> AnyResponse:
        try:
            today, _behind = site.get_today()
            period = _read_period(request.form.get("from", ""), request.form.get("to", ""), today)
            content = read_sheet_file(make_refusal, "dossiers.none", mark("Choose a file with dossiers first."))
            sent = {"file": b64encode(content).decode(), "first": period.first, "last": period.last}
            result = site.compute(task, sent)
            reading: DossierReading = site.offload(read_result, result)
            if reading.mistakes:
                return render(reading=reading, count=result["count"])
            if wrong := site.offload(_find_officers, site.desk, reading):
                return render(reading=DossierReading((), wrong), count=len(wrong))
            digest = hashlib.sha256(content).hexdigest()
            file = DossierFile(period.first, period.last, digest, reading.rows)
            credential = site.caller.credential
            site.open_door().do(actions.import_dossiers, file, credential.account if credential else None)
        except Refused as refusal:
            return render(refusal)
        return redirect(f"{PATH}?from={period.first}&to={period.last}&done=imported", SEE_OTHER)

    @screens.post(f"{PATH}/files/<int:number>/removal", endpoint="remove_dossiers")
    def remove_dossiers(number: int) -> AnyResponse:
        try:
            site.open_door().do(actions.remove_dossiers, number)
        except Refused as refusal:
            return render(refusal)
        return redirect(f"{PATH}?done=removed", SEE_OTHER)

    @screens.get(f"{PATH}/template.csv", endpoint="dossier_template")
    def dossier_template() -> AnyResponse:
        content = write_template(COLUMNS, get_language(), has_examples=True)
        return make_download(content, "ho-so", "csv")

    @screens.get(f"{PATH}/behind", endpoint="indices_behind")
    def indices_behind() -> tuple[str, int]:
        mistake, view, status, period = "", None, 200, None
        try:
            today, _behind = site.get_today()
            period = choose_period("days", today, None, request.args.get("from"), request.args.get("to"))
            view = _write(site.offload(_look_behind, site.desk, period, request.args.get("figure", ""), _get_officer()))
        except Refused as refusal:
            mistake, status = translate(refusal.message, refusal.params), get_status(refusal)
        return render_page(
            site,
            "leaders_behind.html",
            me=describe_user(site),
            tab=INDICES.id,
            view=view,
            days={"first": period.first, "last": period.last} if period else None,
            mistake=mistake,
        ), status


def _read_period(first: str, last: str, today: str) -> Period:
    """Return the days of a file. Raises `Invalid`."""
    if not (first and last):
        raise Invalid("dossiers.days", "Choose the first and the last day of the file.")
    period = choose_period("days", today, None, first, last)
    if period.last > today:
        raise Invalid("dossiers.future", "The last day is still to come.")
    return period


def _find_officers(desk: Desk, reading: DossierReading) -> tuple[Any, ...]:
    with desk.read() as db:
        accounts = {fold(item.name): item.id for item in staff_store.list_accounts(db)}
    return tuple(rules.find_officers(reading.rows, accounts))


def _get_officer() -> int | None:
    """Return the officer of the address. Raises `Unknown("account.none_such")`."""
    text = request.args.get("officer", "")
    if not text and request.args.get("figure") != OFFICER:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 9):  # noqa: PLR2004 -- no account has more digits
        raise Unknown("account.none_such", "There is no such account.")
    return int(text)


def _list_officers(db: Reader, today: str) -> list[View]:
    """Return the officers whose dossiers stand behind the report of the days in the address; none for wrong days."""
    try:
        period = choose_period("days", today, None, request.args.get("from"), request.args.get("to"))
    except Invalid:
        return []
    return list_measured_officers(db, period)


def _write(view: View) -> View:
    """Return what stands behind a figure in the words of the reader."""
    wording = get_wording()

    def write(value: Any) -> Any:
        if isinstance(value, Phrase):
            return wording.write_phrase(value)
        if isinstance(value, dict):
            return {name: write(item) for name, item in value.items()}
        return [write(item) for item in value] if isinstance(value, list) else value

    return cast(View, write(view))


def _look_behind(desk: Desk, period: Period, figure: str, officer: int | None) -> dict[str, Any]:
    with desk.read() as db:
        return show_behind(db, period, figure, officer)
