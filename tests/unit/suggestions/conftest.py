"""A hall whose people write suggestions; each test ends with tables that are what the journal says."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from motcua.copies import replace
from motcua.desk import Entry, Event, Tx
from motcua.settings import store as settings_store
from motcua.settings.model import Suggestions
from motcua.staff import actions as staff_actions
from motcua.staff.model import Account, Role
from motcua.suggestions import actions, store
from motcua.suggestions.model import Suggestion, SuggestionRequest, SuggestionSource, Viewer
from tests.conftest import Hall
from tests.told import require_desk_told

PEOPLE = (
    Account(0, "lan", "Lê Thị Lan", "Giám đốc", Role.LEADER, None, "x", False),
    Account(0, "binh", "Trần Bình", "Phó giám đốc", Role.LEADER, None, "x", False),
    Account(0, "hoa", "Phạm Hoa", "Cán bộ", Role.OFFICER, 1, "x", False),
    Account(0, "minh", "Vũ Minh", "Cán bộ", Role.OFFICER, 2, "x", False),
    Account(0, "quan", "Quản trị", "", Role.ADMIN, None, "x", False),
)


def arrange(tx: Tx, rules: Suggestions) -> None:
    settings_store.save(tx.db, replace(settings_store.get_settings(tx.db), suggestions=rules))


@dataclass
class Written:
    """The hall with people, and the sentences of which tests are made; `kinds` is what the journal told since."""

    hall: Hall
    events: list[Event] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.desk, self.clock = self.hall.desk, self.hall.clock
        self.desk.do(arrange, Suggestions(head="lan"))
        self.ids = {person.name: self.desk.do(staff_actions.save_account, person).id for person in PEOPLE}
        self.desk.on_commit(self._hear)

    def _hear(self, batch: Sequence[Entry[Event]]) -> None:
        self.events.extend(entry.event for entry in batch)

    @property
    def kinds(self) -> list[str]:
        return [event.kind for event in self.events]

    def rules(self, **changed: Any) -> None:
        self.desk.do(arrange, Suggestions(**{"head": "lan", **changed}))

    def viewer(self, name: str) -> Viewer:
        role = next(person.role for person in PEOPLE if person.name == name)
        return Viewer(self.ids[name], role.value)

    def write(self, text: str = "Cần thêm ghế ngồi chờ.", **more: Any) -> Suggestion:
        return self.desk.by("citizen").do(
            actions.receive, SuggestionRequest(text, more.pop("source", SuggestionSource.WEB), **more)
        )

    def now(self, item: Suggestion) -> Suggestion:
        with self.desk.read() as db:
            return store.get(db, item.id)


@pytest.fixture
def written(hall: Hall) -> Written:
    return Written(hall)


@pytest.fixture(autouse=True)
def require_tables_as_journalled(hall: Hall) -> Iterator[None]:
    """Whatever a test does at the desk, its tables are what the journal says."""
    yield
    require_desk_told(hall.desk)
