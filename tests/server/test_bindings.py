"""An agent acts only for its own devices: those that it has declared and at counters and kiosks that an
administrator gave it.
"""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from motcua.cli.door import open_reading
from motcua.desk.journal import read_rows
from tests.server.bound_agents import UNBOUND, UNDECLARED, agent, assign, device, journal, press, rate, shown
from tests.server.hall import Place, Served
from tests.server.hall import served as desk_of_its_own
from tests.server.programs import command
from tests.server.screen import Screen

pytestmark = pytest.mark.process


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with desk_of_its_own(shared=True) as made:
        yield made


EVENTS = [press, rate, shown]
NOT_OURS = {press: None, rate: None, shown: "visit.unknown"}
"""What an agent is answered at its own counter: there is nothing to ask about here, but the door is open."""


@pytest.mark.parametrize("event", EVENTS)
def test_each_event_is_taken_from_its_own_agent_at_its_own_counter_only(served: Served, event: Any) -> None:
    own, other, free = (served.place().number for _ in range(3))
    devices = (device("keypad", own, other, free), device("pad", own, other, free))
    with agent(served, *devices, counters=[own]) as cable, agent(served, device("keypad", other), counters=[other]):
        assert cable.emit(*event(own)).get("code") == NOT_OURS[event]
        assert (
            cable.emit(*event(own, None)).get("code") == NOT_OURS[event]
        )  # a program of one's own need not name the device
        assert [cable.emit(*event(number))["code"] for number in (other, free, 998)] == [UNBOUND, UNBOUND, UNDECLARED]
        assert cable.emit(*event(own, "nobody"))["code"] == UNDECLARED
        swapped = "keypad" if event is not press else "pad"
        assert cable.emit(*event(own, swapped))["code"] == UNDECLARED  # a pad calls nobody, a keypad rates nobody
        assert cable.emit("devices", {"devices": [device("sign", own)]})["ok"]
        assert cable.emit(*event(own))["code"] == UNDECLARED
        assert served.client("admin").send("DELETE", f"tokens/{cable.id}").status == 204
        cable.wait(lambda: "41/agent," in cable.packets or cable.closed_at)  # revoked: the line is cut


@pytest.mark.parametrize("event", EVENTS)
def test_an_agent_that_serves_nothing_acts_nowhere(served: Served, event: Any) -> None:
    own = served.place().number
    with agent(served, device("keypad", own), device("pad", own)) as cable:
        assert cable.emit(*event(own))["code"] == UNBOUND


@pytest.mark.parametrize("event", EVENTS)
def test_until_somebody_decided_an_agent_acts_where_its_devices_stand_and_no_others_do(
    served: Served, event: Any
) -> None:
    own, taken, silent = (served.place().number for _ in range(3))
    with (
        agent(served, device("keypad", taken), counters=[taken]),
        agent(served, *(device(kind, own, taken) for kind in ("keypad", "pad")), is_decided=False) as cable,
    ):
        assert cable.emit(*event(own)).get("code") == NOT_OURS[event]
        assert [cable.emit(*event(number))["code"] for number in (taken, silent)] == [UNBOUND, UNDECLARED]
        assert [(row["data"]["counters"], row["data"]["confirmed"]) for row in bound(served, cable.id)] == [
            ([own], False)
        ]
        assert served.client().get("health").json["problems"] != []  # a counter of somebody else is claimed
        assert assign(served, cable.id, []).status == 200
        assert cable.emit("devices", {"devices": [device(kind, own) for kind in ("keypad", "pad")]})["ok"]
        assert cable.emit(*event(own))["code"] == UNBOUND  # it was decided
    verified = command("journal", "verify", "--data", served.folder)
    assert verified.returncode == 0, verified


@pytest.mark.parametrize("event", EVENTS)
def test_an_agent_that_declared_nothing_acts_nowhere(served: Served, event: Any) -> None:
    with agent(served, is_decided=False) as cable:
        assert cable.emit(*event(served.place().number))["code"] == UNDECLARED


