"""The agent's files on a bad morning: each that is damaged is set aside and said, and everything else goes on."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.agent.broken import BrokenDevice, make_broken_device, require_own_port
from motcua.agent.config import DeviceEntry, load, recover_devices, remember
from motcua.agent.files import copy_of
from motcua.agent.outbox import Outbox
from motcua.agent.run import Agent
from motcua.agent.troubles import Troubles
from motcua.devices.contract import DeviceError

Codes = dict[str, str]


def messages_of(troubles: Troubles) -> Codes:
    return {item["code"]: item["message"] % item["params"] for item in troubles.list_all()}


def written(folder: Path) -> Path:
    """Make a memory with two jobs, one of which was begun, and a press."""
    outbox = Outbox(folder)
    outbox.take("d1", 1)
    outbox.start("d1", 1)
    outbox.take("d1", 2)
    outbox.end("d1", 2, "done", None)
    outbox.keep("press", {"counter": 3, "press": "next"}, "phim:1")
    outbox.close()
    return folder / "outbox.db"


def with_nul(data: bytes) -> bytes:
    return bytes(len(data))


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "nul": with_nul,
    "half": lambda data: data[: len(data) // 2],
    "page": lambda data: data[:4096],
    "head": lambda data: bytes(100) + data[100:],
    "text": lambda data: b"<html>no database</html>" * 300,
    "short": lambda data: data[:17],
    "empty": lambda data: b"",
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_memory_is_set_aside_and_begun_anew(tmp_path: Path, damage: str) -> None:
    path = written(tmp_path)
    path.write_bytes(DAMAGES[damage](path.read_bytes()))
    before = path.read_bytes()
    troubles = Troubles()
    outbox = Outbox(tmp_path, troubles=troubles)
    assert outbox.take("d1", 9)
    outbox.start("d1", 9)
    outbox.end("d1", 9, "done", None)
    assert [(result.job, result.state) for result in outbox.list_results()] == [(9, "done")]
    outbox.close()
    assert list(messages_of(troubles)) == ["memory.damaged"]
    damaged_copies = [other.read_bytes() for other in tmp_path.glob("outbox.db.damaged-*")]
    assert damaged_copies == ([] if damage == "empty" else [before])
    later = Outbox(tmp_path, troubles=(again := Troubles()))
    assert not later.take("d1", 9)
    assert messages_of(again) == {}
    later.close()


def test_a_memory_of_other_tables_is_set_aside(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "outbox.db") as db:
        db.execute("CREATE TABLE jobs (x TEXT)")
    db.close()
    troubles = Troubles()
    Outbox(tmp_path, troubles=troubles).close()
    assert list(messages_of(troubles)) == ["memory.damaged"]


@pytest.mark.thorough
@settings(max_examples=25, deadline=None)
@given(st.integers(0, 20_000), st.binary(min_size=1, max_size=300))
def test_any_bytes_anywhere_in_the_memory_stop_no_agent(
    tmp_path_factory: pytest.TempPathFactory, at: int, noise: bytes
) -> None:
    folder = tmp_path_factory.mktemp("memory")
    path = written(folder)
    data = path.read_bytes()
    place = at % len(data)
    path.write_bytes(data[:place] + noise + data[place + len(noise) :])
    outbox = Outbox(folder, troubles=Troubles())
    outbox.take("d1", 1)
    outbox.keep("press", {"counter": 3}, "phim:2")
    assert "phim:2" in {done.key for done in outbox.list_messages()}
    outbox.close()


def test_where_nothing_can_be_written_the_agent_remembers_without_a_disk(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    troubles = Troubles()
    outbox = Outbox(tmp_path / "file" / "state", troubles=troubles)
    assert (outbox.take("d1", 1), outbox.take("d1", 1)) == (True, False)
    outbox.keep("press", {"counter": 3}, "phim:1")
    assert [done.key for done in outbox.list_messages()] == ["phim:1"]
    outbox.close()
    assert list(messages_of(troubles)) == ["memory.unwritable"]
    with pytest.raises(OSError, match="file"):
        Outbox(tmp_path / "file" / "state")


def test_a_disk_that_fills_up_loses_no_press_and_prints_nothing_twice_and_is_used_again_when_there_is_room(
    tmp_path: Path,
) -> None:
    now, troubles = [0.0], Troubles()
    outbox = Outbox(tmp_path, lambda: now[0], troubles)
    outbox.take("d1", 1)
    outbox.start("d1", 1)
    outbox.keep("press", {"counter": 3}, "phim:before")
    outbox._db.execute("PRAGMA max_page_count = 1")  # as a full disk: no page more is to be had
    for number in range(400):
        outbox.keep("press", {"counter": 3, "text": "x" * 300}, f"phim:{number}")
    assert list(messages_of(troubles)) == ["memory.unwritable"]
    assert len(outbox.list_messages()) == 401
    assert not outbox.take("d1", 1)
    outbox.end("d1", 1, "done", None)
    for done in outbox.list_messages()[:300]:
        outbox.forget(done)
    outbox.settle()
    assert list(messages_of(troubles)) == ["memory.unwritable"]
    now[0] = 31
    outbox.settle()
    assert messages_of(troubles) == {}
    outbox.close()
    later = Outbox(tmp_path, lambda: now[0], troubles)
    assert [done.key for done in later.list_messages()] == [f"phim:{number}" for number in range(299, 400)]
    assert [(result.job, result.state) for result in later.list_results()] == [(1, "done")]
    later.close()


ADDED = [
    DeviceEntry("loa", "speaker", "aplay", {"card": ""}, fixed=False),
    DeviceEntry("quet", "scanner", "serial", {"port": "/dev/x"}, fixed=False),
]


@pytest.mark.parametrize(
    "damage", [b"", bytes(300), b"[[", b"{}", b'["loa"]', b"\xff\xfe", b'[{"name": "loa"', b"[" * 2000]
)
def test_a_damaged_list_of_devices_is_taken_from_its_copy(tmp_path: Path, damage: bytes) -> None:
    remember(tmp_path, ADDED)
    path = tmp_path / "devices.json"
    path.write_bytes(damage)
    troubles = Troubles()
    assert recover_devices(tmp_path, troubles) == ADDED
    assert [other.read_bytes() for other in tmp_path.glob("devices.json.damaged-*")] == [damage]
    assert "its copy is used" in messages_of(troubles)["devices.damaged"]
    assert recover_devices(tmp_path, again := Troubles()) == ADDED
    assert messages_of(again) == {}


def test_a_list_of_devices_that_is_damaged_twice_leaves_the_file_s_own_devices(tmp_path: Path) -> None:
    remember(tmp_path, ADDED)
    for path in (tmp_path / "devices.json", copy_of(tmp_path / "devices.json")):
        path.write_bytes(bytes(100))
    troubles = Troubles()
    assert recover_devices(tmp_path, troubles) == []
    assert "Add those devices again" in messages_of(troubles)["devices.damaged"]


def test_one_bad_entry_leaves_the_others(tmp_path: Path) -> None:
    shapes = [ADDED[0].to_table(), {"name": "Máy"}, {"kind": 3}, ADDED[0].to_table(), ADDED[1].to_table()]
    (tmp_path / "devices.json").write_text(json.dumps(shapes))
    troubles = Troubles()
    assert recover_devices(tmp_path, troubles) == ADDED
    assert list(messages_of(troubles)) == ["devices.entry.2", "devices.entry.3", "devices.entry.4"]
    assert json.loads((tmp_path / "devices.json.damaged").read_text()) == shapes


GOOD = '[[device]]\nname = "giay"\nkind = "printer"\ndriver = "file"\nfolder = "giay"\n'


@pytest.mark.parametrize(
    ("bad", "state"),
    [
        ('name = "x"\nkind = "keypad"\ndriver = "serial"\nport = "/dev/x"', "wrong_setup"),
        ('name = "x"\nkind = "keypad"\ndriver = "serial"\nport = "spy:///dev/x"\ncounter = 1', "wrong_setup"),
        (
            'name = "x"\nkind = "keypad"\ndriver = "serial"\nport = "/dev/x"\ncounter = 1\nprofile = "none.yaml"',
            "wrong_setup",
        ),
        ('name = "x"\nkind = "keypad"\ndriver = "laser"', "wrong_setup"),
        ('name = "x"\nkind = "printer"\ndriver = "escpos"\nport = "lpt1"', "wrong_setup"),
        ('name = "x"\nkind = "toaster"\ndriver = "serial"', None),
        ('name = "Máy in"\nkind = "printer"\ndriver = "file"', None),
        ('kind = "printer"\ndriver = "file"', None),
        ('name = "giay"\nkind = "printer"\ndriver = "file"\nfolder = "y"', None),
    ],
)
def test_a_mistake_in_one_device_of_the_configuration_leaves_the_others(
    tmp_path: Path, bad: str, state: str | None
) -> None:
    path, troubles = tmp_path / "agent.toml", Troubles()
    path.write_text(f"{GOOD}[[device]]\n{bad}\n", encoding="utf-8")
    agent = Agent("http://127.0.0.1:9", "token", load(path, troubles), troubles)
    for worker in agent._workers.values():
        worker.supervisor.step()
        worker._look()
    health = agent.report_health()
    assert health.pop("giay")["state"] == "ok"
    assert {name: item["problem"] for name, item in health.items()} == ({} if state is None else {"x": state})
    assert len(messages_of(troubles)) == (state is None)
    assert [item["name"] for item in agent.list_declared()] == (["giay"] if state is None else ["giay", "x"])
    agent._outbox.close()


@pytest.mark.parametrize(
    ("one", "other", "is_shared"),
    [
        ("/dev/ttyUSB0", "/dev/ttyUSB0", True),
        ("/dev/ttyUSB0", "/dev/ttyUSB1", False),
        ("socket://10.0.0.5:4001", "SOCKET://10.0.0.5:4001/", True),
        ("socket://10.0.0.5:4001", "socket://10.0.0.5:4002", False),
    ],
)
def test_two_devices_cannot_have_one_port(one: str, other: str, is_shared: bool) -> None:
    entries = [DeviceEntry(name, "keypad", "serial", {"port": port}) for name, port in (("a", one), ("b", other))]
    if is_shared:
        with pytest.raises(DeviceError, match=r"a has the port .* already"):
            require_own_port(entries[1], entries[:1])
    else:
        require_own_port(entries[1], entries[:1])
    printers = [DeviceEntry(name, "printer", "escpos", {"port": "tcp://10.0.0.5:9100"}) for name in ("a", "b")]
    require_own_port(printers[1], printers)
    cameras = [DeviceEntry(name, "camera", "mjpeg", {"port": "http://10.0.0.6/live"}) for name in ("a", "b")]
    require_own_port(cameras[1], cameras)


def test_a_port_by_two_names_is_one_port(tmp_path: Path) -> None:
    (tmp_path / "ttyUSB0").touch()
    (tmp_path / "by-id").symlink_to(tmp_path / "ttyUSB0")
    entries = [
        DeviceEntry("phim", "keypad", "serial", {"port": str(tmp_path / "by-id")}),
        DeviceEntry("in", "printer", "escpos", {"port": f"serial:{tmp_path}/ttyUSB0?baud=9600"}),
    ]
    with pytest.raises(DeviceError, match="phim has the port"):
        require_own_port(entries[1], entries[:1])


def test_the_settings_page_adds_devices_in_the_network_and_refuses_what_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "agent.toml").write_text(GOOD)
    agent = Agent("http://127.0.0.1:9", "token", load(tmp_path / "agent.toml"))

    def put(name: str, port: str) -> tuple[bool, str]:
        device = {"name": name, "kind": "keypad", "driver": "serial", "port": port, "counter": 1}
        answer = agent.answer_request({"what": "put", "device": device})
        return answer["ok"], str(answer.get("message", "")) % answer.get("params", {})

    assert put("phim", "socket://127.0.0.1:4001") == (True, "")
    assert put("phim", "rfc2217://127.0.0.1:4001") == (True, "")
    ok, words = put("mat", "RFC2217://127.0.0.1:4001/")
    assert (ok, "phim has the port" in words) == (False, True)
    ok, words = put("mat", "spy:///dev/ttyUSB0?file=/etc/motd")
    assert (ok, "Write socket://HOST:PORT or rfc2217://HOST:PORT" in words) == (False, True)
    assert [entry.name for entry in recover_devices(tmp_path / "agent-data", Troubles())] == ["phim"]
    agent._outbox.close()


def test_a_broken_device_says_why_and_does_nothing() -> None:
    device: BrokenDevice = make_broken_device(DeviceError("There is no %(name)s.", name="profile"))
    for use in (device.open, device.step, lambda: device.work("print", {})):
        with pytest.raises(DeviceError, match=r"There is no profile\.") as caught:
            use()
        assert (caught.value.permanent, caught.value.code) == (True, "wrong_setup")
    device.blank()
    device.close()
    assert device.report().state == "down"
