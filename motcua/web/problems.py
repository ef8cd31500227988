"""Refusals as RFC 9457 problem details, in the reader's language, with a stable code."""

import json
import logging
from http import HTTPStatus

from flask import Flask, Response, render_template, request
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException

from motcua.desk import Forbidden, Invalid, Refused, Throttled, Unavailable, Unknown
from motcua.setup.mistakes import Mistakes
from motcua.web import security_log
from motcua.web.language import get_language, mark, translate

_STATUS: list[tuple[type[Refused], int]] = [
    (Unknown, 404),
    (Invalid, 422),
    (Forbidden, 403),
    (Throttled, 429),
    (Unavailable, 503),
    (Refused, 409),
]

_TITLES = {
    400: mark("This request cannot be read."),
    401: mark("Please sign in first."),
    403: mark("You are not allowed to do this."),
    404: mark("There is nothing at this address."),
    405: mark("Method not allowed."),
    409: mark("This cannot be done now."),
    413: mark("The request is too large."),
    415: mark("This content type is not supported."),
    422: mark("A value is not valid."),
    429: mark("Too many attempts. Please wait a little."),
    500: mark("Something went wrong. Nothing was changed."),
    503: mark("The server is not available now."),
}

ERRORS_MAX = 200
"""So many mistakes of a document are named, each in the reader's language."""

logger = logging.getLogger(__name__)


def get_status(refusal: Refused) -> int:
    """Return the HTTP status of a refusal."""
    if refusal.code == "auth.required":
        return 401
    return next(status for kind, status in _STATUS if isinstance(refusal, kind))


def answer_problem(status: int, code: str, detail: str | None = None, **more: object) -> Response:
    """Return a problem document."""
    title = translate(_TITLES.get(status) or _TITLES[500 if status >= HTTPStatus.INTERNAL_SERVER_ERROR else 400])
    body: dict[str, object] = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "code": code,
        "detail": detail or title,
        **more,
    }
    response = Response(json.dumps(body, ensure_ascii=False), status, content_type="application/problem+json")
    response.headers["Content-Language"] = get_language()
    return response


def answer_refusal(error: Refused) -> Response:
    """Return the answer to a refusal."""
    response = answer_problem(get_status(error), error.code, translate(error.message, error.params), **_mistakes(error))
    if isinstance(error, Throttled):
        response.headers["Retry-After"] = str(error.params.get("retry_s", 60))
    if response.status_code == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _mistakes(error: Refused) -> dict[str, object]:
    """Return each mistake of a refused document with its place, e.g. `services[3].group`."""
    if not isinstance(error, Mistakes):
        return {}
    return {
        "errors": [
            {"place": item.place, "code": item.code, "detail": translate(item.message, dict(item.params))}
            for item in error.mistakes[:ERRORS_MAX]
        ]
    }


def answer_invalid(error: ValidationError) -> Response:
    """Return the answer to a body, query or path of the wrong shape, naming each place."""
    security_log.note("values.invalid")
    places = [
        {"place": ".".join(str(part) for part in item["loc"]), "problem": item["type"]}
        for item in error.errors(include_url=False)
    ]
    named = ", ".join(item["place"] for item in places if item["place"])
    detail = translate("Not valid: %(places)s.", {"places": named}) if named else None
    return answer_problem(422, "values.invalid", detail, errors=places)


def is_page() -> bool:
    """Say whether a person's browser asked for a page rather than a program for data."""
    return not request.path.startswith(("/api/", "/state/", "/local")) and request.accept_mimetypes.accept_html


def _page(title: str, detail: str = "") -> str:
    return render_template("error.html", title=title, detail=detail, lang=get_language())


def install(app: Flask) -> None:
    """Answer every error of the app with a problem document, or with a page that says what to do."""

    def on_refusal(error: Refused) -> Response | tuple[str, int]:
        if isinstance(error, Forbidden | Throttled):
            security_log.note(error.code)
        if is_page():
            status = get_status(error)
            return _page(translate(_TITLES[status]), translate(error.message, error.params)), status
        return answer_refusal(error)

    def on_http(error: HTTPException) -> Response | tuple[str, int]:
        if error.response is not None and isinstance(error.response, Response):
            return error.response
        status = error.code or 500
        if is_page() and status not in {301, 302, 303, 304, 307, 308}:
            return _page(translate(_TITLES.get(status, error.name))), status
        response = answer_problem(status, f"http.{status}")
        response.headers.extend(
            (name, value) for name, value in error.get_headers() if name in {"Allow", "Retry-After"}
        )
        return response

    def on_error(error: Exception) -> Response | tuple[str, int]:
        logger.error("unexpected error at %s %s", request.method, request.path, exc_info=error)
        return on_http(HTTPException(response=None)) if is_page() else answer_problem(500, "http.500")

    app.register_error_handler(Refused, on_refusal)
    app.register_error_handler(HTTPException, on_http)
    app.register_error_handler(Exception, on_error)
