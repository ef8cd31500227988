"""The locker from which citizens fetch results by a code."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from pydantic import Field

from motcua.desk.messages import mark
from motcua.settings.fields import Heading, Label, SectionPart
from motcua.settings.values import STRICT, Whole


@dataclass(frozen=True)
class LockerRules:
    """How many doors the locker has, and for how long a result should stay behind one."""

    part: ClassVar[SectionPart] = SectionPart("Tủ trả kết quả: doors là số ngăn, 0 là không có tủ")
    __pydantic_config__ = STRICT

    doors: Annotated[
        Whole,
        Field(ge=0, le=200),
        Heading(
            mark("Locker for results"),
            mark(
                "Officers put results behind its doors; applicants open one by a code and a second answer."
                " A device program drives it: Settings, Screens and devices."
            ),
        ),
        Label(mark("How many doors the locker has"), mark("0: there is no locker.")),
    ] = 0
    fetch_days: Annotated[
        Whole,
        Field(ge=1, le=60),
        Label(mark("Days after which a result counts as not fetched"), mark("The list of doors then says so.")),
    ] = 7
