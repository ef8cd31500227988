"""A set-up put in force on a real desk, and what the hall does not let go of."""

from collections.abc import Callable

import pytest

from motcua.copies import replace
from motcua.counters import actions as counters
from motcua.counters import store as counter_store
from motcua.desk import Desk, Entry, ManualClock, Refused
from motcua.queue import actions as queue
from motcua.settings import store as settings_store
from motcua.settings.events import SettingsChanged
from motcua.settings.model import Day
from motcua.setup import actions
from motcua.setup.document import Document, build, to_plain, write
from motcua.setup.mistakes import Mistakes

SERVICE = "household-business"
"""The only service of group K; counter 6 alone serves it."""
QUEUE = {
    "guard_calls": 2,
    "guard_wait_min": 20,
    "absent_grace_min": 15,
    "absent_recalls": 1,
    "absent_returns": 3,
    "returned_first": True,
    "transfer_keeps_place": True,
    "transfer_binds": True,
    "undo_s": 5,
}
"""How the ward calls, as the journal keeps it."""


@pytest.fixture
def told(desk: Desk, ward: Document) -> list[Entry[SettingsChanged]]:
    """Set the desk up as the ward; return what the journal tells from then on."""
    found: list[Entry[SettingsChanged]] = []
    desk.by("admin:1").do(actions.apply, ward)
    desk.on(SettingsChanged, found.append)
    return found


def without_counter(ward: Document, number: int) -> Document:
    raw = to_plain(ward)
    raw["counters"] = [item for item in raw["counters"] if item["number"] != number]
    raw["counters"][0]["services"] = [item["code"] for item in raw["services"]]
    return build(raw)


def without_service(ward: Document) -> Document:
    """Return the ward without `SERVICE`; group K stays with another service."""
    raw = to_plain(ward)
    raw["services"] = [item for item in raw["services"] if item["code"] != SERVICE]
    raw["counters"][5]["services"].remove(SERVICE)
    next(item for item in raw["services"] if item["code"] == "complaint")["group"] = "K"
    return build(raw)


def without_group(ward: Document) -> Document:
    """Return the ward without group K; its service has moved to group G."""
    raw = to_plain(ward)
    raw["groups"] = [item for item in raw["groups"] if item["letter"] != "K"]
    next(item for item in raw["services"] if item["code"] == SERVICE)["group"] = "G"
    return build(raw)


def refused(desk: Desk, document: Document) -> str:
    """Return why `document` cannot be put in force, having seen that nothing changed."""
    with desk.read() as db:
        before, head = actions.get_document(db), desk.head
    with pytest.raises(Refused) as caught:
        desk.by("admin:1").do(actions.apply, document)
    with desk.read() as db:
        assert (actions.get_document(db), desk.head) == (before, head)
    assert caught.value.code == "settings.in_use"
    return str(caught.value)


def test_what_is_applied_is_in_force(desk: Desk, ward: Document) -> None:
    assert desk.by("admin:1").do(actions.apply, ward) is True
    with desk.read() as db:
        assert actions.get_document(db) == ward
        assert settings_store.get_version(db) == 1


@pytest.mark.thorough
def test_the_same_again_changes_and_tells_nothing(
    desk: Desk, ward: Document, told: list[Entry[SettingsChanged]]
) -> None:
    head = desk.head
    assert desk.by("admin:1").do(actions.apply, ward) is False
    assert desk.by("admin:1").do(actions.apply_text, write(ward)) is False
    with desk.read() as db:
        assert settings_store.get_version(db) == 1
    assert (desk.head, told) == (head, [])


@pytest.mark.thorough
def test_a_changed_file_is_one_event_by_whoever_changed_it(
    desk: Desk, ward: Document, told: list[Entry[SettingsChanged]]
) -> None:
    desk.by("admin:1").do(actions.apply_text, write(ward).replace("guard_calls = 2", "guard_calls = 3"))
    assert [(entry.actor, entry.event.operational["queue"]) for entry in told] == [
        ("admin:1", {**QUEUE, "guard_calls": 3})
    ]
    with desk.read() as db:
        assert actions.get_document(db) == replace(
            ward, settings=replace(ward.settings, queue=replace(ward.settings.queue, guard_calls=3))
        )


def test_a_broken_file_changes_nothing(desk: Desk, told: list[Entry[SettingsChanged]]) -> None:
    with pytest.raises(Mistakes):
        desk.by("admin:1").do(actions.apply_text, "version = 1")
    assert told == []


