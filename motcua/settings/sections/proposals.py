"""By which rules evidence for a reward or a review is weighed, from which day on, and who signs."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from motcua.desk.messages import mark
from motcua.settings.fields import Heading, Label, SectionPart
from motcua.settings.values import STRICT, Date, Flag, Line, Whole

SIGNERS = {"leader": mark("each leader"), "head": mark("the head of the unit alone")}


@dataclass(frozen=True)
class ProposalRules:
    """Thresholds can only be made stricter than what stands here first: no review rests on less."""

    part: ClassVar[SectionPart] = SectionPart(
        "Đề xuất khen thưởng, nhắc nhở: căn cứ (basis), ngày áp dụng (since), người ký (leader hoặc head), "
        "ngưỡng đánh giá bằng chứng; ngưỡng chỉ có thể đặt chặt hơn mặc định"
    )
    __pydantic_config__ = STRICT

    basis: Annotated[
        Line,
        Heading(
            mark("Rules of proposals"),
            mark("A leader drafts each proposal, and a person signs it. The program proposes nothing by itself."),
        ),
        Label(
            mark("Legal basis"),
            mark("The rule of your unit, as the paper names it. While it is empty, nothing can be signed."),
            basis="use-of-results",
        ),
    ] = ""
    since: Annotated[
        Date,
        Label(
            mark("These rules apply from"),
            mark("A period that begins before this day cannot be signed. Set it when you change a threshold."),
        ),
    ] = "2025-07-01"
    signer: Annotated[
        Literal["leader", "head"],
        Label(
            mark("Who signs"),
            mark("The head of the unit is named on the page “Suggestions”."),
            choices=SIGNERS,
        ),
    ] = "leader"
    reliability_percent: Annotated[
        Whole,
        Field(ge=70, le=95),
        Heading(
            mark("How evidence is weighed"),
            mark("A paper keeps the thresholds with which it was signed."),
        ),
        Label(
            mark("Reliability from which officers are compared, in percent"),
            mark("So much of the difference between officers must be no chance."),
        ),
    ] = 70
    inner_tenths: Annotated[
        Whole,
        Field(ge=950, le=990),
        Label(mark("Limits of a hint, in tenths of a percent"), mark("950: 95 percent lie within by chance alone.")),
    ] = 950
    outer_tenths: Annotated[
        Whole,
        Field(ge=998, le=999),
        Label(
            mark("Limits of a clear signal, in tenths of a percent"),
            mark("998: 99.8 percent lie within by chance alone. A review needs a rate below them."),
        ),
    ] = 998
    officers_least: Annotated[
        Whole,
        Field(ge=3, le=20),
        Label(
            mark("Officers with answers in a group at least"),
            mark("With two, each could work out the other's rate."),
        ),
    ] = 3
    response_percent: Annotated[
        Whole,
        Field(ge=0, le=100),
        Label(
            mark("Share of those asked who should have answered, in percent"),
            mark("With fewer, the paper says so as a point against."),
        ),
    ] = 20
    answer_days: Annotated[
        Whole,
        Field(ge=1, le=30),
        Heading(mark("The officer's answer"), mark("In working days. The day of the question is not counted.")),
        Label(mark("Days in which the officer can answer"), basis="counting-days"),
    ] = 5
    declined_counts: Annotated[
        Flag,
        Label(
            mark("An officer who declines to answer counts as heard"),
            mark("Off: a review needs an answer in words. Silence never counts."),
        ),
    ] = False
    keep_days: Annotated[
        Whole,
        Field(ge=365, le=3650),
        Heading(mark("How long proposals are kept")),
        Label(
            mark("Days until words, evidence and signed papers are erased"),
            mark("Counted from the day on which each was written. File the printed paper before."),
            basis="retention",
        ),
    ] = 1825
