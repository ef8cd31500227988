"""Putting a whole set-up in force: settings, services and counters in one step, told as one event."""

from dataclasses import asdict
from typing import Any

from motcua.bookings import rules as booking_rules
from motcua.bookings import store as booking_store
from motcua.catalogue import store as catalogue_store
from motcua.copies import replace
from motcua.counters import rules as counter_rules
from motcua.counters import store as counter_store
from motcua.counters.model import Counter, CounterState
from motcua.desk import Invalid, Reader, Refused, Tx, seals
from motcua.desk.event import Json
from motcua.equipment import store as equipment_store
from motcua.procedures import store as procedure_store
from motcua.queue import store as queue_store
from motcua.queue.model import Ticket, TicketState
from motcua.queue.rules import moves
from motcua.settings import store as settings_store
from motcua.settings.events import SettingsChanged
from motcua.settings.model import Session
from motcua.setup.document import Document, read
from motcua.setup.parts import SECTIONS
from motcua.setup.sections import put_section
from motcua.staff import rules as staff_rules
from motcua.staff import store as staff_store
from motcua.staff.events import AccountAdded, AccountSaved
from motcua.staff.model import Account, Role

_IN_THE_HALL = (TicketState.WAITING, TicketState.CALLED, TicketState.SERVING, TicketState.HELD)


def get_document(db: Reader) -> Document:
    """Return the set-up in force; without groups, services and counters while the desk is not set up."""
    counters = [
        Counter(item.number, item.label, item.services, prefer=item.prefer, must=item.must, hours=item.hours)
        for item in counter_store.list_all(db)
    ]
    return Document(
        settings_store.get_settings(db), catalogue_store.list_groups(db), catalogue_store.list_services(db), counters
    )


def apply(tx: Tx, document: Document) -> bool:
    """Put `document` (made by `document.read` or a template) in force; return whether anything changed.

    Raises `Refused("settings.in_use")` when it takes away what somebody in the hall still needs.
    """
    before = get_document(tx.db)
    if document == before:
        return False
    _may_replace(tx, before, document)
    settings_store.save(tx.db, document.settings)
    catalogue_store.replace_all(tx.db, document.groups, document.services)
    counter_store.replace_all(tx.db, document.counters)
    equipment_store.keep_counters(tx.db, [counter.number for counter in document.counters])
    tx.emit(
        SettingsChanged(operational=make_operational(document), seal=seals.seal(tx, "settings", list_sealed(tx.db)))
    )
    return True


def apply_text(tx: Tx, toml_text: str) -> bool:
    """Put the set-up of a TOML file in force, as `apply` does. Raises `Mistakes` as well."""
    return apply(tx, read(toml_text, procedure_store.list_codes(tx.db)))


def apply_to(tx: Tx, document: Document, version: int) -> bool:
    """Put `document`, made from the settings of `version`, in force, as `apply` does.

    Raises `Refused("settings.changed")` as well.
    """
    require_version(tx.db, version)
    return apply(tx, document)


def require_version(db: Reader, version: int) -> None:
    """Raise `Refused("settings.changed")` unless `version` is that of the settings in force."""
    if settings_store.get_version(db) != version:
        raise Refused(
            "settings.changed", "Somebody else has changed the settings. Load the page again, then make your change."
        )


def save_section(tx: Tx, name: str, data: dict[str, Any], version: int) -> bool:
    """Put one section of the settings in force; return whether anything changed.

    `version` is the one that `data` was made from.

    Raises `Refused("settings.changed" | "settings.in_use")`, `Mistakes`, `Unknown("section.unknown")`.
    """
    require_version(tx.db, version)
    added = procedure_store.list_codes(tx.db)
    return apply(tx, put_section(get_document(tx.db), name, data, added))


def is_needed(db: Reader) -> bool:
    """Say whether the desk still has to be set up: no settings yet, or nobody who could change them."""
    return settings_store.get_version(db) == 0 or not any(
        account.role is Role.ADMIN for account in staff_store.list_accounts(db)
    )


