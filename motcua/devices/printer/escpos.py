"""A ticket printer that understands ESC/POS, over any of its ways."""

import itertools
import time
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from motcua.devices import options as explained
from motcua.devices.contract import DeviceError, DriverOptions, JobOutcome, Observation, Report
from motcua.devices.paper.layout import DEFAULT, SHORT, fill, parse
from motcua.devices.paper.render import WIDTHS, render
from motcua.devices.paper.ticket import SAMPLE, get_values
from motcua.devices.printer import library, ways
from motcua.devices.printer.asking import Asking
from motcua.devices.printer.codec import Cut, encode
from motcua.devices.printer.delivery import Delivery, PrintJob
from motcua.devices.printer.limits import MM_PER_S, Limits
from motcua.devices.printer.machines import find_machine
from motcua.devices.printer.status import Automatic, PrinterCondition, Replies, read_automatic
from motcua.devices.strangers import mute
from motcua.devices.transports.tcp import TcpPort
from motcua.typed.sentences import mark

_DOTS_PER_MM = 8
_STEP_S = 0.05
_SOON_S = 2.0


def _status(status: object) -> object:
    """In a TOML file `status = false` is what people write."""
    return {False: "none", True: "auto"}[status] if isinstance(status, bool) else status


PORT = explained.explain(
    mark("Port"),
    mark("By network: tcp://address:9100. USB or serial cable: choose one of the list."),
    rank=explained.PORT,
    offers=[
        {"from": "ports", "as": "serial:{path}?baud=115200"},
        {"value": "tcp://192.168.1.50:9100", "label": mark("by network")},
        {"value": "usb:/dev/usb/lp0", "label": mark("USB printer (Linux)")},
    ],
)
PROFILE = explained.explain(
    mark("Profile"),
    mark("The model, or 80mm, 58mm, epson. Empty: 80 mm with a knife."),
    rank=explained.PROFILE,
    offers=explained.offer_values("80mm", "58mm", "epson", "TM-T20II", "TM-T88V", "POS-5890", "ZJ-5870"),
)
DOTS = explained.explain(mark("Dots of a line"), mark("Empty: by the width of the paper."))
CUT = explained.explain(
    mark("Cutting"),
    choices={
        "auto": mark("as the model does"), "full": mark("all through"), "part": mark("all but a corner"),
        "none": mark("not at all")
    },
)  # fmt: skip
STATUS = explained.explain(
    mark("Ask the printer how it is"), choices={"auto": mark("yes"), "none": mark("no, it cannot answer")}
)
QR = explained.explain(
    mark("QR code drawn by"),
    choices={"raster": mark("motcua (the same on every printer)"), "native": mark("the printer")},
)


class EscposOptions(DriverOptions):
    """How to reach a receipt printer, and what it can do.

    `port` is as in `ways.choose_way`, `profile` a model (`80mm`, `58mm`, `epson`, or a name of python-escpos).
    `dots` of a line follow from model and paper where they are not set; so do `cut` and `qr`.
    `status` is `none` for a printer that answers nothing; `poll_s` are the seconds between questions while idle.
    `server` is where a payload's `follow_path` starts, for jobs without a `follow_url`.
    """

    port: Annotated[str, PORT]
    profile: Annotated[str, PROFILE] = ""
    dots: Annotated[int | None, DOTS] = Field(default=None, ge=256, le=1024, multiple_of=16)
    paper_mm: Annotated[
        Literal[58, 80] | None, explained.explain(mark("Width of the paper (mm)"), rank=explained.PAPER)
    ] = None
    cut: Annotated[Literal["auto", "full", "part", "none"], CUT] = "auto"
    status: Annotated[Literal["auto", "none"], BeforeValidator(_status), STATUS] = "auto"
    qr: Annotated[Literal["raster", "native"], QR] = "raster"
    poll_s: Annotated[float, explained.explain(mark("Ask every … seconds"))] = Field(default=10, ge=0.2, le=60)
    server: Annotated[str, explained.Server] = ""


