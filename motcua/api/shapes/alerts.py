"""Bodies and answers of the calls about alerts and help."""

from typing import Annotated

from pydantic import Field, StringConstraints

from motcua.api.shapes.base import ApiShape, Both, Int, Strict

NUMBER_MAX = 2**53
ENDPOINT_MAX, KEY_MAX = 1_000, 200
Number = Annotated[int, Field(ge=1, le=NUMBER_MAX)]


class NumberPath(ApiShape):
    """The number in the path."""

    id: Number


class NewHelp(Strict):
    """From which counter; a counter's own screen and an officer at a counter need not say it."""

    counter: Int | None = None


class NumberAnswer(ApiShape):
    """The number of what was made."""

    id: int


class HelpShape(ApiShape):
    """A call for help, and who answers it."""

    id: int
    counter: int
    officer: str | None
    at: str
    answered_at: str | None
    answered_by: str | None
    answered_counter: int | None
    ended_at: str | None


class AlertShape(ApiShape):
    """An alert; it is open until `cleared_at`. `officer` and `path`: about whose dossiers it is, and their page."""

    id: int
    kind: str
    label: Both
    icon: str
    text: Both
    at: str
    cleared_at: str | None
    seen_at: str | None
    seen_by: str | None
    officer: str | None = None
    path: str | None = None


class AlertsAnswer(ApiShape):
    """The alerts and calls for help of some days, the newest first."""

    items: list[AlertShape]
    help: list[HelpShape]


class PushKeys(Strict):
    """The keys of a browser's subscription, as the browser names them."""

    p256dh: Annotated[str, StringConstraints(min_length=1, max_length=KEY_MAX)]
    auth: Annotated[str, StringConstraints(min_length=1, max_length=KEY_MAX)]


class NewSubscription(Strict):
    """A browser that asks to be told, as `PushSubscription.toJSON()` gives it."""

    endpoint: Annotated[str, StringConstraints(min_length=1, max_length=ENDPOINT_MAX)]
    keys: PushKeys


class OldSubscription(Strict):
    """A browser that asks to be told no more."""

    endpoint: Annotated[str, StringConstraints(min_length=1, max_length=ENDPOINT_MAX)]


class PushKeyAnswer(ApiShape):
    """The desk's public key, with which a browser asks its push service."""

    key: str
