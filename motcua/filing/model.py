"""A report of a month that was made and stored."""

from msgspec import Struct


class DueReport(Struct, frozen=True):
    """A report that has to be made: its id, and the month, like 2026-10."""

    report: str
    month: str


class ReportFile(Struct, frozen=True):
    """A PDF as it was made: `made_at` stands on its pages (RFC 3339, UTC), `has_figures` says whether it has any."""

    report: str
    month: str
    language: str
    made_at: str
    has_figures: bool
    content: bytes


class FiledReport(Struct, frozen=True):
    """A stored report without its content; `digest` is the SHA-256 of the file in hex, `size` its bytes."""

    id: int
    report: str
    month: str
    language: str
    made_at: str
    has_figures: bool
    digest: str
    size: int
