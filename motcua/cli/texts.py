"""What the command line says, in the language of the terminal: English when it asks for it, else Vietnamese."""

import gettext
import os
from functools import cache
from importlib.resources import files


@cache
def _catalogue() -> gettext.NullTranslations:
    wanted = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or "vi"
    language = "en" if wanted.startswith("en") else "vi"
    return gettext.translation("messages", str(files("motcua") / "translations"), [language], fallback=True)


def say(message: str, /, **params: object) -> str:
    """Return `message` in the terminal's language, with `params` filled in."""
    found = _catalogue().gettext(message)
    return found % params if params else found
