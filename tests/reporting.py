"""What a worker tells the process that started it: each word of it costs both a third of a millisecond."""

from typing import Any

import pytest

UNTOLD = frozenset({"logstart", "logfinish"})
"""Who reads reports of other processes shows nothing for these."""


def _is_needless(event: str, data: dict[str, Any]) -> bool:
    """Say whether an event tells nothing: a test begins or ends, or was set up and put away in order."""
    if event in UNTOLD:
        return True
    return event == "testreport" and data["outcome"] == "passed" and data["when"] != "call" and not data["sections"]


def tell_less(config: pytest.Config) -> None:
    """Let a worker send only what somebody shows, unless times or a file of results are asked for."""
    if not hasattr(config, "workerinput") or config.option.durations or config.option.xmlpath:
        return
    worker: Any = next(one for one in config.pluginmanager.get_plugins() if type(one).__name__ == "WorkerInteractor")
    send = worker.sendevent

    def send_if_needed(name: str, **kwargs: Any) -> None:
        data = kwargs.get("data", {})
        if _is_needless(name, data):
            return
        if name == "testreport" and data["outcome"] == "passed":
            data["keywords"] = {}
        send(name, **kwargs)

    worker.sendevent = send_if_needed
