"""The long computations by name, for the helper process that runs them.

A refusal keeps its kind: `answer` returns it as a plain value, `read_result` raises it again in the calling process.
"""

from collections.abc import Mapping
from importlib import import_module
from typing import Any, cast

from motcua.desk import errors
from motcua.desk.errors import Refused
from motcua.planning.computing import Task
from motcua.setup.mistakes import Mistake, Mistakes

TASKS = {
    "estimate": "motcua.planning.estimate:task",
    "forecast": "motcua.planning.forecast:task",
    "replay": "motcua.planning.replay:task",
    "pdf": "motcua.reports.pdf:task",
    "posters": "motcua.reports.neighbourhood_posters:task",
    "settings": "motcua.setup.drafts:task",
    "voice": "motcua.calls.clips:task",
    "dossiers": "motcua.dossiers.rules.reading:task",
    "procedures": "motcua.procedures.rules.importing:task",
    "flows": "motcua.dossiers.rules.flow_files.reading:task",
    "exchange": "motcua.exchange.rules.reading:task",
    "template_check": "motcua.reports.forms.word:check_task",
    "template_fill": "motcua.reports.forms.word:fill_task",
    "photo": "motcua.photos.cleaning:task",
    "scan": "motcua.photos.scans:task",
    "sheets": "motcua.photos.sheets:task",
}
_NAMES = {place: name for name, place in TASKS.items()}
Payload = dict[str, Any]
FOUND_MAX = 1_000
"""So many mistakes of one document cross over; their number is in the refusal."""


def get_task_name(task: Task) -> str:
    """Return the name of `task` in the table. Raises `KeyError` where it has none."""
    return _NAMES[f"{task.__module__}:{task.__name__}"]


def run(task: str, request: Payload) -> Payload:
    """Return what the task named `task` makes of `request`.

    Raises what the task raises, `KeyError` for an unknown name.
    """
    module, _, name = TASKS[task].partition(":")
    work = cast(Task, getattr(import_module(module), name))
    return work(request)


def answer(task: str, request: Payload) -> Payload:
    """Return `{"result": …}`, or `{"refused": …}` with everything that makes the same refusal again."""
    try:
        return {"result": run(task, request)}
    except Refused as refusal:
        refused: Payload = {
            "kind": type(refusal).__name__,
            "code": refusal.code,
            "message": refusal.message,
            "params": _plain(refusal.params),
        }
        if isinstance(refusal, Mistakes):
            refused["found"] = [
                [item.place, item.code, item.message, _plain(item.params)] for item in refusal.mistakes[:FOUND_MAX]
            ]
        return {"refused": refused}


def _plain(params: Mapping[str, object]) -> dict[str, str]:
    return {name: str(value) for name, value in params.items()}


def read_result(answered: Payload) -> Payload:
    """Return the result of `answer`, or raise its refusal."""
    refused = answered.get("refused")
    if refused is None:
        return cast(Payload, answered["result"])
    code, sentence = refused["code"], refused["message"]
    if "found" in refused:
        mistakes = Mistakes(code, sentence, [Mistake(*item) for item in refused["found"]])
        mistakes.params["count"] = refused["params"]["count"]
        raise mistakes
    kind = getattr(errors, str(refused["kind"]), Refused)
    raise kind(code, sentence, **refused["params"])
