"""What an administrator lets a device program serve: counters and kiosks that there are, and what becomes of it when
they go.
"""

import pytest

from motcua.copies import replace
from motcua.desk import Desk, Invalid, Planned, Refused, Tx, Unknown, jobs
from motcua.equipment import store
from motcua.equipment.model import Binding
from motcua.queue import actions as queue
from motcua.queue.events import TicketIssued
from motcua.setup import actions, agents
from motcua.setup.agents import ALL, Serves, TokenRequest
from motcua.setup.document import Document
from motcua.staff import actions as staff


@pytest.fixture
def ward_desk(desk: Desk, ward: Document) -> Desk:
    """Lend the desk of a ward with six counters."""
    desk.do(actions.apply, ward)
    return desk


def new_agent(desk: Desk, serves: Serves = agents.NOTHING) -> int:
    return desk.do(agents.add_token, TokenRequest("agent", None, "pc", None, serves)).credential.id


def bound(desk: Desk, agent: int) -> Binding:
    with desk.read() as db:
        return store.get_binding(db, agent)


def test_a_new_agent_serves_what_was_said_and_else_nothing(ward_desk: Desk) -> None:
    kiosk = ward_desk.do(staff.add_token, "kiosk", None, "", None).credential.id
    said: list[tuple[Serves, tuple[object, object]]] = [
        (Serves(), ((), ())),
        (Serves([2, 1, 2]), ((1, 2), ())),
        (Serves(ALL, ALL), ((1, 2, 3, 4, 5, 6), None)),
        (Serves(None, [kiosk]), ((), (kiosk,))),
        (Serves([], []), ((), ())),
    ]
    found = [bound(ward_desk, new_agent(ward_desk, serves)) for serves, _expected in said]
    assert [(item.counters, item.kiosks) for item in found] == [expected for _serves, expected in said]


def test_what_does_not_exist_is_given_to_nobody(ward_desk: Desk) -> None:
    for serves, code in ((Serves([7]), "counter.unknown"), (Serves([1], [99]), "kiosk.unknown")):
        with pytest.raises(Invalid) as refused:
            new_agent(ward_desk, serves)
        assert refused.value.code == code
    with pytest.raises(Invalid):
        ward_desk.do(agents.add_token, TokenRequest("kiosk", None, "", None, Serves([1])))
    with pytest.raises(Unknown):
        ward_desk.do(agents.bind, 77, Serves([1]))


def test_a_counter_that_is_taken_away_is_nobodys_and_one_of_the_same_number_later_is_another(
    ward_desk: Desk, ward: Document
) -> None:
    agent = new_agent(ward_desk, Serves([5, 6], ALL))
    services = (*ward.counters[4].services, *ward.counters[5].services)
    fewer = replace(ward, counters=[*ward.counters[:4], replace(ward.counters[4], services=services)])
    ward_desk.do(actions.apply, fewer)
    assert bound(ward_desk, agent) == Binding(agent, (5,), None)
    ward_desk.do(actions.apply, ward)
    assert bound(ward_desk, agent) == Binding(agent, (5,), None)


def test_a_code_binds_whoever_uses_it_to_what_is_still_there(ward_desk: Desk, ward: Document) -> None:
    kiosk = ward_desk.do(staff.add_token, "kiosk", None, "", None).credential.id
    codes = [
        ward_desk.do(agents.offer, "agent", None, "pc", serves)
        for serves in (Serves([5, 6], [kiosk]), Serves(None, ALL), Serves())
    ]
    services = (*ward.counters[4].services, *ward.counters[5].services)
    fewer = replace(ward, counters=[*ward.counters[:4], replace(ward.counters[4], services=services)])
    ward_desk.do(actions.apply, fewer)
    ward_desk.do(staff.revoke_token, kiosk)
    enrolled = [ward_desk.do(agents.enrol, code).credential.id for code in codes]
    assert [(item.counters, item.kiosks) for item in (bound(ward_desk, agent) for agent in enrolled)] == [
        ((5,), ()),
        ((), None),
        ((), ()),
    ]
    with pytest.raises(Refused):
        ward_desk.do(agents.enrol, codes[0])


def test_a_device_that_an_administrator_adds_brings_its_counters_along(ward_desk: Desk) -> None:
    agent = new_agent(ward_desk, Serves([1]))
    for numbers in ([2, 99], [1]):
        ward_desk.do(agents.add_counters, agent, numbers)
        assert bound(ward_desk, agent) == Binding(agent, (1, 2), ())

    def scanner(tx: Tx) -> None:
        agents.add_counters(tx, agent, [], has_scanner=True)

    ward_desk.do(scanner)
    assert bound(ward_desk, agent) == Binding(agent, (1, 2), None)


def test_jobs_that_wait_for_a_counter_that_was_taken_from_an_agent_are_dropped(ward_desk: Desk) -> None:
    agent = new_agent(ward_desk, Serves([1, 2]))
    devices = [f"sign:{agent}:bang:1", f"sign:{agent}:bang:2", f"printer:{agent}:may-in", f"sign:{agent}0:bang:1"]
    ward_desk.plan(TicketIssued, lambda _event, _db: [Planned(device, "sign", {}, 60_000) for device in devices])
    ward_desk.do(queue.issue, "household-business", None)
    ward_desk.do(agents.bind, agent, Serves([2]))
    with ward_desk.read() as db:
        waiting = [job.device for job in jobs.list_waiting(db, str(agent), "")]
        assert (waiting, len(jobs.list_waiting(db, f"{agent}0", ""))) == (devices[1:3], 1)
