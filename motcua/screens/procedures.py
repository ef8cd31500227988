"""Pages on which people find out which papers they need: whole without scripts, on any phone."""

from itertools import groupby
from typing import Any

from flask import Blueprint, request

from motcua.bookings import rules as booking_rules
from motcua.catalogue import store as catalogue_store
from motcua.screens.forms import describe_user
from motcua.screens.pages import render_page
from motcua.screens.qr import draw_svg
from motcua.settings import store as settings_store
from motcua.typed.lines import clean_line
from motcua.typed.situation import read_situation, write_situation
from motcua.views.online_filing import describe_ways
from motcua.views.procedures import (
    describe_procedure,
    find_procedures,
    get_procedure,
    map_services,
)
from motcua.web.local_time import get_local_now
from motcua.web.site import Site

ANSWERS, WARD_LIST = 20, 300
TYPED_MAX = 200


def install(screens: Blueprint, site: Site) -> None:
    """Add the search and the page of each procedure."""

    @screens.get("/procedures", endpoint="procedures")
    def procedures() -> str:
        query = clean_line(request.args.get("q", "")[: 2 * TYPED_MAX])[:TYPED_MAX]
        day, _behind = site.get_today()
        with site.desk.read() as db:
            items = find_procedures(db, day, query, ANSWERS if query else WARD_LIST)
        return render_page(
            site, "procedures.html", me=describe_user(site), query=query, items=items, fields=_group_by_field(items)
        )

    @screens.get("/procedures/<code>", endpoint="procedure")
    def procedure(code: str) -> str:
        choices = read_situation(request.args.get("s", ""))
        day, _behind = site.get_today()
        with site.desk.read() as db:
            item = get_procedure(db, code, day)
            service = map_services(db).get(item.code)
            view = describe_procedure(item, service, choices)
            settings = settings_store.get_settings(db)
            books = booking_rules.is_open(settings, catalogue_store.list_services(db))
        answers = {answer["question"]: answer["choice"] for answer in view["answers"]}
        path = f"/procedures/{item.code}" + (f"?s={write_situation(answers)}" if answers else "")
        base = site.addresses.find_for_phones()
        return render_page(
            site,
            "procedure.html",
            me=describe_user(site),
            procedure={**view, **describe_ways(item, settings, get_local_now(site))},
            steps=_list_steps(answers),
            situation=write_situation(answers),
            books=books and view["bookable"],
            qr=draw_svg(base + path) if base else "",
        )


def _group_by_field(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return a list in its fields, in the order of the alphabet."""
    ordered = sorted(items, key=lambda item: (item["field"], item["code"]))
    return [
        {"name": name, "items": list(members)} for name, members in groupby(ordered, key=lambda item: item["field"])
    ]


def _list_steps(answers: dict[str, str]) -> dict[str, str]:
    """Return for each question that was answered the situation before it."""
    codes = list(answers)
    return {
        code: write_situation({name: answers[name] for name in codes[:number]}) for number, code in enumerate(codes)
    }
