"""Completes the API's own description from the tables that the server goes by: who may call what, and every way it
may refuse.
"""

import re
from collections.abc import Callable
from typing import Any, cast

from flask import Flask, request
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.openapi import OpenAPI
from flask_openapi3.utils import parse_parameters
from pydantic import BaseModel, ValidationError

from motcua.desk.keys import KEY_MAX
from motcua.web.access import CALLS
from motcua.web.cookies import DEVICE, SESSION, Cookies
from motcua.web.problems import answer_invalid
from motcua.web.switches import SWITCHED_DOORS

Part = dict[str, Any]
Shape = type[BaseModel] | None
CHANGES = frozenset({"post", "put", "patch", "delete"})
BODIES = frozenset({"post", "put", "patch"})
SLOWED_DOWN = frozenset(
    {
        "rate", "sit", "enrol", "own_password", "book", "booking", "cancel_booking", "suggest", "suggestion",
        "count_poster_use", "look_up_dossier", "ask_callback",
    }
)  # fmt: skip
"""What answers 429 to whoever guesses."""
KEYLESS = frozenset(
    {
        "add_account", "reset_password", "own_password", "add_token", "offer_pairing", "enrol", "test_notice",
        "replay", "preview_ticket",
        "ask_agent", "begin_check", "note_check",
        "open_dossier", "look_up_dossier", "tell_of_dossier", "is_told_of_dossier",
        "end_telling_of_dossier", "read_card", "keep_applicant", "erase_applicant",
    }
)  # fmt: skip
"""What carries or answers a secret, of which nothing is kept with a key; and what changes nothing that is kept: a
trial, a question."""
SCHEMES: Part = {
    "token": {"type": "http", "scheme": "bearer"},
    "csrf": {"type": "apiKey", "in": "header", "name": "X-CSRF-Token"},
}
REFUSALS = {
    "400": "The body is no JSON.",
    "401": "Nobody is signed in, or the token opens nothing.",
    "403": "Not with this role, not at this counter, or without the page's CSRF token.",
    "404": "The path names something that does not exist.",
    "409": "The state of the hall forbids it; `code` says why.",
    "413": "The body is too large.",
    "422": "A value is wrong, a code in the body unknown, or an idempotency key used for something else.",
    "429": "Too many attempts; `Retry-After` says how many seconds to wait.",
    "503": "The desk is stopping or its store does not answer.",
}
KEY: Part = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "The same key with the same content gives the same answer and changes nothing.",
    "schema": {"type": "string", "minLength": 1, "maxLength": KEY_MAX},
}
ETAG: Part = {"name": "If-None-Match", "in": "header", "required": False, "schema": {"type": "string"}}


class DescribedLater(APIBlueprint):
    """Calls whose description is computed when somebody reads it, not at each start of a desk."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._calls: list[tuple[str, Callable[..., Any], dict[str, Any]]] = []

    def _check_setup_finished(self, f_name: str) -> None:
        """Take calls at any time: some come when others are served."""

    def _collect_openapi_info(self, rule: str, func: Callable[..., Any], **details: Any) -> Any:
        self._calls.append((rule, func, details))
        return parse_parameters(func, doc_ui=False)

    @staticmethod
    def create_view_func(
        func: Callable[..., Any],
        header: Shape,
        cookie: Shape,
        path: Shape,
        query: Shape,
        form: Shape,
        body: Shape,
        raw: Shape,
        *more: Any,
        **options: Any,
    ) -> Callable[..., Any]:
        """Return the call as Flask makes it. Path and body are checked here, as nearly all calls have nothing else."""
        if any((header, cookie, query, form, raw)):
            return cast(
                Callable[..., Any],
                APIBlueprint.create_view_func(func, header, cookie, path, query, form, body, raw, *more, **options),
            )

        def call(**names: Any) -> Any:
            parts: dict[str, BaseModel] = {}
            try:
                if path is not None:
                    parts["path"] = path.model_validate(names)
                if body is not None:
                    parts["body"] = body.model_validate(request.get_json(silent=True))
            except ValidationError as error:
                return answer_invalid(error)
            return func(**parts)

        return call

    def describe(self, app: OpenAPI) -> Part:
        """Return the library's OpenAPI document of these calls and of `app`. Not for two at once."""
        while self._calls:
            rule, func, details = self._calls.pop(0)
            super()._collect_openapi_info(rule, func, **details)
        app.paths.update(self.paths)
        app.components_schemas.update(self.components_schemas)
        document: Part = app.api_doc
        return document


def complete(document: Part, app: Flask, cookies: Cookies) -> Part:
    """Return the OpenAPI document with ids, roles, security, keys and refusals filled in for every call."""
    document["components"]["securitySchemes"] = SCHEMES | {
        kind: {"type": "apiKey", "in": "cookie", "name": cookies.name(kind)} for kind in (SESSION, DEVICE)
    }
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<(?:[^:>]*:)?([^>]+)>", r"{\1}", rule.rule)
        for method, operation in document["paths"].get(path, {}).items():
            if method.upper() in (rule.methods or ()):
                _complete(document, rule.endpoint, path, method, operation)
    return document


def _complete(document: Part, endpoint: str, path: str, method: str, operation: Part) -> None:
    name = endpoint.rsplit(".", 1)[-1]
    operation["operationId"] = name
    roles = CALLS[endpoint]
    operation["security"] = _security(method) if roles is not None else [{}, *_security(method)]
    if roles is not None:
        operation["x-roles"] = sorted(role.value for role in roles)
    if "requestBody" in operation:
        operation["requestBody"]["required"] = bool(_schema(document, operation["requestBody"]).get("required"))
    parameters = operation.setdefault("parameters", [])
    if method == "post" and name not in KEYLESS:
        parameters.append(KEY)
    if name == "wall":
        parameters.append(ETAG)
    answers = {
        status: item for status, item in operation["responses"].items() if status not in REFUSALS or status == "503"
    }
    queried = any(item["in"] == "query" for item in parameters)
    for status in _refusals(name, path, method, guarded=roles is not None, queried=queried):
        answers.setdefault(
            status, {"description": REFUSALS[status], "content": {"application/problem+json": {"schema": _PROBLEM}}}
        )
    if not any(status.startswith("2") for status in answers):
        answers["204"] = {"description": "Done; there is nothing to say."}
    operation["responses"] = dict(sorted(answers.items()))


_PROBLEM: Part = {"$ref": "#/components/schemas/Problem"}


def _security(method: str) -> list[Part]:
    more: Part = {"csrf": []} if method in CHANGES else {}
    return [{"token": []}, {"session": [], **more}, {"device": [], **more}]


def _schema(document: Part, body: Part) -> Part:
    reference = body["content"]["application/json"]["schema"].get("$ref", "")
    schema: Part = document["components"]["schemas"].get(reference.rsplit("/", 1)[-1], {})
    return schema


def _refusals(name: str, path: str, method: str, *, guarded: bool, queried: bool) -> set[str]:
    statuses = {"401", "422", "503"}
    if guarded or method in CHANGES:
        statuses.add("403")
    if "{" in path or f"api.{name}" in SWITCHED_DOORS:  # the latter are not there while they are off
        statuses |= {"404", "422"}
    if queried:
        statuses.add("422")
    if method in CHANGES:
        statuses |= {"409", "422"}
    if method in BODIES:
        statuses |= {"400", "413"}
    if name in SLOWED_DOWN:
        statuses.add("429")
    return statuses
