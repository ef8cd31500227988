"""The pages of the ward's catalogue of procedures: plain forms that work without scripts."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, make_response, redirect, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers.response import Response as AnyResponse

from motcua.copies import replace
from motcua.desk import Invalid, Refused, Unknown, parse_day
from motcua.procedures import actions, store
from motcua.procedures.model import (
    Procedure,
    ProcedureRequest,
    ProcedureSource,
    WithdrawalRequest,
)
from motcua.procedures.model.plain import to_plain
from motcua.procedures.rules.importing import refresh_sentences
from motcua.procedures.rules.versions import compute_digest, require_day
from motcua.procedures.values import is_procedure_code
from motcua.screens.forms import describe_user
from motcua.screens.pages import render_page
from motcua.screens.procedure_form import Plain, add_spare_rows, read_procedure_form, write_field_id
from motcua.setup.mistakes import Mistakes
from motcua.setup.procedure_drafts import read_draft
from motcua.views.catalogue import PART_LABELS, CataloguePart, describe_catalogue
from motcua.views.online_filing import ONLINE_LABELS
from motcua.views.procedure_versions import FORM_LABELS, list_version_views
from motcua.views.procedure_words import UNIT_LABELS
from motcua.web.language import translate
from motcua.web.own import find_own_account
from motcua.web.problems import ERRORS_MAX, get_status
from motcua.web.site import Site
from motcua.web.switches import has_dossiers

PATH = "/settings/procedures"
SEE_OTHER, MORE_ROWS = 303, 4
NEW = "new"
"""Where a procedure is added: no code has these letters alone, as codes of this page need a digit."""


def install(screens: Blueprint, site: Site) -> None:
    """Add the pages and what their forms do."""

    @screens.get(PATH, endpoint="catalogue")
    def catalogue() -> str:
        query, field = request.args.get("q", "")[:100], request.args.get("field", "")[:100]
        part = _read_part(request.args.get("part", ""))
        today, _behind = site.get_today()
        with site.desk.read() as db:
            listed = describe_catalogue(db, today, query, field, part)
        return render_page(
            site,
            "catalogue.html",
            me=describe_user(site),
            listed=listed,
            fields=[(name, name) for name in listed["fields"]],
            asked={"q": query, "field": field, "part": part.value},
            parts=[(item.value, translate(label)) for item, label in PART_LABELS.items()],
            done=request.args.get("done", ""),
            takes_dossiers=has_dossiers(site.desk),
            has_dossiers=has_dossiers(site.desk),
        )

    def render(code: str, draft: Plain, refusal: Refused | None = None, **more: Any) -> Response:
        today, _behind = site.get_today()
        is_new = code == NEW
        with site.desk.read() as db:
            versions = [] if is_new else list_version_views(db, code)
            fields = sorted({item.field for item in store.list_procedures(db, today).values() if item.field})
        page = render_page(
            site,
            "catalogue_item.html",
            me=describe_user(site),
            code=code,
            is_new=is_new,
            draft=add_spare_rows(draft, more.pop("spare", 0)),
            versions=versions,
            fields=fields,
            today=today,
            units=[("", "…")] + [(unit.value, translate(label)) for unit, label in UNIT_LABELS.items()],
            forms=[(form.value, translate(label)) for form, label in FORM_LABELS.items()],
            levels=[(level.value, translate(label)) for level, label in ONLINE_LABELS.items()],
            mistake=translate(refusal.message, refusal.params) if refusal else "",
            mistakes=_show_mistakes(refusal) if isinstance(refusal, Mistakes) else [],
            done=request.args.get("done", ""),
            **more,
        )
        return make_response(page, get_status(refusal) if refusal else 200)

    @screens.get(f"{PATH}/<code>", endpoint="catalogue_item")
    def catalogue_item(code: str) -> Response:
        today, _behind = site.get_today()
        if code == NEW:
            return render(NEW, {**to_plain(Procedure("", "", level="ward")), "since": today}, basis="", day=today)
        day = request.args.get("day") or today
        require_day(day)
        procedure, is_offered = _find(site, code, day)
        draft = {**to_plain(procedure), "since": max(day, today) if not request.args.get("day") else day}
        basis = compute_digest(procedure) if is_offered else ""
        return render(code, draft, basis=basis, day=day, is_offered=is_offered)

    @screens.post(f"{PATH}/<code>", endpoint="save_procedure")
    def save_procedure(code: str) -> AnyResponse:
        day = request.form.get("since", "")
        target = request.form.get("code", "").strip() if code == NEW else code
        draft = read_procedure_form(_get_form(), target)
        context: Plain = {"basis": request.form.get("basis", ""), "day": day, "is_offered": True}
        if code != NEW:
            _find(site, code, day if parse_day(day) else site.get_today()[0])
        if "more" in request.form:
            return render(code, draft, spare=MORE_ROWS, **context)
        try:
            if code == NEW:
                _require_unused(site, target)
            require_day(day)
            procedure = refresh_sentences(_find_or_none(site, target, day), read_draft(draft))
            basis = request.form.get("basis", "") if code != NEW else ""
            wish = ProcedureRequest(procedure, ProcedureSource.PAGE, find_own_account(site), basis)
            site.open_door().do(actions.change_procedure, wish)
        except Refused as refusal:
            return render(code, draft, refusal, **context)
        return redirect(f"{PATH}/{target}?day={day}&done=saved", SEE_OTHER)

    _add_withdrawal(screens, site, render)


def _add_withdrawal(screens: Blueprint, site: Site, render: Callable[..., Response]) -> None:
    @screens.post(f"{PATH}/<code>/withdrawal", endpoint="withdraw_procedure")
    def withdraw_procedure(code: str) -> AnyResponse:
        since = request.form.get("since", "")
        try:
            wish = WithdrawalRequest(code, since, ProcedureSource.PAGE, find_own_account(site))
            site.open_door().do(actions.withdraw_procedure, wish)
        except Unknown:
            raise
        except Refused as refusal:
            today, _behind = site.get_today()
            procedure, is_offered = _find(site, code, today)
            context: Plain = {"basis": compute_digest(procedure), "day": today, "is_offered": is_offered}
            return render(code, {**to_plain(procedure), "since": today}, refusal, **context)
        return redirect(f"{PATH}/{code}?done=withdrawn", SEE_OTHER)


def _read_part(text: str) -> CataloguePart:
    return CataloguePart(text) if text in set(CataloguePart) else CataloguePart.WARD


def _get_form() -> MultiDict[str, str]:
    return MultiDict(request.form)


def _find(site: Site, code: str, day: str) -> tuple[Procedure, bool]:
    """Return a procedure as it is on `day`, else as it was or will be, and whether it is offered then.

    Raises `Unknown("procedure.unknown")`.
    """
    with site.desk.read() as db:
        if (procedure := store.find_procedure(db, code, day)) is not None:
            return procedure, True
        versions = [item.procedure for item in store.list_versions(db, code) if item.procedure is not None]
    known_first = [*versions, *filter(None, [store.load_procedures().get(code)])]
    if not known_first:
        raise Unknown("procedure.unknown", "There is no procedure %(procedure)s.", procedure=code)
    return replace(known_first[0], since=""), False


def _find_or_none(site: Site, code: str, day: str) -> Procedure | None:
    with site.desk.read() as db:
        return store.find_procedure(db, code, day)


def _require_unused(site: Site, code: str) -> None:
    """Raise `Invalid("procedure.code")`, `Refused("procedure.exists")` unless a new procedure can have this code."""
    if not is_procedure_code(code) or not any(letter.isdigit() for letter in code):
        raise Invalid("procedure.code", "Write the code with letters, digits, dots and dashes, like 2.000815.")
    with site.desk.read() as db:
        if code in store.load_procedures() or code in store.list_codes(db):
            raise Refused("procedure.exists", "There is a procedure with this code already. Change it on its page.")


def _show_mistakes(refusal: Mistakes) -> list[dict[str, str]]:
    """Return each mistake with the field that it is about."""
    return [
        {"field": write_field_id(item.place), "words": translate(item.message, dict(item.params))}
        for item in refusal.mistakes[:ERRORS_MAX]
    ]
