"""What the parts of one run share."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from . import floor
from .report import Report


@dataclass
class Run:
    """One run: `folder` is on the disk that is measured and goes when the run ends."""

    folder: Path
    quick: bool
    report: Report

    @cached_property
    def floor(self) -> floor.Floor:
        """The floor of this run, measured by the first part that asks."""
        return floor.measure(self.folder, self.quick)
