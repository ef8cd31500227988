"""kill -9 in the middle of load: what was lost, done twice or given out twice must be nothing."""

import sys
from statistics import median

from tests.torture.kill import Broken, torture

from . import limits
from .run import Run

QUICK_ROUNDS = 5
SEED = 20261123


def kill(run: Run) -> None:
    """Kill the desk under load fifty times and hold its log, journal and store against each other after each.

    The first contradiction ends it: then all three figures say 1, the message on stderr names seed, round and what
    is wrong.
    """
    rounds = QUICK_ROUNDS if run.quick else limits.KILL_ROUNDS
    folder = run.folder / "kill"
    folder.mkdir()
    wrong = 0
    try:
        totals = torture(folder, rounds, SEED, lambda line: print(line, file=sys.stderr))
    except Broken as error:
        print(error, file=sys.stderr)
        wrong = 1
    else:
        run.report.add("kill -9 under load: rounds", totals.kills, "kills")
        run.report.add("kill -9 under load: commands answered", totals.answered, "commands")
        run.report.add("kill -9 under load: restart to first answer, p50", median(totals.restart_s), "s")
    for limit in (limits.KILL_LOST, limits.KILL_DOUBLED, limits.KILL_REUSED):
        run.report.put(limit.judge(wrong))
