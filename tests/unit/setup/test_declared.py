"""A setting is declared once: file, store, journal and page follow from its declaration, and stay what they were
before.
"""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from motcua.copies import replace
from motcua.settings import store
from motcua.settings.fields import Label
from motcua.settings.model import PAGES, Settings
from motcua.setup import template
from motcua.setup.actions import make_operational
from motcua.setup.document import Document, build, read, to_plain, write
from motcua.setup.form import list_form_cards
from motcua.setup.mistakes import Mistakes
from motcua.setup.parts import CLASSES, PARTS, list_declared

BEFORE = Path(__file__).parent / "before"
"""What the ward's template was in file, store and journal before settings were declared once."""
LEGAL = Path(__file__).parents[3] / "docs" / "LEGAL.md"


def in_english(message: str, params: dict[str, object]) -> str:
    return message % params if params else message


def fields() -> list[dict[str, Any]]:
    return [field for part in CLASSES for card in list_form_cards(part, in_english) for field in card["fields"]]


def before(name: str) -> str:
    return (BEFORE / name).read_text(encoding="utf-8")


def follows(longer: list[Any], shorter: list[Any]) -> bool:
    """Say whether everything of `shorter` is in `longer`, in the same order."""
    rest = iter(longer)
    return all(item in rest for item in shorter)


def grew(before: Any, now: Any) -> bool:
    """Say whether `now` is `before`, or has newer settings as well; the order of what was there is the same."""
    if isinstance(before, dict) and isinstance(now, dict):
        return follows(list(now), list(before)) and all(grew(value, now[name]) for name, value in before.items())
    if isinstance(before, list) and isinstance(now, list):
        return len(before) == len(now) and all(map(grew, before, now))
    return type(before) is type(now) and bool(before == now)


def test_a_file_from_before_is_read_and_written_the_same(ward: Document) -> None:
    assert read(before("ward.toml")) == ward
    assert follows(write(ward).splitlines(), before("ward.toml").splitlines())


def test_a_store_from_before_is_loaded_and_saved_the_same(ward: Document) -> None:
    assert store.load(before("stored.json")) == ward.settings
    assert grew(json.loads(before("stored.json")), json.loads(store.dump(ward.settings)))


def test_the_journal_row_is_the_same_as_before(ward: Document) -> None:
    row = json.dumps(make_operational(ward), sort_keys=True)
    assert grew(json.loads(before("operational.json")), json.loads(row))


@pytest.mark.parametrize("name", template.list_names())
def test_every_template_comes_back_from_the_store(name: str) -> None:
    settings = template.load(name).settings
    assert store.load(store.dump(settings)) == settings


@pytest.mark.thorough
def test_every_default_is_within_its_own_bounds() -> None:
    adapter = TypeAdapter(Settings)
    usual = adapter.dump_python(Settings(), mode="json", by_alias=True)
    for needed in ("unit", "priorities"):  # a ward's own names: they have no default that can be used
        del usual[needed]
    assert adapter.validate_python(usual) == Settings()


def test_every_number_on_a_page_says_its_bounds() -> None:
    numbers = [field for field in fields() if field["kind"] == "number"]
    assert [
        field["place"] for field in numbers if not isinstance(field["min"], int) or not isinstance(field["max"], int)
    ] == []


@pytest.mark.parametrize(
    "field", [field for field in fields() if field["kind"] == "number"], ids=lambda field: str(field["place"])
)
def test_the_bounds_on_the_page_are_those_of_the_file(ward: Document, field: dict[str, Any]) -> None:
    part, name = field["place"].split(".")
    for wrong, code in ((field["min"] - 1, "value.small"), (field["max"] + 1, "value.large")):
        raw = to_plain(ward)
        raw[part][name] = wrong
        with pytest.raises(Mistakes) as caught:
            build(raw)
        assert [(item.place, item.code) for item in caught.value.mistakes] == [(field["place"], code)]


@pytest.mark.parametrize(
    "field", [field for field in fields() if field["kind"] == "choice"], ids=lambda field: str(field["place"])
)
def test_every_choice_of_a_page_is_taken_by_the_file(ward: Document, field: dict[str, Any]) -> None:
    part, name = field["place"].split(".")
    for value, _word in field["options"]:
        assert to_plain(build({**to_plain(ward), part: {**to_plain(ward)[part], name: value}}))[part][name] == value


def test_a_field_is_drawn_from_its_declaration() -> None:
    assert list_form_cards("unit", in_english)[0]["fields"][2] == {
        "place": "unit.address", "kind": "line", "label": "Address", "hint": "", "maxlength": 200, "optional": True,
    }  # fmt: skip
    cards = list_form_cards("day", in_english)
    assert [(card["title"], [field["place"] for field in card["fields"]]) for card in cards] == [
        ("The end of the day", ["day.timezone", "day.close_after_min", "day.latest"])
    ]
    assert cards[0]["fields"][1:] == [
        {
            "place": "day.close_after_min", "kind": "number",
            "label": "Minutes from closing until the day ends by itself",
            "hint": "Only while nobody is being served.", "min": 0, "max": 720,
        },
        {
            "place": "day.latest", "kind": "line", "label": "Latest end of the day",
            "hint": "The day then ends in any case, for example at 23:55.", "maxlength": 5, "optional": False,
        },
    ]  # fmt: skip


def test_every_part_of_the_file_is_on_a_page_once_but_for_the_counters() -> None:
    parts = [part for page in PAGES for part in page.parts]
    parts.remove("counters")
    assert sorted(parts) == sorted(PARTS)


def test_every_basis_is_a_heading_of_the_law() -> None:
    titles = re.findall(r"^## (.+)$", LEGAL.read_text(encoding="utf-8"), re.MULTILINE)
    headings = {re.sub(r"[^a-z0-9]+", "-", title.lower()) for title in titles}
    labels = [
        item
        for part in CLASSES.values()
        for _kind, more in list_declared(part).values()
        for item in more
        if isinstance(item, Label)
    ]
    bases = {label.basis for label in labels if label.basis}
    assert bases
    assert bases <= headings


def test_a_setting_of_before_that_would_be_refused_now_still_opens(ward: Document) -> None:
    old = replace(ward.settings, web=replace(ward.settings.web, base_url="http://a-name-that-is-too-long.example.vn"))
    assert store.load(store.dump(old)) == old
    assert to_plain(replace(ward, settings=old))["web"]["base_url"] == ""
