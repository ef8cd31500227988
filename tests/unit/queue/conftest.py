import pytest

from tests.conftest import Hall
from tests.unit.queue.at_the_desk import Day


@pytest.fixture
def day(hall: Hall) -> Day:
    return Day(hall)
