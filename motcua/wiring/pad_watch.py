"""A yes to the camera holds only while a rating pad is there, so that it can be taken back."""

from collections.abc import Callable, Collection

from motcua.desk import Desk
from motcua.feedback import actions as feedback_actions
from motcua.wiring.cameras import list_agreed

PAD_GRACE_S = 5
"""For how long a pad may be gone: a page that is loaded again is back by then."""


class PadWatch:
    """Lets a yes lapse where no pad has been connected for some seconds. `list_pads` names the counters that have one.

    Nobody sees the sign that the camera looks then, and nobody could switch it off.
    """

    def __init__(self, desk: Desk, list_pads: Callable[[], Collection[int]]) -> None:
        self._desk, self._list_pads = desk, list_pads
        self._since: dict[tuple[int, str], float] = {}

    def tick(self) -> None:
        """Look at all counters; once a second is enough."""
        with self._desk.read() as db:
            agreed = list_agreed(db)
        pads = set(self._list_pads()) if agreed else set()
        clock = self._desk.clock
        now_s = clock.steady()
        self._since = {place: self._since.get(place, now_s) for place in agreed if place[0] not in pads}
        for (counter, visit), since_s in self._since.items():
            if now_s - since_s >= PAD_GRACE_S * clock.speed:
                self._desk.do(feedback_actions.let_consent_lapse, counter, visit)
