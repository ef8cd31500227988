"""One desk being served for all modules that do not need their own."""

from collections.abc import Iterator

import pytest

from tests.server import hall
from tests.server.hall import SHARED, Place, Served


@pytest.fixture(scope="session")
def desk_served() -> Iterator[Served]:
    """Lend a desk in a process of its own; every place in it serves one service alone.

    A test that ends the process starts its own.
    """
    with hall.served(shared=True) as made:
        yield made


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    """Lend a desk of its own to a module whose tests are not about the answers of its API."""
    with hall.served(contract=False) as made:
        yield made


@pytest.fixture(autouse=True)
def _shared_desks_live() -> Iterator[None]:
    """Blame a shared desk that has ended on the test in which it did, and start it again for the next."""
    yield
    for desk in SHARED:
        try:
            desk.require_running()
        except RuntimeError:
            desk.start()
            raise


@pytest.fixture
def place(desk_served: Served) -> Place:
    """Lend a counter that no other test has used, open; nobody is in the hall."""
    desk_served.tidy()
    return desk_served.place()
