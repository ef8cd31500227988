"""Emulators by kind and by the hall: each has an entry that the agent takes, mistakes are named by their place."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.agent import config
from motcua.devices import kinds
from motcua.devices.camera.emulator import CameraEmulator
from motcua.devices.contract import DeviceError
from motcua.devices.emulated_hall import build, list_hall, read, write_document
from motcua.devices.emulation import EmulatorRequest
from motcua.devices.loading import build_driver


def test_the_agent_takes_a_whole_halls_entries_and_has_a_driver_for_each(tmp_path: Path) -> None:
    emulators = [build(request) for request in list_hall(3, tmp_path / "lines", printer_port=9100, has_rare=True)]
    for emulator in emulators:
        if isinstance(emulator, CameraEmulator):
            emulator.port = 9200
    file = tmp_path / "agent.toml"
    file.write_text(
        write_document({"state": "agent-data", "device": [item.describe_entry() for item in emulators]}),
        encoding="utf-8",
    )
    loaded = config.load(file)
    assert [(item.kind, item.counters) for item in loaded.devices] == [
        ("printer", []),
        ("locker", []),
        ("scanner", []),
        *((kind, [counter]) for counter in (1, 2, 3) for kind in ("sign", "camera", "keypad", "pad")),
    ]
    assert [item.options["port"] for item in loaded.devices[1:]] == [
        "http://127.0.0.1:9200/stream.mjpg" if item.kind == "camera" else str(tmp_path / "lines" / item.name)
        for item in loaded.devices[1:]
    ]
    for item in loaded.devices:
        build_driver(item.kind, item.driver, item.options)


def test_a_hall_has_cameras_and_a_locker_only_where_somebody_asks_for_them(tmp_path: Path) -> None:
    everything = list_hall(2, tmp_path, has_rare=True)
    assert [item for item in everything if item.kind not in {"camera", "locker"}] == list_hall(2, tmp_path)
    assert [(item.name, item.counter) for item in everything if item.kind == "camera"] == [
        ("may-anh-1", 1),
        ("may-anh-2", 2),
    ]


@pytest.mark.parametrize(
    ("kind", "profile"), [("keypad", "modbus"), ("pad", "modbus_pad"), ("sign", "modbus"), ("keypad", "frame")]
)
def test_a_profile_chooses_the_line_that_it_is_for(kind: str, profile: str) -> None:
    emulator = build(
        EmulatorRequest.model_validate({"kind": kind, "name": "x", "counter": 4, "address": 7, "profile": profile})
    )
    entry = emulator.describe_entry()
    assert entry["driver"] == ("serial" if profile == "frame" else "modbus")
    assert entry.get("counters", entry.get("signs")) == {"7": 4}
    build_driver(
        kind,
        entry["driver"],
        {**{k: v for k, v in entry.items() if k not in {"name", "kind", "driver"}}, "port": "/dev/x"},
    )


def test_a_file_of_devices_gives_each_a_name_and_a_line(tmp_path: Path) -> None:
    file = tmp_path / "hall.toml"
    file.write_text(
        '[[device]]\nkind = "keypad"\ncounter = 2\n[[device]]\nkind = "camera"\nname = "cua"\nport = 8081\n',
        encoding="utf-8",
    )
    assert read(file, tmp_path) == [
        EmulatorRequest(kind="keypad", name="ban-phim-2", counter=2, link=str(tmp_path / "ban-phim-2")),
        EmulatorRequest(kind="camera", name="cua", port=8081, link=str(tmp_path / "cua")),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x = [", "cannot be read"),
        ("", "only [[device]]"),
        ("device = 3", "only [[device]]"),
        ('other = 1\n[[device]]\nkind = "pad"', "only [[device]]"),
        ('[[device]]\nkind = "toaster"', "device[1].kind"),
        ('[[device]]\nkind = "pad"\n[[device]]\nkind = "pad"\nspeed = 3', "device[2].speed"),
        ('[[device]]\nkind = "pad"\nname = "Máy"', "device[1].name"),
        ('[[device]]\nkind = "pad"\n[[device]]\nkind = "pad"', "ban-danh-gia-1"),
        ('[[device]]\nkind = "printer"\nport = 70000', "device[1].port"),
        ("device = [1]", "device[1]"),
    ],
)
def test_a_mistake_in_a_file_of_devices_is_named_by_its_place(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "hall.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DeviceError) as caught:
        read(file, tmp_path)
    assert message in str(caught.value)


VALUES = st.one_of(
    st.text(),
    st.integers(-(2**31), 2**31),
    st.booleans(),
    st.dictionaries(st.text("0123456789", min_size=1), st.integers(0, 99)),
)
ENTRIES = st.lists(st.dictionaries(st.text("abcdefghij_", min_size=1), VALUES, min_size=1), min_size=1, max_size=4)


@pytest.mark.thorough
@settings(max_examples=20, deadline=None)
@given(ENTRIES)
def test_what_is_written_is_what_is_read(entries: list[dict[str, object]]) -> None:
    assert tomllib.loads(write_document({"state": "x", "device": entries})) == {"state": "x", "device": entries}


def test_every_emulated_kind_is_built_from_its_row() -> None:
    assert [build(EmulatorRequest(kind=kind)).kind for kind in kinds.EMULATED] == list(kinds.EMULATED)
