"""Who may call what: every call of the access table with every role, and cookies that need a page's own token."""

import json
import re
from urllib.parse import quote

import pytest

from motcua.staff.model import AT_A_COUNTER, Role
from motcua.web.access import CALLS
from tests.server.hall import Answer, Client, Place, Served

ROLES: list[Role | None] = [None, *Role]
WRONG, STRANGE = "0000", "ÿ"
NOTHING_FITS = {"no such field": True}
"""A body that no call takes: whoever is let in gets 422 and changes nothing."""


def _calls(desk: Served) -> dict[str, tuple[str, str]]:
    found = {}
    assert desk.contract is not None
    for path, item in desk.contract.document["paths"].items():
        for method, operation in item.items():
            filled = path.replace("{section}", "moon").replace("{door}", "7")
            for place in ("{n}", "{id}", "{code}"):
                filled = filled.replace(place, "998")
            found[operation["operationId"]] = (method.upper(), filled)
    return found


def test_every_call_stands_in_the_table_and_in_the_description(desk_served: Served) -> None:
    described = set(_calls(desk_served)) | {"openapi"}
    assert {f"api.{name}" for name in described} == {name for name in CALLS if name.startswith("api.")}


@pytest.mark.thorough
@pytest.mark.parametrize("role", ROLES, ids=str)
def test_the_table_holds_for(desk_served: Served, role: Role | None) -> None:
    client = desk_served.client(role.value if role else None, 1 if role in AT_A_COUNTER else None)
    wrong = []
    for name, (method, path) in _calls(desk_served).items():
        data = json.dumps(NOTHING_FITS).encode() if method in {"POST", "PUT", "PATCH"} else None
        answer = client.send(method, path, data)
        allowed = CALLS[f"api.{name}"]
        if allowed is None or role in allowed:
            fine = answer.status in (
                {200} if method == "GET" and "998" not in path and "moon" not in path else {404, 422}
            )
        else:
            fine = answer.code == ((401, "auth.required") if role is None else (403, "auth.role"))
        if not fine:
            wrong.append((name, answer.status, answer.body[:100]))
    assert wrong == []


@pytest.mark.thorough
def test_a_garbled_credential_opens_nothing(desk_served: Served) -> None:
    for given in (
        "Bearer",
        "Bearer ",
        "Bearer x",
        "Bearer " + "x" * 5000,
        "Basic YTpi",
        "bearer\tx",
        "🜁".encode().decode("latin-1"),
        "'; --",
    ):
        for path in ("wall", "services", "health"):
            answer = desk_served.client(Authorization=given).get(path)
            assert answer.code == (401, "auth.required"), (given, path)
            assert answer.headers["www-authenticate"] == "Bearer"


def _page(desk: Served, role: str, path: str, counter: int | None = None) -> tuple[Client, str]:
    client = desk.client(Cookie=f"motcua_device={quote(desk.token(role, counter))}")
    found = re.search(
        r'<script type="application/json" id="page">(.*?)</script>',
        client.get(path, Accept="text/html").body.decode(),
        re.DOTALL,
    )
    assert found is not None
    return client, json.loads(found[1])["csrf"]


@pytest.mark.thorough
def test_a_page_sends_its_own_token_with_a_change(desk_served: Served, place: Place) -> None:
    client, csrf = _page(desk_served, "kiosk", "/kiosk")
    body = {"service": place.service}
    assert client.get("services").status == 200
    assert client.post("tickets", body).code == (403, "csrf.invalid")
    assert client.post("tickets", body, X_CSRF_Token=WRONG * 8).code == (403, "csrf.invalid")
    assert client.post("tickets", body, X_CSRF_Token=STRANGE).code == (403, "csrf.invalid")
    _other, others = _page(desk_served, "counter", f"/counter/{place.number}", place.number)
    assert client.post("tickets", body, X_CSRF_Token=others).code == (403, "csrf.invalid")
    assert client.post("tickets", body, X_CSRF_Token=csrf).status == 201


def test_a_bearer_needs_no_page(desk_served: Served, place: Place) -> None:
    kiosk = desk_served.client("kiosk", Cookie="motcua_device=nonsense")
    assert kiosk.post("tickets", {"service": place.service}).status == 201


def _answers_of_local(desk: Served, **headers: str) -> Answer:
    return desk.client().post("/local/token.add", {"role": "admin"}, **headers)


@pytest.mark.thorough
def test_local_commands_need_the_lock_files_secret(desk_served: Served) -> None:
    assert _answers_of_local(desk_served).code == (403, "local.secret")
    assert _answers_of_local(desk_served, X_Desk_Secret=WRONG * 12).code == (403, "local.secret")
    assert _answers_of_local(desk_served, X_Desk_Secret=STRANGE).code == (403, "local.secret")
    assert desk_served.client("admin").post("/local/token.add", {"role": "admin"}).code == (403, "local.secret")
