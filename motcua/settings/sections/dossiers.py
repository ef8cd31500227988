"""Dossiers that the desk takes in: whether it does, under which codes, and how long data about applicants stay."""

import re
from dataclasses import dataclass
from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from motcua.desk.messages import mark
from motcua.settings.fields import Heading, Label, SectionPart
from motcua.settings.values import STRICT, Choice, Choices, Flag, Line, OneLine, OptionalDate, Time, Whole

_UNIT = re.compile(r"[A-Z0-9]{1,8}(\.[A-Z0-9]{1,8}){0,5}", re.ASCII)
_SERIES = re.compile(r"[A-Z][A-Z0-9]{0,7}", re.ASCII)


def _unit_code(text: str) -> str:
    if text and not _UNIT.fullmatch(text):
        raise PydanticCustomError("unit_code", "no unit code")
    return text


def _series(text: str) -> str:
    if not _SERIES.fullmatch(text):
        raise PydanticCustomError("series", "no series")
    return text


REFUSALS = (
    Choice("not-competent", ("Không thuộc thẩm quyền giải quyết của cơ quan", "This office is not competent")),
    Choice("not-eligible", ("Không đủ điều kiện theo quy định của pháp luật", "The law's conditions are not met")),
    Choice("no-document", ("Thiếu giấy tờ bắt buộc, không thể bổ sung", "A required paper cannot be brought")),
    Choice("false-paper", ("Giấy tờ tẩy xóa, sửa chữa hoặc giả mạo", "A paper was altered or forged")),
)
DELAYS = (
    Choice("other-agency", ("Cơ quan khác phải xác minh, có ý kiến", "Another agency has to verify or answer first")),
    Choice("complex", ("Hồ sơ có nội dung phức tạp, cần thêm thời gian thẩm tra", "The matter is complex")),
    Choice("volume", ("Số lượng hồ sơ tăng cao so với bình thường", "More dossiers came than usual")),
    Choice("system", ("Hệ thống hoặc đường truyền bị gián đoạn", "A computer system or line was interrupted")),
)


@dataclass(frozen=True)
class DossierRules:
    """Whether dossiers are taken in here, their codes, what receipts say, and how long personal data are kept.

    `unit_code` is the unit's code in the national list, like `000.25.01.H17`. `series` begins each code, so that
    nobody takes it for a code of the provincial system.
    """

    part: ClassVar[SectionPart] = SectionPart(
        "Tiếp nhận hồ sơ tại quầy: mặc định tắt; unit_code là mã định danh của đơn vị; series đứng đầu mã hồ sơ "
        "của phần mềm này để không lẫn với mã của hệ thống tỉnh"
    )
    __pydantic_config__ = STRICT

    is_on: Annotated[
        Flag,
        Heading(
            mark("Dossiers"),
            mark(
                "Officers take in dossiers at their counters and print receipts."
                " A system that settles procedures must meet stricter security rules than a queue."
            ),
        ),
        Label(
            mark("Dossiers are taken in here"),
            mark("Off: no page and no call of it exists. What is stored stays until it is erased."),
            basis="procedures",
        ),
    ] = False
    unit_code: Annotated[
        Line,
        AfterValidator(_unit_code),
        Label(mark("Code of the unit"), mark("As in the national list, like 000.25.01.H17. It is part of each code.")),
    ] = ""
    series: Annotated[
        str,
        AfterValidator(OneLine(1, 8)),
        AfterValidator(_series),
        Label(
            mark("Letters before each code"), mark("They show that the code is this desk's own, not the province's.")
        ),
    ] = "MC"
    phone: Annotated[
        Line,
        Heading(mark("What receipts say")),
        Label(mark("Phone number for questions about a dossier"), mark("Empty: that of the unit.")),
    ] = ""
    results_until: Annotated[
        Time,
        Label(
            mark("Results are handed out until"),
            mark("A receipt promises the result by this hour of the last day."),
            basis="forms-and-books",
        ),
    ] = "17:00"
    wall_results: Annotated[
        Flag,
        Heading(mark("What the hall reads")),
        Label(
            mark("The wall lists results that are ready"),
            mark("While no number is being called: the last part of each code and its day, and nobody's name."),
        ),
    ] = False
    wall_results_most: Annotated[
        Whole,
        Field(ge=1, le=15),
        Label(mark("How many results the wall lists"), mark("Those that became ready last.")),
    ] = 12
    dossier_days: Annotated[
        Whole,
        Field(ge=30, le=3650),
        Heading(mark("How long it is kept"), mark("Codes, days and steps stay: they name nobody.")),
        Label(
            mark("Days until the applicant's data of a dossier are erased"),
            mark("They are counted from the dossier's end."),
            basis="retention",
        ),
    ] = 365
    applicant_days: Annotated[
        Whole,
        Field(ge=1, le=3650),
        Label(
            mark("Days until data kept for the next visit are erased"),
            mark("Only of people who agreed. Each visit at which they are used begins these days again."),
            basis="retention",
        ),
    ] = 730
    refusal_reasons: Choices = REFUSALS
    soon_days: Annotated[
        Whole,
        Field(ge=1, le=30),
        Heading(mark("Deadlines")),
        Label(
            mark("Working days before a deadline that count as soon"),
            mark("The board of dossiers shows them apart, from that day on."),
        ),
    ] = 2
    supplement_days: Annotated[
        Whole,
        Field(ge=0, le=400),
        Label(
            mark("Days that an applicant has to hand in papers that were asked for"),
            mark(
                "After them a stop notice (form 05) is drafted. Check the number with your rules. 0: none is drafted."
            ),
            basis="forms-and-books",
        ),
    ] = 30
    supplement_basis: Annotated[
        Line, Label(mark("Legal basis of these days"), mark("As the stop notice names it. Empty: it names none."))
    ] = ""
    supplement_since: Annotated[
        OptionalDate, Label(mark("For papers that were asked for from this day on"), mark("Empty: for all."))
    ] = ""
    delay_reasons: Choices = DELAYS
    target_scanned: Annotated[
        Whole,
        Field(ge=0, le=100),
        Heading(
            mark("Targets for digital papers and results"),
            mark("In percent; the report of dossiers shows them beside its shares. 0: no target."),
        ),
        Label(mark("Papers that are scanned"), basis="digitisation"),
    ] = 0
    target_digitised: Annotated[
        Whole, Field(ge=0, le=100), Label(mark("Dossiers that are digital as a whole"), basis="digitisation")
    ] = 0
    target_electronic: Annotated[
        Whole, Field(ge=0, le=100), Label(mark("Results that are electronic documents"), basis="digitisation")
    ] = 0
    target_reused: Annotated[
        Whole, Field(ge=0, le=100), Label(mark("Papers that come from data"), basis="digitisation")
    ] = 0
    targets_basis: Annotated[
        Line, Label(mark("Where the targets stand"), mark("The decision or plan, as the report names it."))
    ] = ""
    targets_since: Annotated[OptionalDate, Label(mark("The targets apply from"))] = ""
