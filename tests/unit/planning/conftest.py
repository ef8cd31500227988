import pytest

from tests.conftest import Hall
from tests.unit.planning.past_days import change
from tests.unit.queue.at_the_desk import Day


@pytest.fixture
def day(hall: Hall) -> Day:
    """Lend a hall whose settings are in the journal, counters 1 to 3 open."""
    change(hall.desk)
    return Day(hall).opened(1, 2, 3)
