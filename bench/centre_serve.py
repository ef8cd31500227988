"""Serves the desk of a folder on a virtual clock: `python -m bench.centre_serve FOLDER MOMENT`.

The desk is the served one with its listener, its writer's thread and its timers. Only its clock is another one: it
moves when a line with a moment comes over the socket that `clock HOST:PORT` names, and then the timers look at it as
they do each second. The line is answered by an empty one.
"""

import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

ESTIMATE_EVERY = timedelta(minutes=5)


def main(folder: Path, begin: datetime) -> None:
    """Serve until SIGTERM."""
    from motcua.run.patch import patch

    patch()
    import gevent
    from gevent.server import StreamServer

    from motcua.desk import ManualClock
    from motcua.run.serving import DeskServer

    clock = ManualClock(begin)
    desk = DeskServer(folder, "127.0.0.1", 0, clock, ticking=False)
    estimated, running = begin, gevent.spawn(desk.timers.tick)

    def move(line: Any, _address: object) -> None:
        nonlocal estimated, running
        with line.makefile("rwb") as lines:
            while moment := lines.readline():
                clock.set(datetime.fromisoformat(moment.decode().strip()))
                desk.timers.tick()
                desk.site.stages.tick()
                if clock.now() - estimated >= ESTIMATE_EVERY and running.dead:
                    estimated, running = clock.now(), gevent.spawn(desk.estimates.refresh)
                lines.write(b"\n")
                lines.flush()

    clock_server = StreamServer(("127.0.0.1", 0), move)
    clock_server.start()
    print(f"clock 127.0.0.1:{clock_server.server_port}")
    print(f"ready http://127.0.0.1:{desk.port}", flush=True)
    desk.serve()


if __name__ == "__main__":
    main(Path(sys.argv[1]), datetime.fromisoformat(sys.argv[2]))
