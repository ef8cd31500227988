"""People whom an officer calls back: whether the unit does it, how soon, and how long a number stays."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from pydantic import Field

from motcua.desk.messages import mark
from motcua.settings.fields import Heading, Label, SectionPart
from motcua.settings.values import STRICT, Flag, Whole


@dataclass(frozen=True)
class CallbackRules:
    """Whether people can ask for a call, until when it is due, how often it is tried, when the number is erased."""

    part: ClassVar[SectionPart] = SectionPart(
        "Cán bộ gọi lại tư vấn: mặc định tắt; số điện thoại được mã hóa và xóa ngay khi gọi xong hoặc hết hạn"
    )
    __pydantic_config__ = STRICT

    is_on: Annotated[
        Flag,
        Heading(
            mark("Call backs"),
            mark("People leave a phone number and a topic, and an officer calls them. The number is encrypted."),
        ),
        Label(
            mark("People can ask for a call"),
            mark("Off: no page and no call of it exists. Numbers that are stored are still erased in time."),
            basis="personal-data",
        ),
    ] = False
    due_days: Annotated[
        Whole,
        Field(ge=1, le=10),
        Label(mark("Working days until a call is overdue"), mark("The day of the wish is not counted.")),
    ] = 1
    tries_most: Annotated[
        Whole,
        Field(ge=1, le=10),
        Label(mark("How often somebody is called"), mark("When nobody answered so often, the number is erased.")),
    ] = 3
    keep_days: Annotated[
        Whole,
        Field(ge=1, le=60),
        Label(
            mark("Days until a number is erased"),
            mark("Whether anybody called or not. After a call that reached somebody it is erased at once."),
            basis="retention",
        ),
    ] = 14
    open_most: Annotated[
        Whole,
        Field(ge=1, le=2000),
        Label(mark("How many can wait for a call"), mark("Nobody more is taken onto the list, against floods.")),
    ] = 100
