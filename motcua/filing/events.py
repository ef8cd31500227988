"""What happens to monthly reports."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.desk.event import Event


@dataclass(frozen=True)
class FilingEvent(Event):
    """Something about one stored report."""

    filing: int

    @property
    def subject(self) -> str:
        """Return `filing:<id>`."""
        return f"filing:{self.filing}"


@dataclass(frozen=True)
class ReportFiled(FilingEvent):
    """The report of a month was made and stored. `digest` is the SHA-256 of the PDF, on which `made_at` is printed."""

    report: str
    month: str
    language: str
    made_at: str
    has_figures: bool
    digest: str
    kind: ClassVar[str] = "report.filed"


@dataclass(frozen=True)
class ReportsErased(Event):
    """The stored reports of the months before `before` are gone."""

    before: str
    filings: int
    kind: ClassVar[str] = "report.erased"

    @property
    def subject(self) -> str:
        """Return `desk`."""
        return "desk"
