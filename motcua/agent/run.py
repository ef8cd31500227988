"""The agent at work: one thread for the cable, one for each device."""

import logging
import queue
import signal
import threading
import time
from collections.abc import Callable, Mapping
from types import FrameType
from typing import Any, Protocol

from motcua.agent.config import Config
from motcua.agent.errors import AgentError, DeviceError, mark
from motcua.agent.file_printer import FilePrinter
from motcua.agent.link import Job, Link
from motcua.agent.outbox import Outbox

LOOK_S = 0.1
STOP_S = 5.0
logger = logging.getLogger(__name__)


class Device(Protocol):
    """Something that does jobs of one kind."""

    kind: str

    def work(self, payload: Mapping[str, Any]) -> None:
        """Do one job. Raises `DeviceError` when nothing of it happened."""
        ...


class Worker:
    """Does the jobs of one device, one after the other, each at most once. `now` is monotonic, in seconds."""

    def __init__(self, device: Device, outbox: Outbox, ended: Callable[[], None], now: Callable[[], float] = time.monotonic) -> None:
        self._device, self._outbox, self._ended, self._now = device, outbox, ended, now
        self._waiting: queue.SimpleQueue[tuple[Job, float] | None] = queue.SimpleQueue()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name=device.kind, daemon=True)
        self.health: dict[str, Any] = {"state": "ok", "detail": None}

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def add(self, job: Job) -> None:
        """Let `job` wait for its turn; its time runs from now on."""
        self._waiting.put((job, self._now()))

    def stop(self) -> None:
        """Finish the job in hand, at most five seconds; what waits is reported at the next start."""
        self._stopping = True
        self._waiting.put(None)
        self._thread.join(STOP_S)

    def _run(self) -> None:
        while (found := self._waiting.get()) is not None and not self._stopping:
            self.do(*found)

    def do(self, job: Job, arrived: float) -> None:
        """Do one job that arrived at `arrived`, unless it is too late, and remember how it ended."""
        if (self._now() - arrived) * 1000 > job.ttl_ms:
            self._end(job, "failed", "expired")
            return
        self._outbox.start(job.desk, job.id)
        logger.info("job %s (%s) begins", job.id, job.kind)
        try:
            self._device.work(job.payload)
        except DeviceError as error:
            self.health = {"state": "failing", "detail": str(error)}
            self._end(job, "failed", str(error))
        except Exception as error:
            logger.exception("job %s", job.id)
            self._end(job, "unknown", repr(error))
        else:
            self.health = {"state": "ok", "detail": None}
            self._end(job, "done", None)

    def _end(self, job: Job, state: str, detail: str | None) -> None:
        self._outbox.end(job.desk, job.id, state, detail)
        logger.info("job %s (%s): %s%s", job.id, job.kind, state, f", {detail}" if detail else "")
        self._ended()


class Agent:
    """All devices of this computer and the cable to the desk."""

    def __init__(self, server: str, token: str, config: Config) -> None:
        """Open memory and devices. Raises `AgentError`, `OSError`."""
        printer = FilePrinter(config.printed, server)
        try:
            printer.open()
        except DeviceError as error:
            raise AgentError(mark("The printer cannot be used: %(problem)s"), problem=error) from error
        self._outbox = Outbox(config.state)
        self._link = Link(server, token, self._outbox, self._give, self._health)
        self._workers = {device.kind: Worker(device, self._outbox, self._link.wake) for device in (printer,)}
        self._asked_to_stop = False

    def _give(self, job: Job) -> None:
        worker = self._workers.get(job.kind)
        if worker is not None:
            worker.add(job)
            return
        self._outbox.end(job.desk, job.id, "failed", f"no device for {job.kind}")
        self._link.wake()

    def _health(self) -> dict[str, Any]:
        return {kind: dict(worker.health) for kind, worker in self._workers.items()}

    def _ask_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self._asked_to_stop = True

    def run(self) -> None:
        """Work until SIGTERM or SIGINT. Raises `AgentError` when the desk turns the agent away."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._ask_to_stop)
        cable = threading.Thread(target=self._link.run, name="link", daemon=True)
        for worker in self._workers.values():
            worker.start()
        cable.start()
        try:
            while not self._asked_to_stop and cable.is_alive():
                cable.join(LOOK_S)
        finally:
            for worker in self._workers.values():
                worker.stop()
            self._link.stop()
            cable.join(STOP_S)
            self._outbox.close()
        if self._link.error is not None:
            raise self._link.error
