"""A settings file's text as plain values: what is no TOML is named by its line, old names become those of today.

How large the file may be is looked at first: reading one must not hold up the hall.
"""

import re
import tomllib

from motcua.setup.mistakes import Mistake, Mistakes, make_mistake
from motcua.setup.raw import Plain

FILE_MAX = 256 * 1024
"""Characters of a settings file; a city's largest centre needs a tenth of it."""
DOTS_MAX = 64
"""Dots outside of texts in one line: the time to read a key grows with the square of its parts."""
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'|#.*')
_WHERE = re.compile(r"\(at line (\d+), column (\d+)\)")


def parse(text: str) -> Plain:
    """Return the plain values of a TOML file. Raises `Mistakes`: `line 3, column 5` for what is no TOML."""
    require_bounded(text)
    try:
        return tomllib.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        wrong = [_syntax(text, error)]
        raise Mistakes(
            "settings.unreadable",
            "The settings file cannot be read: quotation marks, brackets or equals signs are wrong.",
            wrong,
        ) from None


def require_bounded(text: str) -> None:
    """Raise `Mistakes` for a file that would take long to read."""
    if len(text) > FILE_MAX:
        wrong = make_mistake("", "file.large", "A settings file has at most %(length)s characters.", length=FILE_MAX)
        raise Mistakes("settings.unreadable", "The settings file is too large.", [wrong])
    for number, line in enumerate(text.split("\n"), start=1):
        if line.count(".") > DOTS_MAX and _QUOTED.sub("", line).count(".") > DOTS_MAX:
            place = f"line {number}, column 1"
            wrong = make_mistake(place, "key.deep", "A key has at most %(parts)s parts.", parts=DOTS_MAX)
            raise Mistakes(
                "settings.unreadable", "The settings file cannot be read: a key has too many parts.", [wrong]
            )


def _syntax(text: str, error: Exception) -> Mistake:
    complaint = str(error)
    position = _WHERE.search(complaint)
    lines = text.split("\n")
    line, column = (int(position[1]), int(position[2])) if position else (len(lines), len(lines[-1]) + 1)
    where = f"line {line}, column {column}"
    if "overwrite" in complaint or "twice" in complaint or "Duplicate" in complaint:
        return make_mistake(where, "toml.twice", "This was already set further up.", line=line, column=column)
    problem = _WHERE.sub("", complaint).removesuffix("(at end of document)").strip()
    return make_mistake(
        where,
        "toml.syntax",
        "This cannot be read; check quotation marks, brackets and equals signs (%(problem)s).",
        line=line,
        column=column,
        problem=problem,
    )


def rename_old(body: Plain) -> Plain:
    """Return the parts of a file with `notices.public_url`, as it was called once, at `web.base_url`, unless that is
    set too.
    """
    notices, web = body.get("notices"), body.get("web", {})
    if not isinstance(notices, dict) or "public_url" not in notices or not isinstance(web, dict):
        return body
    left = {key: value for key, value in notices.items() if key != "public_url"}
    former = notices["public_url"]
    return {**body, "notices": left, "web": web if web.get("base_url") or not former else {**web, "base_url": former}}
