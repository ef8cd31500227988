"""Alerts, calls for help, and the browsers that asked to be told."""

from collections.abc import Mapping

from msgspec import Struct, field

from motcua.desk.event import Json

IN_ENGLISH = "_en"
"""Ends the name of a detail that is the English text of another."""


class AlertReading(Struct, frozen=True):
    """What was measured just now: one figure of one thing.

    `key` tells two alerts of a kind apart (group, counter, device). The alert is raised from `limit` on, and cleared
    once `value` is below `clears_below`. `details` fill the alert's sentence; they name no person.
    """

    kind: str
    key: str
    value: int
    limit: int
    clears_below: int
    details: Mapping[str, Json] = field(default_factory=dict)
    unit: int = 1
    """How much of `value` is one of what people, the journal and programs are told: 60 for seconds told as minutes."""

    @property
    def stated_value(self) -> int:
        """Return the figure as people are told it."""
        return self.value // self.unit

    @property
    def stated_limit(self) -> int:
        """Return the threshold as people are told it."""
        return self.limit // self.unit


class Alert(Struct, frozen=True):
    """An alert. It is open until `cleared_at`; `seen_by` is the account that took note of it."""

    id: int
    day: str
    kind: str
    key: str
    value: int
    threshold: int
    details: Mapping[str, Json]
    raised_at: str
    cleared_at: str | None = None
    seen_at: str | None = None
    seen_by: int | None = None

    def list_params(self, language: str) -> dict[str, object]:
        """Return what its sentence is filled in with in a language."""
        params: dict[str, object] = {**self.details, "value": self.value}
        texts = {name: params[f"{name}{IN_ENGLISH}"] for name in self.details if f"{name}{IN_ENGLISH}" in params}
        return params | texts if language == "en" else params


class HelpCall(Struct, frozen=True):
    """A call for help from a counter. `officer` sat there; who answers is an account, or a counter's own screen.

    `how` is `done` or `day_closed`.
    """

    id: int
    day: str
    counter: int
    officer: int | None
    called_at: str
    answered_at: str | None = None
    answered_by: int | None = None
    answered_counter: int | None = None
    ended_at: str | None = None
    how: str | None = None


class HelpAnswerer(Struct, frozen=True):
    """Who comes to help: an account, or where nobody signed in, the counter at which the key was pressed."""

    account: int | None
    counter: int | None


class PushSubscription(Struct, frozen=True):
    """A browser that asked to be told: where its push service takes messages, and the keys that it reads them with."""

    id: int
    account: int
    endpoint: str
    p256dh: str
    auth: str
    language: str
    confirmed_at: str
