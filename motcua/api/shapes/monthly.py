"""Answers of the calls about monthly reports."""

from typing import Literal

from motcua.api.shapes.base import ApiShape, Both


class MailCounts(ApiShape):
    """How many e-mails with the report were sent, wait for the mail server, were given up; of the last 30 days."""

    sent: int
    waiting: int
    failed: int


class FiledAnswer(ApiShape):
    """The report of a month as it was made. `digest` is the SHA-256 of the file at the address `file`."""

    id: int
    report: str
    title: Both
    month: str
    language: Literal["vi", "en"]
    made_at: str
    has_figures: bool
    digest: str
    bytes: int
    file: str
    name: str
    mails: MailCounts


class MonthlyAnswer(ApiShape):
    """Whether reports are made each month, which, for how many receivers; the stored ones, the newest month first."""

    is_on: bool
    reports: list[str]
    receivers: int
    items: list[FiledAnswer]
