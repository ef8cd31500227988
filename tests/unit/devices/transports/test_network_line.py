"""Serial lines in the network: pyserial's `socket://` and `rfc2217://`, against a real device server and against
what is none.
"""

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
import serial
from serial import rfc2217
from serial.rfc2217 import PortManager
from serial.urlhandler import protocol_socket

from motcua.devices.contract import DeviceError, JobOutcome, Observation, Press, Scan
from motcua.devices.keypad.learn.session import LearnSession
from motcua.devices.loading import build_driver
from motcua.devices.printer.escpos import EscposOptions, EscposPrinter
from motcua.devices.sign.slave import RegisterSlave
from motcua.devices.transports.network_line import normalize_url
from motcua.devices.transports.serial_port import SerialPort
from tests.unit.devices.keypad.lines import pressed
from tests.unit.devices.printer.test_not_a_printer import JOB, PATIENT
from tests.unit.devices.strangers import ANSWERS, BANNERS, stranger

manager: Any = PortManager
"""It takes anything that writes; its types say less."""


class Server:
    """A device server: passes bytes between a TCP connection and `device`, raw or by RFC 2217."""

    def __init__(self, *, speaks_rfc2217: bool) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.speaks_rfc2217 = speaks_rfc2217
        self.received = bytearray()
        self.answer: Callable[[bytes], bytes] = lambda _came: b""
        self.client: socket.socket | None = None
        self.connections = 0
        self.serial: Any = serial.serial_for_url("loop://", timeout=0)  # waits: not at all
        self._manager: Any = None
        self._ends, self._changed = threading.Event(), threading.Condition()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"{'rfc2217' if self.speaks_rfc2217 else 'socket'}://127.0.0.1:{self.port}"

    def _run(self) -> None:
        while not self._ends.is_set():
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            with contextlib.suppress(OSError), client:
                self.client = client
                self._manager = manager(self.serial, self) if self.speaks_rfc2217 else None
                with self._changed:
                    self.connections += 1
                    self._changed.notify_all()
                while came := client.recv(4096):
                    data = b"".join(self._manager.filter(came)) if self._manager else came
                    self.received += data
                    if data and (answer := self.answer(bytes(data))):
                        self.send(answer)

    def wait_for(self, connection: int) -> None:
        """Wait until the connection with this number stands."""
        with self._changed:
            assert self._changed.wait_for(lambda: self.connections >= connection, 60)

    def write(self, data: bytes) -> None:
        """What the manager tells its client."""
        if self.client is not None:
            self.client.sendall(data)

    def send(self, data: bytes, connection: int = 1) -> None:
        """Let the device say something over the connection with this number, as soon as there is one."""
        self.wait_for(connection)
        if self.client is not None:
            self.client.sendall(b"".join(self._manager.escape(data)) if self._manager else data)

    def hang_up(self) -> None:
        if self.client is not None:
            with contextlib.suppress(OSError):
                self.client.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._ends.set()
        self.hang_up()
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self._thread.join()
        self.serial.close()


