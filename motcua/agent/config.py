"""What `agent.toml` says: where the agent keeps what it must remember, and which devices it drives.

```toml
state = "agent-data"      # its own memory and token

[printer]
kind = "file"
folder = "printed"
```

Every value may be left out. Relative folders start where the file lies, without a file where the agent was started.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from motcua.agent.errors import AgentError, mark

STATE, FOLDER = "agent-data", "printed"
KINDS = ("file",)


@dataclass(frozen=True)
class Config:
    """A checked configuration; both folders are absolute."""

    state: Path
    printed: Path


def load(path: Path | None) -> Config:
    """Return the configuration in `path`, or the default one. Raises `AgentError` that names the first mistake by its place, `OSError`."""
    if path is None:
        return Config(Path(STATE).absolute(), Path(FOLDER).absolute())
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError as error:
        raise AgentError(mark("%(file)s cannot be read: %(problem)s"), file=path, problem=error) from error
    return _build(raw, path)


def _build(raw: dict[str, Any], path: Path) -> Config:
    printer = raw.get("printer", {})
    if not isinstance(printer, dict):
        raise AgentError(mark("%(file)s: %(place)s must be a group of settings, [%(place)s]."), file=path, place="printer")
    for place, names, known in (("", raw, ("state", "printer")), ("printer.", printer, ("kind", "folder"))):
        for name in names:
            if name not in known:
                message = mark("%(file)s: there is no setting %(place)s; known are: %(known)s.")
                raise AgentError(message, file=path, place=f"{place}{name}", known=", ".join(known))
    if (kind := printer.get("kind", "file")) not in KINDS:
        message = mark("%(file)s: printer.kind is %(value)s; known are: %(known)s.")
        raise AgentError(message, file=path, value=kind, known=", ".join(KINDS))
    here = path.absolute().parent
    return Config(here / _text(raw.get("state", STATE), path, "state"), here / _text(printer.get("folder", FOLDER), path, "printer.folder"))


def _text(value: object, path: Path, place: str) -> str:
    if not isinstance(value, str) or not value.strip() or "\0" in value:
        raise AgentError(mark("%(file)s: %(place)s must be the name of a folder in quotation marks."), file=path, place=place)
    return value
