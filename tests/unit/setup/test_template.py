"""Ready documents."""

import tomllib
import unicodedata
from collections import Counter
from importlib.resources import files
from typing import Any

import pytest

from motcua.desk import Invalid
from motcua.procedures import store as procedure_store
from motcua.setup import template
from motcua.setup.document import build, read, to_plain, write

TEXTS = {
    name: (files("motcua.setup") / "templates" / f"{name}.toml").read_text(encoding="utf-8")
    for name in template.list_names()
}


def test_the_ward_template_is_whole() -> None:
    ward = template.load("ward")
    assert template.list_names() == ["district", "minimal", "ward"]
    assert [group.letter for group in ward.groups] == list("AHCDKBTG")
    assert [counter.number for counter in ward.counters] == [1, 2, 3, 4, 5, 6]
    assert ward.settings.unit.name == "Phường Mẫu"


@pytest.mark.parametrize("name", ["city", "", "../templates/ward"])
def test_an_unknown_template_is_refused(name: str) -> None:
    with pytest.raises(Invalid, match="There is no template"):
        template.load(name)


def test_the_large_centre_has_lanes_bookings_quotas_seats_and_saturday_mornings() -> None:
    found = template.load("district")
    assert len(found.counters) == 12
    assert {counter.number: counter.prefer for counter in found.counters if counter.prefer} == {
        3: ("transaction", "inheritance"), 5: ("marital-status", "civil-extract"), 10: ("K",), 12: ("T",),
    }  # fmt: skip
    assert [(counter.number, counter.must) for counter in found.counters if counter.must] == [
        (11, ("T",)),
        (12, ("T",)),
    ]
    assert [(counter.number, counter.hours) for counter in found.counters if counter.hours] == [(10, ((450, 690),))]
    assert found.settings.appointments.is_open
    assert {service.code: service.quota for service in found.services if service.quota != (None, None)} == {
        "transaction": (24, 20), "inheritance": (8, 6), "land": (30, 24), "building-permit": (16, 12),
    }  # fmt: skip
    assert [service.code for service in found.services if service.at_seat] == ["disability"]
    assert len(found.settings.seats.labels) == 4
    assert [(item.start_min, item.end_min) for item in found.settings.hours.week[5]] == [(450, 690)]


def test_the_small_commune_needs_few_settings() -> None:
    found = template.load("minimal")
    assert [(counter.number, len(counter.services)) for counter in found.counters] == [(1, 5), (2, 5)]
    assert [service.group for service in found.services] == [group.letter for group in found.groups] == list("AHCTG")
    assert set(tomllib.loads(TEXTS["minimal"])) < set(tomllib.loads(TEXTS["ward"]))
    ward = template.load("ward").settings
    assert (found.settings.days_off, found.settings.working_days, found.settings.hours) == (
        ward.days_off,
        ward.working_days,
        ward.hours,
    )
    assert found.settings.priorities == ward.priorities


@pytest.mark.thorough
@pytest.mark.parametrize("name", template.list_names())
def test_every_template_holds_starves_nobody_and_reads_back(name: str) -> None:
    found = template.load(name)
    assert build(to_plain(found)) == found
    assert read(write(found)) == found
    trial = template.open_always(found)
    assert read(write(trial)) == trial
    assert {counter.hours for counter in trial.counters} == {()}


@pytest.mark.parametrize("name", template.list_names())
def test_every_ward_procedure_is_in_one_service_of_every_template(name: str) -> None:
    wards = [item.code for item in procedure_store.load_procedures().values() if item.level == "ward"]
    assert Counter(code for service in template.load(name).services for code in service.procedures) == Counter(wards)


@pytest.mark.parametrize("name", template.list_names())
def test_names_of_every_template_fit_the_kiosk_and_are_in_both_languages(name: str) -> None:
    raw: dict[str, Any] = tomllib.loads(TEXTS[name])
    assert unicodedata.is_normalized("NFC", TEXTS[name])
    named = [item["name"] for item in (*raw["groups"], *raw["services"])]
    assert [item for item in named if not 0 < len(item["vi"]) <= 32 or not 0 < len(item["en"]) <= 36] == []
    hints = [item["hint"] for item in raw["groups"]]
    assert [item for item in hints if not 0 < len(item["vi"]) <= 48 or not 0 < len(item["en"]) <= 48] == []
    assert [item for item in raw["counters"] if not 0 < len(item["label"]) <= 40] == []
