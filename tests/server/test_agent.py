"""A real desk, a real agent, and what stands on paper when one of them dies."""

import os
import signal
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from motcua.cli.door import open_reading
from motcua.desk.journal import canonicalise, read_rows
from motcua.wiring.routes import list_routes
from tests.server.hall import PHONES, Served, services, wait_until
from tests.server.hall import served as desk_of_its_own
from tests.server.programs import AgentProcess, agent, command, motcua, said

pytestmark = pytest.mark.process


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    """One desk for all tests here that do not end it; its one agent token prints."""
    with desk_of_its_own(contract=False, shared=True) as made:
        yield made


def issue(served: Served) -> str:
    answer = served.client("kiosk").post("tickets", {"service": services()[0].code})
    assert answer.status == 201
    return str(answer.json["id"])


def ends(served: Served, ticket: str) -> list[tuple[Any, Any]]:
    """Return how the ticket's print jobs ended, by the journal."""
    with open_reading(served.folder) as db:
        found = [row["data"] for row in read_rows(db) if row["action"] == "job.finished"]
    return [
        (data["state"], data["detail"])
        for data in found
        if isinstance(data, dict) and data["about"] == f"ticket:{ticket}"
    ]


def is_handed_out(served: Served, ticket: str) -> bool:
    with open_reading(served.folder) as db:
        return bool(db.execute("SELECT state = 'sent' FROM jobs WHERE about = ?", (f"ticket:{ticket}",)).fetchone()[0])


JOB_BYTES = 200
"""More than all pings that may wait beside a job."""


def unread(served: Served) -> int:
    """Return how many bytes of the desk lie in the sockets of agents that do not read.

    Source: proc_net_tcp of the kernel.
    """
    lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return max((int(line[4].split(":")[1], 16) for line in lines if line[2].endswith(f":{served.port:04X}")), default=0)


def has_printer(served: Served) -> bool:
    """Say whether the desk knows of a printer: an agent names its devices just after it has connected."""
    with open_reading(served.folder) as db:
        return bool(list_routes(db, "printer"))


DONE = [("done", None)]


def is_connected(made: AgentProcess, times: int = 1) -> bool:
    return made.log().count("connected to") >= times


def test_a_ticket_is_printed_once_and_the_journal_says_so(served: Served, tmp_path: Path) -> None:
    with agent(tmp_path, served.url, served.token("agent")) as made:
        wait_until(lambda: is_connected(made) and has_printer(served), told=made.log)
        ticket = issue(served)
        wait_until(lambda: ends(served, ticket), told=made.log)
        assert (ends(served, ticket), made.papers()) == (DONE, [f"{ticket}.txt"])
        paper = (made.printed / f"{ticket}.txt").read_text(encoding="utf-8")
        assert f"A {ticket[-3]} {ticket[-2]} {ticket[-1]}" in paper
        assert f"{PHONES}/t/" in paper
        assert made.end() == 0


def test_what_waited_for_an_agent_is_printed_when_it_comes(served: Served, tmp_path: Path) -> None:
    token = served.token("agent")
    tickets = [issue(served), issue(served)]
    with agent(tmp_path, served.url, token) as made:
        wait_until(lambda: all(ends(served, ticket) == DONE for ticket in tickets))
        assert made.papers() == [f"{ticket}.txt" for ticket in tickets]


def test_an_agent_finds_a_desk_that_starts_later_and_brings_a_result_to_one_that_was_killed(tmp_path: Path) -> None:
    with desk_of_its_own(contract=False) as served, ExitStack() as after:
        token = served.token("agent")
        served.kill()
        made = after.enter_context(agent(tmp_path, served.url, token))
        wait_until(lambda: "no connection" in made.log())
        served.start()
        wait_until(lambda: is_connected(made) and has_printer(served), told=made.log)
        made.send(signal.SIGSTOP)
        ticket = issue(served)
        wait_until(lambda: is_handed_out(served, ticket) and unread(served) >= JOB_BYTES)
        served.kill()
        made.send(signal.SIGCONT)
        wait_until(lambda: made.papers() == [f"{ticket}.txt"])
        assert ends(served, ticket) == []
        served.start()
        wait_until(lambda: ends(served, ticket), told=made.log)
        later = issue(served)
        wait_until(lambda: ends(served, later))
        assert (ends(served, ticket), ends(served, later)) == (DONE, DONE)
        assert made.papers() == [f"{ticket}.txt", f"{later}.txt"]


