"""Filing online: which portal people are led to, and where the help team is."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from motcua.desk.messages import mark
from motcua.settings.fields import Heading, Label, SectionPart
from motcua.settings.values import STRICT, Line, WebAddress

PORTAL = "https://dichvucong.gov.vn"
"""Since 1 July 2025 dossiers are filed online on the national portal alone."""


@dataclass(frozen=True)
class OnlineFiling:
    """The portal on which procedures are filed, and where people are helped; `help_place_en` may be empty."""

    part: ClassVar[SectionPart] = SectionPart(
        "Nộp hồ sơ trực tuyến: portal là địa chỉ cổng dịch vụ công; help_place là nơi tổ hỗ trợ hướng dẫn người dân"
    )
    __pydantic_config__ = STRICT

    portal: Annotated[
        WebAddress,
        Heading(
            mark("Filing online"),
            mark("Which procedures can be filed online stands in the catalogue of procedures."),
        ),
        Label(
            mark("Address of the portal"),
            mark("Where a procedure has no page of its own, people are led there. Empty: no link is shown."),
        ),
    ] = PORTAL
    help_place: Annotated[
        Line,
        Label(
            mark("Where people are helped, in Vietnamese"),
            mark("Like Bàn hỗ trợ dịch vụ công trực tuyến, cạnh quầy 1. It is shown at the kiosk and on phones."),
        ),
    ] = ""
    help_place_en: Annotated[
        Line, Label(mark("Where people are helped, in English"), mark("Empty: the Vietnamese words are shown."))
    ] = ""
