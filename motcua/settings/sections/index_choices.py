"""How the indices of Circular 01/2018 are computed where its text is silent: choices, each with its first day."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from motcua.settings.fields import SectionPart
from motcua.settings.values import STRICT, Date, Line, Whole, bound_length

OFFICER_TENTHS, UNIT_TENTHS = 100, 180
"""The most that an officer and a unit can have, in tenths of a point."""
FormCode = Literal["", "time", "attitude", "visits", "agencies", "information", "explanation", "result", "online"]


@dataclass(frozen=True)
class IndexChoices:
    """What holds from the day `since` on, until the next choices. Basis: LEGAL.md#nine-indices.

    Bands are the tenths of a point from which a better one begins. `form_N` is the question of the rating form whose
    answers count in index N, empty for none.
    """

    part: ClassVar[SectionPart] = SectionPart(
        "Cách tính bộ chỉ số của Thông tư 01/2018 ở chỗ văn bản không nói rõ; mỗi lần đổi là một mục mới với ngày áp "
        "dụng (since) và căn cứ (basis)"
    )
    __pydantic_config__ = STRICT

    since: Date
    basis: Line = ""
    denominator: Literal["with_data", "all"] = "with_data"
    rounding: Literal["each", "total"] = "each"
    left_out: Literal["share", "unscaled"] = "share"
    one_agency: Literal["one", "zero"] = "one"
    late_attitude: Literal["zero", "left_out"] = "zero"
    online_between: Literal["lower", "higher"] = "lower"
    least_percent: Annotated[Whole, Field(ge=0, le=100)] = 20
    officer_bands: Annotated[tuple[Annotated[Whole, Field(ge=1, le=OFFICER_TENTHS)], ...], bound_length(2, 2)] = (
        50,
        35,
    )
    unit_bands: Annotated[tuple[Annotated[Whole, Field(ge=1, le=UNIT_TENTHS)], ...], bound_length(4, 4)] = (
        150,
        120,
        90,
        60,
    )
    form_1: FormCode = ""
    form_3: FormCode = ""
    form_4: FormCode = ""
    form_7: FormCode = ""


USUAL = IndexChoices("2019-01-06", "Thông tư 01/2018/TT-VPCP, Điều 13 đến 15")
"""Those of a new desk, from the first day of the circular."""


def find_choices(history: Sequence[IndexChoices], day: str) -> IndexChoices:
    """Return the choices that hold on `day`; before the first ones, the usual ones."""
    return max((item for item in history if item.since <= day), key=lambda item: item.since, default=USUAL)