def bound(served: Served, agent: int) -> list[Any]:
    return [row for row in journal(served, "agent.bound") if row["data"]["agent"] == agent]


def test_a_refused_press_is_no_news_for_the_counter_of_somebody_else(served: Served) -> None:
    place, other = served.place(), served.place()
    with (
        agent(served, device("keypad", place.number, other.number), counters=[place.number]) as cable,
        Screen(served.port, "/counter", {"token": served.token("counter", other.number)}) as screen,
    ):
        assert cable.emit(*press(other.number))["code"] == UNBOUND
        assert other.do("pause", {"reason": "x"}).status == 200
        screen.wait(lambda: screen.told("change") or screen.told("snapshot")[1:])
        assert screen.told("keypad") == []
    assert [row["actor"] for row in journal(served, "counter.paused") if row["data"]["counter"] == other.number] == [
        f"counter:{other.number}"
    ]


def test_a_press_is_judged_when_it_arrives_and_one_that_was_done_before_stays_done(served: Served) -> None:
    place = served.place()
    with agent(served, device("keypad", place.number), counters=[place.number]) as cable:
        (name, first), later = press(place.number), press(place.number)
        assert cable.emit(name, first)["ok"]
        assert assign(served, cable.id, []).status == 200
        assert cable.emit(name, first)["ok"]  # sent again as its answer got lost: nothing happens twice
        assert cable.emit(*later)["code"] == UNBOUND
    assert len([row for row in journal(served, "counter.paused") if row["data"]["counter"] == place.number]) == 1


# what the journal says


def test_the_journal_names_the_agent_and_the_device_beside_the_officer(served: Served) -> None:
    place = served.place()
    with agent(served, device("keypad", place.number), device("pad", place.number), counters=[place.number]) as cable:
        visit = place.issue()["id"]
        for key in ("next", "start", "finish"):
            fields = {"counter": place.number, "press": key, "age_ms": 1, "key": str(uuid4()), "device": "keypad"}
            assert cable.emit("press", fields)["ok"]
        assert cable.emit("shown", {"visit": visit, "counter": place.number, "device": "pad", "key": str(uuid4())})[
            "ok"
        ]
        assert cable.emit(*rate(place.number, None))["number"] == "counted"
        subject = f"ticket:{visit}"
        told = {
            row["action"]: (row["actor"], row["data"].get("via")) for row in rows_about(served, subject, "rating.given")
        }
        keypad = (f"counter:{place.number}", {"agent": cable.id, "device": "keypad"})
        assert told == {
            "ticket.issued": (told["ticket.issued"][0], None),
            **dict.fromkeys(("ticket.called", "ticket.started", "ticket.served"), keypad),
            "rating.asked": (f"agent:token{cable.id}", {"agent": cable.id, "device": "pad"}),
            "rating.given": (f"agent:token{cable.id}", {"agent": cable.id, "device": None}),
        }
    verified = command("journal", "verify", "--data", served.folder)
    assert verified.returncode == 0, verified


def rows_about(served: Served, subject: str, last: str) -> list[Any]:
    with open_reading(served.folder) as db:
        return [row for row in read_rows(db) if row["subject"] == subject] + journal(served, last)[-1:]


# ratings


def served_visit(place: Place) -> str:
    visit = str(place.issue()["id"])
    for step in ("call-next", "start", "finish"):
        assert place.do(step).status == 200
    return visit


def test_a_rating_counts_only_while_its_visit_is_asked(served: Served) -> None:
    place = served.place()
    with agent(served, device("pad", place.number), counters=[place.number]) as cable:
        visit = served_visit(place)
        assert cable.emit(*rate(place.number))["number"] == "unprompted"  # nothing has asked yet
        assert cable.emit("shown", {"visit": visit, "counter": place.number, "key": str(uuid4())})["ok"]
        assert [cable.emit(*rate(place.number))["number"] for _ in range(2)] == ["counted"] * 2
        old = {**rate(place.number)[1], "age_ms": None}
        assert cable.emit("press", old)["number"] == "unprompted"  # nobody knows whose it was


