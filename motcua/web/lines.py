"""The connection that a request came on, as far as the rest of the desk sees it, and whose it is."""

from collections.abc import Mapping
from typing import Any, Protocol

from motcua.web.language import mark

LINE = "motcua.line"
"""Where the server puts the line into a request's environment; there is none without it."""
FULL = mark("There are too many connections from your network. Please try again in a moment.")


class RequestConnection(Protocol):
    """A connection of somebody who may have shown a credential, or not yet."""

    def vouch(self, name: str) -> None:
        """Somebody of the desk, called `name`, speaks on this line: it counts no more among those of strangers."""

    @property
    def is_on_trial(self) -> bool:
        """Say whether a stranger may not stay on this line: there are too many already."""
        ...


def vouch(environ: Mapping[str, Any], name: str) -> None:
    """Note that somebody of the desk, called `name`, sent the request of `environ`."""
    line: RequestConnection | None = environ.get(LINE)
    if line is not None:
        line.vouch(name)


def is_on_trial(environ: Mapping[str, Any]) -> bool:
    """Say whether there is no room for the request of `environ` unless somebody of the desk sent it."""
    line: RequestConnection | None = environ.get(LINE)
    return line is not None and line.is_on_trial


class Links:
    """The Socket.IO links on which somebody of the desk speaks, by their ids, and the lines that carry links."""

    def __init__(self) -> None:
        self._names: dict[str, list[str]] = {}
        self._lines: dict[str, RequestConnection] = {}

    def get_name(self, link: str) -> str:
        """Return who speaks on `link`, empty for a stranger."""
        return (self._names.get(link) or [""])[0]

    def record_join(self, link: str, name: str) -> None:
        """Note that `name` has joined a namespace on `link`."""
        self._names.setdefault(link, []).append(name)
        if link in self._lines:
            self._lines[link].vouch(name)

    def record_leave(self, link: str, name: str) -> None:
        """Forget that `name` joined a namespace on `link`."""
        names = self._names.get(link, [])
        if name in names:
            names.remove(name)
        if not names:
            self._names.pop(link, None)

    def attach(self, link: str, line: RequestConnection) -> None:
        """Note that `line` carries `link` from now on."""
        self._lines[link] = line

    def detach(self, link: str, line: RequestConnection) -> None:
        """Forget that `line` carries `link`."""
        if self._lines.get(link) is line:
            del self._lines[link]
