"""Whose desk this is."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from motcua.desk.messages import mark
from motcua.settings.fields import Label, SectionPart
from motcua.settings.values import STRICT, Line, Name


@dataclass(frozen=True)
class Unit:
    """The ward and its centre."""

    part: ClassVar[SectionPart] = SectionPart("Đơn vị: tên trên màn hình và trên phiếu", is_required=True)
    __pydantic_config__ = STRICT

    name: Annotated[Name, Label(mark("Unit"), mark("Shown on every screen and on every ticket."))]
    centre: Annotated[Name, Label(mark("Name of the centre"))]
    address: Annotated[Line, Label(mark("Address"))] = ""
    phone: Annotated[Line, Label(mark("Phone"))] = ""
