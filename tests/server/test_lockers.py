"""A real desk, a real agent and a locker made of software: a result goes in, and comes out by its code."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlencode

import pytest
import tomlkit

from motcua.cli.door import open_reading
from motcua.copies import replace
from motcua.devices.locker.emulator import LockerEmulator
from motcua.dossiers.lockers import store
from motcua.dossiers.store import vaults
from motcua.settings.model import LockerRules
from tests.server.arranged import served_with
from tests.server.hall import Answer, Client, Served, one_each, wait_until
from tests.server.programs import agent

pytestmark = pytest.mark.process
DEATH = "1.000656"


@pytest.fixture
def desk() -> Iterator[Served]:
    document = one_each()
    settings = replace(document.settings, lockers=LockerRules(doors=4))
    with served_with(replace(document, settings=settings)) as made:
        yield made


def send(admin: Client, desk: Served, path: str, **form: object) -> Answer:
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": desk.url}
    return admin.send("POST", path, urlencode(form).encode(), headers)


def make_ready(desk: Served) -> str:
    """Return the code of a dossier whose result is ready; its applicant left a phone number."""
    place = desk.place()
    body = {
        "procedure": DEATH, "applicant": {"name": "Nguyễn Văn An", "phone": "0912345678"}, "channel": "post",
        "papers": [{"code": "declaration", "originals": 1}], "limit": {"unit": "working_days", "count": 3},
    }  # fmt: skip
    code = str(place.client.post(f"counters/{place.number}/dossiers", body).json["dossier"]["code"])
    assert place.client.post(f"dossiers/{code}/ready").status == 200
    return code


def find_state(desk: Served, door: int) -> tuple[str, str | None] | None:
    with open_reading(desk.folder) as db:
        current = store.find_door(db, door)
    return (current.state.value, current.problem) if current is not None else None


def test_a_result_goes_through_the_locker(desk: Served, tmp_path: Path) -> None:
    admin, kiosk, code = desk.client("admin"), desk.client("kiosk"), make_ready(desk)
    away = send(admin, desk, "/lockers/put", dossier=code, door=1)
    assert away.status == 409
    assert find_state(desk, 1) is None
    token = desk.local("token.add", role="agent", name="pc", counters="all", kiosks="all").json
    locker = LockerEmulator("tu")
    with ExitStack() as stack:
        locker.start()
        stack.callback(locker.stop)
        config = tomlkit.dumps({"device": [locker.describe_entry()]})
        program = stack.enter_context(agent(tmp_path, desk.url, token["token"], config))
        wait_until(lambda: "connected to" in program.log())
        wait_until(lambda: send(admin, desk, "/lockers/put", dossier=code, door=1).status == 303)
        wait_until(lambda: find_state(desk, 1) == ("filled", None))
        with open_reading(desk.folder) as db:
            vault = vaults.find_vault(db, desk.folder)
            assert vault is not None
            secret = store.find_code(db, vault, code)
        assert kiosk.post("lockers/pick-up", {"code": "0", "factor": "5678"}).code == (404, "locker.wrong")
        assert kiosk.post("lockers/pick-up", {"code": secret, "factor": "0000"}).code == (404, "locker.wrong")
        locker.do("1/jam")
        assert kiosk.post("lockers/pick-up", {"code": secret, "factor": "5678"}).json == {"door": 1}
        wait_until(lambda: find_state(desk, 1) == ("filled", "not_opened"))
        assert kiosk.get("lockers/openings/1").json["state"] == "failed"
        assert admin.get(f"dossiers/{code}").json["dossier"]["state"] == "ready"
        locker.do("1/jam")
        assert kiosk.post("lockers/pick-up", {"code": secret, "factor": "5678"}).json == {"door": 1}
        wait_until(lambda: kiosk.get("lockers/openings/1").json["state"] == "done")
        assert admin.get(f"dossiers/{code}").json["dossier"]["state"] == "returned"
        assert send(admin, desk, "/lockers/1/take-out").status == 404
    desk.client("admin").send("DELETE", f"tokens/{token['id']}")
