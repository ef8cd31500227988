"""Simulated smiles: the same for a seed, wider for those who press a better level, and often not to be read."""

from statistics import median

import pytest

from motcua.demo.chance import Chance
from motcua.demo.smiles import draw_reading
from motcua.feedback.model import ExpressionReading
from motcua.feedback.rules.camera import read_reading

LEVELS = range(1, 6)


def test_two_streams_of_a_seed_draw_the_same_readings() -> None:
    one, other = ([draw_reading(chance, 4) for _ in range(20)] for chance in (Chance("1"), Chance("1")))
    assert one == other


@pytest.mark.thorough
def test_who_presses_a_better_level_smiles_more_but_not_always() -> None:
    scores = {level: [draw_reading(Chance(f"{level} {n}"), level).score for n in range(200)] for level in LEVELS}
    seen = {level: [score for score in drawn if score is not None] for level, drawn in scores.items()}
    medians = [median(seen[level]) for level in LEVELS]
    assert medians == sorted(medians)
    assert min(seen[5]) < medians[0]
    assert 0.05 < sum(score is None for drawn in scores.values() for score in drawn) / 1000 < 0.25


@pytest.mark.thorough
def test_the_desk_takes_whatever_is_drawn() -> None:
    for n in range(300):
        event = draw_reading(Chance(str(n)), n % 5 + 1).to_event("20261123-A001", "camera-1", "k")
        reading = ExpressionReading(**{name: event[name] for name in ExpressionReading.__struct_fields__})
        assert (read_reading(reading) is None) == (reading.score is not None)
