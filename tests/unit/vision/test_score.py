"""The smile index: what it counts, what it refuses, and how well it tells happy faces from others."""

import csv
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.vision.score import BROWS, JAW, NEEDED, SMILE, SmileConstants, measure_smile, score_smile
from tests.face_model import require_rows

SHARES = st.floats(0, 1)
FACES = st.fixed_dictionaries(dict.fromkeys(NEEDED, SHARES))
NEGATIVE = {"anger", "sadness", "disgust", "contempt", "fear"}


def smile_in(face: dict[str, float]) -> float:
    smile = measure_smile(face)
    assert smile is not None
    return smile


def area_under_curve(higher: list[float], lower: list[float]) -> float:
    """Return the chance that one of `higher` is above one of `lower`, ties counting a half."""
    wins = sum((first > second) + (first == second) / 2 for first in higher for second in lower)
    return wins / (len(higher) * len(lower))


@pytest.fixture(scope="module")
def scores() -> dict[str, list[float]]:
    """The product's own whole-number scores of the labelled faces, by label."""
    by_label: dict[str, list[float]] = {}
    with require_rows().open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            face = {name: float(row[name]) for name in NEEDED}
            by_label.setdefault(row["emotion"], []).append(round(score_smile(smile_in(face))))
    return by_label


@pytest.mark.thorough
def test_happy_faces_are_told_from_neutral_ones(scores: dict[str, list[float]]) -> None:
    assert area_under_curve(scores["happiness"], scores["neutral"]) >= 0.95


def test_happy_faces_are_told_from_unhappy_ones(scores: dict[str, list[float]]) -> None:
    negative = [score for label, values in scores.items() if label in NEGATIVE for score in values]
    assert len(negative) == 176
    assert area_under_curve(scores["happiness"], negative) >= 0.84


@pytest.mark.thorough
@given(FACES)
def test_every_face_scores_from_0_to_100(face: dict[str, float]) -> None:
    assert 0 <= score_smile(smile_in(face)) <= 100


@pytest.mark.thorough
@given(FACES, st.sampled_from(SMILE), SHARES)
def test_more_smile_never_scores_less(face: dict[str, float], corner: str, more: float) -> None:
    wider = face | {corner: max(face[corner], more)}
    assert score_smile(smile_in(wider)) >= score_smile(smile_in(face))


@pytest.mark.thorough
@given(FACES, st.sampled_from([JAW, *BROWS]), SHARES)
def test_an_open_jaw_and_lowered_brows_never_add(face: dict[str, float], name: str, more: float) -> None:
    assert smile_in(face | {name: max(face[name], more)}) <= smile_in(face)


@pytest.mark.thorough
@given(FACES)
def test_a_mirrored_face_scores_the_same(face: dict[str, float]) -> None:
    pairs = (SMILE, BROWS)
    mirrored = face | {left: face[right] for left, right in pairs} | {right: face[left] for left, right in pairs}
    assert smile_in(mirrored) == pytest.approx(smile_in(face), abs=1e-12)


@pytest.mark.thorough
@given(FACES, st.sampled_from(NEEDED), st.sampled_from([math.nan, math.inf, -math.inf, -0.1, 1.1, 1e300]))
def test_a_value_that_no_model_gives_is_no_smile(face: dict[str, float], name: str, value: float) -> None:
    assert measure_smile(face | {name: value}) is None


@pytest.mark.thorough
@given(FACES, st.sampled_from(NEEDED))
def test_a_missing_value_is_no_smile(face: dict[str, float], name: str) -> None:
    assert measure_smile({other: value for other, value in face.items() if other != name}) is None


def test_rounding_of_the_model_is_forgiven() -> None:
    assert measure_smile(dict.fromkeys(NEEDED, 0.0) | dict.fromkeys(SMILE, 1.0000001)) == 1


@pytest.mark.parametrize(
    ("smile", "score"), [(0, 1), (0.01, 16), (0.03, 37), (0.05, 50), (0.1, 68), (0.2, 82), (0.5, 92), (1, 96)]
)
def test_the_index_of_some_smiles(smile: float, score: int) -> None:
    assert round(score_smile(smile)) == score


@pytest.mark.parametrize("smile", [-0.01, 1.01, math.nan, math.inf])
def test_what_is_no_smile_has_no_index(smile: float) -> None:
    with pytest.raises(ValueError, match="from 0 to 1"):
        score_smile(smile)


def test_constants_far_from_reason_do_not_break_the_sum() -> None:
    assert score_smile(0.0, SmileConstants(slope=1e6)) == 0
    assert score_smile(1.0, SmileConstants(offset=1e6)) == 100