def test_a_rating_after_the_citizen_skipped_the_question_does_not_count(served: Served) -> None:
    place = served.place()
    with agent(served, device("pad", place.number), counters=[place.number]) as cable:
        visit = served_visit(place)
        with Screen(served.port, "/pad", {"token": served.token("pad", place.number)}) as pad:
            assert pad.emit("shown", {"visit": visit, "key": str(uuid4())})["ok"]
            assert pad.emit("skip", {"visit": visit, "key": str(uuid4())})["ok"]
        assert cable.emit(*rate(place.number))["number"] == "unprompted"


def test_a_keypad_without_light_or_sound_is_asked_by_the_end_of_the_visit(served: Served) -> None:
    place = served.place()
    with agent(served, device("pad", place.number), counters=[place.number]) as cable:
        visit = served_visit(place)
        cable.wait(lambda: [job for job in cable.told("job") if job["kind"] == "ask"])
        job = next(job for job in cable.told("job") if job["kind"] == "ask")
        assert cable.emit("result", {"id": job["id"], "state": "failed", "detail": "no_light", "key": str(uuid4())})[
            "ok"
        ]
        assert cable.emit(*rate(place.number))["number"] == "counted"
    asked = [row["data"]["counter"] for row in journal(served, "rating.asked") if row["data"]["visit"] == visit]
    assert asked == [place.number]


def test_the_http_door_for_ratings_is_as_narrow(served: Served) -> None:
    own, other = served.place(), served.place()
    token = served.local("token.add", role="agent", name="http", counters=[own.number]).json
    program = served.client(Authorization=f"Bearer {token['token']}")
    body = {"level": 5, "channel": "keypad", "counter": own.number}
    assert program.post("ratings", body).code == (403, UNDECLARED)
    with Screen(served.port, "/agent", {"token": token["token"]}) as cable:
        assert cable.emit("devices", {"devices": [device("pad", own.number, other.number)]})["ok"]
        visit, others = served_visit(own), served_visit(other)
        assert program.post("ratings", {**body, "counter": other.number}).code == (403, UNBOUND)
        assert program.post("ratings", {**body, "visit": others}).status == 422  # a visit that ended elsewhere
        assert program.post("ratings", {**body, "visit": visit}).json["status"] == "unprompted"
        assert cable.emit("shown", {"visit": visit, "counter": own.number, "key": str(uuid4())})["ok"]
        assert program.post("ratings", {**body, "visit": visit}).json["status"] == "counted"
    served.client("admin").send("DELETE", f"tokens/{token['id']}")


# scans


def test_a_scan_goes_to_the_kiosks_of_its_scanner_only(served: Served) -> None:
    admin, event = served.client("admin"), ("scan", {"age": 75, "device": "scanner"})
    kiosks = [admin.post("tokens", {"role": "kiosk", "name": f"kiosk {number}"}).json for number in (1, 2)]
    screens = [Screen(served.port, "/kiosk", {"token": kiosk["token"]}) for kiosk in kiosks]
    with agent(served) as cable:
        assert cable.emit(*event)["code"] == UNDECLARED
        assert cable.emit("devices", {"devices": [device("scanner")]})["ok"]
        assert cable.emit(*event)["code"] == UNBOUND
        assert assign(served, cable.id, [], [kiosks[1]["id"]]).json == {"counters": [], "kiosks": [kiosks[1]["id"]]}
        assert cable.emit("scan", {"age": 60, "device": "scanner"})["ok"]
        screens[1].wait(lambda: screens[1].told("scan"))
        assert assign(served, cable.id, [], "all").status == 200
        assert cable.emit(*event)["ok"]
        for screen in screens:
            screen.wait(lambda screen=screen: screen.told("scan")[-1:] == [{"age": 75, "code": None, "refused": None}])
        assert [len(screen.told("scan")) for screen in screens] == [1, 2]
        assert cable.emit("scan", {"age": 75, "device": "keypad"})["code"] == UNDECLARED
    for screen, kiosk in zip(screens, kiosks, strict=True):
        screen.close()
        admin.send("DELETE", f"tokens/{kiosk['id']}")


