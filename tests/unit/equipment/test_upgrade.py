"""A desk folder from before agents were bound: it opens, nothing stops, and an administrator confirms."""

import sqlite3
from pathlib import Path

import pytest

from motcua.counters import actions as counters
from motcua.desk import Forbidden, Tx, journal
from motcua.equipment import actions, store
from motcua.equipment.model import Binding
from motcua.feedback.actions import record_prompt
from motcua.staff import actions as staff
from motcua.wiring import asking, bindings, keypads
from motcua.wiring.keypads import PressRequest
from tests.conftest import reopen
from tests.unit.equipment.before import take_back

PHIM = {"name": "phim", "kind": "keypad", "counters": [2, 1]}
MAT = {"name": "mat", "kind": "pad", "counters": [2, 7]}


@pytest.fixture
def old(folder: Path, template: Path) -> Path:
    """Make a folder of before with three agents: one with keys and a pad, one with a printer and a scanner, one that
    said nothing.
    """
    (folder / "desk.db").write_bytes(template.read_bytes())
    hall = reopen(folder)
    agents = [
        hall.desk.by("command").do(staff.add_token, "agent", None, f"pc {number}", None).credential.id
        for number in range(3)
    ]
    hall.desk.do(actions.declare, agents[0], [PHIM, MAT])
    hall.desk.do(
        actions.declare, agents[1], [{"name": "may-in", "kind": "printer"}, {"name": "quet", "kind": "scanner"}]
    )
    hall.desk.do(counters.open_counter, 2, None)
    hall.desk.stop()
    take_back(folder / "desk.db")
    return folder


@pytest.mark.thorough
def test_each_declared_device_is_bound_to_its_agent_until_somebody_has_looked(old: Path) -> None:
    hall = reopen(old)
    with hall.desk.read() as db:
        rows = list(journal.read_rows(db))
        assert store.load_bindings(db) == {1: Binding(1, (1, 2, 7), (), False), 2: Binding(2, (), None, False)}
        assert journal.find_broken_link(iter(rows)) is None
        assert [(item.agent, [code for code, _said in item.list_messages()]) for item in bindings.list_pending(db)] == [
            (1, ["no_counter", "unconfirmed"]),
            (2, ["unconfirmed"]),
            (3, []),
        ]
    bindings.install(hall.desk)
    assert [fault.code for fault in hall.desk.faults.list_all()] == ["agent.1.no_counter"]
    hall.desk.by("admin:1").do(actions.bind, Binding(1, (1, 2)))
    assert [fault.code for fault in hall.desk.faults.list_all()] == ["agent.1.no_counter"]
    with hall.desk.read() as db:
        assert [row["data"] for row in journal.read_rows(db, len(rows))] == [
            {"agent": 1, "counters": [1, 2], "kiosks": [], "confirmed": True}
        ]
    hall.desk.stop()


@pytest.mark.thorough
def test_nothing_stops_meanwhile_and_nothing_new_is_taken_for_granted(old: Path) -> None:
    hall = reopen(old)
    asking.install(hall.desk)
    press = hall.desk.by("counter:2", via={"agent": 1, "device": "phim"})
    assert press.do(keypads.run_press, 1, PressRequest(2, "pause", None, 1, "phim")) is None
    with hall.desk.read() as db:
        (row,) = list(journal.read_rows(db))[-1:]
    assert (row["actor"], row["action"]) == ("counter:2", "counter.paused")
    assert row["data"] == {
        "counter": 2,
        "officer": None,
        "reason": "break",
        "text": None,
        "via": {"agent": 1, "device": "phim"},
    }
    hall.desk.do(actions.declare, 1, [{**PHIM, "counters": [1, 2, 3]}])
    with pytest.raises(Forbidden) as refused:
        press.do(keypads.run_press, 1, PressRequest(3, "pause", None, 1, "phim"))
    assert refused.value.code == "agent.unbound"
    with pytest.raises(Forbidden):  # the pad is not declared any more
        press.do(asked, 1)
    hall.desk.stop()


def asked(tx: Tx, agent: int) -> None:
    bindings.require_device(tx.db, agent, "pad", 2)
    record_prompt(tx, 2, "20261123-A001")


def test_the_step_is_done_once(old: Path) -> None:
    for _ in range(2):
        reopen(old).desk.stop()
    db = sqlite3.connect(old / "desk.db")
    (times,) = db.execute("SELECT count(*) FROM _sqlite_migrations WHERE name = 'equipment:bindings'").fetchone()
    db.close()
    assert times == 1
