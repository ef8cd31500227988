from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.desk.notes import Pad, opened


@pytest.fixture
def pad(folder: Path) -> Iterator[Pad]:
    with opened(folder) as pad:
        yield pad
