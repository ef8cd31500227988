"""The page of linked procedures: which are asked for together, so that one visit takes in several dossiers."""

from flask import Blueprint, Response, make_response, redirect, request
from werkzeug.wrappers.response import Response as AnyResponse

from motcua.desk import Refused, Unknown
from motcua.dossiers import actions
from motcua.dossiers.actions import GroupRequest
from motcua.dossiers.model.linked import MOST
from motcua.procedures.store import list_procedures
from motcua.screens.forms import describe_user
from motcua.screens.pages import render_page
from motcua.views.linked import list_group_rows
from motcua.web.language import translate
from motcua.web.own import find_own_account
from motcua.web.problems import get_status
from motcua.web.site import Site

PATH = "/settings/procedures/linked"
SEE_OTHER = 303


def install(screens: Blueprint, site: Site) -> None:
    """Add the page and what its forms do."""

    def render(refusal: Refused | None = None) -> Response:
        today, _behind = site.get_today()
        with site.desk.read() as db:
            groups = list_group_rows(db, today)
            procedures = [(one.code, one.name) for one in list_procedures(db, today).values() if one.level == "ward"]
        typed = request.form if refusal else {}
        page = render_page(
            site,
            "linked.html",
            me=describe_user(site),
            groups=groups,
            procedures=procedures,
            most=MOST,
            today=today,
            typed={"code": typed.get("code", ""), "since": typed.get("since", today)}
            | {name: typed.get(name, "") for name in ("name-vi", "name-en", "is_in_turn")}
            | {f"procedure-{place}": typed.get(f"procedure-{place}", "") for place in range(MOST)},
            mistake=translate(refusal.message, refusal.params) if refusal else "",
            done=request.args.get("done", ""),
        )
        return make_response(page, get_status(refusal) if refusal else 200)

    @screens.get(PATH, endpoint="linked")
    def linked() -> Response:
        return render()

    @screens.post(PATH, endpoint="save_linked")
    def save_linked() -> AnyResponse:
        form = request.form
        procedures = [form.get(f"procedure-{place}", "").strip() for place in range(MOST)]
        wish = GroupRequest(
            form.get("code", ""),
            (form.get("name-vi", ""), form.get("name-en", "")),
            tuple(filter(None, procedures)),
            "is_in_turn" in form,
            form.get("since", ""),
            find_own_account(site),
        )
        try:
            site.open_door().do(actions.set_group, wish)
        except Unknown:
            raise
        except Refused as refusal:
            return render(refusal)
        return redirect(f"{PATH}?done=saved", SEE_OTHER)

    @screens.post(f"{PATH}/withdrawal", endpoint="withdraw_linked")
    def withdraw_linked() -> AnyResponse:
        code, since = request.form.get("code", ""), request.form.get("since", "")
        try:
            site.open_door().do(actions.withdraw_group, code, since, find_own_account(site))
        except Unknown:
            raise
        except Refused as refusal:
            return render(refusal)
        return redirect(f"{PATH}?done=withdrawn", SEE_OTHER)