def set_up(tx: Tx, document: Document, admin: Account, people: list[Account]) -> list[Account]:
    """Set up a new desk and make its people, `admin` first; passwords are already hashed.

    Return them with their numbers.

    One change over several subjects: one `SettingsChanged`, then an `AccountSaved` for each. Raises
    `Refused("setup.done")` when the desk has settings or accounts, `Refused("account.taken")`, `Invalid` for what
    cannot be an account.
    """
    if settings_store.get_version(tx.db) or staff_store.list_accounts(tx.db):
        raise Refused("setup.done", "This desk is already set up.")
    return finish_setup(tx, document, admin, people)


def finish_setup(
    tx: Tx, document: Document, admin: Account, people: list[Account], *, is_start: bool = False
) -> list[Account]:
    """As `set_up`, for a desk that may already have settings (then `document` is left aside) but has no
    administrator.

    With `is_start` the administrator chose the passwords of `people`, who replace them at the first sign-in.

    Raises `Refused("setup.done")` when nothing is missing.
    """
    if not is_needed(tx.db):
        raise Refused("setup.done", "This desk is already set up.")
    if settings_store.get_version(tx.db):
        document = get_document(tx.db)
    if admin.role is not Role.ADMIN or admin.disabled:
        raise Invalid("setup.admin", "The first account must be an administrator.")
    numbers = {counter.number for counter in document.counters}
    new_accounts = [_new_account(account, numbers) for account in (admin, *people)]
    apply(tx, document)
    saved_accounts: list[Account] = []
    for account in new_accounts:
        staff_rules.require_unlike(account.name, [other.name for other in staff_store.list_accounts(tx.db)])
        saved_accounts.append(replace(account, id=staff_store.save_account(tx.db, account)))
    for account in saved_accounts:
        seal = seals.seal(tx, f"account:{account.id}", staff_store.list_sealed_of_account(tx.db, account.id))
        event = AccountSaved
        if is_start and account is not saved_accounts[0]:
            staff_store.add_start_password(tx.db, account.id)
            event = AccountAdded
        tx.emit(event(account=account.id, role=account.role.value, disabled=account.disabled, created=True, seal=seal))
    return saved_accounts


def _new_account(account: Account, counters: set[int]) -> Account:
    staff_rules.get_person_role(account.role.value)
    if account.counter is not None and account.counter not in counters:
        raise Invalid("counter.unknown", "There is no counter %(counter)s.", counter=account.counter)
    return replace(
        account,
        id=0,
        name=staff_rules.read_sign_in_name(account.name),
        full_name=staff_rules.read_full_name(account.full_name),
    )


def _may_replace(tx: Tx, before: Document, after: Document) -> None:
    """Raise `Refused("settings.in_use")` when `after` lacks a counter, service or group that is in use, or moves
    today's calendar.
    """
    live = _live(tx, before)
    remaining = {counter.number for counter in after.counters}
    bound = {ticket.bound: ticket for ticket in live if ticket.bound is not None}
    for counter in counter_store.list_all(tx.db):
        if counter.number in remaining:
            continue
        if counter.in_hand is not None or counter.state is not CounterState.CLOSED:
            raise Refused(
                "settings.in_use",
                "Counter %(counter)s is in use. Close it before you remove it.",
                counter=counter.number,
            )
        if counter.number in bound:
            number = bound[counter.number].number
            raise Refused(
                "settings.in_use", "%(number)s waits for counter %(counter)s, which cannot be removed now.",
                number=number, counter=counter.number,
            )  # fmt: skip
    services = {service.code for service in after.services}
    letters = {group.letter for group in after.groups}
    for ticket in live:
        if ticket.service not in services:
            raise Refused(
                "settings.in_use", "%(number)s still needs the service %(service)s, which cannot be removed now.",
                number=ticket.number, service=ticket.service,
            )  # fmt: skip
        if ticket.letter not in letters:
            raise Refused(
                "settings.in_use", "%(number)s still needs the group %(letter)s, which cannot be removed now.",
                number=ticket.number, letter=ticket.letter,
            )  # fmt: skip
    if live and after.settings.timezone != before.settings.timezone:
        raise Refused(
            "settings.in_use", "The time zone can only be changed while no ticket is waiting or at a counter."
        )
    _keeps_bookings(tx, before, after)