class EscposPrinter:
    """One printer. A job goes out once; what is not known about its end is said, and a person decides."""

    Options = EscposOptions

    def __init__(self, options: EscposOptions, limits: Limits | None = None) -> None:
        self._options, self._limits = options, limits or Limits()
        self._way = ways.choose_way(options.port)
        self._machine = find_machine(options.profile)
        baud = ways.find_baud(options.port)
        self._is_slow = baud is not None and baud < ways.FAST_BAUD
        self._asking: Asking | None = None
        self._replies = Replies()
        self._next_at = 0.0
        self._report = Report("unknown")
        self._numbers = itertools.count(1)
        self._is_prepared = False
        self._has_answered = False
        self._error: DeviceError | None = None

    def open(self) -> None:
        """Open the way once and ask the printer how it is. Raises `DeviceError` when it cannot be reached.

        Before that a sample is drawn, once: fonts and encoder are loaded by then, and the first citizen does not
        wait for them.
        """
        if not self._is_prepared:
            self._job(SAMPLE)
            self._is_prepared = True
        self._asking = self._error = None
        self._way.begin()
        try:
            if not self._way.is_ready(self._limits.connect_s):
                raise DeviceError(mark("The printer does not answer."))
            condition = Asking(self._way, self._limits, probes=self._is_unproved).run() if self._asks else None
            if condition is None and (doubts := self._doubts()):
                raise doubts
            self._note_condition(condition)
        finally:
            self._rest()

    def step(self) -> list[Observation]:
        """Ask how the printer is when it is time, a little at a call.

        Raises `DeviceError` when it cannot be reached, or is none.
        """
        if self._error is not None:
            raise self._error
        if not self._asks and not self._way.stays_open and not self._way.answers:
            return []
        if self._asking is None:
            if time.monotonic() < self._next_at:
                self._overhear()
                return []
            self._way.begin()
            self._asking = Asking(self._way, self._limits)
        try:
            self._asking.step(_STEP_S)
        except DeviceError:
            self._asking = None
            self._rest()
            raise
        if self._asking.is_over:
            self._note_condition(self._asking.condition)
            self._asking = None
            self._rest()
        return []

    def work(self, kind: str, payload: Mapping[str, Any]) -> JobOutcome:
        """Print a ticket, or a sample for `check`.

        Raises `DeviceError` for what cannot be drawn: nothing has happened then.
        """
        if kind == "check":
            payload = {**SAMPLE, **payload}
        elif kind != "print":
            raise DeviceError(mark("A printer cannot do “%(kind)s”."), permanent=True, kind=kind)
        job = self._job(payload)
        if self._asking is not None:
            self._asking = None
            self._rest()
        delivery = Delivery(
            self._way, job, self._limits, asks=self._asks, confirm=self._machine.confirm, doubts=self._doubts()
        )
        outcome = delivery.run()
        self._error = delivery.error
        if outcome.state == "failed":
            self._report = Report("down", outcome.detail)
        elif outcome.state == "unknown":
            self._report = Report("unknown", outcome.detail)
        else:
            self._note_condition(delivery.condition)
            if outcome.detail == "paper_low":
                self._report = Report("degraded", "paper_low")
        self._rest()
        return outcome

    def report(self) -> Report:
        """Return how the printer was when it was last heard of; `unknown` for one that does not answer."""
        return self._report

    def blank(self) -> None:
        """Paper shows nothing that could be out of date."""

    def close(self) -> None:
        """Close the way; never raises, may be called twice."""
        self._asking = None
        self._way.close()

    @property
    def _asks(self) -> bool:
        return self._options.status == "auto" and self._way.answers

    @property
    def _is_unproved(self) -> bool:
        """Whether nothing has answered as a printer yet, at an address of the network that should."""
        return self._asks and self._way.is_network and not self._has_answered

    def _doubts(self) -> DeviceError | None:
        """Return the error of an address that answers nothing, None for one that has answered, or a printer's port.

        A cheap printer that never answers is taken at its word by its port (9100) or by its settings (`status` `none`).
        """
        is_usual = isinstance(self._way, TcpPort) and self._way.port in ways.RAW_PORTS
        return mute(self._way.name) if self._is_unproved and not is_usual else None

    def _overhear(self) -> None:
        """Between questions, listen to what a printer on a line of its own says by itself."""
        if self._way.stays_open:
            for reply in self._replies.feed(self._way.read(_STEP_S)):
                if isinstance(reply, Automatic):
                    self._note_condition(read_automatic(reply.data))

    def _rest(self) -> None:
        """Leave the printer alone for a while, a short one when something is wrong with it: whoever mends it wants
        to see so.
        """
        is_well = self._report.state in {"ok", "degraded"} or self._report.problem in {None, "no_answer"}
        self._next_at = time.monotonic() + (self._options.poll_s if is_well else min(self._options.poll_s, _SOON_S))
        if not self._way.stays_open:
            self._way.close()

    def _note_condition(self, condition: PrinterCondition | None) -> None:
        self._has_answered = self._has_answered or condition is not None
        if condition is None:
            self._report = Report("unknown", "no_answer" if self._asks else None)
        elif condition.problem:
            self._report = Report("down", condition.problem)
        else:
            self._report = Report("degraded", "paper_low") if condition.low else Report("ok")

    def _job(self, payload: Mapping[str, Any]) -> PrintJob:
        """Return the bytes of a paper.

        On a slow line the number, what it is for and the code are all: the rest would take ten seconds.
        """
        layout = SHORT if self._is_slow else str(payload.get("layout") or DEFAULT)
        wants_native = self._options.qr == "native" or (self._is_slow and self._machine.draws_codes)
        rows = fill(parse(layout), get_values(payload, self._options.server))
        paper = render(rows, self._dots(payload), native_code=wants_native)
        data = encode(paper, library.build_pen(), self._cut(), tells=self._asks and self._machine.confirm == "mark")
        digits = f"{next(self._numbers) % 10_000:04d}".encode()
        return PrintJob(data, paper.height / _DOTS_PER_MM / MM_PER_S, digits)

    def _dots(self, payload: Mapping[str, Any]) -> int:
        dots = (
            self._options.dots
            or (WIDTHS[self._options.paper_mm] if self._options.paper_mm else None)
            or self._machine.dots
        )
        paper_mm = payload.get("paper_mm")
        return dots or WIDTHS.get(paper_mm if isinstance(paper_mm, int) else 80, WIDTHS[80])

    def _cut(self) -> Cut:
        if self._options.cut != "auto":
            return self._options.cut
        is_narrow = self._options.paper_mm == min(WIDTHS) and not self._options.profile
        return "none" if is_narrow else self._machine.knife
