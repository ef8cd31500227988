"""How soon a call is on the last wall, and how soon either side sees that the link is dead."""

import signal
from functools import partial
from time import perf_counter

import socketio

from . import floor, limits, pairs
from .client import Http
from .hall import Hall, client, set_up, set_up_counters
from .process import Server
from .run import Run
from .spread import Spread
from .walls import SocketIo, Walls

WAITING = 120
"""How many wait while calls are timed: a full hall."""
TURNS = 3
BODY = b'{"service":"signature"}'
"""A number that counter 1 of eight serves."""
NEXT, FINISH = "/api/v1/counters/1/call-next", "/api/v1/counters/1/finish"


def walls(run: Run) -> None:
    """Time call-next until the last of 50 and of 500 walls has its `call`, by turns with the smallest server."""
    hall = set_up_counters(run.folder, "walls")
    with pairs.both(hall) as (desk, smallest):
        for server in (desk, smallest):
            with client(server, hall.counter) as counter:
                counter.post("/api/v1/counters/1/open")
        for count, limit in ((50, limits.WALLS_50), (500, limits.WALLS_500)):
            rounds = 20 if run.quick else 40
            spreads: tuple[list[Spread], list[Spread]] = ([], [])
            for turn in range(1 if run.quick else TURNS):
                for place in pairs.in_turn(turn):
                    spreads[place].append(_calls((desk, smallest)[place], hall, count, rounds))
            value, reference = Spread.middle(spreads[0]), Spread.middle(spreads[1])
            run.report.put(limit.judge(value.p50, reference.p50))
            run.report.add(f"  the same, p99, {count} walls", value.p99, "ms", reference.p99)


def _calls(server: Server, hall: Hall, count: int, rounds: int) -> Spread:
    """Call `rounds` tickets with `count` walls listening; before each a number is taken and the last visit finished."""
    join = partial(SocketIo, server.address, "/wall", {"token": hall.wall})
    timings = []
    with client(server, hall.counter) as counter, client(server, hall.kiosk) as kiosk, Walls(count, join) as screens:
        for _ in range(WAITING):
            kiosk.post("/api/v1/tickets", BODY)
            screens.serve(0)
        for turn in range(rounds + floor.WARM_UP // 2):
            kiosk.post("/api/v1/tickets", BODY)
            counter.post(FINISH)
            screens.serve(floor.GAP_S)
            took = screens.round(partial(counter.send, "POST", NEXT, b"{}"), b'["call",')
            _answered(counter)
            screens.serve(floor.GAP_S)
            if turn >= floor.WARM_UP // 2:
                timings.append(took)
        counter.post(FINISH)
        while counter.post(NEXT)[0] == 200:  # noqa: PLR2004 -- until nobody waits
            counter.post(FINISH)
            screens.serve(0)
    return Spread.of_seconds(timings)


def _answered(counter: Http) -> None:
    status, answer = counter.receive()
    if status != 200:  # noqa: PLR2004 -- called
        raise RuntimeError(f"{status} {answer.decode()}")


def links(run: Run) -> None:
    """Time how long a screen takes to see a server that stopped, and the server a screen that no longer answers."""
    hall = set_up(run.folder, "links")
    with hall.served() as server:
        rounds = 2 if run.quick else 6
        run.report.put(limits.LINK_SERVER.judge(max(_server_sees(server, hall) for _ in range(rounds))))
        run.report.put(limits.LINK_SCREEN.judge(max(_screen_sees(server, hall) for _ in range(rounds))))


def _server_sees(server: Server, hall: Hall) -> float:
    """Return the seconds after which the server hangs up on a screen that stopped answering."""
    link = SocketIo(server.address, "/wall", {"token": hall.wall})
    link.next()
    start = perf_counter()
    link.socket.settimeout(limits.LINK_SERVER.must + 5)
    while link.socket.recv(65536):
        pass
    took = perf_counter() - start
    link.close()
    return took


def _screen_sees(server: Server, hall: Hall) -> float:
    """Return the seconds after which a Socket.IO client says that it lost a frozen server."""
    screen, lost = socketio.Client(reconnection=False), []
    screen.on("disconnect", lambda *_: lost.append(perf_counter()), namespace="/wall")
    host, port = server.address
    screen.connect(f"http://{host}:{port}", namespaces=["/wall"], auth={"token": hall.wall}, transports=["websocket"])
    start = perf_counter()
    server.process.send_signal(signal.SIGSTOP)
    try:
        while not lost and perf_counter() - start < limits.LINK_SCREEN.must + 5:
            screen.sleep(0.02)
    finally:
        server.process.send_signal(signal.SIGCONT)
    return (lost[0] if lost else float("inf")) - start
