"""One desk being served for all modules that do not need their own."""

from collections.abc import Iterator

import pytest

from tests.server.hall import Place, Served, forget_prepared, served


@pytest.fixture(scope="session")
def desk_served() -> Iterator[Served]:
    """Lend a desk in a process of its own; every place in it serves one service alone."""
    with served() as made:
        yield made
    forget_prepared()


@pytest.fixture
def place(desk_served: Served) -> Place:
    """Lend a counter that no other test has used, open; nobody is in the hall."""
    desk_served.tidy()
    return desk_served.place()
