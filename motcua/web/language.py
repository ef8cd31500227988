"""Texts in the language of whoever reads: English in the code, Vietnamese by default on every screen."""

from collections.abc import Callable, Iterable, Mapping
from gettext import NullTranslations

from flask import Flask, Request, current_app, g, has_request_context, request

from motcua.desk.messages import LANGUAGES, fill, get_translations, mark, translate_into_each

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
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(translate, _translate_count, newstyle=True)  # type: ignore[attr-defined]


def translate(message: str, params: dict[str, object] | None = None) -> str:
    """Return `message` in the reader's language, with `params` filled in."""
    translation = _get_readers().gettext(message)
    return translation % params if params else translation


def _translate_count(one: str, many: str, count: int) -> str:
    return _get_readers().ngettext(one, many, count)


def _get_readers() -> NullTranslations:
    """Return what translates into the reader's language, which is found out once a request."""
    if not has_request_context():
        return get_translations("vi")
    if "translations" not in g:
        g.translations = get_translations(get_language())
    translations: NullTranslations = g.translations
    return translations


def translate_or_keep(message: str, params: Mapping[str, object]) -> str:
    """Return `message` in the reader's language like `translate`; where its places and `params` do not fit, the bare
    message.
    """
    return fill(translate(message), params) or message
