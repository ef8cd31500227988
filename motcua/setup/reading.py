"""From a settings file's text to plain values: what is no TOML is named by its line, old names become those of today."""

import re
import tomllib

from motcua.setup.checks import Plain
from motcua.setup.mistakes import Mistake, Mistakes, mistake

_WHERE = re.compile(r"\(at line (\d+), column (\d+)\)")


def parsed(text: str) -> Plain:
    """Return the plain values of a TOML file. Raises `Mistakes` with the place of what is no TOML, e.g. `line 3, column 5`."""
    try:
        return tomllib.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        wrong = [_syntax(text, error)]
        raise Mistakes(
            "settings.unreadable", "The settings file cannot be read: quotation marks, brackets or equals signs are wrong.", wrong
        ) from None


def _syntax(text: str, error: Exception) -> Mistake:
    said = str(error)
    found = _WHERE.search(said)
    lines = text.split("\n")
    line, column = (int(found[1]), int(found[2])) if found else (len(lines), len(lines[-1]) + 1)
    where = f"line {line}, column {column}"
    if "overwrite" in said or "twice" in said or "Duplicate" in said:
        return mistake(where, "toml.twice", "This was already set further up.", line=line, column=column)
    problem = _WHERE.sub("", said).removesuffix("(at end of document)").strip()
    return mistake(
        where,
        "toml.syntax",
        "This cannot be read; check quotation marks, brackets and equals signs (%(problem)s).",
        line=line,
        column=column,
        problem=problem,
    )


def renamed(body: Plain) -> Plain:
    """Return the parts of a file with `notices.public_url`, as it was called once, at `web.base_url`, unless that is set too."""
    notices, web = body.get("notices"), body.get("web", {})
    if not isinstance(notices, dict) or "public_url" not in notices or not isinstance(web, dict):
        return body
    left = {key: value for key, value in notices.items() if key != "public_url"}
    former = notices["public_url"]
    return {**body, "notices": left, "web": web if web.get("base_url") or not former else {**web, "base_url": former}}
