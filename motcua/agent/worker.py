"""One thread for one device: lets its supervisor step, does its jobs one after the other, each at most once, writes
down what people do.
"""

import logging
import threading
from collections import deque
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from msgspec import Struct

from motcua.agent.config import DeviceEntry
from motcua.agent.outbox import Outbox
from motcua.agent.steady import read_steady_clock
from motcua.devices.abilities import Delivering
from motcua.devices.contract import Acknowledging, DeviceError, Driver, JobOutcome, Observation, Signalling
from motcua.devices.kinds import SENDING
from motcua.devices.supervisor import Supervisor
from motcua.typed.sentences import mark

STOP_S = 5.0
ODD_WAIT_S = 1.0
IDLE_S = 0.05
"""How long a device that has nothing to read is left alone."""
ENDED = "done"
NO_LIGHT = "no_light"
"""A pad without light and sound asks by the end of the visit itself."""
BACKLOG_S, PATIENCE_S = 20.0, 120.0
"""From when on a call is said once only, and for how long at most it waits for those before it."""
logger = logging.getLogger(__name__)


class ReceivedJob(Struct, frozen=True):
    """Something to do for the desk with the database id `desk`, within `ttl_ms` of its arrival, by the device
    `device`.
    """

    desk: str
    id: int
    kind: str
    payload: dict[str, Any]
    ttl_ms: int
    device: str = ""


