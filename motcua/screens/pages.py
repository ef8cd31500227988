"""What every page needs: its language, its data for scripts, its texts."""

import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request
from werkzeug.wrappers.response import Response as AnyResponse

from motcua.desk import Unknown, get_zone
from motcua.desk.messages import translate_all
from motcua.reports.kinds import list_parts_on
from motcua.screens.forms import clean_local_path
from motcua.settings import store as settings_store
from motcua.views.shapes import describe_unit
from motcua.web.build import HEADER, compute_fingerprint, let_browsers_keep
from motcua.web.cookies import LANGUAGE
from motcua.web.language import LANGUAGES, get_language, mark, translate_into_each
from motcua.web.site import Site

PACE = 1
"""How many times as long as usual a view stays before its screen goes on by itself."""
UNFINISHED = mark(
    "This page has not loaded completely. It tries again by itself. If this stays, the network is interrupted or "
    "the browser is too old:"
    " it needs Chrome or Edge 103, Firefox 115, Safari 16.4 or newer."
)


def render_page(site: Site, template: str, first: dict[str, Any] | None = None, **data: Any) -> str:
    """Return a page; `data` becomes the JSON that its script reads, beside language, CSRF token and unit.

    `first` is what the page says before its script has begun (templates/first.html); it is told when that was.
    """
    with site.desk.read() as db:
        settings = settings_store.get_settings(db)
    at = site.desk.clock.now().astimezone(get_zone(settings.timezone))
    whose = describe_unit(settings.unit)
    caller = site.caller
    is_person = caller.credential is not None and caller.credential.kind == "session"
    page_data = {
        "lang": get_language(),
        "build": compute_fingerprint(),
        "languages": list(LANGUAGES),
        "pace": PACE,
        "csrf": caller.csrf if caller.by_cookie else "",
        "timezone": settings.timezone,
        "unit": whose,
        **data,
    }
    return render_template(
        template,
        page=page_data,
        screen=template.removesuffix(".html"),
        lang=get_language(),
        languages=LANGUAGES,
        unit=whose,
        has_dossiers=settings.dossiers.is_on,
        parts_on=list_parts_on(settings),
        role=caller.role.value if caller.role else None,
        first={**(first or {}), "at": f"{at:%H:%M}"},
        watch=translate_into_each(UNFINISHED),
        is_signed_in=is_person,
        has_weak_password=is_person and caller.credential is not None and caller.credential.id in site.identity.weak,
    )


@cache
def list_script_messages() -> list[str]:
    """Return the English sentences that the pages' scripts say, from the translation catalogue's references."""
    from babel.messages.pofile import read_po

    path = Path(str(files("motcua"))) / "translations" / "vi" / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        catalogue = read_po(file)
    return sorted(
        str(message.id)
        for message in catalogue
        if message.id and any(place.endswith(".js") for place, _line in message.locations)
    )


@cache
def write_script_texts(locale: str) -> str:
    """Return the script that gives the other scripts their sentences in the language `locale`."""
    return f"export default {json.dumps(translate_all(list_script_messages(), locale), ensure_ascii=False)};\n"


def install(screens: Blueprint, site: Site) -> None:
    """Add what all pages share."""

    @screens.get("/awake", endpoint="awake")
    def awake() -> Response:
        """Answer pages of which not even the script arrived that watches over them, and the terminal's pulse."""
        response = make_response(render_template("awake.html", lang=get_language()))
        response.headers[HEADER] = compute_fingerprint()
        return response

    @screens.get("/texts/<locale>.js", endpoint="texts")
    def script_texts(locale: str) -> Response:
        if locale not in LANGUAGES:
            raise Unknown("language.unknown", "This language is not spoken here.")
        response = Response(write_script_texts(locale), content_type="text/javascript; charset=utf-8")
        response.headers["Cache-Control"] = "no-cache"
        return let_browsers_keep(response, request.args.get("build"))

    @screens.get("/language/<locale>", endpoint="language")
    def choose_language(locale: str) -> AnyResponse:
        if locale not in LANGUAGES:
            raise Unknown("language.unknown", "This language is not spoken here.")
        response = redirect(clean_local_path(request.args.get("next")))
        site.cookies.vouch(response, LANGUAGE, locale, is_secure=request.is_secure)
        return response
