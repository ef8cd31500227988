"""The access table at every page and namespace with every role, and at every door with credentials that opened it
once.
"""

import json
from collections.abc import Iterator

import pytest

from motcua.staff.model import AT_A_COUNTER, Role
from motcua.web.access import PAGES, SOCKETS
from motcua.web.guard import ACCESS
from tests.server.doors import COUNTER, ENDED, Door, calls, end_credentials, pages
from tests.server.hall import Answer, Client, Served, fresh_folder
from tests.server.screen import Refused, Screen

pytestmark = pytest.mark.thorough
ROLES: list[Role | None] = [None, *Role]
NO_ONE, WRONG_ONE = (401, "auth.required"), (403, "auth.role")
PROGRAM = {"Accept": "application/json"}
Ended = dict[tuple[str, Role], str]


@pytest.fixture(scope="module")
def ended() -> Iterator[tuple[Served, Ended]]:
    """Lend a desk whose store has credentials of every role that were revoked or have expired."""
    with fresh_folder() as folder:
        secrets = end_credentials(folder)
        desk = Served(folder)
        desk.is_told = False  # tokens that end by themselves were made behind the journal's back: only sign-ins do
        try:
            yield desk, secrets
        finally:
            desk.close()
        assert "Traceback" not in desk.complaints(), desk.complaints()


def verdict(answer: Answer) -> tuple[int, str] | None:
    """Return how an answer turned its asker away, None for somebody who was let in as far as the table goes."""
    if answer.status not in {401, 403} or not answer.headers["content-type"].startswith("application/problem+json"):
        return None
    return answer.code if answer.code in {NO_ONE, WRONG_ONE} else None


def test_every_page_that_is_not_everybodys_is_tried() -> None:
    tried = {door.name for door in pages()}
    assert {name: PAGES[name] for name in PAGES.keys() - tried} == dict.fromkeys(
        [
            "screens.sign_in_submit",
            "screens.sign_out",
            "screens.wizard_submit",
            "screens.pair_submit",
            "screens.rate_ticket_submit",
            "screens.rate_counter_submit",
            "screens.question_form_submit",
            "screens.suggest_submit",
            "screens.supplement_suggestion",
            "screens.rate_suggestion",
            "screens.erase_suggestion",
            "screens.find_dossier_submit",
            "screens.own_dossier_submit",
            "screens.call_me_submit",
        ]
    )


@pytest.mark.parametrize("role", ROLES, ids=str)
def test_the_table_holds_for_every_page(desk_served: Served, role: Role | None) -> None:
    client = desk_served.client(role.value if role else None, COUNTER if role in AT_A_COUNTER else None)
    due = {}
    seen = {}
    for door in pages():
        allowed = PAGES[door.name]
        due[door] = None if allowed is None or role in allowed else NO_ONE if role is None else WRONG_ONE
        seen[door] = verdict(client.send(door.method, door.path, None, PROGRAM))
    seen |= {door: due[door] for door in due if door.name == "screens.state"}  # a page of every namespace, see below
    assert seen == due


def connect(desk: Served, namespace: str, auth: dict[str, object], cookie: str | None = None) -> str | None:
    """Return the code by which a namespace turned somebody away, None when it let them in."""
    try:
        Screen(desk.port, namespace, auth, cookie).close()
    except Refused as refusal:
        return str(refusal.data["data"]["code"])
    return None


NAMES_NOTHING = {"/preview": "camera.unknown"}
"""What somebody hears who may connect but names nothing that is there."""


@pytest.mark.parametrize("role", ROLES, ids=str)
def test_the_table_holds_for_every_namespace(desk_served: Served, role: Role | None) -> None:
    counter = COUNTER if role in AT_A_COUNTER else None
    client = desk_served.client(role.value if role else None, counter)
    auth = {"counter": COUNTER, **({"token": desk_served.token(role.value, counter)} if role else {})}
    for namespace, allowed in SOCKETS.items():
        code = (
            "token.unknown"
            if allowed is None
            else NAMES_NOTHING.get(namespace)
            if role in allowed
            else "auth.required"
            if role is None
            else "auth.role"
        )
        assert connect(desk_served, namespace, auth) == code, namespace
        if namespace not in {"/agent", "/follow", "/preview"}:
            path = f"/state{namespace}" + (f"/{COUNTER}" if namespace in {"/counter", "/pad"} else "")
            answer = client.get(path)
            assert (verdict(answer) or (answer.status, None)) == {
                None: (200, None),
                "auth.required": NO_ONE,
                "auth.role": WRONG_ONE,
            }[code], path


@pytest.mark.parametrize("how", ENDED)
@pytest.mark.parametrize("role", list(Role), ids=str)
def test_a_credential_that_ended_opens_no_door_that_it_opened(
    ended: tuple[Served, Ended], how: str, role: Role
) -> None:
    desk, secrets = ended
    secret = secrets[how, role]
    cookie = f"motcua_device={secret}; motcua_session={secret}"
    by_token, by_cookie = desk.client(Authorization=f"Bearer {secret}"), desk.client(Cookie=cookie)
    nothing = json.dumps({"no such field": True}).encode()

    def asked(client: Client, door: Door) -> tuple[int, str] | None:
        return verdict(
            client.send(door.method, door.path, nothing if door.method in {"POST", "PUT", "PATCH"} else None, PROGRAM)
        )

    doors = [door for door in [*calls(desk), *pages()] if (roles := ACCESS[door.name]) is None or role in roles]
    assert {door: asked(by_token, door) for door in doors} == dict.fromkeys(doors, NO_ONE)
    asking = [door for door in doors if ACCESS[door.name] is not None]
    assert {door: asked(by_cookie, door) for door in asking} == dict.fromkeys(asking, NO_ONE)
    for namespace, allowed in SOCKETS.items():
        if allowed is not None and role in allowed:
            assert connect(desk, namespace, {"counter": COUNTER, "token": secret}) == "auth.required"
            assert connect(desk, namespace, {"counter": COUNTER}, cookie) == "auth.required"
