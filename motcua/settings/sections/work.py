"""Why working hours are corrected."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.settings.fields import SectionPart
from motcua.settings.values import STRICT, Choice, Choices

CORRECTION_REASONS = (
    Choice("forgot", ("Quên đăng nhập hoặc đăng xuất", "Forgot to sign in or out")),
    Choice("meeting", ("Họp", "Meeting")),
    Choice("training", ("Tập huấn", "Training")),
    Choice("errand", ("Đi công tác, việc khác được giao", "On other duty")),
    Choice("leave", ("Nghỉ phép", "On leave")),
    Choice("failure", ("Máy, mạng hoặc phần mềm hỏng", "Computer, network or program failed")),
)


@dataclass(frozen=True)
class WorkRules:
    """The reasons that a leader chooses from when the recorded working hours of an officer are not right."""

    part: ClassVar[SectionPart] = SectionPart(
        "Thời gian làm việc của cán bộ: correction_reasons là các lý do điều chỉnh số giờ đã ghi"
    )
    __pydantic_config__ = STRICT

    correction_reasons: Choices = CORRECTION_REASONS
