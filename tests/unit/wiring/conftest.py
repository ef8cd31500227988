"""A hall with real receivers, for what leaves the building."""

from collections.abc import Iterator

import pytest

from tests.conftest import Hall
from tests.receivers import Hook, Mailbox
from tests.unit.wiring.notice_post import Post


@pytest.fixture
def post(hall: Hall) -> Iterator[Post]:
    with Mailbox() as mailbox, Hook() as hook:
        made = Post(hall, mailbox, hook)
        yield made
        made.desk.stop()
