"""What systemd hears: a real datagram socket in `NOTIFY_SOCKET`."""

import logging
import socket
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from motcua.agent.watchdog import EVERY_S, HANGS_AFTER_S, Watchdog


@pytest.fixture(params=["a file", "an abstract name"])
def manager(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    name = str(tmp_path / "notify") if request.param == "a file" else f"@motcua-{uuid.uuid4().hex}"
    monkeypatch.setenv("NOTIFY_SOCKET", name)
    monkeypatch.delenv("WATCHDOG_USEC", raising=False)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.bind(name.replace("@", "\0"))
        line.setblocking(False)
        yield line


def received_lines(line: socket.socket) -> list[str]:
    messages = []
    try:
        while True:
            messages.append(line.recv(100).decode())
    except BlockingIOError:
        return messages


def test_it_is_said_that_all_goes_on_every_ten_seconds(manager: socket.socket) -> None:
    watchdog = Watchdog()
    watchdog.announce_ready()
    for now in (5.0, 5.0 + EVERY_S / 2, 5.0 + EVERY_S, 5.0 + EVERY_S + 1):
        watchdog.look([now - 1], now)
    watchdog.announce_stop()
    assert received_lines(manager) == ["READY=1", "WATCHDOG=1", "WATCHDOG=1", "STOPPING=1"]


def test_nothing_is_said_while_some_work_does_not_come_back(manager: socket.socket) -> None:
    watchdog = Watchdog()
    watchdog.look([100.0, 0.0], HANGS_AFTER_S)
    assert received_lines(manager) == []
    watchdog.look([100.0], HANGS_AFTER_S)
    assert received_lines(manager) == ["WATCHDOG=1"]


@pytest.mark.parametrize(("allowed_us", "every_s"), [("90000000", 10.0), ("6000000", 2.0), ("", 10.0), ("soon", 10.0)])
def test_systemd_may_be_more_impatient(monkeypatch: pytest.MonkeyPatch, allowed_us: str, every_s: float) -> None:
    monkeypatch.setenv("WATCHDOG_USEC", allowed_us)
    assert Watchdog().every_s == every_s


def test_a_variable_left_over_from_another_service_costs_one_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "gone"))
    watchdog = Watchdog()
    with caplog.at_level(logging.WARNING):
        watchdog.announce_ready()
        watchdog.look([], 0.0)
    assert len(caplog.records) == 1


def test_without_systemd_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    watchdog = Watchdog()
    watchdog.announce_ready()
    assert not watchdog.is_on