def test_the_event_holds_what_a_day_is_rebuilt_from_and_no_names(ward: Document) -> None:
    raw = to_plain(ward)
    raw["days_off"], raw["working_days"] = raw["days_off"][:1], raw["working_days"][:1]
    raw["priorities"] = raw["priorities"][-2:]
    raw["groups"], raw["services"] = raw["groups"][4:5], [item for item in raw["services"] if item["code"] == SERVICE]
    raw["services"][0]["quota"] = {"morning": 40, "afternoon": None}
    lanes = {"prefer": ["K"], "must": [SERVICE], "hours": ["08:00-12:00", "13:00-17:00"]}
    raw["counters"] = [{"number": 6, "label": "Kinh doanh", "services": [SERVICE], **lanes}]
    week = [[[450, 690], [780, 1020]]] * 5
    assert actions.make_operational(build(raw)) == {
        "timezone": "Asia/Ho_Chi_Minh",
        "close_after_min": 60,
        "latest_min": 1435,
        "week": [*week, [], []],
        "days_off": ["2026-01-01"],
        "working_days": [{"date": "2026-01-10", "sessions": [[450, 690], [780, 1020]]}],
        "queue": QUEUE,
        "priorities": [{"code": "elder60", "rank": 3}, {"code": "ordinary", "rank": 4}],
        "groups": ["K"],
        "services": [{"code": SERVICE, "group": "K", "quota": [40, None], "at_seat": False, "bookable": True}],
        "counters": [
            {"number": 6, "services": [SERVICE], "prefer": ["K"], "must": [SERVICE], "hours": [[480, 720], [780, 1020]]}
        ],
        "appointments": {
            "is_open": False,
            "slot_min": 30,
            "capacity": 4,
            "days_ahead": 3,
            "lead_min": 30,
            "grace_min": 15,
            "missed_max": 2,
            "missed_days": 30,
        },
        "rating": {"window_s": 30, "qr_days": 3, "slip_days": 7},
        "rating_form": {"questions": 8},
        "quarantine": {
            "burst_presses": 8,
            "burst_s": 30,
            "outside_presses": 4,
            "outside_min": 10,
            "browser_visits": 4,
            "quick_ms": 2000,
            "quick_visits": 5,
            "closed_counter": True,
        },
    }


@pytest.mark.usefixtures("told")
def test_a_counter_in_use_stays(desk: Desk, ward: Document) -> None:
    said = "Counter 6 is in use. Close it before you remove it."
    desk.do(counters.open_counter, 6, None)
    assert refused(desk, without_counter(ward, 6)) == said
    desk.do(counters.pause, 6, "break")
    assert refused(desk, without_counter(ward, 6)) == said
    desk.do(counters.close, 6)
    assert desk.do(actions.apply, without_counter(ward, 6)) is True
    with desk.read() as db:
        assert counter_store.find(db, 6) is None


@pytest.mark.usefixtures("told")
def test_a_counter_keeps_its_ticket_and_state_when_its_services_change(desk: Desk, ward: Document) -> None:
    desk.do(counters.open_counter, 6, None)
    ticket = desk.do(queue.issue, "other", None).ticket
    desk.do(queue.call_next, 6)
    raw = to_plain(ward)
    raw["counters"][5]["label"] = "Quầy cuối"
    desk.do(actions.apply, build(raw))
    with desk.read() as db:
        counter = counter_store.get(db, 6)
    assert (counter.label, counter.state.value, counter.in_hand) == ("Quầy cuối", "open", ticket.id)


@pytest.mark.usefixtures("told")
def test_a_counter_that_a_ticket_was_sent_to_stays(desk: Desk, ward: Document) -> None:
    desk.do(counters.open_counter, 4, None)
    desk.do(counters.open_counter, 6, None)
    desk.do(queue.issue, "other", None)
    desk.do(queue.call_next, 4)
    desk.do(queue.start, 4)
    desk.do(queue.transfer, 4, None, 6)
    desk.do(counters.close, 6)
    assert refused(desk, without_counter(ward, 6)) == "G001 waits for counter 6, which cannot be removed now."


def waits(_desk: Desk) -> None:
    pass


def is_called(desk: Desk) -> None:
    desk.do(counters.open_counter, 6, None)
    desk.do(queue.call_next, 6)


def is_served(desk: Desk) -> None:
    is_called(desk)
    desk.do(queue.start, 6)


def is_held(desk: Desk) -> None:
    is_served(desk)
    desk.do(queue.hold, 6, None)


def is_absent(desk: Desk) -> None:
    is_called(desk)
    desk.do(queue.recall, 6)
    desk.do(queue.mark_absent, 6)


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("happens", [waits, is_called, is_served, is_held, is_absent])
def test_services_and_groups_stay_while_somebody_needs_them(
    desk: Desk, ward: Document, happens: Callable[[Desk], None]
) -> None:
    desk.do(queue.issue, SERVICE, None)
    happens(desk)
    assert (
        refused(desk, without_service(ward)) == f"K001 still needs the service {SERVICE}, which cannot be removed now."
    )
    assert refused(desk, without_group(ward)) == "K001 still needs the group K, which cannot be removed now."
    abroad = replace(ward, settings=replace(ward.settings, day=Day("Europe/Berlin")))
    assert refused(desk, abroad) == "The time zone can only be changed while no ticket is waiting or at a counter."


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("change", [without_service, without_group])
def test_nobody_needs_a_service_after_being_served(
    desk: Desk, ward: Document, change: Callable[[Document], Document]
) -> None:
    desk.do(queue.issue, SERVICE, None)
    is_served(desk)
    desk.do(queue.finish, 6)
    assert desk.do(actions.apply, change(ward)) is True
    with desk.read() as db:
        assert actions.get_document(db) == change(ward)


@pytest.mark.usefixtures("told")
def test_an_absent_ticket_holds_its_service_until_its_grace_is_over(
    desk: Desk, clock: ManualClock, ward: Document
) -> None:
    desk.do(queue.issue, SERVICE, None)
    is_absent(desk)
    clock.advance(15 * 60)
    refused(desk, without_service(ward))
    clock.advance(1)
    assert desk.do(actions.apply, without_service(ward)) is True


@pytest.mark.usefixtures("told")
def test_yesterdays_tickets_hold_nothing(desk: Desk, clock: ManualClock, ward: Document) -> None:
    desk.do(queue.issue, SERVICE, None)
    clock.advance(24 * 3600)
    assert desk.do(actions.apply, without_service(ward)) is True
