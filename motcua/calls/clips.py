"""Making clips in a process of its own, each written whole."""

from typing import Any

from motcua.desk.files import write_whole
from motcua.voice import library


def task(task_input: dict[str, Any]) -> dict[str, Any]:
    """Make the clips of plain values, as `voice.library.task` does."""
    return library.task(task_input, write_whole)
