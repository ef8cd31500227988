"""From a key on a counter's keypad to the journal and to the walls, through the real agent, beside a bare line of
the same run.
"""

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from time import perf_counter, sleep

import tomlkit

from motcua.devices.keypad.emulator import KeypadEmulator
from motcua.devices.transports.serial_port import SerialPort

from . import limits
from .hall import SERVICE, Hall, client, motcua, set_up
from .process import Server
from .run import Run
from .spread import Spread
from .walls import SocketIo, Walls

BAUD = 9600
WALLS = 20
PAUSE_S = 0.35
"""Longer than the agent takes two presses of one key for one."""
READY_S = 20
FINISH = "/api/v1/counters/1/finish"


def presses(run: Run) -> None:
    """Time a press at 9,600 baud until its row is in the journal, and without a line's own time until the last of 20
    walls has the call.
    """
    hall = set_up(run.folder, "presses")
    token = motcua("token", "add", "--data", str(hall.data), "--role", "agent", "--counters", "all")
    rounds = 15 if run.quick else 60
    bare = Spread.of_seconds(_bare(rounds))
    with hall.served() as server:
        with client(server, hall.counter) as counter:
            counter.post("/api/v1/counters/1/open")
        with _driven(hall, server, token, BAUD) as keypad:
            rows = Spread.of_seconds(_to_journal(hall, server, keypad, rounds))
        with _driven(hall, server, token, None) as keypad:
            walls = Spread.of_seconds(_to_walls(hall, server, keypad, rounds))
    run.report.add("bare pseudo-terminal, a key at 9,600 baud, p50", bare.p50, "ms", None)
    run.report.put(limits.PRESS_ROW.judge(rows.p50, bare.p50))
    run.report.put(limits.PRESS_WALL.judge(walls.p99))


def _bare(rounds: int) -> Iterator[float]:
    """Yield the seconds until a bare reader has a key's bytes from a paced line: no agent, no desk."""
    keypad = KeypadEmulator("bare", 1, baud=BAUD)
    keypad.start()
    port = SerialPort(keypad.path, BAUD)
    try:
        port.open()
        _until(lambda: keypad.is_heard)
        for _ in range(rounds):
            sleep(PAUSE_S / 4)
            start, data = perf_counter(), b""
            keypad.do("next")
            while not data.endswith((b"\n", b"\r")):
                data += port.read(1)
            yield perf_counter() - start
    finally:
        port.close()
        keypad.stop()


@contextmanager
def _driven(hall: Hall, server: Server, token: str, baud: int | None) -> Iterator[KeypadEmulator]:
    """Lend a keypad of counter 1 that a real agent drives."""
    keypad = KeypadEmulator("phim", 1, baud=baud)
    keypad.start()
    folder = hall.data.parent / f"agent-{baud}"
    folder.mkdir()
    config = folder / "agent.toml"
    config.write_text(tomlkit.dumps({"device": [keypad.describe_entry()]}), encoding="utf-8")
    url = f"http://{server.address[0]}:{server.address[1]}"
    command = [sys.executable, "-m", "motcua", "agent", "--server", url, "--token", token, "--config", str(config)]
    with (folder / "agent.err").open("wb") as err:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=err)  # noqa: S603
    try:
        _until(lambda: keypad.is_heard and b"connected" in (folder / "agent.err").read_bytes())
        sleep(1)
        yield keypad
    finally:
        process.terminate()
        process.wait()
        keypad.stop()


def _to_journal(hall: Hall, server: Server, keypad: KeypadEmulator, rounds: int) -> Iterator[float]:
    with (
        client(server, hall.counter) as counter,
        client(server, hall.kiosk) as kiosk,
        closing(_reader(hall.data)) as db,
    ):
        for _ in range(rounds):
            kiosk.post("/api/v1/tickets", SERVICE)
            counter.post(FINISH)
            sleep(PAUSE_S)
            before = _calls(db)
            start = perf_counter()
            keypad.do("next")
            while _calls(db) == before:
                if perf_counter() - start > READY_S:
                    raise RuntimeError("the press called nobody")
            yield perf_counter() - start


def _reader(data: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{data / 'desk.db'}?mode=ro", uri=True)


def _calls(db: sqlite3.Connection) -> int:
    """Return the last call's row; asked for again and again, so the newest few rows are all that is looked at."""
    query = (
        "SELECT max(seq) FROM (SELECT seq, action FROM journal ORDER BY seq DESC LIMIT 8) WHERE action = "
        "'ticket.called'"
    )
    return int(db.execute(query).fetchone()[0] or 0)


def _to_walls(hall: Hall, server: Server, keypad: KeypadEmulator, rounds: int) -> Iterator[float]:
    join = partial(SocketIo, server.address, "/wall", {"token": hall.wall})
    with client(server, hall.counter) as counter, client(server, hall.kiosk) as kiosk, Walls(WALLS, join) as screens:
        for _ in range(rounds):
            kiosk.post("/api/v1/tickets", SERVICE)
            counter.post(FINISH)
            screens.serve(PAUSE_S)
            press = threading.Thread(target=keypad.do, args=("next",))
            yield screens.round(press.start, b'["call",')
            press.join()


def _until(is_so: Callable[[], bool]) -> None:
    until = perf_counter() + READY_S
    while not is_so():
        if perf_counter() > until:
            raise RuntimeError("the agent did not get ready")
        sleep(0.01)
