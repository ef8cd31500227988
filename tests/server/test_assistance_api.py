"""The help team's tablet over real HTTP: small rights, entries that are taken once, garbage that is refused."""

from collections.abc import Iterator

import pytest

from tests.server.hall import Client, Served, served

pytestmark = pytest.mark.process
BIRTH = "1.001193"


@pytest.fixture(scope="module")
def desk() -> Iterator[Served]:
    with served() as made:
        yield made


@pytest.fixture(scope="module")
def tablet(desk: Served) -> Client:
    return desk.client("helper", Accept_Language="en")


def test_a_tablet_enters_somebody_once_however_often_it_sends(desk: Served, tablet: Client) -> None:
    number = desk.client("kiosk").post("tickets", {"service": "birth"}).json["number"]
    body = {"outcomes": ["filed", "account"], "number": number, "procedure": BIRTH, "minutes": 10}
    first = tablet.post("assistances", body, Idempotency_Key="0b1c7d1e-9a56-4f4c-8f53-5f7f0f0f0a01")
    again = tablet.post("assistances", body, Idempotency_Key="0b1c7d1e-9a56-4f4c-8f53-5f7f0f0f0a01")
    assert (first.status, again.json) == (201, first.json)
    assert first.json["number"] == number
    today = tablet.get("assistances").json
    assert (today["count"], [item["id"] for item in today["items"]]) == (1, [first.json["id"]])
    assert tablet.post(f"assistances/{first.json['id']}/withdraw", {}).status == 200
    assert tablet.get("assistances").json["count"] == 0


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, (422, "values.invalid")),
        ({"outcomes": "filed"}, (422, "values.invalid")),
        ({"outcomes": []}, (422, "assistance.outcome")),
        ({"outcomes": ["x" * 65]}, (422, "values.invalid")),
        ({"outcomes": ["filed"], "number": "001090123456"}, (422, "ticket.unknown")),
        ({"outcomes": ["filed"], "minutes": 2.5}, (422, "values.invalid")),
        ({"outcomes": ["filed"], "day": "2000-01-01"}, (422, "assistance.day")),
        ({"outcomes": ["filed"], "name": "Nguyễn Văn An"}, (422, "values.invalid")),
    ],
)
def test_garbage_is_refused_in_clear_words(tablet: Client, body: dict[str, object], code: tuple[int, str]) -> None:
    answer = tablet.post("assistances", body)
    assert answer.code == code
    assert tablet.get("assistances").json["count"] == 0


def test_a_tablet_opens_its_own_page_and_nothing_else(desk: Served, tablet: Client) -> None:
    assert "Help team" in tablet.get("/help-team").body.decode()
    for path in ("/kiosk", "/leaders", "/suggestions", "/dossiers", "queue", "reports/assistance", "dossiers"):
        assert tablet.get(path).status in {403, 404}, path
    assert tablet.post("tickets", {"service": "birth"}).status == 403
    assert desk.client().get("assistances").status == 401
    assert desk.client("kiosk").post("assistances", {"outcomes": ["filed"]}).status == 403
    assert desk.client("leader").get("reports/assistance").status == 200
