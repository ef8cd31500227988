"""Messages by apprise, to a real web address of the kind that it knows as `json://`."""

import subprocess
import sys
from collections.abc import Iterator

import pytest

from motcua.notify import apprise_way
from motcua.notify.apprise_way import AppriseNotifier
from motcua.notify.message import NoticeError, NoticeMessage
from tests.receivers import Hook

pytestmark = [pytest.mark.thorough, pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")]
MESSAGE = NoticeMessage("desk-7", "alert.raised", 1_795_395_600, "vi", "Chờ lâu", "Nhóm A: có người chờ 31 phút.")


@pytest.fixture
def hook() -> Iterator[Hook]:
    with Hook() as server:
        yield server


def address(hook: Hook, path: str = "") -> str:
    """Return the hook's address for apprise, which is patient: its own four seconds are few on a busy computer."""
    return f"{hook.url.replace('http:', 'json:')}{path}?cto=60&rto=60"


def failure(*urls: str) -> tuple[str, bool]:
    with pytest.raises(NoticeError) as caught:
        AppriseNotifier(urls).send(MESSAGE)
    return caught.value.code, caught.value.permanent


def test_every_address_gets_the_message(hook: Hook) -> None:
    AppriseNotifier([address(hook), address(hook, "/2")]).send(MESSAGE)
    assert [(body["title"], body["message"]) for body in hook.bodies] == [(MESSAGE.subject, MESSAGE.text)] * 2


def test_each_way_of_failing_has_its_name(hook: Hook) -> None:
    hook.statuses = [500]
    assert failure(address(hook)) == ("apprise.refused", False)
    assert failure("nonsense") == ("apprise.address", True)
    assert failure("syslog://") == ("apprise.address", True)


def test_addresses_that_cannot_be_used_are_named_by_their_line() -> None:
    text = "# Zalo\n\njson://example.vn/a\nnonsense://x\n  tgram://123456789:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/1 \nfile:///etc\n"
    urls = apprise_way.read_urls(text)
    assert len(urls) == 4
    assert apprise_way.find_bad_urls(urls) == [2, 4]
    assert [apprise_way.name_scheme(url) for url in (*urls, "token")] == ["json", "nonsense", "tgram", "file", "?"]


def test_neither_apprise_nor_what_encrypts_for_browsers_is_imported_before_it_is_needed() -> None:
    code = (
        "import sys, motcua.run.serving, motcua.server;"
        "print([name for name in ('apprise', 'py_vapid', 'http_ece', 'aiohttp') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.strip() == "[]"
