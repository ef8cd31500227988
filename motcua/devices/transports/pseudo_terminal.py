"""The device's end of a serial line that exists only in this computer: what an emulator plugs in, and pulls out."""

import os
import select
import threading
import time
from collections.abc import Callable
from pathlib import Path

LOOK_S = 0.02
_CHUNK = 4096
BITS = 10
"""A byte on the line: start, eight bits, stop."""


class PseudoTerminal:
    """A line whose other end is `path`. `link` is a name for it that stays the same over pulling and plugging.

    `baud` paces what is written as a true line would; None writes at once. A thread hands what arrives to `receive`,
    and calls `tick` every 20 ms; both may write.
    """

    def __init__(
        self,
        link: str | None = None,
        baud: int | None = None,
        receive: Callable[[bytes], None] = lambda _data: None,
        tick: Callable[[], None] = lambda: None,
    ) -> None:
        self._link, self._baud, self._receive, self._tick = link, baud, receive, tick
        self._master: int | None = None
        self._name = ""
        self._lock = threading.RLock()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def path(self) -> str:
        """Return the other end's name."""
        return self._link or self._name

    @property
    def is_plugged(self) -> bool:
        """Whether the cable is in."""
        return self._master is not None

    @property
    def is_heard(self) -> bool:
        """Whether somebody has opened the other end. What is written while nobody has is lost, as on a true line."""
        with self._lock:
            if self._master is None:
                return False
            watch = select.poll()
            watch.register(self._master, select.POLLHUP)
            return not any(event & select.POLLHUP for _fd, event in watch.poll(0))

    def start(self) -> None:
        """Plug it in and begin to listen. Raises `OSError`."""
        self.plug()
        self._stopping.clear()
        self._thread = threading.Thread(target=self._run, name=f"line {self.path}", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Pull it out and end the thread; may be called twice."""
        self._stopping.set()
        thread, self._thread = self._thread, None
        if thread is not None and thread is not threading.current_thread():
            thread.join()
        self.unplug()

    def plug(self) -> None:
        """Put the cable in. Raises `OSError`."""
        import tty

        with self._lock:
            if self._master is not None:
                return
            master, slave = os.openpty()
            tty.setraw(slave)  # stays so; without it the line would echo what arrives before the other end sets it
            self._name = os.ttyname(slave)
            os.close(slave)
            os.set_blocking(master, False)
            if self._link is not None:
                draft = Path(f"{self._link}.new")
                draft.unlink(missing_ok=True)
                draft.symlink_to(self._name)
                draft.replace(self._link)
            self._master = master

    def unplug(self) -> None:
        """Pull the cable out: whoever reads or writes at the other end learns it at once."""
        with self._lock:
            master, self._master = self._master, None
            if master is not None:
                os.close(master)
            if self._link is not None and os.path.lexists(self._link):
                Path(self._link).unlink()

    def write(self, data: bytes) -> bool:
        """Send `data`; False if nobody hears it."""
        pieces = [data] if self._baud is None else [data[at : at + 1] for at in range(len(data))]
        for piece in pieces:
            if self._baud is not None:
                time.sleep(BITS / self._baud)
            with self._lock:
                if self._master is None or not self.is_heard:
                    return False
                try:
                    os.write(self._master, piece)
                except OSError:  # full, as nobody reads, or pulled
                    return False
        return True

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._heard_or_waited()
            self._tick()

    def _heard_or_waited(self) -> None:
        with self._lock:
            master = self._master if self.is_heard else None
        if master is None:
            self._stopping.wait(LOOK_S)
            return
        try:
            ready, _, _ = select.select([master], [], [], LOOK_S)
            with self._lock:
                data = os.read(master, _CHUNK) if ready and self._master == master else b""
        except (OSError, ValueError):  # pulled in between
            return
        if data:
            self._receive(data)
