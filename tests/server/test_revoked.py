"""What is revoked stops at once, on sockets too: whoever was connected is disconnected, and an event on the way is
refused.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.server.hall import PASSWORD, Client, Served, served
from tests.server.screen import HungUp, Refused, Screen

pytestmark = pytest.mark.process

NAMESPACES = [
    ("/wall", "wall"),
    ("/kiosk", "kiosk"),
    ("/counter", "counter"),
    ("/pad", "pad"),
    ("/leaders", "leader"),
    ("/agent", "agent"),
]
COUNTER = 1


@pytest.fixture(scope="module")
def desk() -> Iterator[Served]:
    """Lend a desk of its own: its day ends here."""
    with served() as made:
        yield made


def token(desk: Served, role: str) -> tuple[int, str]:
    """Make a token of `role`; return its number and secret."""
    counter = COUNTER if role in {"counter", "pad"} else None
    serves = {"counters": [COUNTER]} if role == "agent" else {}
    made = desk.client("admin").post("tokens", {"role": role, "counter": counter, **serves})
    assert made.status == 201, made
    return made.json["id"], made.json["token"]


def person(desk: Served, name: str, role: str = "leader") -> int:
    """Add somebody; return the number of the account."""
    body = {"name": name, "full_name": name, "role": role, "password": PASSWORD}
    made = desk.client("admin").post("accounts", body)
    assert made.status == 201, made
    assert desk.local("account.password", name=name, password=PASSWORD).status == 200  # as chosen by the person
    return int(made.json["id"])


def session(desk: Served, name: str) -> str:
    """Sign somebody in as a browser does; return the cookie."""
    form = f"name={name}&password={PASSWORD}".encode()
    head = {"Content-Type": "application/x-www-form-urlencoded", "Origin": desk.url}
    answer = desk.client().send("POST", "/sign-in", form, head)
    assert answer.status in {302, 303}, answer
    return answer.headers["set-cookie"].split(";")[0]


def is_hung_up(screen: Screen) -> None:
    """Return as soon as the server has disconnected the screen and hung up: on an open line nobody would answer."""
    screen.ended()
    assert f"41{screen.namespace}," in screen.packets


@pytest.mark.parametrize(("namespace", "role"), NAMESPACES)
def test_a_revoked_token_is_disconnected_and_another_stays(desk: Served, namespace: str, role: str) -> None:
    (revoked, secret), (_kept, other) = token(desk, role), token(desk, role)
    with (
        Screen(desk.port, namespace, {"token": secret}) as screen,
        Screen(desk.port, namespace, {"token": other}) as witness,
    ):
        assert desk.client("admin").send("DELETE", f"tokens/{revoked}").status == 204
        is_hung_up(screen)
        assert witness.emit("sync") == {"ok": True}
    with pytest.raises(Refused) as refused:
        Screen(desk.port, namespace, {"token": secret})
    assert refused.value.data["data"]["code"] == "auth.required"


def sign_out(desk: Served, cookie: str, _account: int) -> None:
    page = desk.client().send("GET", "/leaders", None, {"Cookie": cookie}).body.decode()
    csrf = page.partition('"csrf": "')[2].partition('"')[0]
    head = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded", "X-CSRF-Token": csrf}
    assert desk.client().send("POST", "/sign-out", b"", head).status in {302, 303}


def new_password(desk: Served, _cookie: str, account: int) -> None:
    assert desk.client("admin").post(f"accounts/{account}/password", {"password": f"{PASSWORD}-new"}).status == 204


def disable(desk: Served, _cookie: str, account: int) -> None:
    answer = desk.client("admin").send(
        "PATCH", f"accounts/{account}", b'{"disabled": true}', {"Content-Type": "application/json"}
    )
    assert answer.status == 200, answer


def another_role(desk: Served, _cookie: str, account: int) -> None:
    answer = desk.client("admin").send(
        "PATCH", f"accounts/{account}", b'{"role": "officer"}', {"Content-Type": "application/json"}
    )
    assert answer.status == 200, answer


@pytest.mark.parametrize("cause", [sign_out, new_password, disable, another_role])
def test_a_sign_in_that_ends_takes_its_sockets_along(desk: Served, cause: Callable[[Served, str, int], None]) -> None:
    account = person(desk, f"lead-{cause.__name__.replace('_', '-')}")
    cookie = session(desk, f"lead-{cause.__name__.replace('_', '-')}")
    with (
        Screen(desk.port, "/leaders", cookie=cookie) as screen,
        Screen(desk.port, "/counter", {"counter": COUNTER}, cookie=cookie) as counter,
    ):
        cause(desk, cookie, account)
        is_hung_up(screen)
        is_hung_up(counter)


def at_once(screen: Screen, event: str, data: Any) -> Any:
    """Send an event; return its acknowledgement, or None if the line is down already."""
    try:
        return screen.emit(event, data)
    except HungUp:
        return None


def test_a_revoked_agents_press_calls_nobody(desk: Served) -> None:
    kiosk, counter = desk.client("kiosk"), desk.client("counter", COUNTER)
    number, secret = token(desk, "agent")
    assert counter.post(f"counters/{COUNTER}/open").status == 200
    service = counter.get("counters").json["items"][0]["services"][0]
    waiting = kiosk.post("tickets", {"service": service}).json
    with Screen(desk.port, "/agent", {"token": secret}) as agent:
        assert agent.emit("devices", {"devices": [{"name": "phim", "kind": "keypad", "counters": [COUNTER]}]})["ok"]
        assert desk.client("admin").send("DELETE", f"tokens/{number}").status == 204
        answer = at_once(agent, "press", {"key": "revoked-press", "counter": COUNTER, "press": "next", "age_ms": 0})
    assert answer is None or (answer["ok"], answer["code"]) == (False, "auth.required")
    assert desk.client("admin").get(f"tickets/{waiting['id']}").json["state"] == "waiting"


def test_agents_stay_connected_while_other_tokens_come_and_go(desk: Served) -> None:
    _number, secret = token(desk, "agent")
    admin: Client = desk.client("admin")
    with Screen(desk.port, "/agent", {"token": secret}) as steady:
        for _ in range(30):
            made = admin.post("tokens", {"role": "agent"}).json
            with Screen(desk.port, "/agent", {"token": made["token"]}) as other:
                assert admin.send("DELETE", f"tokens/{made['id']}").status == 204
                is_hung_up(other)
            with Screen(desk.port, "/agent", {"token": secret}) as again:
                assert again.emit("health", {"devices": {}}) == {"ok": True}
        assert steady.emit("health", {"devices": {}}) == {"ok": True}
        assert "41/agent," not in steady.packets


def test_the_days_end_ends_sign_ins_and_leaves_devices(desk: Served) -> None:
    person(desk, "lead-of-the-day")
    cookie = session(desk, "lead-of-the-day")
    wall = desk.token("wall")
    with Screen(desk.port, "/leaders", cookie=cookie) as screen, Screen(desk.port, "/wall", {"token": wall}) as witness:
        assert desk.client("admin").post("hall/close").status == 200
        is_hung_up(screen)
        assert witness.emit("sync") == {"ok": True}
