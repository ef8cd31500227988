"""The first set-up's form reads what people write."""

import pytest

from motcua.screens.forms import clean_local_path
from motcua.screens.wizard_form import PEOPLE_MAX, Filled, read_sessions


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("07:30-11:30, 13:00-17:00", ["07:30-11:30", "13:00-17:00"]),
        ("7h30 \u2013 11h30; 13g-17.00", ["07:30-11:30", "13:00-17:00"]),
        ("", []),
        (" , ", []),
        ("sáng", ["sáng"]),
    ],
)
def test_hours_are_read_as_people_write_them(written: str, read: list[str]) -> None:
    assert read_sessions(written) == read


def test_the_form_has_room_for_whoever_was_filled_in() -> None:
    assert [Filled(values).count_rows() for values in ({}, {"person-8-name": "a"}, {"person-999-name": "a"})] == [
        6,
        9,
        PEOPLE_MAX,
    ]


def test_passwords_are_not_filled_in_again() -> None:
    values = {"admin-name": "a", "admin-password": "x", "admin-password-again": "x", "person-0-password": "y"}
    assert Filled(values).list_texts() == {"admin-name": "a"}


@pytest.mark.parametrize(
    ("wanted", "path"),
    [("/settings?a=1", "/settings?a=1"), ("//x", "/"), ("/\\x", "/"), ("http://x", "/"), ("/\nx", "/"), (None, "/")],
)
def test_the_way_on_stays_on_this_desk(wanted: str | None, path: str) -> None:
    assert clean_local_path(wanted) == path
