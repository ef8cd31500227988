"""A ticket printer made of software, which draws what it is sent and breaks in every way that a real one breaks."""

import io
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image

from motcua.devices.emulation import Handle, mark
from motcua.devices.paper.render import WIDTHS
from motcua.devices.printer import emulated_answers
from motcua.devices.printer.connection import BUFFER, PrinterClient, open_listener, wait_for
from motcua.devices.printer.paper import Roll

AWAY_S = 5.0
SLOW_BAUD = 9600
_BITS_A_BYTE = 10

FAULTS = {
    "paper_out": mark("Out of paper"),
    "paper_low": mark("Paper is running low"),
    "cover_open": mark("Open the cover"),
    "unplug": mark("Pull the cable"),
    "away": mark("Off for five seconds"),
    "silent": mark("Never answers"),
    "late": mark("Answers late"),
    "stall": mark("Stops in the middle of a ticket"),
    "hang_up": mark("Hangs up in the middle of a ticket"),
    "reset": mark("Breaks the connection in the middle of a ticket"),
    "slow": mark("Prints slowly"),
    "hears_pictures": mark("Answers questions hidden in pictures"),
    "busy": mark("Another program holds it"),
}
"""What can be wrong, and the words on the buttons."""
MEND = Handle("mend", mark("Repair everything"))


