"""Fits the two constants of the smile index again, on faces that people have labelled.

The fit is a logistic regression of "happy rather than neutral" on the logarithm of the smile, by Newton's method.
"""

import math
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from motcua.typed.sentences import mark
from motcua.vision.errors import VisionError
from motcua.vision.score import FAINT, NEEDED, SmileConstants, compute_logit, measure_smile

LABEL = "emotion"
HAPPY = frozenset({"happiness", "happy"})
NEUTRAL = "neutral"
STEPS_MAX = 100
CLOSE = 1e-9
RIDGE = 1e-9
"""Keeps the step finite where all faces are alike."""
FACES_MIN = 30
"""Of each label: with fewer the constants are noise."""
STEEP = 100
"""A slope beyond it means that the labels are told apart without a mistake: there is nothing to fit."""


class LabelledSmile(Struct, frozen=True):
    """A smile from 0 to 1 and whether people called the face happy."""

    smile: float
    is_happy: bool


class RowMistake(Struct, frozen=True):
    """A line of the file that cannot be used: `message` is English with places for `params`."""

    line: int
    message: str
    params: Mapping[str, object]


class Calibration(Struct, frozen=True):
    """The constants, on how many faces they were fitted, and how well they do there."""

    constants: SmileConstants
    happy: int
    neutral: int
    area_under_curve: float
    brier: float
    log_loss: float


def read_rows(rows: Iterable[tuple[int, Mapping[str, object]]]) -> tuple[list[LabelledSmile], list[RowMistake]]:
    """Return the happy and neutral faces of the rows, each with its line, and the lines that cannot be used.

    Other labels are left out; they need not even have readable values.
    """
    smiles, mistakes = [], []
    for line, row in rows:
        label = str(row.get(LABEL) or "").strip().lower()
        if not label:
            mistakes.append(RowMistake(line, mark("`%(column)s` is empty"), {"column": LABEL}))
        elif label in HAPPY or label == NEUTRAL:
            face = _read_face(row)
            smile = measure_smile(face)
            if smile is None:
                column = next(name for name in NEEDED if not 0 <= face[name] <= 1)
                mistakes.append(RowMistake(line, mark("`%(column)s` is not a number from 0 to 1"), {"column": column}))
            else:
                smiles.append(LabelledSmile(smile, label in HAPPY))
    return smiles, mistakes


def _read_face(row: Mapping[str, object]) -> dict[str, float]:
    face = {}
    for name in NEEDED:
        try:
            face[name] = float(str(row.get(name)))
        except ValueError:
            face[name] = math.nan
    return face


def calibrate(smiles: Sequence[LabelledSmile], day: str) -> Calibration:
    """Fit slope and offset on labelled smiles; `day` is written beside them. Raises `VisionError`."""
    happy = [item.smile for item in smiles if item.is_happy]
    neutral = [item.smile for item in smiles if not item.is_happy]
    if min(len(happy), len(neutral)) < FACES_MIN:
        raise VisionError(
            mark(
                "There are %(happy)s happy and %(neutral)s neutral faces. At least %(least)s of each are needed: "
                "label them `happiness` and `neutral`."
            ),
            happy=len(happy),
            neutral=len(neutral),
            least=FACES_MIN,
        )
    area = compute_area(happy, neutral)
    slope, offset = _fit(smiles) if area < 1 else (math.inf, 0.0)
    if slope <= 0:
        raise VisionError(mark("The happy faces of this file smile no more than the neutral ones. Check the labels."))
    if slope > STEEP:
        raise VisionError(
            mark("This file cannot be fitted: every happy face smiles more than every neutral one. Add other faces.")
        )
    constants = SmileConstants(slope, offset, day)
    logits = [compute_logit(item.smile, constants) for item in smiles]
    return Calibration(
        constants,
        len(happy),
        len(neutral),
        area,
        sum((_chance(logit) - item.is_happy) ** 2 for item, logit in zip(smiles, logits, strict=True)) / len(smiles),
        sum(_soften(-logit if item.is_happy else logit) for item, logit in zip(smiles, logits, strict=True))
        / len(smiles),
    )


def compute_area(higher: Sequence[float], lower: Sequence[float]) -> float:
    """Return the area under the ROC curve: how often one of `higher` is above one of `lower`, ties counting a half."""
    ranked = sorted([(value, True) for value in higher] + [(value, False) for value in lower])
    rank_sum, first = 0.0, 0
    while first < len(ranked):
        last = first
        while last + 1 < len(ranked) and ranked[last + 1][0] == ranked[first][0]:
            last += 1
        rank_sum += (first + last + 2) / 2 * sum(is_higher for _value, is_higher in ranked[first : last + 1])
        first = last + 1
    return (rank_sum - len(higher) * (len(higher) + 1) / 2) / (len(higher) * len(lower))


def _fit(smiles: Sequence[LabelledSmile]) -> tuple[float, float]:
    """Return slope and offset of the largest likelihood."""
    points = [(math.log10(item.smile + FAINT), float(item.is_happy)) for item in smiles]
    middle = sum(x for x, _happy in points) / len(points)
    slope = offset = 0.0
    for _step in range(STEPS_MAX):
        along, across = _step_of(points, middle, slope, offset)
        slope, offset = slope + along, offset + across
        if abs(slope) > STEEP or max(abs(along), abs(across)) < CLOSE:
            break
    return slope, offset - slope * middle


def _step_of(points: Sequence[tuple[float, float]], middle: float, slope: float, offset: float) -> tuple[float, float]:
    """Return one of Newton's steps."""
    pull_along = pull_across = along = across = both = 0.0
    for x, happy in points:
        centred = x - middle
        chance = _chance(slope * centred + offset)
        weight = chance * (1 - chance) + RIDGE
        pull_along += (happy - chance) * centred
        pull_across += happy - chance
        along += weight * centred * centred
        across += weight
        both += weight * centred
    determinant = (along + RIDGE) * across - both * both
    return (across * pull_along - both * pull_across) / determinant, (
        (along + RIDGE) * pull_across - both * pull_along
    ) / determinant


def _chance(logit: float) -> float:
    odds = math.exp(-abs(logit))
    return 1 / (1 + odds) if logit >= 0 else odds / (1 + odds)


def _soften(value: float) -> float:
    """Return log(1 + e^value) without overflow."""
    return max(value, 0.0) + math.log1p(math.exp(-abs(value)))
