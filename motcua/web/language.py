"""Texts in the language of whoever reads: English in the code, Vietnamese by default on every screen."""

import gettext as catalogues
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files

from flask import Flask, Request, current_app, has_request_context, request
from flask_babel import Babel, force_locale, gettext

LANGUAGES = ("vi", "en")
WALL = "/wall"


def language() -> str:
    """Return the language of this request: chosen (`?lang=`, cookie), else what the browser asks for, else Vietnamese.

    The wall does not follow its browser: a bought TV box speaks English without anybody having chosen it.
    """
    if not has_request_context():
        return "vi"
    remembered: Iterable[str] = current_app.config["LANGUAGES_CHOSEN"](request)
    for wanted in (request.args.get("lang", ""), *remembered):
        if wanted in LANGUAGES:
            return wanted
    if request.path == WALL:
        return "vi"
    return "en" if request.accept_languages.best_match(LANGUAGES, "vi") == "en" else "vi"


def install(app: Flask, chosen: Callable[[Request], Iterable[str]]) -> None:
    """Let templates and refusals speak the reader's language; `chosen(request)` is what the browser remembers, the surest first."""
    app.config["LANGUAGES_CHOSEN"] = chosen
    app.config["BABEL_DEFAULT_LOCALE"] = "vi"
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = "translations"
    Babel(app, locale_selector=language)


def mark(message: str) -> str:
    """Mark `message` for translation where it is not yet said."""
    return message


def text(message: str, params: dict[str, object] | None = None) -> str:
    """Return `message` in the reader's language, with `params` filled in."""
    found: str = gettext(message)
    return found % params if params else found


def sentence(message: str, params: Mapping[str, object]) -> str:
    """Return `message` in the reader's language like `text`; where its places and `params` do not fit, the bare message."""
    return _filled(str(gettext(message)), params) or message


def in_each(message: str, params: Mapping[str, object] | None = None) -> dict[str, str]:
    """Return `message` in every language, for a screen whose reader is not who asks now.

    Streams are computed outside any request, where flask-babel translates nothing, so this reads the catalogues by itself.
    """
    return {name: _filled(words, params or {}) or message for name, words in _translations(message)}


@lru_cache(maxsize=1024)
def _translations(message: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, _catalogue(name).gettext(message)) for name in LANGUAGES)


@cache
def _catalogue(name: str) -> catalogues.NullTranslations:
    return catalogues.translation("messages", str(files("motcua") / "translations"), [name], fallback=True)


def _filled(message: str, params: Mapping[str, object]) -> str | None:
    """Return `message` with `params` filled in, None where its places and `params` do not fit."""
    try:
        return message % params if params else message
    except (KeyError, TypeError, ValueError):
        return None


def texts(wanted: str, messages: list[str]) -> dict[str, str]:
    """Return the translations of `messages` into `wanted`."""
    with force_locale(wanted):
        return {message: str(gettext(message)) for message in messages}
