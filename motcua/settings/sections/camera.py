"""The camera that reads the smile of a citizen who agreed: whether it is on, how long what it says is kept."""

import re
from dataclasses import dataclass
from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field, Strict
from pydantic_core import PydanticCustomError

from motcua.desk.messages import mark
from motcua.settings.fields import Heading, Label, SectionPart
from motcua.settings.values import STRICT, Date, Flag, Line, OneLine, Whole, Written

_DECIMAL = re.compile(r"-?[0-9]{1,2}(\.[0-9]{1,2})?")
HUNDRED = 100


def _decimal(text: str) -> str:
    if not _DECIMAL.fullmatch(text):
        raise PydanticCustomError("decimal", "no decimal number")
    return text


def parse_hundredths(text: str) -> int:
    """Return the hundredths of a decimal number with at most two places: `2.52` is 252."""
    whole, _dot, places = text.removeprefix("-").partition(".")
    hundredths = int(whole) * HUNDRED + int(places.ljust(2, "0"))
    return -hundredths if text.startswith("-") else hundredths


def write_hundredths(hundredths: int) -> str:
    """Return hundredths as `parse_hundredths` reads them."""
    whole, places = divmod(abs(hundredths), HUNDRED)
    return f"{'-' if hundredths < 0 else ''}{whole}.{places:02d}"


Hundredths = Annotated[
    int, Written(Annotated[str, Strict(), AfterValidator(_decimal)], parse_hundredths, write_hundredths)
]
"""A constant in hundredths, `"2.52"` in the file. Neither the store nor the journal holds a fraction."""
CalibrationDay = Annotated[Date, AfterValidator(OneLine(10, 10))]


@dataclass(frozen=True)
class CameraRules:
    """Whether cameras may score smiles, how long answers and scores are kept, and by which constants they are made.

    The score is 100 / (1 + exp(-(`slope` * log10(smile + 0.001) + `offset`))), a smile being from 0 to 1. A face that
    is smaller, more blurred, darker, brighter or turned further than the limits say gives no score.
    """

    part: ClassVar[SectionPart] = SectionPart(
        "Camera chấm điểm nụ cười (chỉ số nụ cười từ 0 đến 100, để tham khảo): mặc định tắt; "
        "mỗi lượt đều hỏi người dân; không lưu hình; hằng số và ngưỡng chỉ đổi sau khi hiệu chuẩn"
    )
    __pydantic_config__ = STRICT

    is_on: Annotated[
        Flag,
        Heading(
            mark("Camera and smile index"),
            mark(
                "A camera at the counter can read the smile of a citizen who leaves."
                " It is asked for at each visit, and no picture is kept."
                " The smile index says how much of a smile was seen. It does not say how satisfied somebody is."
            ),
        ),
        Label(
            mark("Cameras may score the smile of citizens who agree"),
            mark("Off: nobody is asked, and no camera looks."),
            basis="camera-and-ai",
        ),
    ] = False
    contact: Annotated[
        Line,
        Label(
            mark("Who answers questions about the camera"),
            mark("Name and phone number, as the rating pad shows them. Empty: the unit and its phone number."),
            basis="personal-data",
        ),
    ] = ""
    retention_days: Annotated[
        Whole,
        Field(ge=1, le=730),
        Heading(mark("How long it is kept")),
        Label(
            mark("Days until scores are erased"),
            mark("A citizen who withdraws has the score erased at once."),
            basis="retention",
        ),
    ] = 180
    consent_retention_days: Annotated[
        Whole,
        Field(ge=1, le=3650),
        Label(
            mark("Days until answers to the camera question are erased"),
            mark("They are the proof that each citizen was asked."),
            basis="retention",
        ),
    ] = 730
    minimum_pairs: Annotated[
        Whole,
        Field(ge=100, le=10_000),
        Heading(mark("What reports show")),
        Label(
            mark("Visits with score and rating from which the report shows figures"),
            mark("With fewer, it says only how many there are."),
            basis="camera-and-ai",
        ),
    ] = 100
    slope: Annotated[
        Hundredths,
        Heading(
            mark("Constants of the smile index"),
            mark("Change them only after a calibration (motcua camera calibrate). Scores that exist stay as they are."),
        ),
        Label(mark("Slope")),
    ] = 252
    offset: Annotated[Hundredths, Label(mark("Offset"))] = 326
    calibrated_on: Annotated[
        CalibrationDay,
        Label(mark("Day of the calibration"), mark("On which slope and offset were fitted, such as 2026-11-29.")),
    ] = "2026-11-29"
    width_px: Annotated[
        Whole,
        Field(ge=32, le=400),
        Heading(mark("Limits of a usable picture"), mark("Beyond them there is no score, and the reason is kept.")),
        Label(mark("Width of a face at least, in pixels")),
    ] = 48
    sharpness: Annotated[
        Whole,
        Field(ge=4, le=200),
        Label(mark("Sharpness at least"), mark("The variance of the Laplacian of the face at 128 by 128 pixels.")),
    ] = 12
    darkest: Annotated[
        Whole, Field(ge=5, le=100), Label(mark("Brightness of a face at least"), mark("From 0 to 255."))
    ] = 25
    brightest: Annotated[
        Whole, Field(ge=150, le=250), Label(mark("Brightness of a face at most"), mark("From 0 to 255."))
    ] = 225
    yaw: Annotated[Whole, Field(ge=5, le=25), Label(mark("Degrees that a face may be turned to the side"))] = 20
    pitch: Annotated[Whole, Field(ge=5, le=30), Label(mark("Degrees that a face may be turned up or down"))] = 25
