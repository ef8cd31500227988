"""A bad morning of an agent beside a real desk: damaged files, a wrong device, proxies, a stranger at the desk's
address.
"""

from pathlib import Path
from typing import Any

import pytest

from tests.server.hall import Served, services, wait_until
from tests.server.programs import AgentProcess, agent
from tests.unit.agent.test_wire import site
from tests.unit.devices.strangers import BANNERS, stranger

pytestmark = pytest.mark.process

PROXIES = dict.fromkeys(
    ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy", "WS_PROXY", "ws_proxy"),
    "http://127.0.0.1:9",
)


def program(served: Served) -> dict[str, Any]:
    """Return the newest device program as the settings page sees it."""
    items = served.client("admin").get("devices").json["items"]
    return dict(items[-1]) if items else {"connected": False, "devices": [], "problems": []}


def printed(served: Served, made: AgentProcess) -> bool:
    """Take a number and say whether its paper came, once the desk knows of the printer: before it plans none."""
    wait_until(lambda: any(device["kind"] == "printer" for device in program(served)["devices"]))
    answer = served.client("kiosk").post("tickets", {"service": services()[0].code})
    ticket = answer.json["id"]
    wait_until(lambda: f"{ticket}.txt" in made.papers())
    return True


def test_proxies_in_the_environment_do_not_stop_an_agent(served: Served, tmp_path: Path) -> None:
    token = served.local("token.add", role="agent", name="pc").json
    with agent(tmp_path, served.url, token["token"], SSL_CERT_FILE="/nonexistent.pem", NO_PROXY="", **PROXIES) as made:
        wait_until(lambda: program(served)["connected"])
        assert printed(served, made)
    served.client("admin").send("DELETE", f"tokens/{token['id']}")


CONFIG = """\
[[device]]
name = "giay"
kind = "printer"
driver = "file"
folder = "printed"

[[device]]
name = "phim"
kind = "keypad"
driver = "serial"
port = "/dev/ttyUSB9"
profile = "mat.yaml"
counter = 1

[[device]]
name = "Bảng số"
kind = "sign"
driver = "ascii"
"""


def test_damaged_files_and_a_wrong_device_stop_nothing_else_and_are_said(served: Served, tmp_path: Path) -> None:
    token = served.local("token.add", role="agent", name="pc", counters="all", kiosks="all").json
    state = tmp_path / "agent-data"
    state.mkdir()
    (state / "outbox.db").write_bytes(bytes(8192))
    (state / "devices.json").write_bytes(bytes(64))
    with agent(tmp_path, served.url, token["token"], CONFIG) as made:
        wait_until(lambda: [device["name"] for device in program(served)["devices"]] == ["giay", "phim"])
        wait_until(lambda: len(program(served)["problems"]) == 3)
        assert printed(served, made)
        wait_until(
            lambda: (
                {device["name"]: device["problem"] for device in program(served)["devices"]}["phim"] == "wrong_setup"
            )
        )
        (phim,) = (device for device in program(served)["devices"] if device["name"] == "phim")
        assert "mat.yaml" in phim["error"]
        health = served.client(None).get("health").json
        assert health["checks"]["devices"] != "ok"
        assert any(problem["code"].startswith("agent.") for problem in health["problems"])
        lines = served.local("check").json["items"]
        own = [line["detail"] for line in lines if line["what"] == "agent" and line["state"] == "degraded"]
        assert [
            any(word in detail for detail in own)
            for word in ("outbox.db.damaged-", "devices.json.damaged-", "device[3].name")
        ] == [True] * 3
        assert sorted(path.name.partition(".damaged")[0] for path in state.glob("*.damaged-*")) == [
            "devices.json",
            "outbox.db",
        ]
        assert made.end() == 0
    wait_until(
        lambda: (
            not any(
                problem["code"].startswith("agent.") for problem in served.client(None).get("health").json["problems"]
            )
        )
    )
    served.client("admin").send("DELETE", f"tokens/{token['id']}")


@pytest.mark.parametrize("who", ["portal", "page", "ssh"])
def test_an_agent_says_who_is_at_its_desks_address_and_goes_on_trying(tmp_path: Path, who: str) -> None:
    places = {
        "portal": lambda: site(status=302, target="http://login.wifi/", body=b""),
        "page": lambda: site(kind="text/html", body=b"<html>Router</html>"),
    }
    with places[who]() if who in places else stranger(says=BANNERS["SSH"]) as place:
        address = place if isinstance(place, str) else f"http://127.0.0.1:{place.port}"
        with agent(tmp_path, address, "token") as made:
            wait_until(lambda: made.log().count("no connection to") >= 3)
            assert made.log().count(f"{address} is not a motcua server") == 1
            assert made.end() == 0
