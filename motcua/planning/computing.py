"""Long computations: functions from plain values to plain values, so that they can run in another process than the
desk's.
"""

from collections.abc import Callable
from typing import Any

Given = dict[str, Any]
Task = Callable[[Given], Given]
Compute = Callable[[Task, Given], Given]
"""Runs a task somewhere and returns its result. Raises what the task raises."""


def compute_here(task: Task, task_input: Given) -> Given:
    """Return the result of `task`, computed in this process."""
    return task(task_input)
