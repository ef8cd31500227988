"""Kills the serving process in the middle of load, again and again, and looks for what was lost or done twice.

Eight clients loop issue, call-next, start, finish and all that officers do with dossiers, and keep a log. Each press
has a key of its own. The process gets SIGKILL after a random number of answers, is started again, and every press
without an answer is sent once more.
Then the log, the journal and the store must agree.
This proves the death of a process only; power loss needs a machine that is cut off.
"""

import http.client
import random
import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import UUID

from tests.run_folder import once
from tests.server.hall import API, Client, Served, prepare, ward
from tests.server.screen import Screen
from tests.torture import checks, dossiers

CLIENTS = 8
COUNTERS = 6
KILL_AFTER = (20, 600)
"""How many answers of a round come before the kill; the other clients are in the middle of a press then."""
RESENT = 100
"""How many answered presses a round sends again."""
TAKE_IN, WORK_ON = "dossiers", "dossier"
STEPS = ("issue", "issue", "issue", "call-next", "start", TAKE_IN, TAKE_IN, WORK_ON, WORK_ON, WORK_ON, "finish")


@dataclass
class Press:
    """One command under its key; `status` and `body` stay empty while it has no answer."""

    who: tuple[str, int | None]
    key: str
    path: str
    data: dict[str, Any] | None
    status: int = 0
    body: bytes = b""


@dataclass
class Outcome:
    """What a torture saw: how often it killed, how many presses were answered, how many only after the kill, and how
    long restarts took.
    """

    seed: int
    kills: int = 0
    answered: int = 0
    resent: int = 0
    restart_s: list[float] = field(default_factory=list)


class Broken(Exception):  # noqa: N818 -- the desk broke its promise
    """Something was lost, doubled or torn. The message has seed, round and the folder, which is kept."""


def torture(folder: Path, rounds: int, seed: int, told: Callable[[str], None] = lambda _line: None) -> Outcome:
    """Kill the desk in the empty `folder` `rounds` times. Raises `Broken`; `told` hears one line a round."""
    dice = random.Random(seed)
    # several counters serve the same services, so that they compete
    shutil.copytree(once("competing", lambda draft: prepare(draft, ward())), folder, dirs_exist_ok=True)
    desk = Served(folder, contract=False, is_forked=False)
    found = Outcome(seed)
    log: list[Press] = []
    try:
        for counter in range(1, COUNTERS + 1):
            assert desk.client("counter", counter).post(f"counters/{counter}/open").status == 200
        for number in range(1, rounds + 1):
            try:
                _round(desk, dice, log, found)
            except (checks.Wrong, AssertionError, TimeoutError) as error:
                raise Broken(f"seed {seed}, round {number}, folder {folder}: {error}") from error
            told(f"round {number}: {found.answered} answered, {found.resent} sent again")
    finally:
        desk.close()
    return found


def _round(desk: Served, dice: random.Random, log: list[Press], found: Outcome) -> None:
    wall = Screen(desk.port, "/wall", {"token": desk.token("wall")})
    presses = _load(desk, dice, dice.randint(*KILL_AFTER))
    log.extend(presses)
    found.kills += 1
    wall.ended()
    assert wall.state is not None
    wall.close()
    began = perf_counter()
    desk.start()
    found.restart_s.append(perf_counter() - began)
    with Screen(desk.port, "/wall", {"token": desk.token("wall")}) as again:
        unanswered = [press for press in presses if not press.status]
        for press in unanswered:
            press.status, press.body = _send(desk.client(*press.who), press)
        found.resent += len(unanswered)
        found.answered += len(presses)
        _same_answers(desk, [press for press in log if press.status in checks.KEPT], dice)
        fresh = desk.client("wall").get("/state/wall").json
        again.reaches(fresh["revision"])
        checks.same_wall(again.state, fresh)
    kept = [checks.Kept(press.key, press.path, press.status, press.body) for press in log]
    checks.store(desk.folder / "desk.db", kept)
    dossiers.check_dossiers(desk.folder, list(zip(kept, (press.data for press in log), strict=True)))


def _same_answers(desk: Served, kept: list[Press], dice: random.Random) -> None:
    for press in dice.sample(kept, min(RESENT, len(kept))):
        again = _send(desk.client(*press.who), press)
        if again != (press.status, press.body):
            raise checks.Wrong(
                f"{press.path} under {press.key} was answered {(press.status, press.body)!r}, then {again!r}"
            )


def _send(client: Client, press: Press) -> tuple[int, bytes]:
    answer = client.post(press.path, press.data, press.key)
    client.close()
    return answer.status, answer.body


def _load(desk: Served, dice: random.Random, kill_after: int) -> list[Press]:
    """Let all clients press until the process is killed at the answer `kill_after`; return what they pressed."""
    services = [item["code"] for item in desk.client("kiosk").get(f"{API}/services").json["items"]]
    logs: list[list[Press]] = [[] for _ in range(CLIENTS)]
    together = threading.Barrier(CLIENTS + 1)
    answers = count(1)

    def work(number: int, own: random.Random) -> None:
        counter = number % COUNTERS + 1
        clients = {role: desk.client(role, place) for role, place in (("kiosk", None), ("counter", counter))}
        codes: list[str] = []
        together.wait()
        while True:
            press = _next(own, counter, services, codes)
            logs[number].append(press)
            try:
                answer = clients[press.who[0]].post(press.path, press.data, press.key)
            except (OSError, http.client.HTTPException):
                break
            press.status, press.body = answer.status, answer.body
            if press.path.endswith(f"/{TAKE_IN}") and answer.status in checks.KEPT:
                codes.append(answer.json["dossier"]["code"])
            if next(answers) == kill_after:
                desk.kill()
        for client in clients.values():
            client.close()

    threads = [
        threading.Thread(target=work, args=(number, random.Random(dice.getrandbits(64)))) for number in range(CLIENTS)
    ]
    for thread in threads:
        thread.start()
    together.wait()
    for thread in threads:
        thread.join()
    return [press for log in logs for press in log]


def _next(dice: random.Random, counter: int, services: list[str], codes: list[str]) -> Press:
    key, step = str(UUID(int=dice.getrandbits(128))), dice.choice(STEPS)
    if step == "issue":
        wish: dict[str, Any] = {
            "service": dice.choice(services),
            "priority": dice.choice(("ordinary", "ordinary", "merit", "disabled")),
        }
        return Press(("kiosk", None), key, "tickets", wish)
    if step == WORK_ON and codes:
        return Press(("counter", counter), key, *dossiers.draw_step(dice, codes))
    step, body = (TAKE_IN, dossiers.make_intake(dice)) if step in {TAKE_IN, WORK_ON} else (step, None)
    return Press(("counter", counter), key, f"counters/{counter}/{step}", body)
