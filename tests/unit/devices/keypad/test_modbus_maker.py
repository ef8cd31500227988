"""The Modbus driver against a slave that is not ours: pymodbus, on a pair of pseudo-terminals."""

import asyncio
import os
import select
import threading
import tty
from collections.abc import Iterator

import pytest
from pymodbus import FramerType
from pymodbus.constants import ExcCodes
from pymodbus.server import ModbusSerialServer
from pymodbus.simulator import DataType, SimData, SimDevice

from motcua.devices.contract import Press, Report
from motcua.devices.loading import build_driver
from tests.unit.devices.keypad.lines import silent
from tests.waiting import PATIENCE_S

pytestmark = pytest.mark.thorough
ADDRESS = 5


REQUEST_BYTES = 8
"""Each of those that the driver sends here."""


class Cable:
    """Two pseudo-terminals, joined.

    A request is handed on when the one before it is dealt with, as on a line where nothing keeps the slave from
    reading: pymodbus takes two at once for one.
    """

    def __init__(self) -> None:
        pairs = [os.openpty(), os.openpty()]
        self._masters, self._slaves = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
        for slave in self._slaves:
            tty.setraw(slave)
        self.ends = [os.ttyname(slave) for slave in self._slaves]
        self.dealt_with = threading.Semaphore(1)
        self._stopping = False
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        to_slave, to_driver = self._masters
        while not self._stopping:
            readable = select.select(self._masters, [], [], 0.05)[0]
            if to_slave in readable:
                os.write(to_driver, os.read(to_slave, 4096))
            # waits: for the thread's end only; what is not dealt with yet is asked for again
            elif to_driver in readable and self.dealt_with.acquire(timeout=0.05):
                os.write(to_slave, os.read(to_driver, REQUEST_BYTES))

    def close(self) -> None:
        self._stopping = True
        self._thread.join()
        for descriptor in self._masters + self._slaves:
            os.close(descriptor)


class Slave:
    """A panel with sixteen registers, at one address; other addresses are silent, as on a true line."""

    def __init__(self, cable: Cable) -> None:
        self.pressed = 0
        self.written: list[tuple[int, int, list[int] | list[bool]]] = []
        self._cable, self._loop = cable, asyncio.new_event_loop()
        self._ready = threading.Event()
        self._server: ModbusSerialServer | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        assert self._ready.wait(PATIENCE_S)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    async def _serve(self) -> None:
        device = SimDevice(
            id=ADDRESS, simdata=[SimData(0, values=[0] * 16, datatype=DataType.REGISTERS)], action=self._act
        )
        self._server = ModbusSerialServer(
            device,
            framer=FramerType.RTU,
            port=self._cable.ends[0],
            baudrate=9600,
            trace_packet=self._pass_on,
        )
        await self._server.serve_forever(background=True)
        self._ready.set()
        await self._server.serving

    def _pass_on(self, is_answer: bool, content: bytes) -> bytes:
        if not is_answer:
            return content
        self._cable.dealt_with.release()
        return content if content[:1] == bytes((ADDRESS,)) else b""

    async def _act(
        self,
        function: int,
        _start: int,
        address: int,
        _count: int,
        registers: list[int],
        values: list[int] | list[bool] | None,
    ) -> ExcCodes | None:
        if values is not None:
            self.written.append((function, address, list(values)))
        else:
            registers[0] = self.pressed
        return None

    def close(self) -> None:
        async def stop() -> None:
            assert self._server is not None
            await self._server.shutdown()  # type: ignore[no-untyped-call]

        asyncio.run_coroutine_threadsafe(stop(), self._loop).result(PATIENCE_S)
        self._thread.join()


@pytest.fixture
def cable() -> Iterator[Cable]:
    line = Cable()
    yield line
    line.close()


def test_keys_are_read_and_sounds_written_and_another_address_is_silent(cable: Cable) -> None:
    slave = Slave(cable)
    options = {"port": cable.ends[1], "counters": {str(ADDRESS): 3, "6": 4}}
    driver = build_driver("keypad", "modbus", options)
    driver.open()
    silent(driver, {6}, Report("degraded", "panel_silent"))
    presses = []
    for keys in (0b1, 0, 0b10, 0):
        slave.pressed = keys
        presses += [press for _ in range(8) for press in driver.step()]
    assert presses == [Press(3, "next"), Press(3, "recall")]
    assert driver.work("beep", {"counter": 3, "ok": True}).state == "done"
    assert slave.written == [(6, 9, [0]), (6, 8, [1])]  # its lamp is put out as the line opens
    driver.close()
    slave.close()
