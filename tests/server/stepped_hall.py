"""Serves the desk of a folder on a clock that standard input moves: a line like `step -25200` or `advance 60`, each
answered by a line.
"""

import sys
from datetime import datetime, timedelta
from pathlib import Path


def main(words: list[str]) -> int:
    """Serve the folder that is the only word, from 15:00 tomorrow at the desk, until standard input ends."""
    import gevent

    from motcua.desk import ManualClock, get_zone, system_clock
    from motcua.run.serving import DeskServer

    tomorrow = system_clock.now().astimezone(get_zone("Asia/Ho_Chi_Minh")).date() + timedelta(days=1)
    clock = ManualClock(
        datetime.combine(tomorrow, datetime.min.time(), get_zone("Asia/Ho_Chi_Minh")) + timedelta(hours=15)
    )
    hall = DeskServer(Path(words[0]), "127.0.0.1", 0, clock, ticking=False)
    print(hall.port, flush=True)
    pool = gevent.get_hub().threadpool
    while line := pool.apply(sys.stdin.readline):
        word, seconds = line.split()
        {"step": clock.step, "advance": clock.advance}[word](float(seconds))
        hall.timers.tick()
        hall.site.stages.tick()
        print(clock.now().isoformat(), flush=True)
    hall.stop()
    return 0
