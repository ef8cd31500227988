"""A real desk, a real agent, and devices made of software that speak the true bytes: when a cable, a plug or a
server goes.

How soon a device is looked for again is shown on a manual clock in the agent's unit tests.
"""

import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
import tomlkit

from motcua.cli.door import open_reading
from motcua.desk.journal import read_rows
from motcua.devices.emulation import Emulator
from motcua.devices.keypad.emulator import KeypadEmulator, PadEmulator
from motcua.devices.printer.emulator import PrinterEmulator
from motcua.devices.sign.emulator import SignEmulator
from tests.server.hall import Served, wait_until
from tests.server.hall import served as desk_of_its_own
from tests.server.programs import AgentProcess, agent

pytestmark = pytest.mark.process


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    """One desk for all tests here that do not end it."""
    with desk_of_its_own(contract=False, shared=True) as made:
        yield made


@pytest.fixture
def mortal() -> Iterator[Served]:
    """A desk for one test, which may kill it and start it again."""
    with desk_of_its_own(contract=False) as made:
        yield made


@contextmanager
def driving(served: Served, folder: Path, *devices: Emulator) -> Iterator[AgentProcess]:
    """Lend an agent that drives `devices`; its token is revoked afterwards, so that the next agent is the one that
    prints.
    """
    token = served.local("token.add", role="agent", name="pc", counters="all", kiosks="all").json
    with ExitStack() as stack:
        stack.callback(lambda: served.client("admin").send("DELETE", f"tokens/{token['id']}"))
        for device in devices:
            device.start()
            stack.callback(device.stop)
        config = tomlkit.dumps({"device": [device.describe_entry() for device in devices]})
        made = stack.enter_context(agent(folder, served.url, token["token"], config))
        wait_until(lambda: "connected to" in made.log())
        wait_until(lambda: len(conditions(served)) == len(devices))
        yield made


def conditions(served: Served) -> dict[str, str]:
    """Return each device's state as the leaders see it."""
    agents = served.client("leader").get("devices").json["items"]
    return {item["name"]: item["state"] for item in agents[-1]["devices"]} if agents and agents[-1]["connected"] else {}


def happened(served: Served, action: str) -> list[dict[str, Any]]:
    with open_reading(served.folder) as db:
        return [dict(row["data"]) for row in read_rows(db) if row["action"] == action and isinstance(row["data"], dict)]


def results(served: Served, ticket: str) -> list[tuple[str, str | None]]:
    papers = [
        row
        for row in happened(served, "job.finished")
        if row["about"] == f"ticket:{ticket}" and row["job_kind"] == "print"
    ]
    return [(row["state"], row["detail"]) for row in papers]


def test_a_key_calls_and_a_press_made_while_the_server_is_away_is_told_once_unless_it_would_call_too_late(
    mortal: Served, tmp_path: Path
) -> None:
    served, place = mortal, mortal.place()
    keypad, pad = KeypadEmulator("phim", place.number), PadEmulator("mat", place.number)
    with driving(served, tmp_path, keypad, pad):
        tickets = [place.issue() for _ in range(3)]
        wait_until(lambda: keypad.is_heard and pad.is_heard)
        keypad.do("next")
        wait_until(lambda: [row["ticket"] for row in happened(served, "ticket.called")][-1:] == [tickets[0]["id"]])
        keypad.do("start")
        wait_until(lambda: happened(served, "ticket.started")[-1:])
        served.kill()
        keypad.do("finish")
        served.start()
        wait_until(lambda: [row["ticket"] for row in happened(served, "ticket.served")] == [tickets[0]["id"]])
        wait_until(lambda: pad.get_state()["lit"])
        pad.do("rate:5")
        wait_until(lambda: happened(served, "rating.given"))
        given = [(row["visit"], row["level"], row["status"]) for row in happened(served, "rating.given")]
        assert given == [(tickets[0]["id"], 5, "counted")]
        assert [row["visit"] for row in happened(served, "rating.asked")] == [tickets[0]["id"]]


