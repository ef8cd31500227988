"""Texts in the language of whoever reads: English in the code, Vietnamese by default on every screen."""

from collections.abc import Callable, Iterable, Mapping

from flask import Flask, Request, current_app, has_request_context, request
from flask_babel import Babel, gettext

from motcua.desk.messages import LANGUAGES, fill, mark, translate_into_each

__all__ = [
    "LANGUAGES",
    "get_language",
    "install",
    "mark",
    "translate",
    "translate_into_each",
    "translate_or_keep",
]
WALL = "/wall"


def get_language() -> str:
    """Return the language of this request: chosen (`?lang=`, cookie), else what the browser asks for, else Vietnamese.

    The wall does not follow its browser: a bought TV box speaks English without anybody having chosen it.
    """
    if not has_request_context():
        return "vi"
    remembered: Iterable[str] = current_app.config["LANGUAGES_CHOSEN"](request)
    for code in (request.args.get("lang", ""), *remembered):
        if code in LANGUAGES:
            return code
    if request.path == WALL:
        return "vi"
    return "en" if request.accept_languages.best_match(LANGUAGES, "vi") == "en" else "vi"


def install(app: Flask, chosen: Callable[[Request], Iterable[str]]) -> None:
    """Let templates and refusals speak the reader's language; `chosen(request)` is what the browser remembers, the
    surest first.
    """
    app.config["LANGUAGES_CHOSEN"] = chosen
    app.config["BABEL_DEFAULT_LOCALE"] = "vi"
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = "translations"
    Babel(app, locale_selector=get_language)


def translate(message: str, params: dict[str, object] | None = None) -> str:
    """Return `message` in the reader's language, with `params` filled in."""
    translation: str = gettext(message)
    return translation % params if params else translation


def translate_or_keep(message: str, params: Mapping[str, object]) -> str:
    """Return `message` in the reader's language like `translate`; where its places and `params` do not fit, the bare
    message.
    """
    return fill(str(gettext(message)), params) or message
