"""One desk being served for each module."""

from collections.abc import Iterator

import pytest

from tests.server.hall import Place, Served, forget_prepared, served


@pytest.fixture(scope="session", autouse=True)
def _prepared() -> Iterator[None]:
    """Remove what desks are copied from at the end."""
    yield
    forget_prepared()


@pytest.fixture(scope="module")
def desk_served() -> Iterator[Served]:
    """Lend a desk in a process of its own; every place in it serves one service alone."""
    with served() as made:
        yield made


@pytest.fixture
def place(desk_served: Served) -> Place:
    """Lend a counter that no other test has used, open, nobody waiting for it."""
    return desk_served.place()
