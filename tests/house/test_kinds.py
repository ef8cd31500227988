"""The one table of device kinds: each row is whole, and nobody keeps a second list of kinds."""

import ast
import gettext
import importlib
import json
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

import motcua
from motcua.api.option_words import SENTENCES
from motcua.devices.contract import DriverOptions
from motcua.devices.kinds import DRIVEN, DRIVERS, EMULATED, KINDS, Kind
from motcua.devices.loading import list_option_schemas, load_object
from tests.house.sources import nodes_of, text_of

ROOT = Path(motcua.__file__).parents[1]
PACKAGE = ROOT / "motcua"
ALIKE = frozenset({"Camera"})
"""Words that Vietnamese has from English, as they are."""


def of(kind: Kind) -> list[str]:
    """Return every class that a row names."""
    return [item.driver for item in kind.connections] + ([kind.emulation.build] if kind.emulation else [])


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_each_kind_has_a_codec_a_driver_and_a_device_made_of_software(kind: Kind) -> None:
    for place in of(kind):
        assert callable(load_object(place)), place
    folders = {importlib.import_module(place.partition(":")[0]).__name__.split(".")[2] for place in of(kind)}
    assert len(folders) == 1, f"one folder a kind, not {folders}"
    folder = PACKAGE / "devices" / folders.pop()
    assert kind.emulation or kind.stand_in, f"{kind.name} cannot be tried without hardware"
    if kind.connections:
        assert list(folder.glob("codec*")), f"{folder} has no codec"
    if kind.stand_in:
        assert f"{kind.name}.{kind.stand_in['driver']}" in DRIVERS


@pytest.mark.parametrize("name", sorted(DRIVERS))
def test_each_driver_has_options_that_say_what_they_are(name: str) -> None:
    driver = load_object(DRIVERS[name])
    assert issubclass(driver.Options, DriverOptions)
    schema = list_option_schemas()[name]
    titles = {option: str(explanation.get("title")) for option, explanation in schema["properties"].items()}
    vietnamese = gettext.translation("messages", str(files("motcua") / "translations"), ["vi"])
    assert [
        option for option, title in titles.items() if vietnamese.gettext(title) == title and title not in ALIKE
    ] == []


def words_of(schema: object) -> Iterator[str]:
    """Yield every sentence of a schema that a person reads."""
    if isinstance(schema, dict):
        for name, value in schema.items():
            if name in SENTENCES and isinstance(value, str):
                yield value
            elif name == "words":
                yield from value.values()
            else:
                yield from words_of(value)
    elif isinstance(schema, list):
        for item in schema:
            yield from words_of(item)


def test_every_word_of_the_table_and_of_the_options_is_in_the_catalogue() -> None:
    vietnamese = gettext.translation("messages", str(files("motcua") / "translations"), ["vi"])
    of_table = [
        words
        for kind in KINDS
        for words in (kind.label, kind.request, kind.tested, *(item.label for item in kind.connections))
    ]
    of_options = [words for schema in list_option_schemas().values() for words in words_of(schema["properties"])]
    fallback = [words for words in {*of_table, *of_options} - ALIKE if vietnamese.gettext(words) == words]
    assert fallback == []


def test_names_in_the_table_are_one_of_each_and_fit_a_settings_file() -> None:
    for names in (
        [kind.name for kind in KINDS],
        [kind.default_name for kind in KINDS],
        [job for kind in KINDS for job in kind.jobs],
    ):
        assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?", kind.default_name) for kind in KINDS)
    assert {*DRIVEN, *EMULATED} == {kind.name for kind in KINDS}


def test_icons_of_kinds_are_among_those_that_the_build_copies() -> None:
    icons = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["motcuaIcons"]
    assert [kind.name for kind in KINDS if kind.icon not in icons] == []


def test_each_kind_has_its_section_among_the_documents() -> None:
    """A section begins with `## ` and shows the kind as a settings file names it."""
    sections = (ROOT / "docs" / "DEVICES.md").read_text(encoding="utf-8").split("\n## ")[1:]
    documented = {name for section in sections for name in re.findall(r'^kind = "(\w+)"', section, re.MULTILINE)}
    assert {kind.name for kind in KINDS} - documented == set()


def test_reading_the_table_loads_no_driver() -> None:
    tree = ast.parse((PACKAGE / "devices" / "kinds.py").read_text(encoding="utf-8"))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    own_modules = {module for module in imported if module and module.startswith("motcua")}
    assert own_modules <= {"motcua.typed.sentences"}


def listed_in(path: Path) -> Iterator[tuple[int, set[str]]]:
    """Yield the texts of each list, tuple, set and dictionary of a Python file, or of each line of a script."""
    if path.suffix == ".js":
        for number, line in enumerate(text_of(path).splitlines(), start=1):
            yield number, {one or two for one, two in re.findall(r"\b(\w+): |\"(\w+)\"", line)}
        return
    for node in nodes_of(path):
        if isinstance(node, (ast.List, ast.Tuple, ast.Set, ast.Dict)):
            parts = node.keys if isinstance(node, ast.Dict) else node.elts
            yield (
                node.lineno,
                {part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)},
            )


@pytest.mark.thorough
def test_no_other_place_lists_kinds() -> None:
    """Two kinds or more in one list are a second table, but for a kind's own folder.

    Where one kind is meant, its name may stand.
    """
    names = {kind.name for kind in KINDS}
    own_files = {"devices/" + place.split(".")[2] for kind in KINDS for place in of(kind)} | {"devices/kinds.py"}
    lists = [
        f"{place}:{number} {sorted(texts & names)}"
        for path in sorted(
            [*PACKAGE.rglob("*.py"), *(PACKAGE / "static" / "js").rglob("*.js"), *(PACKAGE / "devices").rglob("*.js")]
        )
        for place in [path.relative_to(PACKAGE).as_posix()]
        if not any(place.startswith(folder) for folder in own_files)
        for number, texts in listed_in(path)
        if len(texts & names) > 1
    ]
    assert lists == []
