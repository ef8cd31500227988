"""The leaders' page of ratings: what was set aside and why, figures with and without it, who types in slips."""

from flask import Blueprint, make_response, redirect, request
from werkzeug.wrappers.response import Response

from motcua.desk import Invalid, Refused
from motcua.feedback import actions
from motcua.screens.forms import describe_user
from motcua.screens.pages import render_page
from motcua.views.ratings import show_ratings
from motcua.web.language import translate
from motcua.web.problems import get_status
from motcua.web.site import Site

DECISIONS = {"release": actions.release, "confirm": actions.confirm}
TYPISTS = {"name": actions.name_typist, "remove": actions.remove_typist}
PATH = "/leaders/ratings"


def install(screens: Blueprint, site: Site) -> None:
    """Add the page and what its forms do."""

    def render(refusal: Refused | None = None, about: int = 0) -> Response:
        today, _behind = site.get_today()
        with site.desk.read() as db:
            view = show_ratings(db, today)
        error = translate(refusal.message, refusal.params) if refusal else ""
        body = render_page(
            site, "leaders_ratings.html", view, me=describe_user(site), tab="ratings", error=error, about=about,
            reason=request.form.get("reason", "") if refusal else "",
        )  # fmt: skip
        return make_response(body, get_status(refusal) if refusal else 200)

    @screens.get(PATH, endpoint="leaders_ratings")
    def leaders_ratings() -> Response:
        return render()

    @screens.post(f"{PATH}/<int:rating>", endpoint="decide_rating")
    def decide_rating(rating: int) -> Response:
        try:
            decide = DECISIONS.get(request.form.get("decision", ""))
            if decide is None:
                raise Invalid("quarantine.decision", "Please release or confirm the rating.")
            site.open_door().do(decide, rating, request.form.get("reason", ""))
        except Refused as refusal:
            return render(refusal, rating)
        return redirect(PATH, 303)

    @screens.post(f"{PATH}/typists", endpoint="save_typist")
    def save_typist() -> Response:
        account = request.form.get("account", "")
        try:
            act = TYPISTS.get(request.form.get("change", ""))
            if act is None or not account.isdecimal() or len(account) > 9:  # noqa: PLR2004 -- no account is longer
                raise Invalid("account.unknown", "There is no such account.")
            site.open_door().do(act, int(account))
        except Refused as refusal:
            return render(refusal)
        return redirect(f"{PATH}#typists", 303)