def _keeps_bookings(tx: Tx, before: Document, after: Document) -> None:
    """Raise `Refused("settings.in_use")` when `after` would not serve at the time of a booking that `before` would."""
    booked = booking_store.list_upcoming(tx.db, tx.at)
    if booked and after.settings.timezone != before.settings.timezone:
        raise Refused("settings.in_use", "The time zone can only be changed while no times are booked.")
    lanes = [_lanes(document) for document in (before, after)]
    lost = [
        booking
        for booking in booked
        if booking_rules.is_still_served(before.settings, booking.slot_at, booking.service, lanes[0])
        and not booking_rules.is_still_served(after.settings, booking.slot_at, booking.service, lanes[1])
    ]
    if lost:
        raise Refused(
            "settings.in_use",
            "%(count)s bookings could not be kept, the first of them “%(service)s” at %(slot)s. Cancel them "
            "" "first, and tell the people.",
            count=len(lost), service=lost[0].service, slot=booking_rules.format_time(lost[0], before.settings.timezone),
        )  # fmt: skip


def _lanes(document: Document) -> list[Counter]:
    group_of = {service.code: service.group for service in document.services}
    return [counter_rules.resolve_lane(counter, document.counters, group_of) for counter in document.counters]


def _live(tx: Tx, before: Document) -> list[Ticket]:
    """Return today's tickets that are not over: in the hall, or absent and within the grace."""
    tickets = queue_store.list_in_state(tx.db, tx.day, *_IN_THE_HALL, TicketState.ABSENT)
    return [
        ticket for ticket in tickets if ticket.state is not TicketState.ABSENT or _may_return(ticket, tx.at, before)
    ]


def _may_return(ticket: Ticket, at: str, before: Document) -> bool:
    try:
        moves.require_grace(ticket, at, before.settings.queue.absent_grace_min)
    except Refused:
        return False
    return True


def list_sealed(db: Reader) -> list[Json]:
    """Return what the seal of the settings is made of: everything as it is stored, names and texts included."""
    return [settings_store.get_stored(db), catalogue_store.list_names(db), counter_store.list_labels(db)]


def _pairs(sessions: tuple[Session, ...]) -> list[Json]:
    return [[item.start_min, item.end_min] for item in sessions]


def _plain_values(section: Any) -> dict[str, Json]:
    """Return the numbers and flags of a section: whatever is no text and no list."""
    return {name: value for name, value in asdict(section).items() if isinstance(value, int)}


def make_operational(document: Document) -> dict[str, Json]:
    """Return what the journal keeps of a set-up, enough to rebuild a day: codes and whole numbers, no names and no
    texts.

    Hours are pairs of minutes after local midnight; `week` begins on Monday.
    """
    settings = document.settings
    return {
        **asdict(settings.day),
        **{name: _plain_values(getattr(settings, name)) for name, part in SECTIONS.items() if part.is_operational},
        "week": [_pairs(day) for day in settings.hours.week],
        "days_off": [item.date for item in settings.days_off],
        "working_days": [{"date": item.date, "sessions": _pairs(item.sessions)} for item in settings.working_days],
        "priorities": [{"code": item.code, "rank": item.rank} for item in settings.priorities],
        "groups": [item.letter for item in document.groups],
        "services": [
            {
                "code": item.code,
                "group": item.group,
                "quota": list(item.quota),
                "at_seat": item.at_seat,
                "bookable": item.bookable,
            }
            for item in document.services
        ],
        "counters": [
            {
                "number": item.number,
                "services": list(item.services),
                "prefer": list(item.prefer),
                "must": list(item.must),
                "hours": [list(pair) for pair in item.hours],
            }
            for item in document.counters
        ],
    }
