"""Writing to the unit from other programs, and what became of it."""

from flask import Response, request
from flask_openapi3.blueprint import APIBlueprint

from motcua.api.answers import respond
from motcua.api.shapes.suggestions import NewSuggestion, SuggestionPath, SuggestionReceipt, SuggestionShape
from motcua.desk import Reader
from motcua.desk.keys import Answer
from motcua.settings import store as settings_store
from motcua.staff.model import Role
from motcua.suggestions import actions, rules, store
from motcua.suggestions.model import Suggestion, SuggestionRequest, SuggestionSource
from motcua.views.suggestions import describe_for_sender
from motcua.web.codes import throttle_suggestions
from motcua.web.language import get_language
from motcua.web.limits import Attempts
from motcua.web.site import Site

TRIES_A_MINUTE = 20
"""How often one address may write without a token."""
SHOWN = tuple(SuggestionShape.model_fields)


def install(api: APIBlueprint, site: Site) -> None:
    """Add the calls about suggestions."""
    tries = Attempts(site.desk.clock, TRIES_A_MINUTE)

    @api.post("/suggestions", endpoint="suggest", summary="Write to the unit", responses={201: SuggestionReceipt})
    def suggest(body: NewSuggestion) -> Response:
        if site.caller.credential is None:
            tries.check(where := f"suggest:{request.remote_addr}")
            tries.record_failure(where)
        source = SuggestionSource.PAD if site.caller.role is Role.PAD else SuggestionSource.API
        new_request = SuggestionRequest(
            body.text,
            source,
            body.kind or "",
            body.contact or "",
            body.token or "",
            body.visit or "",
            body.counter,
            may_publish=body.may_publish,
            language=get_language(),
        )
        outside = site.addresses.get_setting() or site.addresses.find_for_phones() or site.addresses.get_request_base()

        def view(_db: Reader, new_item: Suggestion) -> Answer:
            return 201, {"code": new_item.code, "follow_url": f"{outside}/y/{new_item.code}"}

        return respond(site.request_door().do(actions.receive, new_request, answer=view))

    @api.get(
        "/suggestions/<code>",
        endpoint="suggestion",
        summary="What became of a suggestion",
        responses={200: SuggestionShape},
    )
    def read(path: SuggestionPath) -> Response:
        with throttle_suggestions(site), site.desk.read() as db:
            item = store.get_by_code(db, rules.clean_suggestion_code(path.code))
            view = describe_for_sender(db, settings_store.get_settings(db), item)
        return respond((200, {name: view[name] for name in SHOWN}))
