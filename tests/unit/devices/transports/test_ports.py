"""Ports have names that stay."""

from pathlib import Path
from typing import Any

import pytest
from serial.tools import list_ports
from serial.tools.list_ports_common import ListPortInfo

from motcua.devices import ports


def usb(device: Path, serial: str | None, description: str) -> Any:
    port: Any = ListPortInfo(str(device))
    port.vid, port.pid, port.serial_number, port.description = 0x1A86, 0x7523, serial, description
    return port


def test_ports_go_by_id_and_two_that_are_alike_by_their_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    by_id, by_path = tmp_path / "by-id", tmp_path / "by-path"
    devices = [tmp_path / f"ttyUSB{number}" for number in range(4)]
    for folder in (by_id, by_path):
        folder.mkdir()
    for number, device in enumerate(devices):
        device.touch()
        if number < 3:
            (by_path / f"pci-usb-{number}").symlink_to(device)
    (by_id / "usb-one").symlink_to(devices[0])
    (by_id / "usb-alike").symlink_to(devices[2])
    adapters = [
        usb(devices[2], None, "USB Serial"),
        usb(devices[1], None, "USB Serial"),
        usb(devices[0], "AB12", "Pad"),
    ]
    monkeypatch.setattr(list_ports, "comports", lambda: [*adapters, ListPortInfo(str(devices[3]))])
    monkeypatch.setattr(ports, "BY_ID", by_id)
    monkeypatch.setattr(ports, "BY_PATH", by_path)
    monkeypatch.setattr(ports, "BY_INPUT", tmp_path / "none")
    monkeypatch.setattr(ports, "BY_CAMERA", tmp_path / "none")
    assert ports.list_all_ports() == [
        {"path": str(by_id / "usb-one"), "name": "Pad (1A86:7523 AB12)"},
        {"path": str(by_path / "pci-usb-1"), "name": "USB Serial (1A86:7523)"},
        {"path": str(by_path / "pci-usb-2"), "name": "USB Serial (1A86:7523)"},
        {"path": str(devices[3]), "name": "ttyUSB3"},
    ]


def test_number_pads_go_by_their_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("pci-usb-0:1-event-kbd", "pci-usb-0:1-event-mouse", "pci-usb-0:1-kbd"):
        (tmp_path / name).touch()
    monkeypatch.setattr(ports, "BY_INPUT", tmp_path)
    assert ports.list_key_devices() == [{"path": str(tmp_path / "pci-usb-0:1-event-kbd"), "name": "pci-usb-0:1"}]


def test_cameras_go_by_their_name_and_only_the_file_with_the_pictures_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("usb-Maker_HD_Camera_0001-video-index0", "usb-Maker_HD_Camera_0001-video-index1"):
        (tmp_path / name).touch()
    monkeypatch.setattr(ports, "BY_CAMERA", tmp_path)
    assert ports.list_cameras() == [
        {"path": str(tmp_path / "usb-Maker_HD_Camera_0001-video-index0"), "name": "Maker_HD_Camera_0001"}
    ]
