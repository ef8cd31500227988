from collections.abc import Iterator

import pytest

from tests.conftest import Hall
from tests.told import require_desk_told


@pytest.fixture(autouse=True)
def require_tables_as_journalled(hall: Hall) -> Iterator[None]:
    """Whatever a test does at the desk, its tables are what the journal says."""
    yield
    require_desk_told(hall.desk)
