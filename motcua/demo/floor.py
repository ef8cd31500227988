"""What everybody in the simulated hall shares: the agenda, the way to the desk, the tokens, the hours."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Protocol

from motcua.demo.agenda import Agenda
from motcua.demo.cables import DemoPrinter, DeskCalls, DisturbedError, PadCable
from motcua.demo.chance import Chance
from motcua.demo.citizens import GUEST, Citizen
from motcua.demo.founding import Badges
from motcua.desk import get_zone
from motcua.setup.document import Document


class CallingCounter(Protocol):
    """A counter as the rest of the hall sees it."""

    number: int
    services: frozenset[str]
    is_open: bool
    idle_since: datetime | None

    def wake(self) -> None:
        """Look up: somebody waits."""
        ...


@dataclass
class DemoVisit:
    """A citizen with a number. `state` is what the hall knows; `counter` where the ticket was last in hand."""

    id: str
    number: str
    code: str
    citizen: Citizen
    service: str
    state: str = "waiting"
    tried: set[str] = field(default_factory=set)
    ready: bool = False


@dataclass
class DemoFloor:
    """The simulated hall on one day. `forgiving` when real people may interfere: then a refusal is logged, not fatal.

    Without a `printer` a real agent prints, and nobody here waits for the paper.
    """

    day: date
    document: Document
    badges: Badges
    agenda: Agenda
    api: DeskCalls
    printer: DemoPrinter | None
    pads: Mapping[int, PadCable]
    chance: Chance
    tick: Callable[[], None]
    forgiving: bool
    complain: Callable[[str], None]
    read_paper: Callable[[str], str]
    """Returns the four digits that stand on the paper of a ticket."""
    counters: list[CallingCounter] = field(default_factory=list)
    visits: dict[str, DemoVisit] = field(default_factory=dict)

    def compute_moment(self, seconds: float) -> datetime:
        """Return the moment so many seconds after this day's local midnight."""
        midnight = datetime.combine(self.day, time(), get_zone(self.document.settings.timezone))
        return midnight + timedelta(milliseconds=round(seconds * 1000))

    def press(self, path: str, badge: str | None, /, **body: Any) -> dict[str, Any] | None:
        """Change something through the API and return the answer, None when there is none (204).

        Raises `DisturbedError`.
        """
        answer = self.api.post(f"/api/v1/{path}", body, badge, self.chance.make_key())
        return answer.body or None

    def attempt(self, action: Callable[[], None], otherwise: Callable[[], None] | None = None) -> None:
        """Do `action`.

        Refused in a watched hall, it is left, or `otherwise` done. Raises `DisturbedError` in an unwatched one.
        """
        try:
            action()
        except DisturbedError as error:
            if not self.forgiving:
                raise
            if not self.agenda.stopped:
                self.complain(str(error))
                if otherwise is not None:
                    self.attempt(otherwise)

    def schedule(self, seconds: float, action: Callable[[], None]) -> None:
        """Attempt `action` in so many virtual seconds."""
        self.agenda.schedule_after(seconds, lambda: self.attempt(action))

    def wake(self, service: str, counter: int | None = None) -> None:
        """Let the counter that has been idle longest, of those that may call, look up."""
        idle = [
            (candidate.idle_since, candidate.number, candidate)
            for candidate in self.counters
            if candidate.idle_since is not None
            and (candidate.number == counter if counter is not None else service in candidate.services)
        ]
        if idle:
            min(idle, key=_longest)[2].wake()

    def get_visit(self, ticket: dict[str, Any]) -> DemoVisit:
        """Return the visit of a called ticket; a ticket that nobody here took belongs to somebody real."""
        visit = self.visits.get(ticket["id"])
        if visit is None:
            visit = DemoVisit(ticket["id"], ticket["number"], "", GUEST, ticket["service"])
            self.visits[visit.id] = visit
        return visit


def _longest(item: tuple[datetime, int, CallingCounter]) -> tuple[datetime, int]:
    return item[:2]


def list_codes(choices: Iterable[Any]) -> list[str]:
    """Return the codes of a list people choose from."""
    return [choice.code for choice in choices]
