"""Who left an e-mail address with a suggestion is told that it arrived and what became of it: planned with the event,
written when it is sent.

A message says nothing of what somebody wrote or was answered, only how to read it.
"""

from collections.abc import Iterator
from datetime import date, datetime

from motcua.desk import Desk, DeviceJob, Planned, Reader, outbox, texts
from motcua.desk.messages import mark, translate_into_each
from motcua.notify.message import NoticeError, NoticeMessage
from motcua.settings import store as settings_store
from motcua.settings.base_address import is_hall_only
from motcua.settings.model import Settings
from motcua.suggestions import rules, store
from motcua.suggestions.events import (
    SuggestionAnswered,
    SuggestionClosed,
    SuggestionQuestioned,
    SuggestionReceived,
)
from motcua.suggestions.model import Suggestion
from motcua.wiring.letters import write_sign_off
from motcua.wiring.ways import EMAIL

SUGGESTION = "suggestion"
RECEIVED, QUESTIONED, ANSWERED = SuggestionReceived.kind, SuggestionQuestioned.kind, SuggestionAnswered.kind
REFUSED, DUPLICATE = "suggestion.refused", "suggestion.duplicate"
RECEIPTS_A_DAY, LOOKED_AT = 5, 200
"""How many receipts one address gets a day, and among how many new suggestions they are counted. Anybody can type in
the address of somebody else.
"""
SUBJECTS = {
    RECEIVED: mark("We have received what you wrote to us"),
    QUESTIONED: mark("We have a question about what you wrote to us"),
    ANSWERED: mark("There is an answer to what you wrote to us"),
    REFUSED: mark("What you wrote to us is settled"),
    DUPLICATE: mark("What you wrote to us is settled"),
}
BEGINNINGS = {
    RECEIVED: mark("What you wrote to us on %(day)s has arrived."),
    QUESTIONED: mark(
        "You wrote to us on %(day)s. We need to know more, so please read our question and add something."
    ),
    ANSWERED: mark("You wrote to us on %(day)s. Our answer is ready; please read it and tell us how good it is."),
    REFUSED: mark("You wrote to us on %(day)s. We cannot deal with it; please read the reason."),
    DUPLICATE: mark("You wrote to us on %(day)s. Somebody wrote about the same before; you read that answer too."),
}
DUE = mark("We take it by %(take_by)s and answer by %(answer_by)s.")
CODE = mark("Your code: %(code)s")
LINK = mark("You read everything here: %(url)s")
NO_LINK = mark(
    "To read everything, open the page on which you wrote (the poster in the hall leads there) and type the code into"
    " the field “You have a code?”."
)
SECRET = mark(
    "Whoever has the code reads what you wrote and can have it erased. Do not pass it on. Once it is erased, we write"
    " to you no more."
)


def _plan(db: Reader, kind: str, item: Suggestion | None) -> Iterator[Planned]:
    """Yield the message to the sender of a suggestion. A job holds its number and no personal data."""
    if item is None or not settings_store.get_settings(db).notices.smtp_host or not _find_address(db, item):
        return
    if kind != RECEIVED or _count_receipts(db, item) <= RECEIPTS_A_DAY:
        yield Planned(EMAIL, outbox.NOTIFY, {"about": kind, SUGGESTION: item.id}, outbox.TTL_MS)


def _find_address(db: Reader, item: Suggestion) -> str:
    """Return the e-mail address of its sender, empty where there is none or it is erased."""
    return rules.find_email(texts.find_text(db, item.contact) or "")


def _count_receipts(db: Reader, item: Suggestion) -> int:
    """Return how many suggestions of the day name the same address, this one included."""
    address = _find_address(db, item).lower()
    same = (_find_address(db, other).lower() for other in store.list_reachable(db, item.received_on, LOOKED_AT))
    return sum(other == address for other in same)


def plan_receipt(event: SuggestionReceived, db: Reader) -> list[Planned]:
    """Return the message that it arrived."""
    return list(_plan(db, RECEIVED, store.find(db, event.suggestion)))


def plan_question(event: SuggestionQuestioned, db: Reader) -> list[Planned]:
    """Return the message that the unit asks for more."""
    return list(_plan(db, QUESTIONED, store.find(db, event.suggestion)))


def plan_answer(event: SuggestionAnswered, db: Reader) -> list[Planned]:
    """Return the messages that there is an answer; senders of duplicates read the same one."""
    items = [store.find(db, event.suggestion), *store.list_duplicates(db, event.suggestion)]
    return [job for item in items for job in _plan(db, ANSWERED, item)]


def plan_end(event: SuggestionClosed, db: Reader) -> list[Planned]:
    """Return the message that it was refused, or is a duplicate."""
    kind = DUPLICATE if event.original is not None else REFUSED
    return list(_plan(db, kind, store.find(db, event.suggestion)))


def install(desk: Desk) -> None:
    """Plan messages to the senders of suggestions."""
    desk.plan(SuggestionReceived, plan_receipt)
    desk.plan(SuggestionQuestioned, plan_question)
    desk.plan(SuggestionAnswered, plan_answer)
    desk.plan(SuggestionClosed, plan_end)


def write_message(db: Reader, settings: Settings, job: DeviceJob, key: str, now: datetime) -> NoticeMessage:
    """Return the message to the sender of a suggestion. Raises `NoticeError("notices.erased")` without an address."""
    number, kind = job.payload.get(SUGGESTION), str(job.payload.get("about"))
    item = store.find(db, number) if isinstance(number, int) else None
    address = _find_address(db, item) if item is not None else ""
    if item is None or not address or kind not in SUBJECTS:
        raise NoticeError("notices.erased", permanent=True)
    return NoticeMessage(
        key=key,
        kind=kind,
        at=int(now.timestamp()),
        language=item.language,
        subject=translate_into_each(SUBJECTS[kind])[item.language],
        text="\n\n".join([*_list_lines(settings, item, kind), write_sign_off(settings)]) + "\n",
        email=address,
    )


def _list_lines(settings: Settings, item: Suggestion, kind: str) -> Iterator[str]:
    def say(message: str, **params: object) -> str:
        return translate_into_each(message, params)[item.language]

    yield say(BEGINNINGS[kind], day=_write_day(item.received_on))
    if kind == RECEIVED and not item.kind.is_restricted:  # those have a procedure and limits by other laws
        due = rules.list_deadlines(settings, item.received_on)
        yield say(DUE, take_by=_write_day(due.take_by), answer_by=_write_day(due.answer_by))
    yield say(CODE, code=rules.write_code(item.code))
    base = "" if is_hall_only(settings.web.base_url) else settings.web.base_url
    yield say(LINK, url=f"{base}/y/{item.code}") if base else say(NO_LINK)
    yield say(SECRET)


def _write_day(day: str) -> str:
    return f"{date.fromisoformat(day):%d/%m/%Y}"