class PrinterEmulator:
    """A printer on `tcp://host:port` (0: any free one). Papers go into `folder` as `paper-0001.png` where one is given.

    `break_at` is the byte of a connection at which `stall`, `hang_up` and `reset` strike, `late_s` how late `late`
    is, `baud` how fast `slow` is. One client at a time, as real ones; the next waits at the door. Only the last
    `papers_max` papers are remembered, and what was received since the paper before; None keeps everything. `now` is
    the clock in seconds.
    """

    kind = "printer"

    def __init__(
        self,
        name: str = "printer",
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        paper_mm: int = 80,
        folder: Path | None = None,
        break_at: int = 6000,
        late_s: float = 3.0,
        baud: int = SLOW_BAUD,
        papers_max: int | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name, self.host, self.port, self.paper_mm = name, host, port, paper_mm
        self.break_at, self.late_s, self.baud, self._papers_max, self.printed = break_at, late_s, baud, papers_max, 0
        self.papers: list[Image.Image] = []
        self.commands: list[str] = []
        self.received = bytearray()
        self._folder = folder
        self._roll = Roll(WIDTHS[paper_mm])
        self._fault: str | None = None
        self._planned: tuple[str, int] | None = None
        self._now = now
        self._back_at = 0.0
        self._lock = threading.RLock()
        self._listener: socket.socket | None = None
        self._client: PrinterClient | None = None
        self._ends = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Listen. Raises `OSError`."""
        self._listen()
        if self._folder is not None:
            self._folder.mkdir(parents=True, exist_ok=True)
        self._ends.clear()
        self._thread = threading.Thread(target=self._run, name=f"emulator {self.name}", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Close everything; may be called twice."""
        self._ends.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        with self._lock:
            self._unplug()

    def describe_entry(self) -> dict[str, Any]:
        """Return the `[[device]]` entry with which an agent drives this emulator."""
        port = f"tcp://{self.host}:{self.port}"
        return {
            "name": self.name, "kind": "printer", "driver": "escpos", "port": port,
            "profile": "epson", "paper_mm": self.paper_mm, "poll_s": 3,
        }  # fmt: skip

    def list_handles(self) -> list[Handle]:
        """Return what can be done to it now."""
        with self._lock:
            broken = [Handle(code, label) for code, label in FAULTS.items() if code != self._fault]
            return [MEND, *broken] if self._fault else broken

    def do(self, code: str) -> None:
        """Break it in one way, in place of any other, or `mend` it. Raises `ValueError` for anything else."""
        if code != MEND.code and code not in FAULTS:
            raise ValueError(code)
        with self._lock:
            held_up = self._fault in {"stall", "busy"}
            self._fault = None if code == MEND.code else code
            if held_up or code == "busy":
                self._hang_up()
            if code in {"unplug", "away"}:
                self._unplug()
                self._back_at = self._now() + AWAY_S
            elif self._listener is None:
                self._listen()

    def do_after(self, printed_bytes: int, code: str) -> None:
        """Do `code` as soon as so many bytes of one connection are printed; a later wish replaces this one."""
        with self._lock:
            self._planned = code, printed_bytes

    def get_state(self) -> dict[str, Any]:
        """Return what it shows: plugged in or not, its fault, how many papers came out, how many bytes came in."""
        with self._lock:
            return {
                "plugged": self._listener is not None,
                "fault": self._fault,
                "text": None,
                "papers": self.printed,
                "bytes": len(self.received),
                "unknown": self.commands.count("unknown"),
            }

    def draw_picture(self) -> bytes | None:
        """Return the last paper as a PNG, the unfinished one before any is finished; None while the roll is blank."""
        with self._lock:
            last = self.papers[-1] if self.papers else self._roll.draw_picture() if self._roll.height else None
        if last is None:
            return None
        out = io.BytesIO()
        last.save(out, "PNG")
        return out.getvalue()

    def _listen(self) -> None:
        self._listener = open_listener(self.host, self.port)
        self.port = self._listener.getsockname()[1]

    def _unplug(self) -> None:
        self._hang_up()
        if self._listener is not None:
            self._listener.close()
            self._listener = None

    def _hang_up(self, *, reset: bool = False) -> None:
        if self._client is not None:
            self._client.close(reset=reset)
            self._client = None

    def _run(self) -> None:
        while not self._ends.is_set():
            with self._lock:
                watched = self._client.socket if self._client else self._listener
                try:
                    self._turn(self._now())
                except OSError:  # the client is gone
                    self._hang_up()
            wait_for(watched)

    def _turn(self, now: float) -> None:
        if self._fault == "away" and now >= self._back_at:
            self._fault = None
            self._listen()
        if self._client is None:
            self._accept(now)
        client = self._client
        if client is None:
            return
        self._receive(client)
        if self._client is not None:
            self._print(client, now)
            self._tell(client)
            client.answer_due(now)
        if client.is_over and not client.waiting:
            self._hang_up()

    def _accept(self, now: float) -> None:
        if self._listener is None or self._fault == "busy":
            return
        try:
            accepted, _ = self._listener.accept()
        except BlockingIOError:
            return
        self._client = PrinterClient(accepted, now)

    def _receive(self, client: PrinterClient) -> None:
        room = BUFFER - len(client.waiting)
        strikes = self._fault in {"stall", "hang_up", "reset"}
        if strikes:
            room = min(room, self.break_at - client.count)
            if client.count >= self.break_at:
                if self._fault != "stall":
                    self._hang_up(reset=self._fault == "reset")
                return
        came = client.receive(room)
        self.received += came
        for command in client.at_the_door.feed(came):
            client.is_asking = client.is_asking and command.name == "1004"
            for question in emulated_answers.find_questions(command, self._fault):
                self._answer(client, emulated_answers.answer_question(question, self._fault))
        if client.is_asking:  # questions are answered at the door and never stand in the line of what is to be printed
            client.waiting.clear()

    def _print(self, client: PrinterClient, now: float) -> None:
        if self._fault in emulated_answers.OFFLINE:
            client.printed_at = now
            return
        allowed = len(client.waiting)
        if self._fault == "slow":
            allowed = min(allowed, int((now - client.printed_at) * self.baud / _BITS_A_BYTE))
            if not allowed:
                return
        if self._planned is not None:
            allowed = max(0, min(allowed, self._planned[1] - client.printed_bytes))
        client.printed_at = now
        client.printed_bytes += allowed
        part = bytes(client.waiting[:allowed])
        del client.waiting[:allowed]
        for command in client.in_order.feed(part):
            self.commands.append(command.name)
            self._keep(self._roll.print(command))
            client.wants_telling = client.wants_telling or (command.name == "1d61" and command.data != b"\x00")
            if command.name == "1d72":
                self._answer(client, emulated_answers.report_paper(self._fault))
            if command.name == "1d28" and command.data[:1] == b"H":
                self._answer(client, b"7\x22" + command.data[5:9] + b"\x00")
        if self._planned is not None and client.printed_bytes >= self._planned[1]:
            (code, _printed), self._planned = self._planned, None
            self.do(code)

    def _tell(self, client: PrinterClient) -> None:
        """Say by itself what has changed, to who has asked for it."""
        status = emulated_answers.report_status(self._fault)
        if client.wants_telling and status != client.last_status:
            client.last_status = status
            self._answer(client, status)

    def _keep(self, paper: Image.Image | None) -> None:
        if paper is None:
            return
        self.papers.append(paper)
        self.printed += 1
        if self._folder is not None:
            paper.save(self._folder / f"paper-{self.printed:04d}.png")
        if self._papers_max is not None:
            del self.papers[: -self._papers_max], self.commands[:], self.received[:]
            if self._folder is not None:
                (self._folder / f"paper-{self.printed - self._papers_max:04d}.png").unlink(missing_ok=True)

    def _answer(self, client: PrinterClient, data: bytes) -> None:
        if self._fault != "silent":
            client.answers.append((self._now() + (self.late_s if self._fault == "late" else 0.0), data))
