"""Which official indices are shown, and what only the unit itself can declare for them."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from pydantic import Field

from motcua.desk.messages import mark
from motcua.settings.fields import Heading, Label, SectionPart
from motcua.settings.values import STRICT, Date, Flag, Line, OptionalDate, Whole

PROCEDURES_MAX = 3000


@dataclass(frozen=True)
class IndexRules:
    """Methods with their first and last days, and the declared facts behind the unit's indices 5, 6 and 9.

    `declared_on` is empty while nothing is declared; then these indices are left out.
    """

    part: ClassVar[SectionPart] = SectionPart(
        "Các chỉ số đánh giá: phương pháp, ngày áp dụng, và số liệu do đơn vị tự khai (declared_on, source)"
    )
    __pydantic_config__ = STRICT

    decision_766: Annotated[
        Flag,
        Heading(mark("Methods"), mark("A report shows a method only for days on which it applies.")),
        Label(mark("Satisfaction by Decision 766/QĐ-TTg"), basis="index-766"),
    ] = True
    decision_766_since: Annotated[Date, Label(mark("Decision 766 applies from"))] = "2022-06-23"
    decision_766_until: Annotated[OptionalDate, Label(mark("Decision 766 applies until"), mark("Empty: no end."))] = ""
    circular_2018: Annotated[
        Flag,
        Label(
            mark("Nine indices by the method of Circular 01/2018/TT-VPCP"),
            mark("Whether the method goes on after 30/06/2025 is not established. You can switch it off."),
            basis="nine-indices",
        ),
    ] = True
    circular_2018_since: Annotated[Date, Label(mark("The method of Circular 01/2018 applies from"))] = "2019-01-06"
    circular_2018_until: Annotated[
        OptionalDate, Label(mark("The method of Circular 01/2018 applies until"), mark("Empty: no end."))
    ] = ""
    declared_on: Annotated[
        OptionalDate,
        Heading(
            mark("What the unit declares"),
            mark("Indices 5, 6 and 9 need it. They are left out of days before it, and while the date is empty."),
        ),
        Label(mark("Holds from"), basis="nine-indices"),
    ] = ""
    source: Annotated[
        Line, Label(mark("Source"), mark("The decision or list from which these figures come. Needed with the date."))
    ] = ""
    procedures: Annotated[
        Whole, Field(ge=0, le=PROCEDURES_MAX), Label(mark("Procedures that the unit is responsible for"))
    ] = 0
    settled_here: Annotated[
        Whole,
        Field(ge=0, le=PROCEDURES_MAX),
        Label(mark("Of these: received, examined and approved at the one-stop desk")),
    ] = 0
    received_here: Annotated[
        Whole,
        Field(ge=0, le=PROCEDURES_MAX),
        Label(mark("Of these: received and their results returned at the one-stop desk")),
    ] = 0
    online: Annotated[
        Whole, Field(ge=0, le=PROCEDURES_MAX), Label(mark("Of these: offered online (formerly levels 3 and 4)"))
    ] = 0
    is_posted: Annotated[Flag, Label(mark("All procedures are posted up at the desk"))] = False
    is_published: Annotated[Flag, Label(mark("All procedures are published electronically"))] = False
