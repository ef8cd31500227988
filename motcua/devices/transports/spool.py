"""The Windows print queue: a job of raw bytes is handed to the spooler, which says at most what is wrong with it.

`Spooler` is all that is used of it, in five functions, so that the rest can be run without Windows.
"""

import time
from collections.abc import Callable
from typing import Any, Protocol

from motcua.devices.contract import DeviceError
from motcua.typed.sentences import mark

WATCH_S, LOOK_S = 10.0, 0.25
"""How long a job is watched in the queue, and how often."""


class Spooler(Protocol):
    """A print queue. Every failure is an `OSError`."""

    def open(self, printer: str) -> Any:
        """Return a handle of the printer."""
        ...

    def put(self, handle: Any, title: str, data: bytes) -> int:
        """Hand over one whole job of raw bytes; return its number."""
        ...

    def look(self, handle: Any, job: int) -> str | None:
        """Return `waiting`, `printing`, `error`, `offline`, `paper_out`, or None when the job has left the queue."""
        ...

    def drop(self, handle: Any, job: int) -> None:
        """Take the job out of the queue."""
        ...

    def close(self, handle: Any) -> None:
        """Give the handle back."""
        ...


class WindowsSpooler:
    """The spooler of this Windows, by pywin32."""

    _PROBLEMS = ((0x40, "paper_out"), (0x20, "offline"), (0x02, "error"))
    """JOB_STATUS_PAPEROUT, JOB_STATUS_OFFLINE, JOB_STATUS_ERROR."""
    _PRINTING, _GONE = 0x10, 0x80 | 0x100 | 0x04 | 0x1000
    """JOB_STATUS_PRINTING; PRINTED, DELETED, DELETING, COMPLETE."""
    _DELETE = 5

    def __init__(self) -> None:
        try:
            import win32print  # type: ignore[import-not-found,import-untyped,unused-ignore]
        except ImportError as error:
            message = mark("Print queues of Windows need Windows and the package pywin32.")
            raise DeviceError(message, permanent=True) from error
        self._api: Any = win32print

    def open(self, printer: str) -> Any:
        """Return a handle of the printer."""
        return self._do(self._api.OpenPrinter, printer)

    def put(self, handle: Any, title: str, data: bytes) -> int:
        """Hand over one whole job of raw bytes; return its number."""
        job = int(self._do(self._api.StartDocPrinter, handle, 1, (title, None, "RAW")))
        try:
            self._do(self._api.StartPagePrinter, handle)
            while data:
                written = int(self._do(self._api.WritePrinter, handle, data))
                if written <= 0:
                    raise OSError("the spooler takes no data")
                data = data[written:]
            self._do(self._api.EndPagePrinter, handle)
        finally:
            self._do(self._api.EndDocPrinter, handle)
        return job

    def look(self, handle: Any, job: int) -> str | None:
        """Return what the queue says about the job."""
        try:
            status = int(self._do(self._api.GetJob, handle, job, 1)["Status"])
        except OSError:  # an unknown number: it is printed and forgotten
            return None
        if status & self._GONE:
            return None
        named = next((name for bit, name in self._PROBLEMS if status & bit), None)
        return named or ("printing" if status & self._PRINTING else "waiting")

    def drop(self, handle: Any, job: int) -> None:
        """Take the job out of the queue."""
        self._do(self._api.SetJob, handle, job, 0, None, self._DELETE)

    def close(self, handle: Any) -> None:
        """Give the handle back."""
        self._do(self._api.ClosePrinter, handle)

    def _do(self, call: Any, *arguments: Any) -> Any:
        try:
            return call(*arguments)
        except Exception as error:  # pywin32 has an error of its own that is no OSError
            raise OSError(str(error)) from error


class SpoolPort:
    """Collects a job, hands it over when it is finished, and watches it.

    A job that the queue cannot print is taken out again:
    it would come out later, when its number has long been called. `now` is monotonic, in seconds.
    """

    answers = False
    stays_open = False
    is_network = False
    first_bytes = b""

    def __init__(
        self,
        name: str,
        spooler: Spooler,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.name, self._now, self._sleep = name, now, sleep
        self.accepted = 0
        self._spooler = spooler
        self._handle: Any = None
        self._job = bytearray()

    def begin(self) -> None:
        """Open the queue. Raises `DeviceError`."""
        self.close()
        self.accepted = 0
        self._job.clear()
        try:
            self._handle = self._spooler.open(self.name)
        except OSError as error:
            raise self._wrong(error) from error

    open = begin

    def is_ready(self, wait_s: float) -> bool:
        """Return True: opening does not take time."""
        return True

    def push(self, data: bytes, wait_s: float) -> int:
        """Keep `data` for the job."""
        self._job += data
        return len(data)

    def read(self, wait_s: float) -> bytes:
        """Return nothing: a spooler gives no answers back."""
        return b""

    def count_waiting(self) -> int:
        """Return 0: nothing is on its way."""
        return 0

    def finish(self) -> str | None:
        """Hand the job over and watch it for ten seconds; return what the queue named as its problem.

        Raises `DeviceError`.
        """
        job = bytes(self._job)
        self._job.clear()
        self.accepted = len(job)  # a refusal half-way may leave a part of it in the queue
        try:
            number = self._spooler.put(self._handle, "motcua", job)
            return self._watched(number)
        except OSError as error:
            raise self._wrong(error) from error

    def close(self) -> None:
        """Close it; never raises, may be called twice."""
        closing, self._handle = self._handle, None
        if closing is not None:
            try:
                self._spooler.close(closing)
            except OSError:
                return

    def _watched(self, number: int) -> str | None:
        """A problem that passes is none: an `error` is believed when it stands at the end, or at once when the queue
        names paper.
        """
        until = self._now() + WATCH_S
        while True:
            state = self._spooler.look(self._handle, number)
            if state is None:
                return None
            is_over = self._now() >= until
            if state not in {"waiting", "printing"} and (is_over or state == "paper_out"):
                self._spooler.drop(self._handle, number)
                return state
            if is_over:
                return None
            self._sleep(LOOK_S)

    def _wrong(self, error: OSError) -> DeviceError:
        message = mark("The print queue %(name)s does not work: %(problem)s")
        return DeviceError(message, name=self.name, problem=error.strerror or error)
