"""What tests of several pages share."""

import pytest

from tests.conftest import Hall
from tests.unit.screens.dossier_pages import DossierPages, open_pages


@pytest.fixture
def pages(hall: Hall) -> DossierPages:
    """Lend a hall with dossiers and its pages; files about other pages have a fixture of their own."""
    return open_pages(hall)
