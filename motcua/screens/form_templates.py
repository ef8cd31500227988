"""The ward's own Word forms: added, dated, removed, and filled from a dossier."""

import hashlib
from base64 import b64decode, b64encode
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, make_response, redirect, request
from werkzeug.wrappers.response import Response as AnyResponse

from motcua.desk import Invalid, Refused, Unknown
from motcua.dossiers import actions as dossier_actions
from motcua.dossiers.rules.codes import clean_dossier_code
from motcua.dossiers.store import vaults
from motcua.procedures import actions, store
from motcua.procedures.model.template import FormTemplate, TemplateRequest
from motcua.procedures.store import templates
from motcua.reports.forms.model import FormKind
from motcua.reports.forms.word import BYTES_MAX, DOCX, LARGE, check_task, fill_task
from motcua.reports.forms.word_fields import FIELDS, list_unknown_fields, make_word_values
from motcua.screens.forms import describe_user, require_own_form
from motcua.screens.pages import render_page
from motcua.views.dossier_forms import make_form_facts
from motcua.web.language import translate
from motcua.web.own import find_own_account
from motcua.web.problems import get_status
from motcua.web.site import Site

PATH = "/settings/procedures/templates"
SEE_OTHER = 303
UNKNOWN_MAX = 20


def install(screens: Blueprint, site: Site) -> None:
    """Add the page, what its forms do, and the filled forms."""

    def render(refusal: Refused | None = None) -> Response:
        today, _behind = site.get_today()
        with site.desk.read() as db:
            procedures = store.list_procedures(db, today)
            listed = templates.list_templates(db)
        names = {code: item.name for code, item in procedures.items()}
        page = render_page(
            site,
            "form_templates.html",
            me=describe_user(site),
            listed=[_describe(item, names) for item in listed],
            procedures=[("", translate("All procedures"))]
            + [(code, f"{item.name} ({code})") for code, item in procedures.items() if item.level == "ward"],
            fields=[{"name": name, "about": translate(about)} for name, about in FIELDS.items()],
            typed={name: request.form.get(name, "")[:200] for name in ("procedure", "name", "since")},
            today=today,
            megabytes=BYTES_MAX // 1024 // 1024,
            mistake=translate(refusal.message, refusal.params) if refusal else "",
            done=request.args.get("done", ""),
        )
        return make_response(page, get_status(refusal) if refusal else 200)

    @screens.get(PATH, endpoint="form_templates")
    def form_templates() -> Response:
        return render()

    @screens.post(PATH, endpoint="add_form_template")
    def add_form_template() -> AnyResponse:
        try:
            content = _read_file()
            fields = site.compute(check_task, {"file": b64encode(content).decode()})["fields"]
            _require_known(fields)
            wish = TemplateRequest(
                request.form.get("procedure", "").strip(),
                request.form.get("name", "")[:1000],
                request.form.get("since", ""),
                hashlib.sha256(content).hexdigest(),
                content,
                find_own_account(site),
            )
            site.open_door().do(actions.add_template, wish)
        except Refused as refusal:
            return render(refusal)
        return redirect(f"{PATH}?done=added", SEE_OTHER)

    @screens.post(f"{PATH}/<int(max=999999999):number>/removal", endpoint="remove_form_template")
    def remove_form_template(number: int) -> AnyResponse:
        site.open_door().do(actions.remove_template, number, find_own_account(site))
        return redirect(f"{PATH}?done=removed", SEE_OTHER)

    @screens.get(f"{PATH}/<int(max=999999999):number>.docx", endpoint="form_template")
    def form_template(number: int) -> Response:
        with site.desk.read() as db:
            item, content = templates.get_template(db, number), templates.get_template_content(db, number)
        return _answer_file(content, f"{item.name}.docx")

    @screens.post("/dossiers/<code>/templates/<int(max=999999999):number>.docx", endpoint="filled_template")
    def filled_template(code: str, number: int) -> Response:
        require_own_form(site)
        today, _behind = site.get_today()
        clean = clean_dossier_code(code)
        with site.desk.read() as db:
            item, content = templates.get_template(db, number), templates.get_template_content(db, number)
        read = site.open_door().do(dossier_actions.open_dossier, vaults.get_vault(site.desk), clean)
        with site.desk.read() as db:
            if item not in templates.list_templates_of(db, read.dossier.procedure, today):
                raise Unknown("template.unknown", "There is no such form. Perhaps it was removed.")
            facts = make_form_facts(db, read, FormKind.RECEIPT, site.desk.clock.now(), "")
        values = make_word_values(facts, read.applicant)
        answer = site.compute(fill_task, {"file": b64encode(content).decode(), "values": values})
        return _answer_file(b64decode(answer["file"]), f"{read.dossier.code}-{item.name}.docx")


def _describe(item: FormTemplate, names: dict[str, str]) -> dict[str, Any]:
    return {
        "id": item.id,
        "name": item.name,
        "since": item.since,
        "procedure": item.procedure,
        "procedure_name": names.get(item.procedure, item.procedure),
    }


def _read_file() -> bytes:
    """Return the bytes of the file that was chosen. Raises `Invalid("template.none" | "template.large")`."""
    sent = request.files.get("file")
    content = b""
    if sent is not None:
        content = sent.read(BYTES_MAX + 1) if sent.filename else b""
        sent.close()
    if not content:
        raise Invalid("template.none", "Choose a Word file first.")
    if len(content) > BYTES_MAX:
        raise Invalid("template.large", LARGE, count=BYTES_MAX // 1024 // 1024)
    return content


def _require_known(fields: list[str]) -> None:
    """Raise `Invalid("template.no_fields" | "template.unknown_fields")`."""
    if not fields:
        raise Invalid("template.no_fields", "This Word file has no field such as {{ho_ten}}, so nothing can be filled.")
    if unknown := list_unknown_fields(fields):
        raise Invalid(
            "template.unknown_fields",
            "These are no fields: %(names)s. The list below has all fields.",
            names=", ".join(unknown[:UNKNOWN_MAX]),
        )


def _answer_file(content: bytes, name: str) -> Response:
    response = Response(content, content_type=DOCX)
    response.headers["Content-Disposition"] = f"attachment; filename=\"bieu-mau.docx\"; filename*=UTF-8''{quote(name)}"
    response.headers["Cache-Control"] = "no-store"
    return response
