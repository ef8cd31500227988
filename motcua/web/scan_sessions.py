"""What citizens photograph and scan at kiosks until they hand it in: in memory only, so nothing half done stays."""

import secrets
from dataclasses import dataclass, field

from motcua.desk import Clock, Refused, Unknown
from motcua.dossiers.dropoffs.model import OTHER_PAPER, ScannedPage
from motcua.dossiers.model.applicant import Applicant

IDLE_S = 300
"""A page asks for more time long before; what is older belongs to somebody who has left."""
ID_BYTES = 12
OVER = "dropoff.session_over"


@dataclass
class ScanSession:
    """One citizen at one kiosk: the pages by their numbers, in the order in which they came.

    `card` is who the card is about. `paper` is the one to which the pages of the document scanner belong.
    `watch` is the name by which the scanner's program knows the session. It watches already where the session
    `is_watched`. `receiving` are the keys of its files that are
    read just now, `received` of those that are in; `refusals` say what was wrong with others.
    """

    id: str
    kiosk: int
    procedure: str
    choices: dict[str, str]
    language: str
    touched_s: float
    pages: dict[int, ScannedPage] = field(default_factory=dict, repr=False)
    card: Applicant | None = field(default=None, repr=False)
    count: int = 0
    paper: str = OTHER_PAPER
    watch: str = field(default_factory=lambda: secrets.token_urlsafe(ID_BYTES), repr=False)
    is_watched: bool = False
    receiving: set[str] = field(default_factory=set, repr=False)
    received: set[str] = field(default_factory=set, repr=False)
    refusals: list[Refused] = field(default_factory=list)

    def add(self, page: ScannedPage) -> int:
        """Add a page and return its number."""
        self.count += 1
        self.pages[self.count] = page
        return self.count


class ScanSessions:
    """At most one session a kiosk. A new one, and five idle minutes, end the one before."""

    def __init__(self, clock: Clock) -> None:
        """Begin without any."""
        self._clock = clock
        self._sessions: dict[int, ScanSession] = {}

    def begin(self, kiosk: int, procedure: str, choices: dict[str, str], language: str) -> ScanSession:
        """Begin a session at a kiosk, which ends another one there."""
        self.forget_idle()
        now_s = self._clock.steady()
        session = ScanSession(secrets.token_urlsafe(ID_BYTES), kiosk, procedure, choices, language, now_s)
        self._sessions[kiosk] = session
        return session

    def get(self, kiosk: int, session_id: str) -> ScanSession:
        """Return the session of a kiosk and note that somebody is there. Raises `Unknown("dropoff.session_over")`."""
        self.forget_idle()
        session = self._sessions.get(kiosk)
        if session is None or session.id != session_id:
            raise Unknown(OVER, "This took too long and was erased. Please begin again.")
        session.touched_s = self._clock.steady()
        return session

    def find_watched(self, kiosk: int, watch: str) -> ScanSession | None:
        """Return the session of a kiosk that its document scanner knows as `watch`."""
        self.forget_idle()
        session = self._sessions.get(kiosk)
        return session if session is not None and session.watch == watch else None

    def end(self, kiosk: int, session_id: str) -> ScanSession | None:
        """Forget a session with everything in it, and return it."""
        session = self._sessions.get(kiosk)
        if session is None or session.id != session_id:
            return None
        return self._sessions.pop(kiosk)

    def forget_idle(self) -> None:
        """Forget the sessions at which nobody is any more."""
        since_s = self._clock.steady() - IDLE_S
        self._sessions = {kiosk: one for kiosk, one in self._sessions.items() if one.touched_s >= since_s}
