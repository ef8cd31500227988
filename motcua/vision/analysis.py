"""The analysis as its owner sees it: frames in, readings out, and never a wait for either.

The owner captures and has the network; the process behind this has the model and no network. One frame is looked at
at a time, and of those that come meanwhile only the newest is kept.
"""

import json
import os
import socket
import subprocess
import sys
import threading
from collections import deque
from pathlib import Path
from typing import IO, Any, Protocol

from motcua.typed.sentences import SentenceError, mark
from motcua.vision.errors import VisionError
from motcua.vision.frames import LINE_BYTES, AnalysedFrame, CameraFrame, decode_reading, is_whole, send_frame
from motcua.vision.isolation import Isolation
from motcua.vision.offline import close_proxies

ENDED = mark("The process that reads faces ended by itself.")
READINGS_MAX = 256
PIPE_BYTES = 1 << 20
STOP_S = 5


class AnalysisLink(Protocol):
    """The way to the process that reads faces. Only one thread uses its two pipes."""

    source: IO[bytes]
    sink: IO[bytes]
    pid: int | None

    def close(self) -> None:
        """Close both pipes and wait for the end of the process, which reads that; one that hangs is killed."""

    def kill(self) -> None:
        """End the process at once; whoever waits at one of the pipes goes on. For any thread."""

    def has_ended(self) -> bool:
        """Say whether the process is gone. For any thread."""


