"""A hall with leaders and officers; each test ends with tables that are what the journal says."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pytest

from motcua.desk import Entry, Event, texts
from motcua.staff import actions as staff_actions
from motcua.staff.model import Account, Role
from motcua.work import actions, store
from motcua.work.model import NoteRequest, PresenceRequest, TaskRequest, WorkNote, WorkTask
from tests.conftest import Hall
from tests.told import require_desk_told

PEOPLE = (
    Account(0, "lan", "Lê Thị Lan", "Giám đốc", Role.LEADER, None, "x", disabled=False),
    Account(0, "hoa", "Phạm Hoa", "Cán bộ", Role.OFFICER, 1, "x", disabled=False),
    Account(0, "minh", "Vũ Minh", "Cán bộ", Role.OFFICER, 2, "x", disabled=False),
    Account(0, "cu", "Đỗ Cư", "Cán bộ", Role.OFFICER, 2, "x", disabled=True),
)
DAY_S = 86_400


@dataclass
class Team:
    """The hall with people, and the sentences of which tests are made."""

    hall: Hall
    events: list[Event] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.desk, self.clock = self.hall.desk, self.hall.clock
        self.ids = {person.name: self.desk.do(staff_actions.save_account, person).id for person in PEOPLE}
        self.lan, self.hoa, self.minh = (self.ids[name] for name in ("lan", "hoa", "minh"))
        self.desk.on_commit(self._hear)

    def _hear(self, batch: Sequence[Entry[Event]]) -> None:
        self.events.extend(entry.event for entry in batch)

    @property
    def kinds(self) -> list[str]:
        return [event.kind for event in self.events]

    def assign(self, due_on: str = "2026-11-25", text: str = "Rà soát hồ sơ trễ hạn", officer: int = 0) -> WorkTask:
        return self.desk.do(actions.assign_task, TaskRequest(officer or self.hoa, due_on, text, self.lan))

    def note(self, kind: str = "praise", text: str = "Hướng dẫn rất tận tình") -> WorkNote:
        return self.desk.do(actions.write_note, NoteRequest(self.hoa, kind, text, self.lan))

    def correct(
        self,
        begin: str,
        end: str,
        counter: int | None,
        day: str = "2026-11-23",
        text: str = "Đi họp",
        reason: str = "meeting",
    ) -> None:
        request = PresenceRequest(self.hoa, day, begin, end, counter, text, self.lan, reason)
        self.desk.do(actions.correct_presence, request)

    def now(self, task: WorkTask) -> WorkTask:
        with self.desk.read() as db:
            return store.get_task(db, task.id)

    def text(self, commitment: str | None) -> str | None:
        with self.desk.read() as db:
            return texts.find_text(db, commitment)


@pytest.fixture
def team(hall: Hall) -> Team:
    return Team(hall)


@pytest.fixture(autouse=True)
def require_tables_as_journalled(hall: Hall) -> Iterator[None]:
    """Whatever a test does at the desk, its tables are what the journal says."""
    yield
    require_desk_told(hall.desk)
