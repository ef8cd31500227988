"""The pages of the ward's flows: by which steps dossiers are settled. Plain forms that work without scripts."""

from collections.abc import Iterator, Mapping
from typing import Any

from flask import Blueprint, Response, make_response, redirect, request
from werkzeug.wrappers.response import Response as AnyResponse

from motcua.desk import Invalid, Refused, parse_day
from motcua.dossiers import actions
from motcua.dossiers.actions import FlowRequest
from motcua.dossiers.model.flow import HAND_OUT, RECEIVE, STEP_ROLE_LABELS, STEPS_MAX, FlowScope, FlowTarget
from motcua.dossiers.rules.flows import read_target
from motcua.dossiers.store import list_flow_versions
from motcua.procedures.store import list_procedures
from motcua.screens.forms import describe_user
from motcua.screens.pages import render_page
from motcua.screens.procedure_form import read_number
from motcua.staff import store as staff_store
from motcua.views.flows import describe_target, list_flow_views, list_version_days, make_flow_draft
from motcua.web.language import translate
from motcua.web.own import find_own_account
from motcua.web.problems import get_status
from motcua.web.site import Site

PATH = "/settings/procedures/flows"
SEE_OTHER, ROWS_MAX = 303, 2 * STEPS_MAX + 1


def install(screens: Blueprint, site: Site) -> None:
    """Add the pages and what their forms do."""

    @screens.get(PATH, endpoint="flows")
    def flows() -> str:
        today, _behind = site.get_today()
        with site.desk.read() as db:
            listed = list_flow_views(db, today)
            procedures = list_procedures(db, today).values()
        return render_page(
            site,
            "flows.html",
            me=describe_user(site),
            flows=listed,
            fields=[(name, name) for name in sorted({item.field for item in procedures if item.field})],
            procedures=[(item.code, item.name) for item in procedures if item.level == "ward"],
            done=request.args.get("done", ""),
        )

    def render(target: FlowTarget, draft: Mapping[str, Any], refusal: Refused | None = None) -> Response:
        today, _behind = site.get_today()
        with site.desk.read() as db:
            label, versions = describe_target(db, target, today), list_version_days(db, target)
            people = [(str(one.id), one.full_name) for one in staff_store.list_accounts(db) if not one.disabled]
        page = render_page(
            site,
            "flow.html",
            me=describe_user(site),
            target={"scope": target.scope.value, "key": target.key, "label": label},
            draft={**draft, "rows": list(_add_gaps(draft["rows"]))},
            versions=versions,
            people=[("", translate("anybody")), *people],
            roles=[(role.value, translate(label)) for role, label in STEP_ROLE_LABELS.items()],
            today=today,
            mistake=translate(refusal.message, refusal.params) if refusal else "",
        )
        return make_response(page, get_status(refusal) if refusal else 200)

    @screens.get(f"{PATH}/edit", endpoint="flow")
    def flow() -> Response:
        today, _behind = site.get_today()
        day = request.args.get("day", today)
        target = _read_target(site, request.args, day if parse_day(day) else today)
        with site.desk.read() as db:
            rows, basis = make_flow_draft(db, target, day)
        return render(target, {"rows": rows, "since": max(day, today), "basis": basis})

    @screens.post(f"{PATH}/edit", endpoint="save_flow")
    def save_flow() -> AnyResponse:
        today, _behind = site.get_today()
        form = request.form
        target, rows = _read_target(site, form, today), list(_read_rows(form))
        since, basis = form.get("since", ""), form.get("basis")
        wish = FlowRequest(target.scope.value, target.key, since, rows, find_own_account(site), basis)
        try:
            site.open_door().do(actions.set_flow, wish)
        except Refused as refusal:
            return render(target, {"rows": rows, "since": since, "basis": basis}, refusal)
        return redirect(f"{PATH}?done=saved", SEE_OTHER)

    @screens.post(f"{PATH}/withdrawal", endpoint="withdraw_flow")
    def withdraw_flow() -> AnyResponse:
        today, _behind = site.get_today()
        target, since = _read_target(site, request.form, today), request.form.get("since", "")
        try:
            site.open_door().do(actions.withdraw_flow, target, since, find_own_account(site))
        except Refused as refusal:
            with site.desk.read() as db:
                rows, basis = make_flow_draft(db, target, today)
            return render(target, {"rows": rows, "since": today, "basis": basis}, refusal)
        return redirect(f"{PATH}?done=withdrawn", SEE_OTHER)


def _read_target(site: Site, values: Mapping[str, str], day: str) -> FlowTarget:
    """Return what the flow is for. Raises `Invalid("flow.target")`."""
    scope, key = values.get("scope", ""), values.get("key", "").strip()
    if scope in set(FlowScope) - {FlowScope.FIELD, FlowScope.PROCEDURE}:
        return FlowTarget(FlowScope(scope))
    with site.desk.read() as db:
        procedures = list_procedures(db, day)
        written = [one.target for one in list_flow_versions(db)]
    if (target := next((one for one in written if (one.scope, one.key) == (scope, key)), None)) is not None:
        return target  # its procedure may be out of use by now
    return read_target(scope, key, procedures.keys(), {item.field for item in procedures.values() if item.field})


def _read_rows(form: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Yield the steps of a form. One whose Vietnamese name was emptied is removed."""
    for at in (f"steps-{number}-" for number in range(ROWS_MAX)):
        names = [form.get(f"{at}name-vi", "").strip(), form.get(f"{at}name-en", "").strip()]
        is_end, is_new = form.get(f"{at}code") in {RECEIVE, HAND_OUT}, not form.get(f"{at}code")
        if names[0] or is_end or (names[1] and is_new):
            yield {
                "code": form.get(f"{at}code", ""),
                "name": names,
                "share_percent": read_number(form.get(f"{at}share", "").removesuffix("%")),
                "role": form.get(f"{at}role", ""),
                "account": _read_account(form.get(f"{at}account", "")),
            }


def _read_account(text: str) -> int | None:
    """Return an account. Raises `Invalid("dossier.holder")` for what is none."""
    if not text:
        return None
    number = read_number(text)
    if not isinstance(number, int):
        raise Invalid("dossier.holder", "Choose somebody who can sign in.")
    return number


def _add_gaps(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the rows with an empty one before each but the first, where one more step can be written."""
    room = STEPS_MAX - len(rows)
    for place, row in enumerate(rows):
        if place and room > 0:
            yield {"code": "", "name": ["", ""], "share_percent": "", "role": "specialist", "account": None}
        yield row
