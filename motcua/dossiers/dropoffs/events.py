"""What happens to papers that were handed in at a kiosk. Never a name, a number, a text or a picture."""

from typing import ClassVar

from motcua.desk.event import Event, Json


class DropOffEvent(Event, frozen=True):
    """Something about one drop-off; `dropoff` is its code."""

    dropoff: str

    @property
    def subject(self) -> str:
        """Return `dropoff:<code>`."""
        return f"dropoff:{self.dropoff}"


class DropOffReceived(DropOffEvent, frozen=True):
    """Somebody handed in scans at a kiosk while the hall was closed; it counts as received at `counts_from`.

    `papers` are objects with `code` and `pages`, `choices` answer the checklist's questions. `sealed` names what was
    stored encrypted: number of the row, kind, SHA-256 of the encrypted bytes. It is erased after `erase_on`.
    """

    procedure: str
    counts_from: str
    language: str
    choices: dict[str, Json]
    papers: list[Json]
    erase_on: str
    sealed: list[Json]
    kind: ClassVar[str] = "dropoff.received"


class DropOffOpened(DropOffEvent, frozen=True):
    """Somebody read who handed it in."""

    kind: ClassVar[str] = "dropoff.opened"


class DropOffPageViewed(DropOffEvent, frozen=True):
    """Somebody looked at the scan of a page; `page` is its place."""

    page: int
    kind: ClassVar[str] = "dropoff.page_viewed"


class DropOffSentBack(DropOffEvent, frozen=True):
    """It was not taken in, and the citizen was told why; its scans are erased, the rest after `erase_on`."""

    erase_on: str
    sealed: list[Json]
    kind: ClassVar[str] = "dropoff.sent_back"


class DropOffErased(DropOffEvent, frozen=True):
    """Everything that was handed in was erased, because the citizen asked for it."""

    kind: ClassVar[str] = "dropoff.erased"


class DropOffLookedUp(DropOffEvent, frozen=True):
    """Somebody with the second factor looked it up."""

    kind: ClassVar[str] = "dropoff.looked_up"


class DropOffLookupFailed(DropOffEvent, frozen=True):
    """A second factor did not fit, the `failures`-th in a row; after too many nobody may try before `locked_until`."""

    failures: int
    locked_until: str | None
    kind: ClassVar[str] = "dropoff.lookup_failed"


class DropOffsPurged(Event, frozen=True):
    """What was to be kept until before the day `before` was erased, `rows` encrypted rows of it."""

    before: str
    rows: int
    kind: ClassVar[str] = "dropoffs.purged"

    @property
    def subject(self) -> str:
        """Return `dropoffs`."""
        return "dropoffs"