def test_a_card_goes_to_the_pages_of_its_counter_only(served: Served) -> None:
    own, other = served.place(), served.place()
    text = "001090012345|012345678|Nguyễn Văn An|04051990|Nam|Số 5 phố Huế|01012022||||"
    card = ("card", {"counter": own.number, "text": text, "device": "reader"})
    screens = [Screen(served.port, "/counter", {"token": served.token("counter", one.number)}) for one in (own, other)]
    with agent(served, counters=[own.number]) as cable:
        assert cable.emit(*card)["code"] == UNDECLARED
        assert cable.emit("devices", {"devices": [device("reader", own.number)]})["ok"]
        assert cable.emit(*card)["ok"]
        screens[0].wait(lambda: screens[0].told("card"))
        assert (screens[0].told("card"), screens[1].told("card")) == ([{"text": text}], [])
        for wrong in ({"counter": other.number}, {"text": "x" * 2000}, {"text": None}, {"counter": 0}):
            assert not cable.emit("card", {**card[1], **wrong})["ok"]
        assert cable.emit(*card)["ok"]
        screens[0].wait(lambda: len(screens[0].told("card")) > 1)
        assert screens[1].told("card") == []
    for screen in screens:
        screen.close()
    raw = b"".join(path.read_bytes() for path in served.folder.rglob("*") if path.is_file())
    assert [part for part in ("001090012345", "Văn An") if part.encode() in raw] == []


# jobs


def test_jobs_of_a_counter_go_to_whom_it_was_given_and_nobody_ends_anothers(served: Served) -> None:
    place = served.place()
    devices = (device("sign", place.number), device("pad", place.number))
    with agent(served, *devices, counters=[place.number]) as ours, agent(served, *devices) as theirs:
        served_visit(place)
        ours.wait(lambda: {"ask", "sign"} <= {job["kind"] for job in ours.told("job")})
        for job in ours.told("job"):
            ended = {"id": job["id"], "state": "done", "key": str(uuid4())}
            assert theirs.emit("result", ended)["code"] == "job.unknown"
            assert ours.emit("result", ended)["ok"]
        assert theirs.told("job") == []
        assert ours.told("signs")
        assert assign(served, theirs.id, [place.number]).status == 200
        theirs.wait(lambda: [sign["counter"] for sign in theirs.told("signs")[-1]["signs"]] == [place.number])
        assert assign(served, theirs.id, []).status == 200
        theirs.wait(lambda: theirs.told("signs")[-1]["signs"] == [])


def test_two_agents_with_the_same_names_are_two_agents(served: Served) -> None:
    one, two = served.place(), served.place()
    with (
        agent(served, device("keypad", one.number), counters=[one.number]) as first,
        agent(served, device("keypad", two.number), counters=[two.number]) as second,
    ):
        assert first.emit("health", {"devices": {"keypad": {"state": "down"}}})["ok"]
        assert second.emit("health", {"devices": {"keypad": {"state": "ok"}}})["ok"]
        listed = {item["agent"]: item["devices"] for item in served.client("admin").get("devices").json["items"]}
        assert [listed[cable.id][0]["state"] for cable in (first, second)] == ["down", "ok"]
        assert [first.emit(*press(one.number))["ok"], second.emit(*press(two.number))["ok"]] == [True, True]
        assert [first.emit(*press(two.number))["code"], second.emit(*press(one.number))["code"]] == [UNDECLARED] * 2
