"""A real desk in a temporary folder that nobody has set up yet, and the ward's document."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from motcua.desk import Desk, ManualClock, SeededEntropy
from motcua.settings import store as settings
from motcua.setup import template
from motcua.setup.document import Document
from motcua.setup.rooms import ROOMS

START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
"""Monday, 8 in the morning at the desk."""


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(START)


@pytest.fixture
def desk(tmp_path: Path, empty_store: Path, clock: ManualClock) -> Iterator[Desk]:
    shutil.copy(empty_store, tmp_path / "desk.db")
    made = Desk(tmp_path / "desk.db", ROOMS, clock, SeededEntropy(1), settings.get_timezone)
    yield made
    made.stop()


@pytest.fixture(scope="session")
def ward() -> Document:
    return template.load("ward")
