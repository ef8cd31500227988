"""Each test of dossiers ends with tables that are what the journal says."""

from collections.abc import Iterator

import pytest

from tests.conftest import Hall
from tests.told import require_desk_told
from tests.unit.dossiers.taken import Taken


@pytest.fixture
def taken(hall: Hall) -> Iterator[Taken]:
    yield Taken(hall)
    require_desk_told(hall.desk)