@pytest.fixture(autouse=True)
def _unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pyserial rest between two looks only: after it hung up it gives a server 0.3 s, which ours does not need."""
    pauses = SimpleNamespace(sleep=lambda s: time.sleep(min(s, 0.005)))  # waits: between two looks
    for module in (protocol_socket, rfc2217):
        monkeypatch.setattr(module, "time", pauses)


@pytest.fixture(params=["socket", pytest.param("rfc2217", marks=pytest.mark.thorough)])
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    line_server = Server(speaks_rfc2217=request.param == "rfc2217")
    yield line_server
    line_server.close()


def failing(use: Callable[[], object]) -> DeviceError:
    """Use it until it fails, and return how."""
    while True:
        try:
            use()
        except DeviceError as error:
            return error


def read(port: SerialPort, count: int) -> bytes:
    came = b""
    while len(came) < count:
        came += port.read(5)
    return came


EVERY_BYTE = bytes(range(256)) * 3


def test_bytes_go_both_ways_unchanged_and_a_lost_server_is_said_and_found_again(server: Server) -> None:
    port = SerialPort(server.url, 19_200, "E")
    for connection in (1, 2):
        port.open()
        server.answer = lambda came: came[::-1]
        port.write(EVERY_BYTE)
        assert sorted(read(port, len(EVERY_BYTE))) == sorted(EVERY_BYTE)
        assert port.read(0) == b""
        if server.speaks_rfc2217:
            assert (server.serial.baudrate, server.serial.parity) == (19_200, "E")
        assert server.connections == connection
        server.answer = lambda _came: b""
        server.hang_up()
        assert "was removed" in str(failing(lambda: port.read(5)))
        assert not port.is_open
    server.close()
    with pytest.raises(DeviceError, match="cannot be reached"):
        port.open()
    port.close()


def test_a_lost_server_is_noticed_by_who_only_sends(server: Server) -> None:
    port = SerialPort(server.url)
    port.open()
    server.wait_for(1)
    server.hang_up()
    assert "was removed" in str(failing(port.clear))
    port.close()


def test_a_keypad_a_sign_a_scanner_and_a_printer_work_over_it(server: Server) -> None:
    keypad = build_driver("keypad", "serial", {"port": server.url, "profile": "ascii", "counter": 3})
    keypad.open()
    server.send(b"01:NEXT\r\n")
    assert pressed(keypad) == [Press(3, "next")]
    keypad.close()
    sign = build_driver("sign", "ascii", {"port": server.url, "counter": 3, "template": "<{number}>"})
    sign.open()
    assert sign.work("sign", {"counter": 3, "number": "A012", "state": "called", "order": 1}) == JobOutcome(
        "done", "sent_unconfirmed"
    )
    while b"<A012>" not in server.received:
        sign.step()
    sign.close()
    scanner = build_driver("scanner", "serial", {"port": server.url})
    scanner.open()
    server.send(b"http://192.168.1.10:8080/t/k7q2m9xd\r", 3)
    observations: list[Observation] = []
    while not observations:
        observations = scanner.step()
    assert observations == [Scan(code="t/k7q2m9xd")]
    scanner.close()
    server.answer = lambda came: (
        b"\x12" if came[-3:-1] == b"\x10\x04" else b"\x00" if came.endswith(b"\x1dr\x01") else b""
    )
    printer = EscposPrinter(EscposOptions(port=f"serial:{server.url}?baud=115200", profile="80mm"), PATIENT)
    printer.open()
    assert printer.work("print", JOB) == JobOutcome("done")
    printer.close()


def test_a_keypad_is_learnt_over_it(server: Server) -> None:
    now = [0.0]
    session = LearnSession(server.url, "keypad", ["next"], now=lambda: now[0])
    session.open()
    server.send(b"K1\r\n")
    while not session.get_state()["times"]:
        session.step()
        now[0] += 1
    assert session.get_state()["times"] == 1
    session.close()


@pytest.mark.parametrize(("protocol", "says"), [(name, BANNERS[name]) for name in ("SSH", "VNC", "Telnet")])
def test_another_program_at_its_address_is_named(protocol: str, says: bytes) -> None:
    with stranger(says=says) as other:
        port = SerialPort(f"socket://127.0.0.1:{other.port}")
        port.open()
        error = failing(lambda: port.read(5))
        assert (error.code, error.permanent) == ("not_the_device", True)
        assert error.params == {"address": f"127.0.0.1:{other.port}", "protocol": protocol}
        assert not port.is_open


def test_a_web_server_that_a_sign_writes_to_is_named() -> None:
    with stranger(answers=ANSWERS["HTTP (web)"], at_line=True) as other:
        sign = build_driver(
            "sign", "ascii", {"port": f"socket://127.0.0.1:{other.port}", "counter": 3, "template": "{number}\\r\\n"}
        )
        sign.open()
        sign.work("sign", {"counter": 3, "number": "A012", "state": "called"})
        assert "is not the device: HTTP (web) answers there" in str(failing(sign.step))
        sign.close()


@pytest.mark.thorough
def test_a_server_that_does_not_speak_rfc_2217_is_told_from_one_that_does() -> None:
    with stranger() as mute, stranger(says=BANNERS["SSH"]) as other:
        with pytest.raises(
            DeviceError, match=r"does not speak RFC 2217\. If it passes bytes unchanged, write socket://"
        ) as caught:
            SerialPort(f"rfc2217://127.0.0.1:{mute.port}?timeout=0.1").open()  # waits: for an answer that never comes
        assert caught.value.permanent
        port = SerialPort(f"rfc2217://127.0.0.1:{other.port}?timeout=2")  # waits: for an answer that comes and is wrong
        with pytest.raises(DeviceError, match="is not the device: SSH"):
            port.open()


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("socket://10.0.0.5:4001", "socket://10.0.0.5:4001"),
        ("SOCKET://May-Chu:4001/", "socket://May-Chu:4001"),
        ("rfc2217://[::1]:7000?ign_set_control", "rfc2217://[::1]:7000?ign_set_control"),
        # waits: not at all, this is an address
        (" rfc2217://may-chu:7000?timeout=5&poll_modem ", "rfc2217://may-chu:7000?timeout=5&poll_modem"),
    ],
)
def test_an_address_is_read(address: str, url: str) -> None:
    assert normalize_url(address) == url


@pytest.mark.parametrize(
    "address",
    [
        "socket://10.0.0.5",
        "socket://10.0.0.5:0",
        "socket://10.0.0.5:70000",
        "socket://:4001",
        "socket://10.0.0.5:4001?logging=debug",
        "rfc2217://10.0.0.5:4001?logging=debug",
        "rfc2217://10.0.0.5:4001?timeout=nan",
        "spy:///dev/ttyUSB0?file=/etc/motd",
        "loop://",
        "hwgrep://0403:6001",
        "alt:///dev/ttyUSB0?class=PosixPollSerial",
        "cp2110://0001:004a:00",
        "http://10.0.0.5:80",
        "telnet://10.0.0.5:23",
    ],
)
def test_any_other_address_is_refused_before_it_is_opened(address: str) -> None:
    for kind, driver in (("keypad", "serial"), ("scanner", "serial"), ("sign", "ascii")):
        with pytest.raises(DeviceError, match=r"Write socket://HOST:PORT or rfc2217://HOST:PORT") as caught:
            build_driver(kind, driver, {"port": address} | ({} if kind == "scanner" else {"counter": 3}))
        assert caught.value.permanent
    with pytest.raises(DeviceError):
        build_driver("printer", "escpos", {"port": f"serial:{address}"})


def test_modbus_signs_work_over_it() -> None:
    slave = RegisterSlave({1: {}})
    server = Server(speaks_rfc2217=False)
    server.answer = lambda came: b"".join(slave.feed(came))
    sign = build_driver("sign", "modbus", {"port": server.url, "counter": 3, "width": 4, "digits": "bcd"})
    sign.open()
    sign.work("sign", {"counter": 3, "number": "0012", "state": "called"})
    while slave.tables[1].get(0) != 0x0012:  # a busy machine may answer too late for one turn
        sign.step()
    sign.close()
    server.close()