def test_a_pulled_keypad_is_seen_and_works_again_when_it_is_back(served: Served, tmp_path: Path) -> None:
    place = served.place()
    keypad = KeypadEmulator("phim", place.number, link=str(tmp_path / "port"))
    with driving(served, tmp_path / "pc", keypad):
        place.issue()
        wait_until(lambda: keypad.is_heard)
        keypad.do("unplug")
        wait_until(lambda: conditions(served) == {"phim": "down"})
        keypad.do("plug")
        wait_until(lambda: conditions(served) == {"phim": "ok"})
        wait_until(lambda: keypad.is_heard)
        before = len(happened(served, "ticket.called"))
        keypad.do("noise")
        keypad.do("next")
        wait_until(lambda: len(happened(served, "ticket.called")) == before + 1)


def test_a_sign_shows_who_is_called_and_nothing_that_may_be_untrue(mortal: Served, tmp_path: Path) -> None:
    served, place = mortal, mortal.place()
    sign = SignEmulator("bang", {1: place.number})
    with driving(served, tmp_path, sign):
        number = place.issue()["number"]
        place.do("call-next")
        wait_until(lambda: sign.texts[1].strip() == number)
        served.kill()
        wait_until(lambda: sign.texts[1].strip() == "--")
        served.start()
        wait_until(lambda: sign.texts[1].strip() == number)
        assert served.client("admin").post(f"counters/{place.number}/finish").status == 200
        wait_until(lambda: sign.texts[1].strip() == "")


def test_a_keypads_lamp_says_again_that_help_is_called_after_the_desk_or_the_agent_was_away(
    mortal: Served, tmp_path: Path
) -> None:
    served, place = mortal, mortal.place()
    keypad, later = (KeypadEmulator(name, place.number) for name in ("phim", "phim-moi"))

    def shows(device: KeypadEmulator, word: str | None) -> None:
        wait_until(lambda: device.get_state()["lamp"] == word)

    with driving(served, tmp_path / "pc", keypad):
        wait_until(lambda: keypad.is_heard)
        keypad.do("help")
        shows(keypad, "help")
        (call,) = served.client("leader").get("alerts").json["help"]
        served.kill()
        shows(keypad, None)
        served.start()
        shows(keypad, "help")
    served.client("leader").post(f"help/{call['id']}/answer", {})
    with driving(served, tmp_path / "other", later):
        shows(later, "coming")
        served.client("leader").post(f"help/{call['id']}/end", {})
        shows(later, None)


def test_each_trouble_of_the_printer_has_its_own_name_and_the_number_is_called_all_the_same(
    served: Served, tmp_path: Path
) -> None:
    place = served.place()
    printer = PrinterEmulator("may-in")
    with driving(served, tmp_path, printer):
        good = place.issue()["id"]
        wait_until(lambda: results(served, good) == [("done", None)])
        for fault, expected in (
            ("paper_out", ("failed", "paper_out")),
            ("cover_open", ("failed", "cover_open")),
            ("paper_low", ("done", "paper_low")),
        ):
            printer.do(fault)
            ticket = place.issue()["id"]
            wait_until(lambda ticket=ticket: results(served, ticket))  # type: ignore[misc]
            assert results(served, ticket) == [expected]
            printer.do("mend")
        papers = printer.printed
        printer.do("unplug")
        unprinted = place.issue()
        wait_until(lambda: results(served, unprinted["id"]))
        assert results(served, unprinted["id"])[0][0] == "failed"
        wait_until(lambda: conditions(served) == {"may-in": "down"})
        assert place.do("call-next").json["ticket"]["id"] == good
        printer.do("mend")
        wait_until(lambda: conditions(served) == {"may-in": "ok"})
        assert printer.printed == papers
        assert place.kiosk.post(f"tickets/{unprinted['id']}/print").status == 200
        wait_until(lambda: results(served, unprinted["id"])[-1] == ("done", None))
        assert printer.printed == papers + 1


def test_an_agent_killed_while_the_printer_stalls_tells_one_result_and_prints_no_second_paper(
    served: Served, tmp_path: Path
) -> None:
    place = served.place()
    printer = PrinterEmulator("may-in", break_at=2000)
    with driving(served, tmp_path, printer) as made:
        printer.do("stall")
        ticket = place.issue()["id"]
        wait_until(lambda: " begins" in made.log())
        made.end(signal.SIGKILL)
        printer.do("mend")
        made.start()
        wait_until(lambda: results(served, ticket))
        later = place.issue()["id"]
        wait_until(lambda: results(served, later) == [("done", None)])
        assert results(served, ticket) == [("unknown", "the agent stopped while printing")]
        assert printer.printed == 1
