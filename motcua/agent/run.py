"""The agent at work: one thread for the cable, one for each device."""

import logging
import signal
import threading
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import FrameType
from typing import Any

from motcua.agent import config as files
from motcua.agent.broken import BrokenDevice, make_broken_device, require_own_port
from motcua.agent.config import Config, DeviceEntry
from motcua.agent.desk_files import Fetcher
from motcua.agent.errors import AgentError
from motcua.agent.link import Link
from motcua.agent.outbox import Outbox
from motcua.agent.remote import Remote, describe_refusal
from motcua.agent.steady import read_steady_clock
from motcua.agent.troubles import Troubles
from motcua.agent.watchdog import Watchdog
from motcua.agent.worker import ReceivedJob, Worker
from motcua.devices import kinds
from motcua.devices.abilities import Delivering, FolderUsing
from motcua.devices.contract import DeviceError, Driver, JobOutcome
from motcua.devices.loading import build_driver
from motcua.typed.device_address import DeviceAddress
from motcua.typed.sentences import mark

LOOK_S = 0.1
STOP_S, PREVIEW_S = 5.0, 3.0
logger = logging.getLogger(__name__)


class Agent:
    """All devices of this computer and the cable to the desk."""

    def __init__(
        self, server: str, token: str, config: Config, troubles: Troubles | None = None, ca: Path | None = None
    ) -> None:
        """Open the memory and build each device's driver; a device that is not there now is waited for.

        Raises `AgentError`.

        What is damaged or mistaken stops its own device at most, and is told to the desk with `troubles`.
        """
        self._config, self._troubles = config, troubles or Troubles()
        self._fetch = Fetcher(server, token, ca)
        self._changing = threading.Lock()
        self._outbox = Outbox(config.state, troubles=self._troubles)
        self._link = Link(server, token, self._outbox, self, ca)
        self._workers: dict[str, Worker] = {}
        for entry in [*config.devices, *files.recover_devices(config.state, self._troubles)]:
            if entry.kind not in kinds.DRIVEN:
                message = mark("There is no kind of device %(kind)s. Valid kinds: %(known)s.")
                problem = AgentError(message, kind=entry.kind, known=", ".join(kinds.DRIVEN))
                self._troubles.note(f"device.{entry.name}", _unusable(entry, problem))
            elif entry.name not in self._workers:
                self._workers[entry.name] = self._worker(entry, self._driver(entry))
        self._remote = Remote(self, config.state)
        self._watchdog = Watchdog()
        self._asked_to_stop = False
        self._is_running = False

    def _worker(self, entry: DeviceEntry, driver: Driver) -> Worker:
        return Worker(entry, driver, self._outbox, self)

    def _driver(self, entry: DeviceEntry) -> Driver:
        """Return the device's driver, or one that says why there is none."""
        try:
            require_own_port(entry, self.list_entries())
            return self._equip(entry, build_driver(entry.kind, entry.driver, entry.options))
        except DeviceError as error:
            logger.error("%s", _unusable(entry, error))
            return BrokenDevice(error) if error.code else make_broken_device(error)

    def _equip(self, entry: DeviceEntry, driver: Driver) -> Driver:
        """Tell a driver that needs a file of the agent's folder where it is, or how to bring something to the desk."""
        if isinstance(driver, FolderUsing):
            driver.use_folder(str(self._config.state))
        if isinstance(driver, Delivering):
            driver.use_desk(lambda path, fields: self._fetch.deliver(path, {**fields, "device": entry.name}))
        return driver

    # --- what a worker needs of the cable -----------------------------------------------------------------------------

    def wake(self) -> None:
        """Something waits on disk to be sent."""
        self._link.wake()

    def mention(self, event: str, fields: dict[str, Any]) -> None:
        """Send what is worth nothing later."""
        self._link.mention(event, fields)

    def prepare(self, kind: str, payload: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the payload with what has to be fetched from the desk first. Raises `OSError`."""
        return self._fetch.complete(kind, payload)

    # --- what the cable needs of the devices --------------------------------------------------------------------------

    def give(self, job: ReceivedJob) -> None:
        """Let the right device do `job`: the one it names, else the first of its kind that belongs to its counter."""
        worker = self._for(job)
        if worker is not None:
            worker.add(job)
            return
        self._outbox.end(job.desk, job.id, "failed", "no_device")
        self._link.wake()

    def _for(self, job: ReceivedJob) -> Worker | None:
        address = DeviceAddress.parse(job.device)
        workers = list(self._workers.values())
        if address.name in self._workers:
            return self._workers[address.name]
        kind = kinds.find_kind(address.kind) or kinds.find_kind_for_job(job.kind)
        if kind is None:
            return None
        fitting = [worker for worker in workers if worker.entry.kind == kind.name]
        if kind.place == "counters":
            counter = job.payload.get("counter")
            fitting = [worker for worker in fitting if counter in worker.entry.counters]
        return fitting[0] if fitting else None

    def show(self, states: list[dict[str, Any]]) -> None:
        """Let every sign show what the desk says is true now."""
        for worker in list(self._workers.values()):
            worker.show(states)

    def show_lamps(self, lamps: dict[int, str]) -> None:
        """Let every keypad's lamp show what the desk says is true now."""
        for worker in list(self._workers.values()):
            worker.show_lamps(lamps)

    def blank_devices(self) -> None:
        """Let no device show what may be out of date."""
        for worker in list(self._workers.values()):
            worker.blank()

    def report_health(self) -> dict[str, Any]:
        """Return how each device is."""
        return {name: dict(worker.health) for name, worker in list(self._workers.items()) if worker.health}

    def list_troubles(self) -> list[dict[str, Any]]:
        """Return what is wrong with the agent itself."""
        return self._troubles.list_all()

    def list_declared(self) -> list[dict[str, Any]]:
        """Return which devices there are, by name."""
        entries = sorted((worker.entry for worker in list(self._workers.values())), key=lambda entry: entry.name)
        return [{"name": entry.name, "kind": entry.kind, "counters": entry.counters} for entry in entries]

    def answer_request(self, request: dict[str, Any]) -> dict[str, Any]:
        """Answer what the desk's settings page asks."""
        return self._remote.answer(request)

    # --- what the settings page changes -------------------------------------------------------------------------------

    def list_entries(self) -> list[DeviceEntry]:
        """Return the devices."""
        return [worker.entry for worker in list(self._workers.values())]

    def put(self, entry: DeviceEntry) -> None:
        """Add a device, or change one that was added from the settings page; it is remembered.

        Raises `AgentError`, `OSError`.
        """
        with self._changing:
            replaced = self._workers.get(entry.name)
            if replaced is not None and replaced.entry.fixed:
                raise AgentError(mark("%(name)s is defined in the agent's own file. Change it there."), name=entry.name)
            driver = self._equip(entry, build(entry, self.list_entries()))
            remembered = [item for item in self.list_entries() if not item.fixed and item.name != entry.name]
            files.remember(self._config.state, [*remembered, entry])
            if replaced is not None:
                replaced.stop()
            worker = self._workers[entry.name] = self._worker(entry, driver)
            if self._is_running:
                worker.start()
        self._link.wake()

    def remove(self, name: str) -> None:
        """Forget a device that was added from the settings page. Raises `AgentError`, `OSError`."""
        with self._changing:
            worker = self._workers.get(name)
            if worker is None:
                raise AgentError(mark("There is no device %(name)s."), name=name)
            if worker.entry.fixed:
                raise AgentError(mark("%(name)s is defined in the agent's own file. Change it there."), name=name)
            files.remember(
                self._config.state, [item for item in self.list_entries() if not item.fixed and item.name != name]
            )
            del self._workers[name]
            worker.stop()
        self._link.wake()

    def test(self, name: str, payload: Mapping[str, Any], within_s: float) -> JobOutcome:
        """Let a device show that it works: a paper, a light, a word. Raises `AgentError`."""
        worker = self._workers.get(name)
        if worker is None:
            raise AgentError(mark("There is no device %(name)s."), name=name)
        kind = kinds.find_kind(worker.entry.kind)
        job = kind.test_job if kind is not None else ""
        return worker.test(self.prepare(job, payload) if job else payload, within_s)

    def preview(self, name: str, *, is_on: bool) -> dict[str, Any]:
        """Let a device show what it sees for some seconds, or no more; return `{ok: true}`, or why not in words."""
        worker = self._workers.get(DeviceAddress.parse(name).name if ":" in name else name)
        if worker is None:
            return describe_refusal(AgentError(mark("There is no device %(name)s."), name=name))
        error = worker.preview(is_on=is_on, within_s=PREVIEW_S)
        return {"ok": True} if error is None else describe_refusal(error)

    def watch(self, name: str, watch: str, *, is_on: bool) -> bool:
        """Let a device bring to the desk what comes from now on, or no more; return whether it does so already."""
        worker = self._workers.get(name)
        return worker is not None and worker.watch(watch, is_on=is_on)

    # --- life ---------------------------------------------------------------------------------------------------------

    def _ask_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self._asked_to_stop = True

    def run(self) -> None:
        """Work until SIGTERM or SIGINT. Raises `AgentError` when the desk turns the agent away."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._ask_to_stop)
        cable = threading.Thread(target=self._link.run, name="link", daemon=True)
        with self._changing:
            self._is_running = True
            for worker in self._workers.values():
                worker.start()
        cable.start()
        self._watchdog.announce_ready()
        try:
            while not self._asked_to_stop and cable.is_alive():
                cable.join(LOOK_S)
                self._watchdog.look([worker.stepped_at for worker in list(self._workers.values())], read_steady_clock())
        finally:
            for worker in list(self._workers.values()):
                worker.stop()
            self._remote.stop()
            self._link.stop()
            cable.join(STOP_S)
            self._outbox.close()
        if self._link.error is not None:
            raise self._link.error


def build(entry: DeviceEntry, others: Iterable[DeviceEntry] = ()) -> Driver:
    """Return the driver of a device beside `others`. Raises `AgentError` that names the device and the wrong option."""
    try:
        require_own_port(entry, others)
        return build_driver(entry.kind, entry.driver, entry.options)
    except DeviceError as error:
        raise _unusable(entry, error) from error


def _unusable(entry: DeviceEntry, error: Exception) -> AgentError:
    return AgentError(mark("The device %(name)s cannot be used: %(problem)s"), name=entry.name, problem=error)
