"""A year's days off are proposed, compared with what is there, and never put in force by themselves."""

import pytest

from motcua.copies import replace
from motcua.settings.model import DayOff, WorkingDay
from motcua.setup import template
from motcua.setup.days_off import propose


@pytest.mark.parametrize("name", template.list_names())
def test_vietnam_culture_day_is_a_day_off_of_every_template(name: str) -> None:
    settings = template.load(name).settings
    culture_days = [item for item in settings.days_off if item.date in {"2026-11-24", "2027-11-24"}]
    assert [(item.date, item.name) for item in culture_days] == [
        ("2026-11-24", "Ngày Văn hóa Việt Nam"),
        ("2027-11-24", "Ngày Văn hóa Việt Nam"),
    ]
    assert all("80-NQ/TW" in item.source for item in culture_days)


@pytest.mark.thorough
def test_each_difference_to_what_is_there_is_shown() -> None:
    settings = replace(
        template.load("ward").settings,
        days_off=(
            DayOff("2026-01-01", "Tết Dương lịch"),
            DayOff("2026-01-02", "Nghỉ nối"),
            DayOff("2026-09-02", "Lễ 2/9"),
            DayOff("2027-01-01", "x"),
        ),
        working_days=(WorkingDay("2026-01-10", (), "Làm bù ngày 02/01"),),
    )
    proposal = propose(2026, settings)
    differences = {(day.date, day.works): day.difference for day in proposal.days}
    assert proposal.source.startswith("holidays ")
    assert list(differences) == sorted(differences)
    assert {day: differences[day] for day in differences if differences[day] != "new"} == {
        ("2026-01-01", False): "same",
        ("2026-01-02", False): "only_here",
        ("2026-01-10", True): "only_here",
        ("2026-09-02", False): "other_name",
    }
    assert differences["2026-11-24", False] == "new"
    assert differences["2026-08-22", True] == "new"
    assert {day[:4] for day, _works in differences} == {"2026"}


@pytest.mark.thorough
@pytest.mark.parametrize("year", [2026, 2027, 2040])
def test_every_year_has_tet_and_the_fixed_days(year: int) -> None:
    days = {day.date[5:] for day in propose(year, template.load("ward").settings).days if day.name}
    assert {"01-01", "04-30", "05-01", "09-02", "11-24"} <= days
    assert len(days) >= 11
