"""Past days again, for leaders: which days there are, and what would have happened under other rules."""

from typing import Any

from flask import Response
from flask_openapi3.blueprint import APIBlueprint

from motcua.api.answers import respond
from motcua.api.settings import read_apart
from motcua.api.shapes.replays import AskReplay, PastDays, ReplayAnswer
from motcua.procedures import store as procedure_store
from motcua.setup import drafts
from motcua.setup.actions import make_operational
from motcua.web.language import translate
from motcua.web.site import Site

Given = dict[str, Any]


def install(api: APIBlueprint, site: Site) -> None:
    """Add the calls about past days."""

    @api.get("/days", endpoint="past_days", summary="The past days that can be replayed", responses={200: PastDays})
    def past_days() -> Response:
        from motcua.estimates import past

        with site.desk.read() as db:
            items = [{"day": day, "tickets": tickets} for day, tickets in past.list_closed_days(db)]
        return respond((200, {"items": items}))

    @api.post(
        "/replays", endpoint="replay", summary="Run past days again under other rules", responses={200: ReplayAnswer}
    )
    def replay(body: AskReplay) -> Response:
        from motcua.estimates import past
        from motcua.planning.replay import task as run_again

        task_input: Given = {"calls": False}
        if body.changes is not None:
            task_input["changes"] = body.changes.model_dump(by_alias=True, exclude_unset=True)
        if body.settings is not None:
            with site.desk.read() as db:
                draft = drafts.make_file_request(body.settings, procedure_store.list_codes(db))
            task_input["settings"] = make_operational(read_apart(site, draft))
        with site.desk.read() as db:
            days = past.list_days_between(db, body.begin, body.end or body.begin)
        task_input["days"] = site.offload(_packed, site, days)
        result = site.compute(run_again, task_input)
        return respond((200, {**result, "notes": [_with_text(note) for note in result["notes"]]}))


def _with_text(note: Given) -> Given:
    sentence = note["text"]
    return {"code": note["code"], "text": translate(sentence, note["params"])}


def _packed(site: Site, days: list[str]) -> list[Given]:
    """Return the days as the journal tells them, read and packed where that holds up nobody."""
    from motcua.estimates import past
    from motcua.planning.replay import pack

    with site.desk.read() as db:
        return [pack(past.journal_day(db, day)) for day in days]
