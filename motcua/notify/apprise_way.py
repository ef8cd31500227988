"""Messages by `apprise`: Zalo bots, Telegram, text message gateways and two hundred more ways, each one address.

It is an extra, `motcua[apprise]`, and is imported with the first message.
"""

from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from msgspec import Struct

from motcua.notify.message import NoticeError, NoticeMessage

LOCAL = frozenset(
    {"dbus", "gio", "gnome", "glib", "kde", "macosx", "qt", "syslog", "windows", "schan", "file", "growl"}
)
"""Schemes that act on this computer itself: a hall's server has nobody who would see it."""


def is_installed() -> bool:
    """Say whether the extra is there, without importing it."""
    return find_spec("apprise") is not None


def read_urls(text: str) -> list[str]:
    """Return the addresses in the text of their file: one a line, `#` begins a remark."""
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def name_scheme(url: str) -> str:
    """Return what may be shown of an address: what comes before its colon. The rest is secret."""
    return url.partition("://")[0].lower()[:20] if "://" in url else "?"


def find_bad_urls(urls: Sequence[str]) -> list[int]:
    """Return the numbers, from 1, of the addresses that apprise cannot use, or that act on this computer.

    Raises `NoticeError("apprise.missing")`.
    """
    apprise = _load()
    return [
        number
        for number, url in enumerate(urls, 1)
        if name_scheme(url) in LOCAL or apprise.Apprise.instantiate(url, suppress_exceptions=True) is None
    ]


def _load() -> Any:
    try:
        return import_module("apprise")
    except ImportError as error:
        raise NoticeError("apprise.missing", permanent=True) from error


class AppriseNotifier(Struct, frozen=True):
    """Sends to every address of `urls`."""

    urls: Sequence[str]

    def send(self, message: NoticeMessage) -> None:
        """Hand `message` over. Raises `NoticeError`, whose codes begin with `apprise.`."""
        apprise = _load()
        sender = apprise.Apprise()
        for url in self.urls:
            if name_scheme(url) in LOCAL or not sender.add(url):
                raise NoticeError("apprise.address", name_scheme(url), permanent=True)
        if not sender.notify(body=message.text, title=message.subject):
            raise NoticeError("apprise.refused")
