"""Each test of exchange ends with tables that are what the journal says."""

from collections.abc import Iterator

import pytest

from tests.conftest import Hall
from tests.told import require_desk_told
from tests.unit.exchange.exchange_pages import ExchangePages, open_pages


@pytest.fixture
def pages(hall: Hall) -> Iterator[ExchangePages]:
    yield open_pages(hall)
    require_desk_told(hall.desk)


@pytest.fixture(scope="module")
def shared_pages(shared_hall: Hall) -> Iterator[ExchangePages]:
    """Lend one hall to all tests of a file in which what is asked is refused."""
    yield open_pages(shared_hall)
    require_desk_told(shared_hall.desk)
