"""What a visit is about: up to five matters, and a note that goes with it from counter to counter and dies with it."""

from collections.abc import Callable, Iterator, Sequence

import pytest

from motcua.counters import actions as counter_actions
from motcua.desk import Entry, Event, Refused, journal
from motcua.queue import actions, store
from motcua.queue.model import TicketMatter, TicketRequest
from tests.conftest import Hall
from tests.told import require_told

COPY, SIGNATURE, BIRTH, DEATH, WEDDING, DIVORCE = (
    "2.000815", "2.000884", "1.001193", "1.000656", "1.000894", "1.004873",
)  # fmt: skip
NOTE = "Ông cụ nghe kém, gọi con gái 0912345678"


def code_of(refused: Callable[[], object]) -> str:
    with pytest.raises(Refused) as error:
        refused()
    return error.value.code


@pytest.fixture
def visit(hall: Hall) -> Iterator[str]:
    """A visit that is being served at counter 1."""
    for counter in (1, 2):
        hall.desk.do(counter_actions.open_counter, counter, None)
    ticket = hall.desk.do(actions.issue, "copy", None)
    hall.desk.do(actions.call_next, 1)
    hall.desk.do(actions.start, 1)
    yield ticket.ticket.id
    require_told(hall.folder)


def note_of(hall: Hall, visit: str) -> str | None:
    with hall.desk.read() as db:
        return store.find_note(db, visit)


def test_an_officer_adds_and_removes_matters_up_to_five(hall: Hall, visit: str) -> None:
    for procedure in (COPY, SIGNATURE, BIRTH, DEATH, WEDDING):
        hall.desk.do(actions.add_visit_matter, 1, procedure, visit)
    assert code_of(lambda: hall.desk.do(actions.add_visit_matter, 1, DIVORCE)) == "matter.full"
    hall.desk.do(actions.remove_visit_matter, 1, SIGNATURE)
    assert code_of(lambda: hall.desk.do(actions.add_visit_matter, 1, BIRTH)) == "matter.twice"
    assert code_of(lambda: hall.desk.do(actions.add_visit_matter, 1, "9.999999")) == "procedure.unknown"
    assert code_of(lambda: hall.desk.do(actions.remove_visit_matter, 1, SIGNATURE)) == "matter.unknown"
    assert code_of(lambda: hall.desk.do(actions.add_visit_matter, 2, BIRTH)) == "counter.idle"
    assert (
        code_of(lambda: hall.desk.do(actions.add_visit_matter, 1, SIGNATURE, "20200101-A001")) == "counter.other_visit"
    )
    with hall.desk.read() as db:
        assert store.list_matter_codes(db, visit) == [COPY, BIRTH, DEATH, WEDDING]


def test_what_was_looked_up_can_be_removed_as_well(hall: Hall) -> None:
    hall.desk.do(counter_actions.open_counter, 1, None)
    hall.desk.do(actions.take_number, TicketRequest("copy", matter=TicketMatter(COPY)), lambda *_: None)
    visit = hall.desk.do(actions.call_next, 1).ticket
    assert visit is not None
    hall.desk.do(actions.remove_visit_matter, 1, COPY)
    with hall.desk.read() as db:
        assert store.list_matter_codes(db, visit.id) == []
    require_told(hall.folder)


def test_a_note_goes_along_with_a_transfer_and_dies_with_the_visit(hall: Hall, visit: str) -> None:
    events: list[Event] = []

    def hear(batch: Sequence[Entry[Event]]) -> None:
        events.extend(entry.event for entry in batch)

    hall.desk.on_commit(hear)
    hall.desk.do(actions.note_visit, 1, f"  {NOTE}\n", visit)
    hall.desk.do(actions.transfer, 1, None, 2)
    assert note_of(hall, visit) == NOTE
    hall.desk.do(actions.call_next, 2)
    hall.desk.do(actions.start, 2)
    assert code_of(lambda: hall.desk.do(actions.note_visit, 2, "x" * 301)) == "visit.note_long"
    hall.desk.do(actions.finish, 2)
    assert note_of(hall, visit) is None
    with hall.desk.read() as db:
        assert NOTE not in str(list(journal.read_rows(db)))
    assert events[0].to_data() == {"ticket": visit, "number": "A001", "counter": 1, "has_note": True}
    hall.desk.do(actions.undo, 2, lambda *_: False, lambda *_: None)
    assert note_of(hall, visit) is None


def test_no_words_erase_a_note(hall: Hall, visit: str) -> None:
    hall.desk.do(actions.note_visit, 1, NOTE)
    hall.desk.do(actions.note_visit, 1, "Khác")
    assert note_of(hall, visit) == "Khác"
    hall.desk.do(actions.note_visit, 1, " \n")
    assert note_of(hall, visit) is None


@pytest.mark.parametrize("move", ["none", "hold", "absent"])
def test_every_note_is_gone_with_the_day(hall: Hall, visit: str, move: str) -> None:
    if move == "absent":
        hall.desk.do(actions.finish, 1)
        visit = hall.desk.do(actions.issue, "copy", None).ticket.id
        hall.desk.do(actions.call_next, 1)
        hall.desk.do(actions.recall, 1)
    hall.desk.do(actions.note_visit, 1, NOTE)
    if move == "hold":
        hall.desk.do(actions.hold, 1, None)
    elif move == "absent":
        hall.desk.do(actions.mark_absent, 1)
    assert note_of(hall, visit) == NOTE
    with hall.desk.read() as db:
        day = store.get(db, visit).day
    hall.desk.do(actions.close_day, day)
    assert note_of(hall, visit) is None
