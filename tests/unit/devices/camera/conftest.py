"""What tests of the camera share."""

from collections.abc import Iterator

import pytest

from tests.unit.devices.camera.watched import Watched


@pytest.fixture
def watched() -> Iterator[Watched]:
    watched = Watched()
    yield watched
    watched.driver.close()
    watched.driver.close()
    assert watched.running == 0
