"""What proves for some minutes that somebody looked a dossier up with its second factor."""

import base64
from collections import OrderedDict

from motcua.desk import Clock, Entropy, Forbidden

MINUTES = 30
PASSES_MAX = 2_000
PASS_BYTES = 18


class LookupPasses:
    """Passes in memory: after a restart somebody looks the dossier up once more."""

    def __init__(self, clock: Clock, entropy: Entropy) -> None:
        """Begin without any."""
        self._clock, self._entropy = clock, entropy
        self._codes: OrderedDict[str, tuple[str, float]] = OrderedDict()

    def give(self, code: str) -> str:
        """Return a new pass for the dossier `code`."""
        name = base64.urlsafe_b64encode(self._entropy(PASS_BYTES)).decode()
        self._codes[name] = (code, self._clock.steady() + MINUTES * 60)
        while len(self._codes) > PASSES_MAX:
            self._codes.popitem(last=False)
        return name

    def get_code(self, name: str) -> str:
        """Return the dossier that a pass opens. Raises `Forbidden("lookup.pass")`."""
        code, until = self._codes.get(name, ("", 0.0))
        if self._clock.steady() >= until:
            raise Forbidden("lookup.pass", "This page is too old. Look the dossier up again.")
        return code
