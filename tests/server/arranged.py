"""A served desk whose settings are not those that tests usually start from."""

from collections.abc import Iterator
from contextlib import contextmanager

from motcua.setup import actions
from motcua.setup.document import Document
from tests.server.hall import Served, fresh_folder, opened


@contextmanager
def served_with(document: Document) -> Iterator[Served]:
    """Lend a desk with these settings; whatever it complained of fails the test."""
    with fresh_folder() as folder:
        empty = opened(folder)
        empty.by("command").do(actions.apply, document)
        empty.stop()
        made = Served(folder)
        try:
            yield made
        finally:
            made.close()
        assert "Traceback" not in made.complaints(), made.complaints()
