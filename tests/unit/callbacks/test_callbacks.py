"""Call backs: who is taken onto the list, who calls, what follows, and when the number is gone."""

from collections.abc import Iterator

import pytest

from motcua.callbacks import actions, store
from motcua.callbacks.model import Callback, CallbackRequest, CallbackSource, CallbackState
from motcua.callbacks.store import vaults
from motcua.copies import replace
from motcua.desk import Forbidden, Invalid, Refused, Tx, Unknown, scrubbing
from motcua.settings import store as settings_store
from motcua.settings.model import CallbackRules
from motcua.views.callbacks import describe_call, describe_callbacks
from motcua.wiring.erasing import purge_callbacks
from tests.conftest import SETTINGS, TODAY, Hall
from tests.told import require_told

PHONE, QUESTION = "0912345678", "Làm lại giấy khai sinh cho mẹ"
WISH = CallbackRequest(PHONE, "birth", QUESTION, CallbackSource.PHONE, agrees=True)
HOA, MINH = 7, 8
HOUR_S = 3_600


@pytest.fixture
def desk_hall(hall: Hall) -> Iterator[Hall]:
    """Lend the hall with call backs; in the end its tables are what the journal says."""
    switch(hall)
    yield hall
    require_told(hall.folder)


def switch(hall: Hall, **rules: int) -> None:
    def save(tx: Tx) -> None:
        settings_store.save(tx.db, replace(SETTINGS, callbacks=CallbackRules(is_on=True, **rules)))

    hall.desk.do(save)


def ask(hall: Hall, **changes: object) -> str:
    return hall.desk.do(actions.ask_callback, vaults.get_vault(hall.desk), replace(WISH, **changes))  # type: ignore[arg-type]


def get(hall: Hall, number: int = 1) -> Callback:
    with hall.desk.read() as db:
        return store.get_callback(db, number)


def test_while_it_is_off_nobody_is_taken_onto_the_list(hall: Hall) -> None:
    with pytest.raises(Unknown):
        ask(hall)


def test_a_number_is_called_once_by_one_officer_and_then_gone(desk_hall: Hall) -> None:
    hall = desk_hall
    assert ask(hall) == "2026-11-25"  # the 24th is a day off
    with hall.desk.read() as db:
        listed = describe_callbacks(db, hall.folder, TODAY)
        assert describe_call(db, hall.folder, 1, HOA) is None
    assert [(item["phone"], item["is_late"]) for item in listed["open"]] == [("09*****678", False)]
    hall.desk.do(actions.take_callback, 1, HOA)
    with pytest.raises(Refused, match="already"):
        hall.desk.do(actions.take_callback, 1, MINH)
    with pytest.raises(Forbidden):
        hall.desk.do(actions.note_call, 1, MINH, "advised")
    with hall.desk.read() as db:
        call = describe_call(db, hall.folder, 1, HOA)
        assert call is not None
        assert (call["phone"], call["question"]) == (PHONE, QUESTION)
        assert describe_call(db, hall.folder, 1, MINH) is None
    with pytest.raises(Invalid):
        hall.desk.do(actions.note_call, 1, HOA, "danced")
    hall.desk.do(actions.note_call, 1, HOA, "advised")
    item = get(hall)
    assert (item.state, item.tries, item.officer) == (CallbackState.DONE, 1, HOA)
    with hall.desk.read() as db:
        assert store.list_contact_digests(db) == []
        assert not scrubbing.is_scrubbed(db)
    with pytest.raises(Refused, match="over"):
        hall.desk.do(actions.take_callback, 1, HOA)


