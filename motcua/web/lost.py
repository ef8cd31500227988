"""What a desk answers whose store is lost or cannot be read: one page in both languages that says so, and how to
bring it back.
"""

import json
from collections.abc import Callable

from flask import Flask, Response, render_template, request

from motcua.desk import Clock, stamp
from motcua.desk.loss import Loss
from motcua.web import headers, language
from motcua.web.bounds import Headers
from motcua.web.cookies import HOST, LANGUAGE, get_former_name
from motcua.web.guests import is_guest
from motcua.web.json_values import PlainJson
from motcua.web.language import mark, translate_into_each
from motcua.web.problems import answer_problem, is_page

CHECKS = ("store", "clock", "journal", "devices", "address", "backup", "digests", "voice")
LATER_S = "10"
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


def build(loss: Loss | Callable[[], Loss], clock: Clock) -> Flask:
    """Return the app; `loss` may be asked anew for each answer."""
    app = Flask("motcua")
    app.json = PlainJson(app)
    app.wsgi_app = Headers(app.wsgi_app)  # type: ignore[method-assign]
    language.install(
        app,
        lambda client: (
            value
            for name, value in client.cookies.items()
            if name.removeprefix(HOST).startswith(get_former_name(LANGUAGE))
        ),
    )
    since = stamp(clock.now())

    def now() -> Loss:
        return loss if isinstance(loss, Loss) else loss()

    @app.get("/api/v1/health")
    def health() -> Response:
        current_loss = now()
        if is_guest(request.environ):
            return answer_problem(503, current_loss.code, language.translate(FOR_GUESTS))
        checks = {**dict.fromkeys(CHECKS, "unknown"), "store": "failing"}
        problems = [{"code": current_loss.code, "detail": _message(current_loss), "since": since}]
        body = {"status": "failing", "checks": checks, "problems": problems}
        return Response(json.dumps(body, ensure_ascii=False), 503, content_type="application/json")

    @app.route("/", defaults={"path": ""}, methods=METHODS)
    @app.route("/<path:path>", methods=METHODS)
    def anything(path: str) -> Response:
        current_loss = now()
        for_guests = is_guest(request.environ)
        if not is_page():
            detail = language.translate(FOR_GUESTS) if for_guests else _message(current_loss)
            return answer_problem(503, current_loss.code, detail)
        values = _guest_values() if for_guests else _template_values(current_loss)
        return Response(render_template("lost.html", **values), 503, content_type="text/html; charset=utf-8")

    @app.after_request
    def after(response: Response) -> Response:
        if request.endpoint != "static":
            response.headers["Retry-After"] = LATER_S
        return response

    headers.install(app)
    return app


TITLE = mark("The server cannot work now")
RESTORE = mark("Restore it from its newest copy. On the server's computer, at the terminal:")
NO_COPY = mark(
    "There is no usable copy in its folder. Use one that you kept elsewhere. On the server's computer, at the terminal:"
)
AFTERWARDS = mark(
    "The desk then continues by itself. No new desk was created in its place, and nothing in the folder was changed."
)
FOR_GUESTS = mark("Please ask at a counter, or try again in a few minutes.")
"""Citizens cannot mend it, and learn nothing of folders and copies."""
PASSING = mark("The server tries again every few seconds and then continues by itself. Check the disk of its computer.")


def write_command(loss: Loss) -> str:
    """Return the command that brings the desk back."""
    return f"motcua restore {loss.backup or '…/motcua.zip'} --data {loss.folder}"


def _message(loss: Loss) -> str:
    ways = [] if loss.is_passing else [write_command(loss)]
    return " ".join([language.translate_or_keep(loss.message, loss.params), *ways])


def _guest_values() -> dict[str, object]:
    return {
        "lang": "vi",
        "title": translate_into_each(TITLE),
        "problem": translate_into_each(FOR_GUESTS),
        "advice": None,
        "afterwards": None,
        "command": None,
    }


def _template_values(loss: Loss) -> dict[str, object]:
    advice = PASSING if loss.is_passing else RESTORE if loss.backup else NO_COPY
    return {
        "lang": "vi",
        "title": translate_into_each(TITLE),
        "problem": translate_into_each(loss.message, loss.params),
        "advice": translate_into_each(advice),
        "afterwards": None if loss.is_passing else translate_into_each(AFTERWARDS),
        "command": None if loss.is_passing else write_command(loss),
    }
