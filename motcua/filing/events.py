"""What happens to monthly reports."""

from typing import ClassVar

from motcua.desk.event import Event


class FilingEvent(Event, frozen=True):
    """Something about one stored report."""

    filing: int

    @property
    def subject(self) -> str:
        """Return `filing:<id>`."""
        return f"filing:{self.filing}"


class ReportFiled(FilingEvent, frozen=True):
    """The report of a month was made and stored. `digest` is the SHA-256 of the PDF, on which `made_at` is printed."""

    report: str
    month: str
    language: str
    made_at: str
    has_figures: bool
    digest: str
    kind: ClassVar[str] = "report.filed"


class ReportsErased(Event, frozen=True):
    """The stored reports of the months before `before` are gone."""

    before: str
    filings: int
    kind: ClassVar[str] = "report.erased"

    @property
    def subject(self) -> str:
        """Return `desk`."""
        return "desk"
