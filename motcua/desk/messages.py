"""Messages for people: marked for translation in the code, and filled in every language outside any request."""

import gettext
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files

from motcua.typed.sentences import mark

__all__ = ["LANGUAGES", "fill", "get_translations", "mark", "translate_all", "translate_into_each"]

LANGUAGES = ("vi", "en")


def translate_into_each(message: str, params: Mapping[str, object] | None = None) -> dict[str, str]:
    """Return `message` in every language, for a screen whose reader is not the one who asks now."""
    return {name: fill(words, params or {}) or message for name, words in _translations(message)}


def translate_all(messages: Iterable[str], language: str) -> dict[str, str]:
    """Return each of `messages` in `language`, by the message."""
    translations = get_translations(language)
    return {message: translations.gettext(message) for message in messages}


def fill(message: str, params: Mapping[str, object]) -> str | None:
    """Return `message` with `params` filled in, None where its places and `params` do not fit."""
    try:
        return message % params if params else message
    except (KeyError, TypeError, ValueError):
        return None


@lru_cache(maxsize=1024)
def _translations(message: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, get_translations(name).gettext(message)) for name in LANGUAGES)


@cache
def get_translations(name: str) -> gettext.NullTranslations:
    """Return what translates into the language `name`; what is not translated stays English."""
    return gettext.translation("messages", str(files("motcua") / "translations"), [name], fallback=True)
