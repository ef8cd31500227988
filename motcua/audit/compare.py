"""The whole comparison: every book reads every journal row, then each book is compared with its tables."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from motcua.audit.alerts import AlertBook
from motcua.audit.assistance import AssistanceBook
from motcua.audit.callbacks import CallbackBook
from motcua.audit.camera import CameraBook
from motcua.audit.dossiers import DossierBook
from motcua.audit.dropoffs import DropOffBook
from motcua.audit.exchange import ExchangeBook
from motcua.audit.feedback import FeedbackBook
from motcua.audit.fees import FeeBook
from motcua.audit.filing import FilingBook
from motcua.audit.flows import FlowBook
from motcua.audit.hall import BookingBook, CounterBook, EquipmentBook
from motcua.audit.lockers import LockerBook
from motcua.audit.mailings import MailingBook
from motcua.audit.matters import MatterBook
from motcua.audit.outbox import OutboxBook
from motcua.audit.people import PeopleBook
from motcua.audit.procedures import ProcedureBook
from motcua.audit.queue import QueueBook
from motcua.audit.received import ApplicantBook, ReceivedDossierBook
from motcua.audit.setting import SettingsBook
from motcua.audit.suggestions import SuggestionBook
from motcua.audit.table import CHANGED, Book, Hearers, TableDifference
from motcua.audit.work import WorkBook
from motcua.desk import Reader, journal
from motcua.desk.steps import STEPPED, make_row_clock

UNTOLD: Mapping[str, str] = {
    "desk": "the store's own number, new after each restore",
    "journal": "the chain proves it",
    "keys": "answers to repeated requests, for seven days",
    "texts": "each is compared with its commitment",
    "account_photos": "each is compared with its commitment",
    "suggestion_photos": "each is compared with its commitment",
    "clock": "how the clocks stand; nobody's rights follow from it",
    "seals": "salts; a wrong one breaks its seal",
    "settings": "compared as a whole: operational part and seal",
    "groups": "part of the settings",
    "services": "part of the settings",
    "pairings": "each is compared with its seal",
    "push_subscriptions": "browsers that asked to be told of alerts; nobody's rights follow from it",
    "callback_secrets": "each is compared with its digest",
    "flow_steps": "the digest of each is its key, and dossiers name it",
    "dossier_secrets": "each is compared with its digest",
    "provincial_dossiers": "what another system says; the journal has the digest of what came",
    "province_refusals": "what the journal says of jobs that failed, for a person to look at",
    "dossier_differences": "what two systems say differently; nobody's rights follow from it",
    "dropoff_secrets": "each is compared with its digest",
    "dossiers": "those of each file are compared with their digest",
    "day_summaries": "derived from the journal; `motcua journal rebuild` compares the figures that are read from them",
    "dossier_pushes": "browsers that asked to be told of a dossier; nobody's rights follow from it",
    "poster_uses": "how often posters were used; anybody can add to it, and nobody's rights follow from it",
    "visit_notes": "officers' notes, gone when the visit ends; nobody's rights follow from them",
    "waiting_counts": "compared with the tickets that wait",
    "rating_sources": "which ratings came from one browser, for some days; only rules about later ratings look at it",
    "browsers": "in which browsers people signed in; only whom a lock-out spares follows from it",
}
"""Tables of which no row is told in words, and why."""


def make_books(*, has_steps: bool) -> list[Book]:
    """Return one book for each subject, empty."""
    return [
        SettingsBook(),
        PeopleBook(),
        EquipmentBook(),
        CounterBook(),
        BookingBook(),
        QueueBook(has_steps=has_steps),
        MatterBook(),
        FeedbackBook(),
        CameraBook(),
        AlertBook(),
        SuggestionBook(),
        FilingBook(),
        WorkBook(),
        ProcedureBook(),
        FlowBook(),
        DossierBook(),
        ReceivedDossierBook(),
        FeeBook(),
        MailingBook(),
        ApplicantBook(),
        AssistanceBook(),
        CallbackBook(),
        ExchangeBook(),
        DropOffBook(),
        LockerBook(),
        OutboxBook(),
    ]


def list_differences(db: Reader, begun: Iterable[Mapping[str, Any]] = ()) -> Iterator[TableDifference]:
    """Yield where the tables are not what the journal says, in one moment of the store. Reads the whole journal.

    `begun` are rows that come before it: what a desk began with.
    """
    stepped = journal.list_rows(db, STEPPED)
    at = make_row_clock(stepped)
    audit_books = make_books(has_steps=bool(stepped))
    hearers = Hearers(audit_books)
    for raw in chain(begun, journal.read_rows(db)):
        row: dict[str, Any] = {**raw, "at": at(raw)}
        for book in hearers[row["action"]]:
            try:
                book.hear(row)
            except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
                yield TableDifference(
                    "journal", str(row["seq"]), CHANGED, "data", None, f"{type(error).__name__}: {error}", row["seq"]
                )
    for book in audit_books:
        yield from book.list_differences(db)
