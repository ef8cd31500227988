"""The desk's helper process: answers long computations, one JSON object a line, so that the serving loop never waits
for them.

Started by `run/planner.py` as `python -m motcua.run.child [NICER]`; it ends when its standard input does.
"""

import json
import os
import signal
import sys

from motcua.run import tasks

STRANGERS = frozenset(
    {"photo", "scan", "sheets", "dossiers", "procedures", "flows", "exchange", "template_check", "template_fill"}
)
"""Tasks that decode a stranger's bytes. Such a process is started for one question and ends after it."""
MEMORY_BYTES, FILE_BYTES = 1_500_000_000, 0


def bound_memory() -> None:
    """Let this process have so much memory at most, write no file and leave no core; Windows cannot say that."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_BYTES, FILE_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(words: list[str]) -> int:
    """Stand back by as much as the first of `words` says.

    Answer line by line: `{"task", "given"}` in, what `worker.answer` says out. A defect is an answer too."""
    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # the desk ends it, not the Ctrl-C that the terminal sends to everybody
    if hasattr(os, "nice"):
        os.nice(int(words[0]) if words else 0)
    for line in sys.stdin:
        question = json.loads(line)
        if question["task"] in STRANGERS:
            bound_memory()
        try:
            answer = tasks.answer(question["task"], question["given"])
        except Exception as error:
            answer = {"failed": f"{type(error).__name__}: {error}"}
        try:
            sys.stdout.write(json.dumps(answer, ensure_ascii=True) + "\n")
            sys.stdout.flush()
        except BrokenPipeError:  # the desk was killed while this was computed; nobody wants it any more
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            break
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