def test_an_agent_killed_while_printing_says_that_it_does_not_know_and_prints_no_second_paper(
    served: Served, tmp_path: Path
) -> None:
    with agent(tmp_path, served.url, served.token("agent")) as made:
        first = issue(served)
        wait_until(lambda: ends(served, first))
        name = f"{first[:-3]}{int(first[-3:]) + 1:03d}.txt"
        draft = made.printed / f".{name}.tmp"
        os.mkfifo(draft)  # opening it waits for somebody who reads: the agent stays in the middle of its work
        second = issue(served)
        assert name == f"{second}.txt"
        wait_until(lambda: made.log().count(" begins") == 2)
        made.end(signal.SIGKILL)
        draft.unlink()
        made.start()
        wait_until(lambda: ends(served, second))
        third = issue(served)
        wait_until(lambda: ends(served, third))
        assert (ends(served, second), ends(served, third)) == ([("unknown", "the agent stopped while printing")], DONE)
        assert made.papers() == [f"{first}.txt", f"{third}.txt"]


def test_of_two_agents_with_one_token_only_the_later_prints(served: Served, tmp_path: Path) -> None:
    token = served.token("agent")
    with agent(tmp_path / "one", served.url, token) as one:
        wait_until(lambda: is_connected(one))
        with agent(tmp_path / "two", served.url, token) as two:
            wait_until(lambda: is_connected(two))
            ticket = issue(served)
            wait_until(lambda: ends(served, ticket), told=two.log)
            assert (one.papers(), two.papers()) == ([], [f"{ticket}.txt"])


def test_an_agent_enrols_with_a_code_once_and_then_knows_its_token(served: Served, tmp_path: Path) -> None:
    code = served.client("admin").post("pairings", {"role": "agent", "name": "PC quầy 1"}).json["code"]
    made = AgentProcess(tmp_path, served.url, code, proof="--enrol")
    wait_until(lambda: is_connected(made), told=made.log)
    kept = tmp_path / "agent-data" / "token.json"
    assert (made.end(), kept.stat().st_mode & 0o777) == (0, 0o600)
    again = AgentProcess(tmp_path, served.url, code, proof=None)
    wait_until(lambda: is_connected(again, 2))
    assert again.end() == 0
    used = command("agent", "--server", served.url, "--enrol", code, "--config", made_config(tmp_path / "other"))
    assert said(used) == (1, "", "The server refused: This code was used or is too old. Ask for a new one.\n")
    with open_reading(served.folder) as db:
        enrolled = [
            row["actor"]
            for row in read_rows(db)
            if row["action"] == "token.added" and '"paired":true' in canonicalise(row)
        ]
    assert enrolled == ["pairing"]


def made_config(folder: Path) -> Path:
    folder.mkdir()
    (folder / "agent.toml").write_text("")
    return folder / "agent.toml"


def test_an_agent_that_cannot_begin_says_why(served: Served, tmp_path: Path) -> None:
    rest = ("--config", made_config(tmp_path / "pc"))
    turned_away = f"The server at {served.url} does not accept this agent's token. Create a new one there.\n"
    assert said(motcua("agent", "--server", served.url, "--token", served.token("wall"), *rest)) == (1, "", turned_away)
    unknown = f"This agent has no token for {served.url}. Start it once with --enrol CODE or --token-file FILE.\n"
    assert said(command("agent", "--server", served.url, *rest)) == (1, "", unknown)
    nobody = command("agent", "--server", "http://127.0.0.1:9", "--enrol", "x", *rest)
    assert (nobody.returncode, nobody.stderr.startswith("There is no server at http://127.0.0.1:9: ")) == (1, True)
    odd = "desk:8080 is not the address of a server. Write it like http://192.168.1.10:8080\n"
    assert said(command("agent", "--server", "desk:8080", "--token", "x", *rest)) == (2, "", odd)
