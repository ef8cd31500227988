"""Nobody rates for the citizen: who has a ticket's own code, whose browser it is, and what leaders see of it."""

from typing import Any

import pytest

from tests.server.hall import PASSWORD, Place, Served


def served_visit(place: Place) -> dict[str, Any]:
    """Let a citizen be served; return the ticket as its kiosk got it."""
    made: dict[str, Any] = place.issue()
    for step in ("call-next", "start", "finish"):
        assert place.do(step).status == 200
    return made


@pytest.mark.thorough
def test_a_tickets_own_code_goes_to_the_kiosk_that_issued_and_to_nobody_else(desk_served: Served, place: Place) -> None:
    made = place.issue()
    code = made["follow_url"][-12:]
    assert len(code) == 12
    bodies = [place.do(step).body for step in ("call-next", "recall", "start", "hold")]
    held = desk_served.client("admin").get("queue").body
    bodies += [held, place.do("resume", {"ticket": made["id"]}).body, place.do("finish").body]
    for role in ("counter", "officer", "leader", "admin", "wall"):
        counter = place.number if role == "counter" else None
        bodies.append(desk_served.client(role, counter).get(f"tickets/{made['id']}").body)
    assert [body for body in bodies if code.encode() in body] == []


@pytest.mark.parametrize("role", ["counter", "officer", "admin"])
def test_who_issues_from_the_counter_gets_no_code(desk_served: Served, place: Place, role: str) -> None:
    client = desk_served.client(role, place.number if role == "counter" else None)
    answer = client.post("tickets", {"service": place.service})
    assert (answer.status, answer.json["follow_url"]) == (201, None)


def test_the_page_that_prints_a_ticket_is_the_kiosks_and_the_administrators(desk_served: Served, place: Place) -> None:
    made = place.issue()
    pages = {
        role: desk_served.client(role, place.number if role == "counter" else None)
        for role in ("kiosk", "admin", "counter", "officer")
    }
    assert {role: client.get(f"/print/{made['id']}").status for role, client in pages.items()} == {
        "kiosk": 200,
        "admin": 200,
        "counter": 403,
        "officer": 403,
    }


@pytest.mark.thorough
def test_a_rating_from_a_browser_of_the_staff_is_set_aside_and_the_citizens_stays(
    desk_served: Served, place: Place
) -> None:
    code = served_visit(place)["follow_url"][-12:]
    public, body = desk_served.client(), {"channel": "qr", "token": code}
    assert public.post("ratings", {**body, "level": 1}).json["status"] == "counted"
    name = f"rater{place.number}"
    desk_served.local("account.add", name=name, full_name="Trần Văn Bình", role="officer", password=PASSWORD)
    form = {"Content-Type": "application/x-www-form-urlencoded", "Origin": desk_served.url}
    signed_in = desk_served.client().send("POST", "/sign-in", f"name={name}&password={PASSWORD}".encode(), form)
    assert signed_in.status == 303
    marked = desk_served.client(Cookie="motcua_staff=1")  # signed out since, the mark stays
    assert marked.post("ratings", {**body, "level": 5}).json["status"] == "quarantined"
    with_counter = desk_served.client(Cookie=f"motcua_device={desk_served.token('counter', place.number)}")
    csrf = with_counter.get(f"/counter/{place.number}").body.decode().partition('"csrf": "')[2].partition('"')[0]
    assert with_counter.post("ratings", {**body, "level": 5}, X_CSRF_Token=csrf).json["status"] == "quarantined"
    desk = desk_served.client("leader").get("/state/leaders").json["desk"]
    assert desk["quarantined"] >= 2


@pytest.mark.thorough
def test_leaders_see_how_often_a_rating_replaced_another_by_channel(desk_served: Served, place: Place) -> None:
    leader = desk_served.client("leader")
    before = leader.get("/state/leaders").json["desk"]["replaced"]
    made = served_visit(place)
    pad = desk_served.client("pad", place.number)
    for level in (1, 2):
        assert pad.post("ratings", {"level": level, "channel": "pad", "visit": made["id"]}).json["status"] == "counted"
    by_code = {"level": 5, "channel": "qr", "token": made["follow_url"][-12:]}
    assert desk_served.client().post("ratings", by_code).json["status"] == "counted"
    after = leader.get("/state/leaders").json["desk"]["replaced"]
    assert {name: after[name] - before.get(name, 0) for name in after} == {
        **dict.fromkeys(before, 0),
        "pad": 1,
        "qr": 1,
    }
