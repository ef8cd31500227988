"""The constants of the smile index are found again from labelled faces."""

import csv
import math
from random import Random

import pytest

from motcua.vision.calibrate import LabelledSmile, RowMistake, calibrate, compute_area, read_rows
from motcua.vision.errors import VisionError
from motcua.vision.score import FAINT, NEEDED, SMILE
from tests.face_model import require_rows

DAY = "2026-11-29"


def labelled(label: str, smile: float) -> dict[str, object]:
    return {"emotion": label, **dict.fromkeys(NEEDED, "0"), **dict.fromkeys(SMILE, str(smile))}


def simulated(slope: float, offset: float, faces: int) -> list[LabelledSmile]:
    """Faces whose labels really follow a logistic."""
    chance = Random(7)
    smiles = [10 ** chance.uniform(-3, 0) for _ in range(faces)]
    logits = [slope * math.log10(smile + FAINT) + offset for smile in smiles]
    return [
        LabelledSmile(smile, chance.random() < 1 / (1 + math.exp(-logit)))
        for smile, logit in zip(smiles, logits, strict=True)
    ]


def test_the_constants_of_this_program_are_those_of_the_labelled_faces() -> None:
    with require_rows().open(encoding="utf-8", newline="") as file:
        smiles, mistakes = read_rows(enumerate(csv.DictReader(file), start=2))
    calibration = calibrate(smiles, DAY)
    assert mistakes == []
    assert (calibration.happy, calibration.neutral) == (699, 700)
    assert round(calibration.constants.slope, 2) == 2.52
    assert round(calibration.constants.offset, 2) == 3.26
    assert calibration.area_under_curve >= 0.95
    assert calibration.brier < 0.09


@pytest.mark.thorough
def test_the_constants_that_made_the_labels_are_found() -> None:
    constants = calibrate(simulated(3.0, 4.0, 20_000), DAY).constants
    assert constants.slope == pytest.approx(3.0, abs=0.15)
    assert constants.offset == pytest.approx(4.0, abs=0.25)
    assert constants.calibrated_on == DAY


def test_smiles_that_hardly_tell_anything_are_no_better_than_chance() -> None:
    calibration = calibrate(simulated(0.1, 0.1, 5_000), DAY)
    assert calibration.area_under_curve == pytest.approx(0.5, abs=0.03)
    assert calibration.log_loss == pytest.approx(math.log(2), abs=0.01)
    assert calibration.brier == pytest.approx(0.25, abs=0.01)


@pytest.mark.parametrize(
    ("smiles", "words"),
    [
        ([], "There are 0 happy and 0 neutral faces"),
        ([LabelledSmile(0.5, True)] * 100 + [LabelledSmile(0.1, False)] * 29, "29 neutral"),
        ([LabelledSmile(0.5, True)] * 50 + [LabelledSmile(0.1, False)] * 50, "cannot be fitted"),
        ([LabelledSmile(0.1, True), LabelledSmile(0.5, False), LabelledSmile(0.2, True)] * 50, "no more than"),
        ([LabelledSmile(0.1, True), LabelledSmile(0.1, False)] * 50, "no more than"),
    ],
)
def test_faces_that_allow_no_fit_are_refused_with_words(smiles: list[LabelledSmile], words: str) -> None:
    with pytest.raises(VisionError, match=words):
        calibrate(smiles, DAY)


def test_each_line_that_cannot_be_used_is_named() -> None:
    rows: list[dict[str, object]] = [
        labelled("happiness", 0.5),
        labelled("Neutral ", 0.1),
        labelled("", 0.1),
        labelled("happiness", math.nan),
        labelled("neutral", 7),
        {"emotion": "neutral"},
        {"emotion": "anger"},
        labelled("neutral", 0.2) | {"jawOpen": "wide"},
    ]
    smiles, mistakes = read_rows(enumerate(rows, start=2))
    assert smiles == [LabelledSmile(0.5, True), LabelledSmile(0.1, False)]
    number = "`%(column)s` is not a number from 0 to 1"
    assert mistakes == [
        RowMistake(4, "`%(column)s` is empty", {"column": "emotion"}),
        RowMistake(5, number, {"column": "mouthSmileLeft"}),
        RowMistake(6, number, {"column": "mouthSmileLeft"}),
        RowMistake(7, number, {"column": "mouthSmileLeft"}),
        RowMistake(9, number, {"column": "jawOpen"}),
    ]


@pytest.mark.parametrize(
    ("higher", "lower", "area"),
    [([2, 3], [0, 1], 1.0), ([0, 1], [2, 3], 0.0), ([1, 1], [1, 1], 0.5), ([1, 3], [2], 0.5), ([2, 1], [1, 0], 0.875)],
)
def test_the_area_counts_pairs_and_half_of_the_ties(higher: list[float], lower: list[float], area: float) -> None:
    assert compute_area(higher, lower) == area