def test_nothing_of_a_number_or_a_question_is_in_the_store(desk_hall: Hall) -> None:
    ask(desk_hall)
    raw = b"".join(path.read_bytes() for path in desk_hall.folder.rglob("*") if path.is_file())
    assert [text for text in (PHONE, QUESTION, PHONE[1:]) if text.encode() in raw] == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"phone": "12"}, "callback.phone"),
        ({"phone": "Nguyễn Văn An"}, "callback.phone"),
        ({"phone": ""}, "callback.phone"),
        ({"topic": "weather"}, "callback.topic"),
        ({"topic": ""}, "callback.topic"),
        ({"question": "x" * 201}, "callback.question"),
        ({"agrees": False}, "callback.consent"),
    ],
)
def test_what_cannot_be_is_refused_and_keeps_nothing(desk_hall: Hall, changes: dict[str, object], code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        ask(desk_hall, **changes)
    assert refusal.value.code == code
    with desk_hall.desk.read() as db:
        assert (store.count_open(db), store.list_contact_digests(db)) == (0, [])


def test_the_same_number_twice_is_one_call_and_nobody_learns_of_it(desk_hall: Hall) -> None:
    assert ask(desk_hall) == ask(desk_hall, phone="+84 912 345 678", topic="other")
    with desk_hall.desk.read() as db:
        assert store.count_open(db) == 1


def test_a_flood_is_refused(desk_hall: Hall) -> None:
    switch(desk_hall, open_most=2)
    ask(desk_hall)
    ask(desk_hall, phone="0912345679")
    with pytest.raises(Refused) as refusal:
        ask(desk_hall, phone="0912345670")
    assert refusal.value.code == "callback.full"


def test_nobody_answered_is_tried_again_until_it_is_enough(desk_hall: Hall) -> None:
    hall = desk_hall
    switch(hall, tries_most=2)
    ask(hall)
    for state, officer in ((CallbackState.WAITING, None), (CallbackState.FAILED, MINH)):
        hall.desk.do(actions.take_callback, 1, MINH)
        hall.desk.do(actions.note_call, 1, MINH, "no_answer")
        item = get(hall)
        assert (item.state, item.officer) == (state, officer)
    with hall.desk.read() as db:
        assert store.list_contact_digests(db) == []


def test_an_officer_has_one_call_in_hand_and_can_put_it_back(desk_hall: Hall) -> None:
    hall = desk_hall
    ask(hall)
    ask(hall, phone="0912345679")
    hall.desk.do(actions.take_callback, 1, HOA)
    with pytest.raises(Refused, match="in hand"):
        hall.desk.do(actions.take_callback, 2, HOA)
    with pytest.raises(Forbidden):
        hall.desk.do(actions.release_callback, 1, MINH)
    hall.desk.do(actions.release_callback, 1, HOA)
    hall.desk.do(actions.take_callback, 1, HOA)
    hall.desk.do(actions.release_callback, 1, None)  # a leader, for an officer who went home
    assert (get(hall).state, get(hall).tries) == (CallbackState.WAITING, 0)


def test_nobody_is_called_at_night(desk_hall: Hall) -> None:
    ask(desk_hall)
    desk_hall.clock.advance(12 * HOUR_S)
    with pytest.raises(Refused) as refusal:
        desk_hall.desk.do(actions.take_callback, 1, HOA)
    assert refusal.value.code == "callback.hours"


def test_who_is_overdue_is_seen_and_whom_nobody_called_is_erased_in_time(desk_hall: Hall) -> None:
    hall = desk_hall
    ask(hall)
    hall.clock.advance(3 * 24 * HOUR_S)
    with hall.desk.read() as db:
        listed = describe_callbacks(db, hall.folder, "2026-11-26")
    assert (listed["late"], listed["open"][0]["is_late"]) == (1, True)
    hall.clock.advance(11 * 24 * HOUR_S)
    hall.desk.do(purge_callbacks)
    assert get(hall).state is CallbackState.WAITING  # the fourteenth day itself
    hall.clock.advance(24 * HOUR_S)
    hall.desk.do(purge_callbacks)
    assert get(hall).state is CallbackState.EXPIRED
    with hall.desk.read() as db:
        assert store.list_contact_digests(db) == []


def test_without_its_key_a_number_is_unreadable_and_said_so(desk_hall: Hall) -> None:
    ask(desk_hall)
    (desk_hall.folder / vaults.KEY_FILE).unlink()
    with desk_hall.desk.read() as db:
        listed = describe_callbacks(db, desk_hall.folder, TODAY)
    assert (listed["is_key_lost"], listed["open"][0]["is_readable"], listed["open"][0]["phone"]) == (True, False, "")
    ask(desk_hall, phone="0912345679")  # a new key begins
    with desk_hall.desk.read() as db:
        listed = describe_callbacks(db, desk_hall.folder, TODAY)
    assert [item["phone"] for item in listed["open"]] == ["", "09*****679"]
