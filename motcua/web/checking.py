"""The morning check: every invariant, every agent, every device, each shown to work or seen not to.

A line of a device asks for something: a printer prints a paper, a sign lights up, the speaker says a sentence, and a person says whether it
was so; a keypad or pad waits for a press, which then calls nobody. What nobody answered stays `unknown` on the sheet.
"""

import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from motcua.desk import Refused, Unknown, parse
from motcua.desk.steps import moved
from motcua.devices.kinds import find_kind
from motcua.web.language import mark, sentence, text
from motcua.wiring.invariants import Line

TAKES_FOR, TAKEN_KEPT = timedelta(minutes=15), 500
WORDS = {
    "journal": mark("Journal"),
    "clock": mark("Clock"),
    "disk": mark("Disk"),
    "folder": mark("Data folder"),
    "backup": mark("Copy of the desk"),
    "digests": mark("Signed days"),
    "voice": mark("Voice"),
    "store": mark("Store"),
    "devices": mark("Devices"),
    "address": mark("Address for phones"),
    "tickets": mark("Paper tickets"),
    "estimates": mark("Waiting times"),
    "agent": mark("Device program"),
}
"""What the lines are called that are no device's."""


@dataclass(frozen=True)
class Item:
    """A line while it is being checked. `needs` is what is still missing: `look` (a person says), `press`, or nothing."""

    id: int
    line: Line
    label: str = ""
    needs: str | None = None
    seen: bool | None = None
    running: bool = False


@dataclass
class Check:
    """One check, from its beginning until its sheet is kept."""

    at: str
    actor: str
    items: list[Item] = field(default_factory=list)
    ended: bool = False


class Checking:
    """The check that goes on, or went on last; one at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._check: Check | None = None
        self._taken: deque[str] = deque(maxlen=TAKEN_KEPT)

    def begin(self, at: str, actor: str, lines: list[tuple[Line, str]]) -> Check:
        """Begin a check of `lines` (each with the name a person knows it by); an earlier one that nobody ended is dropped."""
        with self._lock:
            items = [Item(number, line, label, _needs(line), running=_is_tested(line)) for number, (line, label) in enumerate(lines)]
            self._check = Check(at, actor, items)
            return self._check

    def put_right(self, ms: int) -> None:
        """The desk's clock was set: the check began so long ago as before."""
        with self._lock:
            if self._check is not None:
                self._check.at = moved(self._check.at, ms)

    def tested(self, check: Check, number: int, state: str, detail: str | None) -> None:
        """Note what a device answered to its test."""

        def change(item: Item) -> Item:
            good = state == "done"
            now = "down" if not good else "ok" if item.needs is None else "unknown"
            found = replace(item.line, state=now, detail=detail, params={})
            return replace(item, line=found, running=False, needs=item.needs if good else None)

        self._change(check, number, change)

    def seen(self, number: int, *, was_seen: bool) -> None:
        """A person says whether the paper came, the sign lit up, the voice spoke. Raises `Unknown("check.line")`, `Refused`."""
        check = self._open()

        def change(item: Item) -> Item:
            state = "ok" if was_seen else "down"
            return replace(item, line=replace(item.line, state=state), needs=None, seen=was_seen, running=False)

        self._change(check, number, change)

    def takes(self, agent: int, device: object, at: str, counter: int | None = None, key: str | None = None) -> bool:
        """Take a press that a line waits for; True means that it must do nothing else, nor when it comes again under its `key`.

        A check that nobody ended takes nothing after a quarter of an hour: the hall works by then.
        """
        check = self._check
        if key is not None and key in self._taken:
            return True
        if check is None or check.ended or parse(at) - parse(check.at) > TAKES_FOR:
            return False
        for item in check.items:
            if item.needs == "press" and item.line.device == (agent, device):
                left = tuple(number for number in item.line.counters if number != counter)

                def change(found: Item, left: tuple[int, ...] = left) -> Item:
                    line = replace(found.line, counters=left, state=found.line.state if left else "ok")
                    return replace(found, line=line, needs="press" if left else None)

                self._change(check, item.id, change)
                if key is not None:
                    self._taken.append(key)
                return True
        return False

    def end(self) -> Check:
        """End the check. Raises `Refused("check.none")` when there is none."""
        check = self._open()
        check.ended = True
        return check

    def _open(self) -> Check:
        check = self._check
        if check is None or check.ended:
            raise Refused("check.none", "No check is going on.")
        return check

    def _change(self, check: Check, number: int, change: Callable[[Item], Item]) -> None:
        with self._lock:
            if not 0 <= number < len(check.items):
                raise Unknown("check.line", "There is no such line in this check.")
            check.items[number] = change(check.items[number])

    def view(self) -> dict[str, Any] | None:
        """Return the check as its page shows it, None before the first."""
        check = self._check
        return None if check is None else {"at": check.at, "ended": check.ended, "items": [shape(item) for item in check.items]}


def _is_tested(line: Line) -> bool:
    return _needs(line) == "look"


def _needs(line: Line) -> str | None:
    kind = find_kind(line.what)
    return None if kind is None or line.device is None or line.state == "down" else kind.need


def find_title(what: str) -> str:
    """Return what people call a line, in English: the kind of a device, or what is checked; an unknown code stays."""
    kind = find_kind(what)
    return kind.label if kind is not None else WORDS.get(what, what)


def shape(item: Item) -> dict[str, Any]:
    """Return a line as JSON, in the reader's language."""
    detail = sentence(item.line.detail, item.line.params) if item.line.detail else None
    kind = find_kind(item.line.what)
    return {
        "id": item.id,
        "what": item.line.what,
        "title": text(find_title(item.line.what)),
        "label": item.label,
        "state": item.line.state,
        "detail": detail,
        "needs": item.needs,
        "request": text(kind.request) if kind is not None and item.needs else None,
        "seen": item.seen,
        "running": item.running,
    }


def kept(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the sheet keeps of a shown line."""
    return {
        "what": f"{item['what']} {item['label']}".strip(),
        "title": item["title"],
        "label": item["label"],
        "state": item["state"],
        "detail": item["detail"],
        "seen": item["seen"],
    }
