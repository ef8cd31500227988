"""What the command line says, in the language of the terminal: English when it asks for it, else Vietnamese."""

import os
from collections.abc import Mapping

from motcua.desk.messages import get_translations
from motcua.setup.mistakes import Mistakes


def get_language() -> str:
    """Return `en` when the terminal asks for English, else `vi`."""
    locale_name = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or "vi"
    return "en" if locale_name.startswith("en") else "vi"


def say(message: str, /, **params: object) -> str:
    """Return `message` in the terminal's language, with `params` filled in."""
    sentence = get_translations(get_language()).gettext(message)
    return sentence % params if params else sentence


def translate_into(language_code: str, message: str) -> str:
    """Return `message` in the language `language_code`, not filled in: for a page that speaks another language than
    the terminal.
    """
    return get_translations(language_code).gettext(message)


def translate_message(message: str, params: Mapping[str, object]) -> str:
    """Return a refusal's sentence in the terminal's language."""
    return say(message, **params) if params else say(message)


def list_mistakes(mistakes: Mistakes) -> list[str]:
    """Return each mistake with its place, e.g. `services[3].group: …`, in the terminal's language."""
    return [f"{item.place}: {translate_message(item.message, item.params)}" for item in mistakes.mistakes]