class ChildLink:
    """A child of this process. Never a fork: one that had the model loaded would hang. Raises `OSError`."""

    def __init__(self, model: Path) -> None:
        environment = dict(os.environ)
        close_proxies(environment)
        self._process = subprocess.Popen(  # noqa: S603 -- this Python and a module of this program
            [sys.executable, "-m", "motcua.vision.child", str(model)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        if self._process.stdin is None or self._process.stdout is None:
            raise OSError("no pipes")
        self.sink, self.source = self._process.stdin, self._process.stdout
        self.pid: int | None = self._process.pid
        _widen(self.sink)

    def close(self) -> None:
        """End the child; afterwards it is gone from the list of processes too."""
        _close(self.sink)
        _close(self.source)
        try:
            self._process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """Kill the child, whatever it does."""
        self._process.kill()
        self._process.wait()

    def has_ended(self) -> bool:
        """Say whether the child has ended."""
        return self._process.poll() is not None


class ServiceLink:
    """A process that systemd starts without a network for each connection to a Unix socket. Raises `OSError`."""

    pid: int | None = None

    def __init__(self, path: Path) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            self._socket.connect(str(path))
        except OSError:
            self._socket.close()
            raise
        self.sink: IO[bytes] = self._socket.makefile("wb")
        self.source: IO[bytes] = self._socket.makefile("rb")

    def close(self) -> None:
        """Close the connection; the process reads that and ends."""
        self.kill()
        _close(self.sink)
        _close(self.source)
        self._socket.close()

    def kill(self) -> None:
        """Cut the connection at once."""
        try:
            self._socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            return

    def has_ended(self) -> bool:
        """Say whether the other side has closed the connection."""
        try:
            return not self._socket.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
        except BlockingIOError:
            return False
        except OSError:
            return True


class Analysis:
    """Reads faces in another process: `start`, `submit` frames, `take` readings, `stop`.

    All calls return at once, but `stop`, which waits for the process for at most five seconds. An analysis that has
    ended is not started again: make another one.
    """

    def __init__(self, model: Path, service: Path | None = None) -> None:
        """Have the process as a child with `model`, or at the Unix socket `service`, which has its own model."""
        self._model, self._service = model, service
        self._changed = threading.Condition()
        self._newest: CameraFrame | None = None
        self._readings: deque[AnalysedFrame] = deque(maxlen=READINGS_MAX)
        self._link: AnalysisLink | None = None
        self._thread: threading.Thread | None = None
        self._is_busy = self._is_stopping = self._is_lost = self._has_ended = False
        self.isolation: Isolation | None = None
        """What keeps the process from the network; None until it is ready."""
        self.problem: SentenceError | None = None
        """Why it ended, None where it was stopped or goes on."""

    @property
    def pid(self) -> int | None:
        """The child's number, None where there is none."""
        return None if self._link is None else self._link.pid

    def start(self) -> None:
        """Start the process; `is_ready` says when it has the model. Raises `OSError`."""
        link: AnalysisLink = ChildLink(self._model) if self._service is None else ServiceLink(self._service)
        self._link = link
        self._thread = threading.Thread(target=self._serve, args=(link,), name="analysis", daemon=True)
        self._thread.start()

    def is_ready(self) -> bool:
        """Say whether frames are answered."""
        return self.isolation is not None and self.is_alive()

    def is_alive(self) -> bool:
        """Say whether it was started and has not ended."""
        if self._link is not None and not self._is_lost and self._link.has_ended():
            with self._changed:
                self._is_lost = True
                self._changed.notify()
        return self._thread is not None and not self._has_ended

    def is_busy(self) -> bool:
        """Say whether a frame is being looked at, or waits for that."""
        with self._changed:
            return self._is_busy or self._newest is not None

    def submit(self, frame: CameraFrame) -> bool:
        """Have a frame looked at next; one that waits is forgotten for it. False where it is no frame or all is over.

        The pixels must not change until they were read: hand over bytes of their own.
        """
        if not is_whole(frame) or not self.is_alive():
            return False
        with self._changed:
            self._newest = frame
            self._changed.notify()
        return True

    def take(self) -> list[AnalysedFrame]:
        """Return the readings since the last call, in the order of the frames."""
        with self._changed:
            readings = list(self._readings)
            self._readings.clear()
        return readings

    def forget(self) -> None:
        """Forget the frame that waits and the readings that nobody took: the citizen said no."""
        with self._changed:
            self._newest = None
            self._readings.clear()

    def stop(self, wait_s: float = STOP_S) -> None:
        """End the process: kindly, after `wait_s` at once. A second call does nothing."""
        with self._changed:
            self._is_stopping = True
            self._newest = None
            self._changed.notify()
        if self._thread is None or self._link is None:
            return
        self._thread.join(wait_s)
        if self._thread.is_alive():
            self._link.kill()
            self._thread.join()

    def kill(self) -> None:
        """End the process at once, whatever it does."""
        self.stop(0)

    def _serve(self, link: AnalysisLink) -> None:
        """Carry frames there and readings back, until one side ends."""
        try:
            first = _hear(link.source)
            if "failed" in first:
                raise VisionError(str(first["failed"]), **first["params"])
            self.isolation = Isolation(first["isolation"])
            while (frame := self._wait_for_frame()) is not None:
                send_frame(link.sink, frame)
                reading = decode_reading(_hear(link.source))
                with self._changed:
                    self._is_busy = False
                    self._readings.append(AnalysedFrame(frame.at_s, reading))
        except VisionError as error:
            self._fail(error)
        except (OSError, ValueError, KeyError, TypeError):
            self._fail(VisionError(ENDED))
        finally:
            self._has_ended = True
            link.close()

    def _wait_for_frame(self) -> CameraFrame | None:
        with self._changed:
            self._changed.wait_for(lambda: self._newest is not None or self._is_stopping or self._is_lost)
            if self._is_lost and not self._is_stopping:
                raise ConnectionResetError
            frame, self._newest = self._newest, None
            self._is_busy = frame is not None
        return frame

    def _fail(self, error: VisionError) -> None:
        with self._changed:
            self._is_busy, self._newest = False, None
            if not self._is_stopping:
                self.problem = error


def _hear(source: IO[bytes]) -> dict[str, Any]:
    """Return the next line of JSON. Raises `OSError` at the end, `ValueError` for anything else."""
    line = source.readline(LINE_BYTES)
    if not line:
        raise ConnectionResetError
    answer: dict[str, Any] = json.loads(line)
    return answer


def _widen(pipe: IO[bytes]) -> None:
    """Let a whole frame be on its way at once, where the system knows how."""
    if sys.platform == "linux":
        import fcntl

        try:
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
        except OSError:
            return


def _close(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except OSError:
        return