class ServerCable(Protocol):
    """What a worker needs of the cable to the desk."""

    def wake(self) -> None:
        """Something waits on disk to be sent."""
        ...

    def mention(self, event: str, fields: dict[str, Any]) -> None:
        """Send what is worth nothing later, if there is a connection now."""
        ...

    def prepare(self, kind: str, payload: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the payload with what has to be fetched from the desk first."""
        ...


class Worker:
    """Runs one device. `now` is a clock that nobody sets, in seconds; it goes on while the computer sleeps."""

    def __init__(
        self,
        entry: DeviceEntry,
        driver: Driver,
        outbox: Outbox,
        desk: ServerCable,
        now: Callable[[], float] = read_steady_clock,
    ) -> None:
        self.entry = entry
        self.supervisor = Supervisor(entry.name, driver, now)
        self._outbox, self._desk, self._now = outbox, desk, now
        self._waiting: deque[Callable[[], None]] = deque()
        self._called = threading.Event()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name=entry.name, daemon=True)
        self.stepped_at = now()
        self._busy_s = 0.0
        self.health: dict[str, Any] = {}

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def add(self, job: ReceivedJob) -> None:
        """Let `job` wait for its turn; its time runs from now on."""
        arrived, busy_s = self._now(), self._busy_s
        self._soon(lambda: self.do(job, arrived, busy_s))

    def show(self, states: list[dict[str, Any]]) -> None:
        """Show what the desk says is true now, where this device shows anything."""
        driver: Any = self.supervisor.driver
        if hasattr(driver, "show"):
            self._soon(lambda: driver.show(states))

    def show_lamps(self, lamps: Mapping[int, str]) -> None:
        """Show what the desk says is true now of calls for help, where this device has a lamp."""
        driver = self.supervisor.driver
        if isinstance(driver, Signalling):
            self._soon(lambda: driver.show_lamps(lamps))

    def watch(self, watch: str, *, is_on: bool) -> bool:
        """Bring to the desk what comes from now on, or no more, where this device has anything to bring.

        Return whether it does so already: the device itself begins on its own thread.
        """
        driver = self.supervisor.driver
        if not isinstance(driver, Delivering):
            return False
        self._soon(lambda: driver.watch(watch, is_on=is_on))
        return driver.is_watching(watch)

    def blank(self) -> None:
        """The desk cannot be reached."""
        self._soon(self.supervisor.blank)

    def test(self, payload: Mapping[str, Any], within_s: float) -> JobOutcome:
        """Let the device show that it works, and wait for it; nothing of it is a job of the desk."""
        ended = threading.Event()
        outcomes: list[JobOutcome] = []

        def work() -> None:
            outcomes.append(self.supervisor.work("check", payload))
            ended.set()

        self._soon(work)
        return outcomes[0] if ended.wait(within_s) else JobOutcome("unknown", "no_answer")

    def preview(self, *, is_on: bool, within_s: float) -> DeviceError | None:
        """Let the device show what it sees, or no more; return why it does not, None where it does."""
        ended = threading.Event()
        errors: list[DeviceError] = []

        def work() -> None:
            try:
                self.supervisor.preview(is_on=is_on)
            except DeviceError as error:
                errors.append(error)
            ended.set()

        self._soon(work)
        if not ended.wait(within_s):
            return DeviceError(mark("The device %(name)s does not answer."), name=self.entry.name)
        return errors[0] if errors else None

    def stop(self) -> None:
        """Finish what is in hand, at most five seconds, and close the device; what waits is reported at the next
        start.
        """
        self._stopping = True
        self._called.set()
        if self._thread.is_alive():
            self._thread.join(STOP_S)

    def _soon(self, work: Callable[[], None]) -> None:
        self._waiting.append(work)
        self._called.set()

    def _run(self) -> None:
        try:
            while not self._stopping:
                try:
                    self._turn()
                except Exception:  # one odd press never ends a device
                    logger.exception("%s", self.entry.name)
                    self._called.wait(ODD_WAIT_S)
        finally:
            self.supervisor.blank()
            self.supervisor.close()

    def _turn(self) -> None:
        self._called.clear()
        while self._waiting and not self._stopping:
            try:
                self._waiting.popleft()()
            except Exception:
                logger.exception("%s", self.entry.name)
        observations, wait_s = self.supervisor.step()
        for observation in observations:
            self._pass_on(observation)
        if observations:
            self._thank()
        self._look()
        self.stepped_at = self._now()
        # the step of a driver that sends waits by itself: any further wait would only make a press late
        if not observations and (wait_s or self.entry.kind not in SENDING):
            self._called.wait(wait_s or IDLE_S)

    def _pass_on(self, observation: Observation) -> None:
        """Write down what must be kept before anybody knows of it, and send the rest while it is worth something."""
        message = observation.to_message()
        fields = {"device": self.entry.name, **message.fields}
        if not message.is_kept:
            self._desk.mention(message.event, fields)
            return
        key = f"{self.entry.name}:{message.id}" if message.id else None
        if self._outbox.keep(message.event, fields, key, is_old=message.is_old) and message.log:
            logger.info("%s: %s", self.entry.name, message.log)

    def _thank(self) -> None:
        self._desk.wake()
        driver = self.supervisor.driver
        if isinstance(driver, Acknowledging):
            driver.confirm_stored()

    def _look(self) -> None:
        report = self.supervisor.report()
        if (report["state"], report["problem"]) != (self.health.get("state"), self.health.get("problem")):
            if self.health or report["state"] != "ok":
                logger.info(
                    "%s is %s%s",
                    self.entry.name,
                    report["state"],
                    f" ({report['problem']})" if report["problem"] else "",
                )
            self._desk.wake()
        self.health = report

    def do(self, job: ReceivedJob, arrived: float, busy_s: float = 0.0) -> None:
        """Do one job that arrived at `arrived`, when the device had worked for `busy_s`, unless it is too late;
        remember how it ended.

        While other calls are being said, a call's time stands still, for two minutes at most: in a busy hall its
        repeat is dropped, never its first saying.
        """
        waited_s = self._now() - arrived
        patience_s = min(self._busy_s - busy_s, PATIENCE_S) if job.kind == "say" else 0.0
        if (waited_s - patience_s) * 1000 > job.ttl_ms:
            self.supervisor.skip_job(job.kind, job.payload)
            self._end(job, JobOutcome("failed", "expired"))
            return
        job_payload = job.payload
        if job.kind == "say" and waited_s > BACKLOG_S:
            job_payload = {
                **job_payload,
                "audio_path": str(job_payload.get("audio_path") or "").replace("times=2", "times=1"),
            }
        try:
            payload = self._desk.prepare(job.kind, job_payload)
        except OSError as error:
            logger.warning("job %s (%s): %s", job.id, job.kind, error)
            self._end(job, JobOutcome("failed", "desk_silent"))
            return
        self._outbox.start(job.desk, job.id)
        logger.info("job %s (%s) begins", job.id, job.kind)
        began = self._now()
        outcome = self.supervisor.work(job.kind, {**payload, "order": job.id})
        self._busy_s += self._now() - began
        if job.kind == "ask" and (outcome.state == ENDED or outcome.detail == NO_LIGHT):
            rating = {name: job.payload.get(name) for name in ("visit", "counter")}
            self._outbox.keep("shown", {"device": self.entry.name, **rating})
        self._end(job, outcome)

    def _end(self, job: ReceivedJob, outcome: JobOutcome) -> None:
        self._outbox.end(job.desk, job.id, outcome.state, outcome.detail)
        logger.info(
            "job %s (%s): %s%s", job.id, job.kind, outcome.state, f", {outcome.detail}" if outcome.detail else ""
        )
        self._desk.wake()
