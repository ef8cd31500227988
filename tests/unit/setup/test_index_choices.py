"""Dated choices of the official indices in the settings file: what does not fit together is named by its place."""

from typing import Any

import pytest

from motcua.setup.index_choices import list_mistakes


@pytest.mark.parametrize(
    ("choices", "mistakes"),
    [
        ([{"since": "2026-01-01"}, {"since": "2026-07-01"}], []),
        ([{"since": "2026-01-01"}, {"since": "2026-01-01"}], [("index_choices[1].since", "value.twice")]),
        (
            [{"since": "2026-01-01", "unit_bands": [150, 120, 120, 60]}],
            [("index_choices[0].unit_bands", "bands.order")],
        ),
        ([{"since": "2026-01-01", "officer_bands": "many"}, "x"], []),
        ("none", []),
    ],
)
def test_days_stand_once_and_bands_fall(choices: Any, mistakes: list[tuple[str, str]]) -> None:
    assert [(one.place, one.code) for one in list_mistakes({"index_choices": choices})] == mistakes
