"""A scanner made of software: it types what is on the cards of people who do not exist."""

from collections.abc import Callable
from datetime import date
from typing import Any

from motcua.devices.emulation import Handle
from motcua.devices.scanner.samples import ELDER, ELDEST, YOUNG, make_card, make_health_card
from motcua.devices.scanner.serial import get_system_date
from motcua.devices.transports.pseudo_terminal import PseudoTerminal
from motcua.typed.sentences import mark

GARBAGE = bytes.fromhex("00 ff c3 28 7c 7c 80 fe 31 7c 7c 7c 0d ff 55")
LABELS = {
    f"card:{ELDEST}": mark("Scan the card of a person of 80"),
    f"card:{ELDER}": mark("Scan the card of a person of 65"),
    f"card:{YOUNG}": mark("Scan the card of a person of 30"),
    "health": mark("Scan a health insurance card"),
    "garbage": mark("Line noise"),
}


class ScannerEmulator:
    """`end` is what stands after each scan (CR, CR LF or nothing); `baud` paces the bytes as a true line does."""

    kind = "scanner"

    def __init__(
        self,
        name: str,
        *,
        link: str | None = None,
        end: bytes = b"\r",
        baud: int | None = None,
        today: Callable[[], date] = get_system_date,
    ) -> None:
        """Prepare the line; nothing is opened."""
        self.name, self._end, self._today = name, end, today
        self._line = PseudoTerminal(link, baud)
        self._last: str | None = None

    @property
    def path(self) -> str:
        """Return the port that an agent opens."""
        return self._line.path

    def start(self) -> None:
        """Plug it in. Raises `OSError`."""
        self._line.start()

    def stop(self) -> None:
        """Pull it out for good."""
        self._line.stop()

    def describe_entry(self) -> dict[str, Any]:
        """Return the agent's entry for this device."""
        return {"name": self.name, "kind": self.kind, "driver": "serial", "port": self.path}

    def list_handles(self) -> list[Handle]:
        """Return what can be held under it, and what can happen to its cable."""
        if not self._line.is_plugged:
            return [Handle("plug", mark("Plug in"))]
        return [*(Handle(code, label) for code, label in LABELS.items()), Handle("unplug", mark("Unplug"))]

    def do(self, code: str) -> None:
        """Scan a card (`card:80`, `card:65`, `card:30`, `health`), a code of ours (`code:http://…/b/CODE`);
        `garbage`, `unplug`, `plug`.
        """
        kind, _, what = code.partition(":")
        if code == "unplug":
            self._line.unplug()
        elif code == "plug":
            self._line.plug()
        elif code in LABELS:
            self._last = code
            self.scan(self._sample(code))
        elif kind == "code" and what:
            self._last = code
            self.scan(what.encode())
        else:
            raise ValueError(code)

    def _sample(self, code: str) -> bytes:
        if code == "health":
            return make_health_card()
        return GARBAGE if code == "garbage" else make_card(int(code.partition(":")[2]), self._today())

    def scan(self, line: bytes) -> bool:
        """Send `line` and what stands after each scan; False if nobody hears it."""
        return self._line.write(line + self._end)

    def get_state(self) -> dict[str, Any]:
        """Return `plugged`, and which sample was scanned last as `text`; never what stands on it."""
        plugged = self._line.is_plugged
        return {
            "plugged": plugged,
            "fault": None if plugged else "unplugged",
            "text": self._last,
            "heard": self._line.is_heard,
        }

    def draw_picture(self) -> bytes | None:
        """A scanner has no screen."""
        return None


class ReaderEmulator(ScannerEmulator):
    """The same at a counter."""

    kind = "reader"

    def __init__(self, name: str, counter: int, *, link: str | None = None) -> None:
        """Prepare the line; nothing is opened."""
        super().__init__(name, link=link)
        self._counter = counter

    def describe_entry(self) -> dict[str, Any]:
        """Return the agent's entry for this device."""
        return {**super().describe_entry(), "counter": self._counter}
