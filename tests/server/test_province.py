"""A desk as a process beside a provincial system that is slow and away: nobody waits, and a kill loses nothing."""

import json
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from motcua.cli.emulated.province import KEYS, ProvinceEmulator
from motcua.exchange.actions.mappings import save_mapping
from tests.server.hall import Served, fresh_folder, opened, wait_until
from tests.unit.exchange.connected import MAPPING

pytestmark = pytest.mark.process
TOKEN = "bi-mat"  # noqa: S105 -- of the emulator
CODE = "H29.17-261102-0001"
DEATH = "1.000656"


def write_names(folder: Path) -> None:
    """Write down how the province calls its fields, while nobody serves the folder."""
    desk = opened(folder)
    desk.do(save_mapping, MAPPING, None)
    desk.stop()
    (folder / "keys" / "province.token").write_text(TOKEN)


def connect(desk: Served, url: str) -> None:
    """Say where the province is, as an administrator does."""
    admin = desk.client("admin")
    saved = admin.get("settings/dossiers").json
    saved["data"]["province"] |= {
        "is_on": True,
        "mapping": MAPPING.name,
        "list_url": f"{url}/list",
        "status_url": f"{url}/dossiers/{{code}}/state",
        "allow_local": True,
    }
    body = json.dumps({"version": saved["version"], "data": saved["data"]}).encode()
    assert admin.send("PUT", "settings/dossiers", body, {"Content-Type": "application/json"}).status == 200


def test_a_slow_province_holds_up_nobody_and_a_kill_loses_nothing_that_it_is_to_be_told() -> None:
    emulator = ProvinceEmulator(token=TOKEN, slow_s=300)
    emulator.add(CODE, "Mới đăng ký", date(2026, 11, 2))
    emulator.faults = {"slow"}
    emulator.start()
    with fresh_folder() as folder:
        write_names(folder)
        with closing(Served(folder)) as desk:
            connect(desk, emulator.url)
            wait_until(lambda: emulator.questions)
            place = desk.place()
            place.issue()
            assert place.do("call-next").status == 200
            body = {"procedure": DEATH, "applicant": {"name": "Nguyễn Văn An"}}
            code = place.do("dossiers", body).json["dossier"]["code"]
            number = {"provincial_code": CODE}
            assert place.client.post(f"dossiers/{code}/provincial-code", number).status == 200
            assert place.client.post(f"dossiers/{code}/ready", None).status == 200
            assert emulator.reports == []
            desk.kill()
            emulator.faults = set()
            emulator.release.set()
            desk.start()
            wait_until(lambda: len(emulator.reports) >= 2)
            assert [report[KEYS["state"]] for _code, report in emulator.reports][-2:] == [
                "Mới đăng ký",
                "Đã xử lý xong",
            ]
            assert "province" not in str(desk.client().get("health").json["problems"])
    emulator.stop()
