"""Who may hold a connection: so many strangers an address and in all, and everybody who shows a credential.

A stranger beyond that is let in on trial only: a request with a credential ends the trial well, any other is refused. The trials are
few. When there are too many, the oldest of the address with the most of them ends: those who hold lines and say nothing keep nobody out.
"""

import time
from collections import Counter
from collections.abc import Callable
from enum import Enum
from ipaddress import IPv6Address, ip_address

TRIALS_MAX = 256
RESERVE = 512
"""Descriptors that strangers never get: for files, helper processes, trials, screens and people of the desk."""
OF_A_LINE = 3
"""Descriptors of one connection at most: its socket, and a WebSocket's copy and what watches it."""
STRANGERS_MAX = 4_000
REST_S = 1.0
"""A line on which nothing was asked for so long since its last answer makes room for another."""
NETWORK_BITS = 64
"""So many bits of an IPv6 address name a network, the rest any device in it. Source: RFC 4291, section 2.5.4."""


class Standing(Enum):
    """How a connection came in."""

    NEW, STRANGER, TRIAL, VOUCHED, GONE = range(5)


class Line:
    """One connection; behind a trusted proxy one request that it passes on. `hang_up()` ends it without waiting for anything.

    `name` is that of who of the desk speaks on it, empty for strangers; `place` where a stranger counts.
    """

    def __init__(self, keeper: "Doorkeeper", peer: str, hang_up: Callable[[], None]) -> None:
        self._keeper, self.peer, self.hang_up = keeper, peer, hang_up
        self.place = place_of(peer)
        self.name = ""
        self.standing = Standing.NEW

    def vouch(self, name: str) -> None:
        """Somebody of the desk, called `name`, speaks on this line: it counts no more."""
        self.name = name
        self._keeper.vouch(self)

    def rests(self) -> None:
        """The last request on this line is answered, and none has come since."""
        self._keeper.rest(self)

    def works(self) -> None:
        """Something is being asked on this line."""
        self._keeper.wake(self)

    @property
    def is_vouched(self) -> bool:
        """Say whether somebody of the desk speaks on this line."""
        return self.standing is Standing.VOUCHED

    @property
    def is_on_trial(self) -> bool:
        """Say whether a stranger may not stay on this line."""
        return self.standing is Standing.TRIAL


class Doorkeeper:
    """Counts the strangers' lines. `address_max()` is how many an address may have, `strangers_max` how many there may be in all."""

    def __init__(
        self,
        address_max: Callable[[], int],
        strangers_max: int = STRANGERS_MAX,
        trials_max: int = TRIALS_MAX,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._now = now
        self._resting: dict[str, dict[Line, float]] = {}
        self._address_max, self._strangers_max, self._trials_max = address_max, strangers_max, trials_max
        self._strangers: Counter[str] = Counter()
        self._trials: dict[str, dict[Line, None]] = {}

    @property
    def strangers(self) -> int:
        """Return how many lines strangers have."""
        return self._strangers.total()

    @property
    def trials(self) -> int:
        """Return how many lines are on trial."""
        return sum(map(len, self._trials.values()))

    def enter(self, peer: str, hang_up: Callable[[], None]) -> Line:
        """Return the line of a new connection from `peer`."""
        line = Line(self, peer, hang_up)
        if not self.admit(line):
            line.standing = Standing.TRIAL
            self._trials.setdefault(line.place, {})[line] = None
            while self.trials > self._trials_max:
                self._end_a_trial()
        return line

    def admit(self, line: Line) -> bool:
        """Say whether `line` may stay without a credential; one on trial may once there is room."""
        if line.standing not in {Standing.NEW, Standing.TRIAL}:
            return line.standing is not Standing.GONE
        if self._strangers[line.place] >= self._address_max():
            self._end_a_rest(line.place)
        if self._strangers[line.place] >= self._address_max() or self.strangers >= self._strangers_max:
            return False
        self._take_out(line)
        line.standing = Standing.STRANGER
        self._strangers[line.place] += 1
        return True

    def vouch(self, line: Line) -> None:
        """Let `line` count no more: somebody of the desk, or a trusted proxy, speaks on it."""
        if line.standing is not Standing.GONE:
            self._take_out(line)
            line.standing = Standing.VOUCHED

    def end_trial(self, line: Line) -> None:
        """Hang up on `line` if it is on trial still."""
        if line.is_on_trial:
            self.leave(line)
            line.hang_up()

    def rest(self, line: Line) -> None:
        """Note since when nothing is asked on `line`."""
        self._resting.setdefault(line.place, {})[line] = self._now()

    def wake(self, line: Line) -> None:
        """Note that `line` does not rest."""
        resting = self._resting.get(line.place, {})
        resting.pop(line, None)
        if not resting:
            self._resting.pop(line.place, None)

    def _end_a_rest(self, place: str) -> None:
        """Hang up on the stranger's line from `place` that rests for the longest time, if that is long enough."""
        for line, since in self._resting.get(place, {}).items():
            if self._now() - since < REST_S:
                return
            if line.standing is Standing.STRANGER:
                self.leave(line)
                line.hang_up()
                return

    def leave(self, line: Line) -> None:
        """Forget a line that has ended."""
        self.wake(line)
        self._take_out(line)
        line.standing = Standing.GONE

    def _take_out(self, line: Line) -> None:
        if line.standing is Standing.STRANGER:
            self._strangers[line.place] -= 1
            if not self._strangers[line.place]:
                del self._strangers[line.place]
        elif line.standing is Standing.TRIAL:
            trials = self._trials[line.place]
            del trials[line]
            if not trials:
                del self._trials[line.place]

    def _end_a_trial(self) -> None:
        fullest = max(self._trials.values(), key=len)
        self.end_trial(next(iter(fullest)))


def strangers_max(descriptors: int) -> int:
    """Return how many lines strangers may have in a process that may open so many `descriptors`."""
    return max(1, min(STRANGERS_MAX, (descriptors - RESERVE) // OF_A_LINE))


def place_of(address: str) -> str:
    """Return where `address` counts: an IPv4 address however it is written, the network of an IPv6 one."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if not isinstance(ip, IPv6Address) or ip.is_loopback:
        return str(ip)
    if ip.ipv4_mapped is not None:
        return str(ip.ipv4_mapped)
    return str(IPv6Address(int(ip) >> NETWORK_BITS << NETWORK_BITS))
