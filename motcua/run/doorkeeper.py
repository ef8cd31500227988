"""Who may hold a connection: so many strangers an address and in all, and everybody who shows a credential.

A stranger beyond that is let in on trial only: a request with a credential ends the trial well, any other is
refused. The trials are few. When there are too many, the oldest of the address with the most of them ends: those who
hold lines and say nothing keep nobody out.
"""

import time
from collections import Counter
from collections.abc import Callable
from enum import Enum
from ipaddress import IPv6Address, ip_address

TRIALS_MAX = 256
RESERVE = 512
"""Descriptors that strangers never get: for files, helper processes, trials, screens and people of the desk."""
STRANGERS_MAX = 4_000
REST_S = 1.0
"""A line on which nothing was asked for so long since its last answer makes room for another."""
NETWORK_BITS = 64
"""So many bits of an IPv6 address name a network, the rest any device in it. Source: RFC 4291, section 2.5.4."""


class ConnectionState(Enum):
    """What the server knows of a connection."""

    NEW, STRANGER, TRIAL, VOUCHED, GONE = range(5)


class ClientConnection:
    """One connection, or one request that a trusted proxy passes on. `hang_up()` ends it at once.

    `name` is the name of the known user on it, empty for strangers. `place` is the address group that a stranger
    counts in.
    """

    def __init__(self, keeper: "Doorkeeper", peer: str, hang_up: Callable[[], None]) -> None:
        self._keeper, self.peer, self.hang_up = keeper, peer, hang_up
        self.place = group_address(peer)
        self.name = ""
        self.state = ConnectionState.NEW

    def vouch(self, name: str) -> None:
        """Mark the connection as that of the known user `name`: it does not count any more."""
        self.name = name
        self._keeper.vouch(self)

    def mark_resting(self) -> None:
        """Mark the connection as idle: its last request is answered."""
        self._keeper.rest(self)

    def mark_busy(self) -> None:
        """Mark the connection as busy: it carries a request."""
        self._keeper.wake(self)

    @property
    def is_on_trial(self) -> bool:
        """Return whether a stranger is on it who cannot stay."""
        return self.state is ConnectionState.TRIAL


class Doorkeeper:
    """Counts the strangers' connections. `address_max()` limits those of one address, `strangers_max` all of them."""

    def __init__(
        self,
        address_max: Callable[[], int],
        strangers_max: int = STRANGERS_MAX,
        trials_max: int = TRIALS_MAX,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._now = now
        self._resting: dict[str, dict[ClientConnection, float]] = {}
        self._address_max, self._strangers_max, self._trials_max = address_max, strangers_max, trials_max
        self._strangers: Counter[str] = Counter()
        self._trials: dict[str, dict[ClientConnection, None]] = {}

    @property
    def strangers(self) -> int:
        """Return the number of strangers' connections."""
        return self._strangers.total()

    @property
    def trials(self) -> int:
        """Return the number of connections on trial."""
        return sum(map(len, self._trials.values()))

    def enter(self, peer: str, hang_up: Callable[[], None]) -> ClientConnection:
        """Register a new connection from `peer`."""
        line = ClientConnection(self, peer, hang_up)
        if not self.admit(line):
            line.state = ConnectionState.TRIAL
            self._trials.setdefault(line.place, {})[line] = None
            while self.trials > self._trials_max:
                self._end_a_trial()
        return line

    def admit(self, line: ClientConnection) -> bool:
        """Return whether `line` can stay without a credential. One on trial can stay as soon as there is room."""
        if line.state not in {ConnectionState.NEW, ConnectionState.TRIAL}:
            return line.state is not ConnectionState.GONE
        if self._strangers[line.place] >= self._address_max():
            self._end_a_rest(line.place)
        if self._strangers[line.place] >= self._address_max() or self.strangers >= self._strangers_max:
            return False
        self._take_out(line)
        line.state = ConnectionState.STRANGER
        self._strangers[line.place] += 1
        return True

    def vouch(self, line: ClientConnection) -> None:
        """Stop counting `line`: a known user or a trusted proxy is on it."""
        if line.state is not ConnectionState.GONE:
            self._take_out(line)
            line.state = ConnectionState.VOUCHED

    def end_trial(self, line: ClientConnection) -> None:
        """Close `line` if it is still on trial."""
        if line.is_on_trial:
            self.leave(line)
            line.hang_up()

    def rest(self, line: ClientConnection) -> None:
        """Note that `line` is idle from now on."""
        self._resting.setdefault(line.place, {})[line] = self._now()

    def wake(self, line: ClientConnection) -> None:
        """Note that `line` is busy."""
        resting = self._resting.get(line.place, {})
        resting.pop(line, None)
        if not resting:
            self._resting.pop(line.place, None)

    def _end_a_rest(self, place: str) -> None:
        """Close the stranger's connection from `place` that is idle for the longest time, if that is long enough."""
        for line, since in self._resting.get(place, {}).items():
            if self._now() - since < REST_S:
                return
            if line.state is ConnectionState.STRANGER:
                self.leave(line)
                line.hang_up()
                return

    def leave(self, line: ClientConnection) -> None:
        """Remove a connection that has ended."""
        self.wake(line)
        self._take_out(line)
        line.state = ConnectionState.GONE

    def _take_out(self, line: ClientConnection) -> None:
        if line.state is ConnectionState.STRANGER:
            self._strangers[line.place] -= 1
            if not self._strangers[line.place]:
                del self._strangers[line.place]
        elif line.state is ConnectionState.TRIAL:
            trials = self._trials[line.place]
            del trials[line]
            if not trials:
                del self._trials[line.place]

    def _end_a_trial(self) -> None:
        fullest = max(self._trials.values(), key=len)
        self.end_trial(next(iter(fullest)))


def limit_strangers(descriptors: int) -> int:
    """Return how many connections strangers can have in a process that can open `descriptors` files."""
    return max(1, min(STRANGERS_MAX, descriptors - RESERVE))


def group_address(address: str) -> str:
    """Return the group that `address` counts in: the normalized IPv4 address, or the network of an IPv6 address."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if not isinstance(ip, IPv6Address) or ip.is_loopback:
        return str(ip)
    if ip.ipv4_mapped is not None:
        return str(ip.ipv4_mapped)
    return str(IPv6Address(int(ip) >> NETWORK_BITS << NETWORK_BITS))
