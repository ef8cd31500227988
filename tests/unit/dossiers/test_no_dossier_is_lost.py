"""Any sequence of what people can do with dossiers: none is lost, refusals write nothing, the journal tells it all."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVarTuple

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from motcua.desk import Refused, Tx
from motcua.desk.journal import find_broken_link, read_rows
from motcua.dossiers import actions
from motcua.dossiers.actions import EndRequest, HandedIn, SupplementRequest
from motcua.dossiers.model.applicant import IntakeRequest
from motcua.dossiers.model.dossier import DossierState, FilingChannel, HandedPaper
from motcua.dossiers.store import dossiers
from motcua.procedures.model import LimitUnit, TimeLimit
from tests.conftest import build
from tests.run_folder import MEMORY
from tests.told import untold
from tests.unit.dossiers.taken import AN, DEATH, FORM, VAULT, Taken

Ts = TypeVarTuple("Ts")
ANY = st.integers(0, 20)
CODES = st.sampled_from(["form", "deed", "photo"])
LIMIT = st.builds(TimeLimit, st.sampled_from(LimitUnit), st.integers(0, 5))
AFTER = {"returned": set(), "refused": set(), "stopped": set(), "withdrawn": set(), "ready": {"returned"}}


class DossierDesk(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(dir=MEMORY)
        self.hall = build(Path(self.folder.name))
        self.taken = Taken(self.hall)
        self.desk = self.hall.desk
        self.states: dict[str, str] = {}

    def look(self) -> dict[str, list[tuple[object, ...]]]:
        with self.desk.read() as db:
            tables = ("desk_dossiers", "dossier_moves", "dossier_secrets")
            return {name: [tuple(row) for row in db.execute(f"SELECT * FROM {name}")] for name in tables}  # noqa: S608 -- our own names

    def attempt(self, action: Callable[[Tx, *Ts], object], *args: *Ts) -> None:
        before, head = self.look(), self.desk.head
        try:
            self.desk.by("officer:1").do(action, *args)
        except Refused:
            assert (self.look(), self.desk.head) == (before, head)
            return
        assert self.desk.head.seq - head.seq == 1

    def pick(self, place: int) -> str:
        codes = sorted(self.states)
        return codes[place % len(codes)] if codes else "MC-261123-0001"

    @rule(decision=st.sampled_from(list(DossierState)), limit=LIMIT, code=CODES)
    def lodge(self, decision: DossierState, limit: TimeLimit, code: str) -> None:
        request = IntakeRequest(
            DEATH, AN, decision, FilingChannel.POST, (FORM,), limit=limit, missing=(code,), reason="not-competent"
        )
        self.attempt(actions.lodge, VAULT, 1, request)

    @rule(place=ANY, code=CODES, is_exception=st.booleans())
    def ask(self, place: int, code: str, is_exception: bool) -> None:
        request = SupplementRequest((code,), "Căn cứ mới", is_exception)
        self.attempt(actions.ask_supplement, VAULT, self.pick(place), request)

    @rule(place=ANY, codes=st.sets(CODES, min_size=1))
    def hand_in(self, place: int, codes: set[str]) -> None:
        papers = tuple(HandedPaper(code, copies=1) for code in sorted(codes))
        brought = HandedIn(papers, limit=TimeLimit(LimitUnit.DAYS, 3))
        self.attempt(actions.hand_in_supplement, VAULT, self.pick(place), brought)

    @rule(place=ANY, step=st.integers(-1, 5))
    def hand_over(self, place: int, step: int) -> None:
        self.attempt(actions.hand_over, self.pick(place), step, self.taken.officer)

    @rule(place=ANY)
    def fee(self, place: int) -> None:
        self.attempt(actions.request_fee, self.pick(place), 5000)

    @rule(place=ANY)
    def pay(self, place: int) -> None:
        self.attempt(actions.settle_fee, self.pick(place))

    @rule(place=ANY)
    def finish(self, place: int) -> None:
        self.attempt(actions.finish, self.pick(place))

    @rule(place=ANY)
    def hand_out(self, place: int) -> None:
        self.attempt(actions.hand_out, self.pick(place))

    @rule(place=ANY, state=st.sampled_from(list(DossierState)))
    def end(self, place: int, state: DossierState) -> None:
        self.attempt(actions.end, VAULT, self.pick(place), EndRequest(state, "false-paper", "Lý do"))

    @rule(place=ANY, limit=LIMIT)
    def extend(self, place: int, limit: TimeLimit) -> None:
        self.attempt(actions.extend, VAULT, self.pick(place), limit, "Chờ xác minh")

    @rule(place=ANY, number=st.integers(1, 3))
    def number(self, place: int, number: int) -> None:
        self.attempt(actions.number, self.pick(place), f"H29.17-261123-000{number}")

    @rule(place=ANY)
    def erase(self, place: int) -> None:
        before = self.desk.head
        try:
            self.desk.do(actions.erase_dossier, self.pick(place))
        except Refused:
            assert self.desk.head == before

    @rule(hours=st.integers(1, 80))
    def wait(self, hours: int) -> None:
        self.hall.clock.advance(hours * 3600)

    @invariant()
    def nobody_is_lost(self) -> None:
        with self.desk.read() as db:
            current = {item.code: item for state in DossierState for item in dossiers.list_by_state(db, [state], 1000)}
        assert set(self.states) <= set(current)
        for code, item in current.items():
            before = self.states.get(code)
            assert before is None or item.state.value in {before, *AFTER.get(before, {*DossierState})}
            assert (item.paused_on is None) or item.state in {DossierState.SUPPLEMENT, DossierState.FEE_DUE}
            runs = item.state in {DossierState.RECEIVED, DossierState.PROCESSING, DossierState.READY}
            assert not runs or (item.due_on is not None and item.first_due_on is not None)
            assert item.extensions <= 1
        serials: dict[str, list[int]] = {}
        for item in current.values():
            serials.setdefault(item.received_on, []).append(item.serial)
        assert all(sorted(numbers) == list(range(1, len(numbers) + 1)) for numbers in serials.values())
        self.states = {code: item.state.value for code, item in current.items()}

    def teardown(self) -> None:
        with self.desk.read() as db:
            assert find_broken_link(read_rows(db)) is None
            assert untold(db) == []
        self.desk.stop()
        self.folder.cleanup()


TestNoDossierIsLost = pytest.mark.thorough(DossierDesk.TestCase)
TestNoDossierIsLost.settings = settings(max_examples=20, stateful_step_count=30, deadline=None, database=None)
