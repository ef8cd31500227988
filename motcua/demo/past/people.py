"""Who sits where in the weeks before: two who swap, one who leaves, one who is away now and then. Pure."""

from collections.abc import Collection
from datetime import date, timedelta

from msgspec import Struct

from motcua.copies import replace
from motcua.demo.chance import Chance
from motcua.demo.officers import Shift

LEAVER, LEAVERS_COUNTER = "canbo7", 3
"""Somebody who sits at this counter and leaves halfway; the officer of that counter comes then."""
SWAPPING = (1, 2)
"""The officers of these counters change places every other week: their services are almost the same."""
AWAY = 0.05
"""How often one of those two is away for a day, and the other one works alone."""
WEEK_DAYS = 7
MANNERS = {1: 0.55, 2: -0.7, 3: 0.25, 4: 0.1, 5: -0.05, 6: -0.15}
"""How an officer's manner moves what citizens press, by the counter that is their own."""
LEAVERS_MANNER = 0.0
LEARNING = {6: 0.5}
"""Whose manner gets better over all the weeks, and by how much."""


class Roster(Struct, frozen=True):
    """Who sits where from `first` on, the day on which the past begins. `accounts` has each counter's own officer."""

    seed: int
    first: date
    weeks: int
    accounts: dict[int, int]
    leaver: int

    @property
    def leaves_on(self) -> date:
        """Return the first day without the one who leaves."""
        return self.first + timedelta(days=self.weeks * WEEK_DAYS // 2)

    def draw_seats(self, day: date, counters: Collection[int]) -> dict[int, int]:
        """Return the account at each counter on `day`; a counter that stays closed is left out."""
        seats = {number: self.accounts[number] for number in counters if number in self.accounts}
        if LEAVERS_COUNTER in seats and day < self.leaves_on:
            seats[LEAVERS_COUNTER] = self.leaver
        left, right = SWAPPING
        if not {left, right} <= seats.keys():
            return seats
        if (day - self.first).days // WEEK_DAYS % 2:
            seats[left], seats[right] = seats[right], seats[left]
        chance = Chance(f"{self.seed} {day} roster")
        if chance.share(AWAY):
            seats.pop(chance.pick(SWAPPING))
        return seats

    def get_habits(self, account: int) -> str:
        """Return the name of the chance from which an officer's habits come: the same one as on the demo's own days."""
        home = self._find_home(account)
        return f"{self.seed} officer {LEAVER if home is None else home}"

    def update_manner(self, shift: Shift, account: int, day: date) -> Shift:
        """Return the `shift` of an officer with the manner that they have on `day`."""
        home = self._find_home(account)
        if home is None:
            return replace(shift, kindness=LEAVERS_MANNER)
        passed = (day - self.first).days / (self.weeks * WEEK_DAYS)
        return replace(shift, kindness=MANNERS.get(home, 0.0) + LEARNING.get(home, 0.0) * passed)

    def _find_home(self, account: int) -> int | None:
        """Return the counter that is an officer's own, None for the one who leaves."""
        return next((number for number, officer in self.accounts.items() if officer == account), None)
