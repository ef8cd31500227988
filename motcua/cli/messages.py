"""Every sentence of the program in both languages: collected from the sources, kept in `motcua/translations`, checked."""

import json
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_keywords
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

LANGUAGES = ("vi", "en")
KEYWORDS = ("_", "text", "say", "mark", "t", "mistake:3")
REFUSALS = ("Refused", "Invalid", "Unknown", "Forbidden", "Throttled", "Unavailable", "Mistakes")
"""Their second argument is the sentence, the first a code."""
WIDTH = 140
_PLACE = re.compile(r"%\((\w+)\)s")
_SAID = re.compile(r'(?<![\w.])t\(\s*"((?:[^"\\]|\\.)*)"')
_BY_HAND = {"vendor", "translations", "data", "__pycache__"}


def collect(root: Path) -> Catalog:
    """Return every sentence in the sources under `root`, with its places, as `[tool.babel]` of pyproject.toml says."""
    root = root.absolute()
    mappings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["babel"]["mappings"]
    methods = [(item["pattern"], item["method"]) for item in mappings]
    options: dict[str, dict[str, Any]] = {
        item["pattern"]: {name: str(value) for name, value in item.items() if name not in {"pattern", "method"}} for item in mappings
    }
    keywords = parse_keywords([*KEYWORDS, *(f"{name}:2" for name in REFUSALS)])
    found: list[tuple[str, int, Any]] = []
    for name, line, message, _comments, _context in extract_from_dir(root, methods, options, keywords, directory_filter=_is_ours(root)):
        found.append((name.replace("\\", "/"), line, message))
    known = {message for _name, _line, message in found}
    found += [item for item in _said_by_scripts(root) if item[2] not in known]
    catalogue = Catalog(charset="utf-8")
    for name, line, message in sorted(found, key=lambda item: (item[0], item[1], str(item[2]))):
        if message:
            catalogue.add(message, None, [(name, line)])
    return catalogue


def _said_by_scripts(root: Path) -> Iterator[tuple[str, int, str]]:
    """Yield what scripts say through `t("…")`: the library loses its way in templates within templates, and with it whole sentences."""
    scripts = root / "motcua" / "static" / "js"
    for path in sorted(scripts.rglob("*.js")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if not line.lstrip().startswith(("*", "//", "/*")):
                for said in _SAID.findall(line):
                    yield path.relative_to(root).as_posix(), number, json.loads(f'"{said}"')


def _is_ours(root: Path) -> Callable[[str], bool]:
    def ours(folder: str) -> bool:
        parts = Path(folder).relative_to(root).parts
        return parts[0] == "motcua" and not _BY_HAND & set(parts)

    return ours


def po_file(root: Path, language: str) -> Path:
    """Return where a language's sentences are kept."""
    return root / "motcua" / "translations" / language / "LC_MESSAGES" / "messages.po"


def kept(root: Path, language: str) -> Catalog:
    """Return a language's sentences, none when there is no file yet."""
    path = po_file(root, language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update(root: Path) -> None:
    """Bring the files of both languages up to date with the sources, sentences that are gone left out, and compile them."""
    template = collect(root)
    for language in LANGUAGES:
        old = kept(root, language)
        known = {message.id: message.string for message in old if message.id}
        new = Catalog(
            locale=language,
            project="motcua",
            version="0.1.0",
            copyright_holder="the motcua authors",
            charset="utf-8",
            fuzzy=False,
            creation_date=old.creation_date if known else None,
            revision_date=None,
        )
        for message in template:
            if message.id:
                said = (known.get(message.id) or "") if language == "vi" else ""
                new.add(message.id, said, message.locations, [flag for flag in message.flags if flag != "fuzzy"])
        path = po_file(root, language)
        path.parent.mkdir(parents=True, exist_ok=True)
        for target, write in ((path, write_po), (path.with_suffix(".mo"), write_mo)):
            draft = target.with_suffix(".tmp")
            with draft.open("wb") as file:
                write_po(file, new, width=WIDTH) if write is write_po else write_mo(file, new)
            draft.replace(target)


@dataclass(frozen=True)
class Flaw:
    """A sentence that a reader would see wrong, and why."""

    sentence: str
    problem: str


def flaws(root: Path) -> list[Flaw]:
    """Return every sentence without Vietnamese, with other places to fill in, or of which the pages' scripts do not know."""
    known = {message.id: message for message in kept(root, "vi") if message.id}
    found = []
    for message in collect(root):
        if not message.id:
            continue
        sentence = str(message.id)
        there = known.get(message.id)
        if there is None:
            found.append(Flaw(sentence, "is not in messages.po; run: motcua docs --messages"))
        elif not there.string:
            found.append(Flaw(sentence, "has no Vietnamese in messages.po"))
        elif sorted(set(_PLACE.findall(sentence))) != sorted(set(_PLACE.findall(str(there.string)))):
            found.append(Flaw(sentence, "has other places to fill in than its Vietnamese"))
        elif _in_scripts(message.locations) and not _in_scripts(there.locations):
            found.append(Flaw(sentence, "is new to the pages' scripts; run: motcua docs --messages"))
    return found


def _in_scripts(places: list[tuple[str, int]]) -> bool:
    return any(name.endswith(".js") for name, _line in places)
