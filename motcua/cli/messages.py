"""Every sentence of the program: collected from the sources in English, kept with its Vietnamese in
`motcua/translations`, checked.
"""

import ast
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from msgspec import Struct

LANGUAGE = "vi"
"""The only catalogue: the English sentences are the keys."""
SAYING = {"_": 0, "translate": 0, "say": 0, "mark": 0, "make_mistake": 2} | dict.fromkeys(
    ("Refused", "Invalid", "Unknown", "Forbidden", "Throttled", "Unavailable", "Mistakes"), 1
)
"""Which argument (from 0) of a call is a sentence. A refusal's first is its code."""
TEMPLATES = "motcua/templates/**.html"
WIDTH = 140
_PLACE = re.compile(r"%\((\w+)\)s")
_SAID = re.compile(r'(?<![\w.$])t\(\s*("(?:[^"\\\n]|\\.)*")')
_REMARK = re.compile(r"^[ \t]*(?://|/?\*).*$", re.MULTILINE)
"""A line that is a comment as a whole: what it quotes is no sentence."""
_BY_HAND = {"vendor", "translations", "data", "__pycache__"}


def collect_sentences(root: Path) -> Catalog:
    """Return every sentence in the sources under `root`, with its places.

    Babel reads the templates, the program the rest.
    """
    root = root.absolute()
    sentences = [*_collect_from_programs(root), *_collect_from_scripts(root)]
    for name, line, message, _comments, _context in extract_from_dir(
        root, [(TEMPLATES, "jinja2")], directory_filter=_make_folder_filter(root)
    ):
        if isinstance(message, str):  # (Babel gives groups of them for plurals, which no template has)
            sentences.append((name.replace("\\", "/"), line, message))
    catalogue = Catalog(charset="utf-8")
    for name, line, message in sorted(sentences):
        catalogue.add(message, None, [(name, line)])
    return catalogue


def _collect_from_programs(root: Path) -> Iterator[tuple[str, int, str]]:
    """Yield the sentences in the Python files: arguments of the calls in `SAYING`."""
    for path in sorted((root / "motcua").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Call) and (message := _find_sentence(node)):
                yield path.relative_to(root).as_posix(), node.lineno, message


def _find_sentence(call: ast.Call) -> str:
    """Return the sentence of a call, empty if there is none or it is not a constant."""
    name = (
        call.func.id
        if isinstance(call.func, ast.Name)
        else call.func.attr
        if isinstance(call.func, ast.Attribute)
        else ""
    )
    place = SAYING.get(name, len(call.args))
    argument = call.args[place] if place < len(call.args) else None
    return argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else ""


def _collect_from_scripts(root: Path) -> Iterator[tuple[str, int, str]]:
    """Yield the sentences in the pages' scripts: each `t("…")`, also inside templates."""
    for path in sorted((root / "motcua" / "static" / "js").rglob("*.js")):
        name = path.relative_to(root).as_posix()
        for number, message in find_sentences(path.read_text(encoding="utf-8")):
            yield name, number, message


def find_sentences(script: str) -> Iterator[tuple[int, str]]:
    """Yield each sentence of a script, with its line (from 1).

    A sentence is a text in double quotes, as JSON writes it, after `t(`.
    """
    script = _REMARK.sub("", script)
    for match in _SAID.finditer(script):
        yield script.count("\n", 0, match.start()) + 1, json.loads(match[1])


def _make_folder_filter(root: Path) -> Callable[[str], bool]:
    def ours(folder: str) -> bool:
        parts = Path(folder).relative_to(root).parts
        return parts[0] == "motcua" and not _BY_HAND & set(parts)

    return ours


def get_po_file(root: Path) -> Path:
    """Return the file of the sentences and their Vietnamese."""
    return root / "motcua" / "translations" / LANGUAGE / "LC_MESSAGES" / "messages.po"


def read_catalogue(root: Path) -> Catalog:
    """Return the sentences and their Vietnamese, none when there is no file yet."""
    path = get_po_file(root)
    if not path.exists():
        return Catalog(locale=LANGUAGE)
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE)


def update_catalogue(root: Path) -> None:
    """Bring the catalogue up to date with the sources, leave out sentences that are gone, and compile it."""
    old = read_catalogue(root)
    vietnamese = {message.id: message.string for message in old if message.id}
    new = Catalog(
        locale=LANGUAGE,
        project="motcua",
        version="0.1.0",
        copyright_holder="the motcua authors",
        charset="utf-8",
        fuzzy=False,
        creation_date=old.creation_date if vietnamese else None,
        revision_date=None,
    )
    for message in collect_sentences(root):
        if message.id:
            flags = [flag for flag in message.flags if flag != "fuzzy"]
            new.add(message.id, vietnamese.get(message.id) or "", message.locations, flags)
    path = get_po_file(root)
    path.parent.mkdir(parents=True, exist_ok=True)
    for target, write in ((path, write_po), (path.with_suffix(".mo"), write_mo)):
        draft = target.with_suffix(".tmp")
        with draft.open("wb") as file:
            write_po(file, new, width=WIDTH, include_lineno=False) if write is write_po else write_mo(file, new)
        draft.replace(target)


class Flaw(Struct, frozen=True):
    """A sentence with a problem."""

    sentence: str
    problem: str


def list_flaws(root: Path) -> list[Flaw]:
    """List the sentences without Vietnamese, with different placeholders, or unknown to the pages' scripts."""
    message_by_id = {message.id: message for message in read_catalogue(root) if message.id}
    flaw_list = []
    for message in collect_sentences(root):
        if not message.id:
            continue
        sentence = str(message.id)
        there = message_by_id.get(message.id)
        if there is None:
            flaw_list.append(Flaw(sentence, "is not in messages.po; run: motcua docs --messages"))
        elif not there.string:
            flaw_list.append(Flaw(sentence, "has no Vietnamese in messages.po"))
        elif sorted(set(_PLACE.findall(sentence))) != sorted(set(_PLACE.findall(str(there.string)))):
            flaw_list.append(Flaw(sentence, "has other places to fill in than its Vietnamese"))
        elif _in_scripts(message.locations) and not _in_scripts(there.locations):
            flaw_list.append(Flaw(sentence, "is new to the pages' scripts; run: motcua docs --messages"))
    return flaw_list


def _in_scripts(places: list[tuple[str, int]]) -> bool:
    return any(name.endswith(".js") for name, _line in places)
