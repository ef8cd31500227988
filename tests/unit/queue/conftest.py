from collections.abc import Iterator

import pytest

from tests.conftest import Hall
from tests.told import require_desk_told
from tests.unit.queue.at_the_desk import Day


@pytest.fixture(autouse=True)
def require_tables_as_journalled(hall: Hall) -> Iterator[None]:
    """Whatever a test does at the desk, its tables are what the journal says."""
    yield
    require_desk_told(hall.desk)


@pytest.fixture
def day(hall: Hall) -> Day:
    return Day(hall)
