"""A hall that takes in dossiers, and the sentences of which its tests are made."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from motcua.copies import replace
from motcua.counters import actions as counter_actions
from motcua.desk import Entry, Event, Tx
from motcua.desk.vault import Vault
from motcua.dossiers import actions
from motcua.dossiers.model.applicant import Applicant, IntakeRequest, Sex
from motcua.dossiers.model.dossier import Dossier, HandedPaper
from motcua.dossiers.store import dossiers
from motcua.procedures.model import LimitUnit, TimeLimit
from motcua.queue import actions as queue_actions
from motcua.settings import store as settings_store
from motcua.settings.model import DossierRules
from motcua.staff import actions as staff_actions
from motcua.staff.model import Account, Role
from tests.conftest import Hall

VAULT = Vault(bytes(range(32)))
RULES = DossierRules(is_on=True, unit_code="000.25.01.H17")
AN = Applicant(
    "Nguyễn Văn An", "001090012345", "1990-05-04", Sex.MALE, "Số 5 phố Huế, Hà Nội", "0912345678", "an@example.vn"
)
"""Nobody: the number fits sex and year of birth."""
DEATH, ALLOWANCE = "1.000656", "1.001776"
"""A procedure with a checklist, and one whose time limit nobody knows."""
THREE_DAYS = TimeLimit(LimitUnit.WORKING_DAYS, 3)
FORM = HandedPaper("form", originals=1)


def arrange(tx: Tx, rules: DossierRules) -> None:
    settings_store.save(tx.db, replace(settings_store.get_settings(tx.db), dossiers=rules))


@dataclass
class Taken:
    """A hall with an officer at counter 1; `events` is what the journal told since."""

    hall: Hall
    events: list[Event] = field(default_factory=list)
    vault: Vault = VAULT

    def __post_init__(self) -> None:
        self.desk, self.clock = self.hall.desk, self.hall.clock
        self.desk.do(arrange, RULES)
        account = Account(0, "hoa", "Phạm Hoa", "Cán bộ", Role.OFFICER, 1, "x", False)
        self.officer = self.desk.do(staff_actions.save_account, account).id
        self.desk.do(counter_actions.open_counter, 1, self.officer)
        self.desk.on_commit(self._hear)

    def _hear(self, batch: Sequence[Entry[Event]]) -> None:
        self.events.extend(entry.event for entry in batch)

    def call(self) -> str:
        """Call somebody to counter 1; return the visit."""
        self.desk.do(queue_actions.issue, "copy", None)
        ticket = self.desk.do(queue_actions.call_next, 1).ticket
        assert ticket is not None
        self.desk.do(queue_actions.start, 1)
        return ticket.id

    def lodge(self, **more: Any) -> Dossier:
        """Take in a dossier of the visit in hand."""
        request = IntakeRequest(**{"procedure": DEATH, "applicant": AN, "papers": (FORM,), "limit": THREE_DAYS, **more})
        return self.desk.by("officer:1").do(actions.lodge, self.vault, 1, request)

    def now(self, dossier: Dossier) -> Dossier:
        with self.desk.read() as db:
            return dossiers.get_dossier(db, dossier.code)
