"""Typing in paper slips: a batch of rows, by the keyboard alone. Each row is a rating of its own."""

import hashlib
import secrets
from typing import Any

from flask import Blueprint, make_response, request
from werkzeug.wrappers.response import Response

from motcua.counters import store as counter_store
from motcua.desk import Invalid, Reader, Refused, parse_day
from motcua.desk.keys import Answer
from motcua.feedback import actions
from motcua.feedback.channels import Channel
from motcua.feedback.model import Rating, RatingRequest
from motcua.queue import store as queue_store
from motcua.screens.forms import describe_user
from motcua.screens.pages import render_page
from motcua.settings import store as settings_store
from motcua.typed.codes import clean_number, read_figures
from motcua.views.shapes import list_choices
from motcua.web.language import translate
from motcua.web.raters import require_typist
from motcua.web.site import Site

ROWS = 10
FIELDS = ("number", "counter", "level", "reason", "comment")
BATCH_BYTES = 12
COUNTER_DIGITS = 3


def install(screens: Blueprint, site: Site) -> None:
    """Add the page."""

    def render(day: str, rows: list[dict[str, str]], results: list[dict[str, Any]], mistake: str = "") -> Response:
        with site.desk.read() as db:
            reasons = list_choices(settings_store.get_settings(db).rating.reasons)
            counters = [item.number for item in counter_store.list_all(db)]
        blank = [dict.fromkeys(FIELDS, "") for _ in range(ROWS - len(rows))]
        today, _behind = site.get_today()
        more: dict[str, Any] = {"reasons": reasons, "counters": counters, "mistake": mistake, "today": today}
        body = render_page(
            site, "slips.html", me=describe_user(site), tab="ratings", day=day, rows=[*rows, *blank], results=results,
            batch=secrets.token_hex(BATCH_BYTES), **more,
        )  # fmt: skip
        is_wrong = bool(mistake) or any(rows)
        return make_response(body, 422 if is_wrong else 200)

    @screens.get("/slips", endpoint="slips")
    def slips() -> Response:
        require_typist(site)
        return render(site.get_today()[0], [], [])

    @screens.post("/slips", endpoint="slips_submit")
    def slips_submit() -> Response:
        typist = require_typist(site)
        columns = {name: request.form.getlist(name) for name in FIELDS}
        count = min(ROWS, max(map(len, columns.values()), default=0))
        rows = [
            {name: values[place].strip() if place < len(values) else "" for name, values in columns.items()}
            for place in range(count)
        ]
        try:
            day = _read_day(request.form.get("day", ""), site.get_today()[0])
        except Invalid as refusal:
            return render(
                request.form.get("day", "")[:10], _filled(rows), [], translate(refusal.message, refusal.params)
            )
        wrong, results = [], []
        batch = request.form.get("batch", "")[:40]
        for place, row in enumerate(rows):
            if not any(row.values()):
                continue
            try:
                rating = _record(site, typist, day, row, f"{batch}-{place}")
            except Refused as refusal:
                wrong.append({**row, "error": translate(refusal.message, refusal.params)})
            else:
                results.append({**row, **rating})
        return render(day, wrong, results)


def _filled(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    return [row for row in rows if any(row.values())]


def _read_day(value: str, today: str) -> str:
    """Return the day of the slips. Raises `Invalid("slips.day")` for none, and for one that is still to come."""
    day = parse_day(value)
    if day is None or day > today:
        raise Invalid("slips.day", "Please choose the day of these slips: today or earlier.")
    return day


def _record(site: Site, typist: int | None, day: str, row: dict[str, str], key: str) -> dict[str, Any]:
    """Record one slip and return its number and status. Sent twice, it is one. Raises `Refused`."""
    level = read_figures(row["level"])
    if level not in {"1", "2", "3", "4", "5"}:
        raise Invalid("rating.level", "A rating must have a level from 1 to 5.")
    visit, counter = None, None
    if row["number"]:
        visit = queue_store.make_visit_id(day, clean_number(row["number"]))
        with site.desk.read() as db:
            if queue_store.find(db, visit) is None:
                raise Invalid("slips.number", "There was no number %(number)s on this day.", number=row["number"][:20])
    else:
        counter = _read_counter(row["counter"])
    rating = RatingRequest(
        int(level), Channel.SLIP, visit, counter, (row["reason"],) if row["reason"] else (), row["comment"],
        typist=typist,
    )  # fmt: skip
    digest = hashlib.sha256(repr((day, sorted(row.items()))).encode("utf-8", "replace")).hexdigest()

    def view(_db: Reader, result: Rating) -> Answer:
        return 201, {"id": result.id, "status": result.status.value}

    _status, body = site.open_door(key=key, digest=digest).do(actions.rate, rating, answer=view)
    return dict(body)


def _read_counter(value: str) -> int:
    digits = read_figures(value)
    if not digits.isdecimal() or len(digits) > COUNTER_DIGITS:
        raise Invalid("slips.place", "Type the ticket's number, or the counter if the slip has no number.")
    return int(digits)
