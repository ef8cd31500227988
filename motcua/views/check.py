"""The view of the morning check."""

from collections.abc import Callable, Mapping

from motcua.checks.sessions import CheckSession, CheckStep, find_title
from motcua.devices.kinds import find_kind
from motcua.views.shapes import View

Translate = Callable[[str, Mapping[str, object]], str]
"""Translates a message with its parameters into the reader's language."""


def check_view(check: CheckSession | None, translate: Translate) -> View | None:
    """Return a check with its lines, None where there is none."""
    if check is None:
        return None
    return {"at": check.at, "ended": check.ended, "items": [describe_line(item, translate) for item in check.items]}


def describe_line(item: CheckStep, translate: Translate) -> View:
    """Return a line of a check."""
    line, kind = item.line, find_kind(item.line.what)
    return {
        "id": item.id,
        "what": line.what,
        "title": translate(find_title(line.what), {}),
        "label": item.label,
        "state": line.state,
        "detail": translate(line.detail, line.params) if line.detail else None,
        "needs": item.needs,
        "request": translate(kind.request, {}) if kind is not None and item.needs else None,
        "seen": item.was_seen,
        "running": item.running,
    }


def make_sheet_line(line: View) -> View:
    """Return the part of a line that the check sheet stores."""
    return {
        "what": f"{line['what']} {line['label']}".strip(),
        "title": line["title"],
        "label": line["label"],
        "state": line["state"],
        "detail": line["detail"],
        "seen": line["seen"],
    }
