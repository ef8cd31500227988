from typing import Any

import pytest

from tests.unit.queue.at_the_desk import Day


@pytest.fixture
def day(hall: Any) -> Day:
    return Day(hall)
