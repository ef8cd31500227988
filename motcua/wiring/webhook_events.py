"""What happens in the hall is told to a program of the ward: the rows of the journal as they are, without a name.

One row of the table is one family of events: the setting that switches it on, and its events.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from motcua.alerts.events import AlertCleared, AlertRaised, AlertSeen, HelpAnswered, HelpCalled, HelpEnded
from motcua.desk import Desk, DeviceJob, Event, Json, Planned, Reader, outbox
from motcua.feedback.events import RatingAsked, RatingGiven, RatingSkipped
from motcua.notify.message import NoticeError, NoticeMessage
from motcua.queue import events as queue_events
from motcua.settings import store as settings_store
from motcua.settings.model import Notices
from motcua.suggestions import events as suggestion_events
from motcua.suggestions import store as suggestion_store
from motcua.suggestions.events import SuggestionEvent
from motcua.wiring.ways import WEBHOOK

TICKETS: tuple[type[Event], ...] = (
    queue_events.TicketIssued,
    queue_events.TicketCalled,
    queue_events.TicketRecalled,
    queue_events.TicketStarted,
    queue_events.TicketServed,
    queue_events.TicketAbsent,
    queue_events.TicketHeld,
    queue_events.TicketTransferred,
    queue_events.TicketCancelled,
    queue_events.TicketReturned,
    queue_events.MoveUndone,
)
FAMILIES: tuple[tuple[Callable[[Notices], bool], tuple[type[Event], ...]], ...] = (
    (lambda notices: notices.webhook_tickets, TICKETS),
    (lambda notices: notices.webhook_ratings, (RatingAsked, RatingSkipped, RatingGiven)),
    (
        lambda notices: notices.webhook_alerts,
        (AlertRaised, AlertCleared, AlertSeen, HelpCalled, HelpAnswered, HelpEnded),
    ),
)
SUGGESTIONS: tuple[type[SuggestionEvent], ...] = (
    suggestion_events.SuggestionReceived,
    suggestion_events.SuggestionTaken,
    suggestion_events.SuggestionAnswered,
    suggestion_events.SuggestionClosed,
    suggestion_events.SuggestionPublished,
    suggestion_events.SuggestionUnpublished,
    suggestion_events.SuggestionRated,
    suggestion_events.SuggestionEscalated,
    suggestion_events.SuggestionErased,
)
HEALTH = "health.changed"


def _plan(is_on: Callable[[Notices], bool], event: Event, db: Reader) -> list[Planned]:
    notices = settings_store.get_settings(db).notices
    if not notices.webhook_url or not is_on(notices):
        return []
    payload: dict[str, Json] = {"about": event.kind, "subject": event.subject, "data": event.to_data()}
    return [Planned(WEBHOOK, outbox.EVENT, payload, outbox.TTL_MS)]


def _plan_suggestion(event: SuggestionEvent, db: Reader) -> list[Planned]:
    """Return the message about a suggestion, none for what only the head of the unit may read."""
    if suggestion_store.get(db, event.suggestion).kind.is_restricted:
        return []
    return _plan(lambda notices: notices.webhook_suggestions, event, db)


def install(desk: Desk) -> None:
    """Plan a message for each event of a family that is switched on."""
    for is_on, events in FAMILIES:
        for event in events:
            desk.plan(event, partial(_plan, is_on))
    for suggestion_event in SUGGESTIONS:
        desk.plan(suggestion_event, _plan_suggestion)


def write_event(job: DeviceJob, planned_at: str, key: str, now: datetime) -> NoticeMessage:
    """Return the message that repeats an event. Raises `NoticeError` for a job that cannot be read."""
    data, subject = job.payload.get("data"), job.payload.get("subject")
    if not isinstance(data, dict):
        raise NoticeError("notices.broken", permanent=True)
    content = {**data, **({"subject": subject} if subject else {})}
    about, at = str(job.payload.get("about")), int(now.timestamp())
    return NoticeMessage(key, about, at, "vi", "", "", happened_at=planned_at, data=content)
