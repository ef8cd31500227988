"""Suggestions from people: whether they are taken, by when they are answered, with which words."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from pydantic import Field

from motcua.desk.messages import mark
from motcua.settings.fields import Heading, Label, SectionPart
from motcua.settings.sections.answers import AnswerTemplate, AnswerTemplates, Words
from motcua.settings.values import STRICT, Flag, Line, Whole

ABUSIVE = (
    "địt", "đụ", "đm", "đmm", "dm", "dmm", "đcm", "vcl", "vkl", "clgt", "lồn", "cặc", "buồi", "đéo", "đếch",
    "mẹ mày", "bố mày", "con mẹ nó", "chó đẻ", "đồ chó", "mất dạy", "khốn nạn", "đồ ngu", "thằng ngu", "con ngu",
    "óc chó", "súc vật", "fuck", "shit", "bitch",
)  # fmt: skip
APPEAL = ("khiếu nại", "đơn khiếu nại")
DENUNCIATION = ("tố cáo", "tố giác", "đơn tố cáo")
TEMPLATES = (
    AnswerTemplate(
        "thanks",
        "Cảm ơn và đã khắc phục",
        "Cảm ơn Ông/Bà đã góp ý. Trung tâm đã kiểm tra và khắc phục như sau: …",
    ),
    AnswerTemplate(
        "explain",
        "Giải thích quy định",
        "Cảm ơn Ông/Bà đã phản ánh. Theo quy định hiện hành, nội dung này được thực hiện như sau: …",
    ),
    AnswerTemplate(
        "other-office",
        "Không thuộc thẩm quyền",
        "Nội dung này không thuộc thẩm quyền của Trung tâm. Đề nghị Ông/Bà gửi đến: …",
    ),
    AnswerTemplate(
        "own-procedure",
        "Khiếu nại, tố cáo: hướng dẫn thủ tục riêng",
        "Khiếu nại, tố cáo được giải quyết theo thủ tục riêng do luật quy định. Đề nghị Ông/Bà gửi đơn đến: …",
    ),
)


@dataclass(frozen=True)
class Suggestions:
    """How suggestions are taken and answered. Deadlines are working days by the desk's calendar.

    `head` is the sign-in name of the head of the unit, who alone reads appeals and denunciations; empty: each leader.
    """

    part: ClassVar[SectionPart] = SectionPart(
        "Góp ý, phản ánh, kiến nghị: thời hạn tính bằng ngày làm việc; head là tên đăng nhập của người đứng đầu, "
        "người duy nhất đọc khiếu nại, tố cáo (để trống: mọi lãnh đạo)"
    )
    __pydantic_config__ = STRICT

    is_open: Annotated[
        Flag,
        Heading(
            mark("Suggestions and reports"),
            mark("People write on the public page, on their ticket's page, on the rating pad or at a counter."),
        ),
        Label(mark("People can write to the unit"), mark("Existing suggestions are still answered when this is off.")),
    ] = True
    photos: Annotated[Flag, Label(mark("A photo can be attached"))] = True
    head: Annotated[
        Line,
        Label(
            mark("Sign-in name of the head of the unit"),
            mark("Only the head reads appeals and denunciations. Empty: every leader does."),
            basis="appeals",
        ),
    ] = ""
    take_days: Annotated[
        Whole,
        Field(ge=1, le=30),
        Heading(mark("Deadlines"), mark("In working days. The day of receipt is not counted.")),
        Label(mark("Days until it is taken or refused"), basis="complaints-and-suggestions"),
    ] = 2
    supplement_days: Annotated[
        Whole,
        Field(ge=1, le=60),
        Label(mark("Days in which its sender can be asked for more"), basis="complaints-and-suggestions"),
    ] = 5
    answer_days: Annotated[
        Whole, Field(ge=1, le=90), Label(mark("Days until the answer"), basis="complaints-and-suggestions")
    ] = 15
    publish_days: Annotated[
        Whole,
        Field(ge=1, le=30),
        Label(mark("Days from the answer until it is published"), basis="complaints-and-suggestions"),
    ] = 2
    near_days: Annotated[
        Whole, Field(ge=0, le=10), Label(mark("Days before a deadline on which leaders are warned"))
    ] = 2
    saturdays: Annotated[
        Flag,
        Label(
            mark("A Saturday on which the desk is open counts as a working day"),
            mark("Usually it does not."),
            basis="counting-days",
        ),
    ] = False
    wall_slide: Annotated[
        Flag,
        Heading(mark("What people read")),
        Label(
            mark("The wall shows last month's result while nobody waits"),
            mark("Satisfaction with its sample size, and what was changed after suggestions."),
            basis="use-of-results",
        ),
    ] = False
    abusive: Annotated[
        Words,
        Label(mark("Abusive words"), mark("One on each line. They are hidden until the reader taps on them.")),
    ] = ABUSIVE
    appeal_words: Annotated[
        Words,
        Label(
            mark("Words by which an appeal is recognised"),
            mark("One on each line. Such a text is shown to the head only."),
        ),
    ] = APPEAL
    denunciation_words: Annotated[
        Words,
        Label(
            mark("Words by which a denunciation is recognised"),
            mark("One on each line. Such a text is shown to the head only."),
        ),
    ] = DENUNCIATION
    templates: AnswerTemplates = TEMPLATES
