"""The settings page by page."""

import json

import pytest

from motcua.copies import replace
from motcua.desk import Unknown
from motcua.setup.document import Document, to_plain
from motcua.setup.mistakes import Mistakes
from motcua.setup.sections import SECTIONS, get_section, put_section


def test_every_part_of_the_file_is_on_some_page(ward: Document) -> None:
    assert {part for parts in SECTIONS.values() for part in parts} == set(to_plain(ward)) - {"version"}


@pytest.mark.parametrize("name", SECTIONS)
def test_a_page_put_back_as_it_was_changes_nothing(ward: Document, name: str) -> None:
    assert put_section(ward, name, json.loads(json.dumps(get_section(ward, name)))) == ward


def test_a_page_changes_its_part_only(ward: Document) -> None:
    changed = put_section(ward, "rating", {"rating": {"window_s": 45}})
    expected = to_plain(ward)
    expected["rating"] = {"window_s": 45, "qr_days": 3, "reasons": [], "slip_days": 7}
    assert to_plain(changed) == expected


def test_a_new_service_comes_with_its_counter(ward: Document) -> None:
    data = get_section(ward, "services")
    data["services"].append({"code": "library", "group": "G", "name": {"vi": "Thư viện", "en": "Library"}})
    with pytest.raises(Mistakes) as caught:
        put_section(ward, "services", data)
    assert [(item.place, item.code) for item in caught.value.mistakes] == [("services[24]", "service.unserved")]
    data["counters"][5]["services"].append("library")
    assert put_section(ward, "services", data).services[-1].code == "library"


def test_what_an_earlier_version_allowed_holds_up_its_own_page_only(ward: Document) -> None:
    rules = replace(ward.settings.same_day, procedures=("9.999999", "P.01"))
    before = replace(ward, settings=replace(ward.settings, same_day=rules))
    changed = put_section(before, "rating", {"rating": {"window_s": 45}})
    assert changed.settings.same_day == rules
    for data in ({"same_day": {"procedures": ["9.999999"]}}, get_section(before, "dossiers")):
        with pytest.raises(Mistakes) as caught:
            put_section(before, "dossiers", data, {"P.01"})
        assert [(item.place, item.code) for item in caught.value.mistakes] == [
            ("same_day.procedures[0]", "procedure.unknown")
        ]
    assert put_section(
        before, "dossiers", {"same_day": {"procedures": ["P.01"]}}, {"P.01"}
    ).settings.same_day.procedures


def test_a_page_refuses_what_is_not_its_own(ward: Document) -> None:
    with pytest.raises(Mistakes) as caught:
        put_section(ward, "texts", {"unit": {"name": "Phường Khác"}})
    assert [(item.place, item.code) for item in caught.value.mistakes] == [("unit", "value.unknown")]


def test_an_unknown_page_is_refused(ward: Document) -> None:
    with pytest.raises(Unknown, match="There is no section colours"):
        get_section(ward, "colours")
    with pytest.raises(Unknown, match="There is no section colours"):
        put_section(ward, "colours", {})


def test_the_form_of_questions_is_chosen_for_services_that_are_there(ward: Document) -> None:
    chosen = put_section(ward, "rating", {"rating_form": {"services": ["birth"], "questions": 4}})
    assert (chosen.settings.rating_form.services, chosen.settings.rating_form.questions) == (("birth",), 4)
    with pytest.raises(Mistakes) as caught:
        put_section(ward, "rating", {"rating_form": {"services": ["birth", "nothing", "birth"]}})
    assert [(item.place, item.code) for item in caught.value.mistakes] == [
        ("rating_form.services[1]", "service.unknown"),
        ("rating_form.services[2]", "value.twice"),
    ]
