"""Results behind doors: nothing is handed out unless its door was seen open and closed, and two things open it."""

from typing import Any

import pytest

from motcua.copies import replace
from motcua.desk import Invalid, Json, Refused, Tx, Unknown
from motcua.desk.jobs import hand_out as hand_out_jobs
from motcua.dossiers import actions
from motcua.dossiers.lockers import actions as lockers
from motcua.dossiers.lockers import store
from motcua.dossiers.lockers.model import DoorState, LockerDoor, PickUpAttempt
from motcua.dossiers.lockers.rules import find_pick_up_code, make_pick_up_code
from motcua.dossiers.model.applicant import Applicant
from motcua.dossiers.model.dossier import Dossier, DossierState, FilingChannel
from motcua.equipment import actions as equipment_actions
from motcua.settings import store as settings_store
from motcua.settings.model import LockerRules
from motcua.staff import actions as staff_actions
from motcua.wiring import asking
from motcua.wiring import lockers as wiring
from tests.unit.dossiers.taken import Taken

LOCKER: list[dict[str, Json]] = [{"name": "tu", "kind": "locker"}]


def arrange(tx: Tx, rules: LockerRules) -> None:
    settings_store.save(tx.db, replace(settings_store.get_settings(tx.db), lockers=rules))


class Lockers:
    """A hall with a locker of four doors and the agent that drives it."""

    def __init__(self, taken: Taken) -> None:
        self.taken, self.desk = taken, taken.desk
        wiring.install(self.desk)
        self.desk.do(arrange, LockerRules(doors=4))
        self.agent = self.desk.do(staff_actions.add_token, "agent", None, "pc", None).credential.id
        self.desk.do(equipment_actions.declare, self.agent, LOCKER)

    def ready(self, **more: Any) -> Dossier:
        dossier = self.taken.lodge(channel=FilingChannel.POST, **more)
        return self.desk.do(actions.finish, dossier.code)

    def put_in(self, dossier: Dossier, door: int = 1) -> LockerDoor:
        return self.desk.by("officer:1").do(lockers.put_in, self.taken.vault, dossier.code, door)

    def answer(self, state: str, detail: str | None = None) -> None:
        """Let the locker say how the opening that waits ended."""
        self.desk.do(asking.end_job, self.take_job(), str(self.agent), state, detail)

    def take_job(self) -> int:
        (job,) = self.desk.do(hand_out_jobs, str(self.agent))
        assert job.kind == "unlock"
        return job.id

    def door(self, number: int = 1) -> LockerDoor | None:
        with self.desk.read() as db:
            return store.find_door(db, number)

    def code(self, dossier: Dossier) -> str:
        with self.desk.read() as db:
            code = store.find_code(db, self.taken.vault, dossier.code)
        assert code is not None
        return code

    def fetch(self, code: str, factor: str = "5678") -> PickUpAttempt:
        return self.desk.by("kiosk:1").do(lockers.pick_up, self.taken.vault, code, factor)


@pytest.fixture
def hall_with_locker(taken: Taken) -> Lockers:
    return Lockers(taken)


def test_from_the_officer_to_the_applicant(hall_with_locker: Lockers) -> None:
    hall = hall_with_locker
    dossier = hall.ready()
    assert hall.put_in(dossier).state is DoorState.LOADING
    hall.answer("done")
    filled = hall.door()
    assert filled is not None
    assert (filled.state, filled.problem) == (DoorState.FILLED, None)
    stored = b"".join(path.read_bytes() for path in hall.taken.hall.folder.glob("desk.db*"))
    code = hall.code(dossier)
    assert code.encode() not in stored
    assert hall.fetch(code) == PickUpAttempt(door=1)
    assert hall.taken.now(dossier).state is DossierState.READY
    hall.answer("done")
    assert hall.door() is None
    assert hall.taken.now(dossier).state is DossierState.RETURNED
    assert hall.fetch(code) == PickUpAttempt()


@pytest.mark.parametrize(
    ("state", "detail", "after"),
    [
        ("failed", "not_opened", DoorState.FILLED),
        ("failed", "expired", DoorState.FILLED),
        ("unknown", "left_open", DoorState.STUCK),
        ("unknown", None, DoorState.STUCK),
    ],
)
def test_what_was_not_seen_open_and_closed_is_not_handed_out(
    hall_with_locker: Lockers, state: str, detail: str | None, after: DoorState
) -> None:
    hall = hall_with_locker
    dossier = hall.ready()
    hall.put_in(dossier)
    hall.answer("done")
    hall.fetch(hall.code(dossier))
    hall.answer(state, detail)
    door = hall.door()
    assert door is not None
    assert (door.state, door.problem) == (after, detail or state)
    assert hall.taken.now(dossier).state is DossierState.READY


def test_a_door_that_never_opened_for_the_officer_is_empty_and_one_left_open_is_looked_at(
    hall_with_locker: Lockers,
) -> None:
    hall = hall_with_locker
    dossier = hall.ready()
    hall.put_in(dossier)
    hall.answer("failed", "not_opened")
    assert hall.door() is None
    hall.put_in(dossier)
    hall.answer("unknown", "left_open")
    assert hall.fetch(hall.code(dossier), "0000") == PickUpAttempt()
    with pytest.raises(Refused, match="somebody has to look"):
        hall.fetch(hall.code(dossier))
    hall.desk.do(lambda tx: lockers.settle_door(tx, 1, is_inside=True, is_fetched=False))
    assert hall.fetch(hall.code(dossier)).door == 1


@pytest.mark.parametrize(("is_fetched", "state"), [(True, DossierState.RETURNED), (False, DossierState.READY)])
def test_an_officer_says_what_became_of_a_result(
    hall_with_locker: Lockers, is_fetched: bool, state: DossierState
) -> None:
    hall = hall_with_locker
    dossier = hall.ready()
    hall.put_in(dossier)
    with pytest.raises(Refused, match="being used"):
        hall.desk.do(lambda tx: lockers.settle_door(tx, 1, is_inside=False, is_fetched=is_fetched))
    job = hall.take_job()
    hall.taken.clock.advance(121)
    hall.desk.do(lambda tx: lockers.settle_door(tx, 1, is_inside=False, is_fetched=is_fetched))
    assert hall.door() is None
    assert hall.taken.now(dossier).state is state
    hall.desk.do(asking.end_job, job, str(hall.agent), "done", None)  # too late: the officer's word stands
    assert hall.taken.now(dossier).state is state


def test_an_officer_takes_a_result_out_again(hall_with_locker: Lockers) -> None:
    hall = hall_with_locker
    dossier = hall.ready()
    hall.put_in(dossier)
    hall.answer("done")
    hall.desk.do(lockers.take_out, 1)
    hall.answer("done")
    assert (hall.door(), hall.taken.now(dossier).state) == (None, DossierState.READY)
    with pytest.raises(Unknown, match="Nothing is behind"):
        hall.desk.do(lockers.take_out, 1)


def test_five_wrong_answers_lock_the_door_for_an_hour(hall_with_locker: Lockers) -> None:
    hall = hall_with_locker
    dossier = hall.ready()
    hall.put_in(dossier)
    hall.answer("done")
    code = hall.code(dossier)
    tries = [hall.fetch(code, "0000").locked_until is not None for _try in range(5)]
    assert tries == [False, False, False, False, True]
    assert hall.fetch(code).door is None
    hall.taken.clock.advance(61 * 60)
    assert hall.fetch(code).door == 1


def test_only_a_ready_result_goes_behind_an_empty_door_once(hall_with_locker: Lockers) -> None:
    hall = hall_with_locker
    young = hall.taken.lodge(channel=FilingChannel.POST)
    with pytest.raises(Refused, match="not ready"):
        hall.put_in(young)
    dossier = hall.desk.do(actions.finish, young.code)
    with pytest.raises(Invalid, match="no such door"):
        hall.put_in(dossier, 5)
    hall.put_in(dossier)
    with pytest.raises(Refused, match="already, behind door 1"):
        hall.put_in(dossier, 2)
    other = hall.ready()
    with pytest.raises(Refused, match="behind this door already"):
        hall.put_in(other)
    nameless = hall.ready(applicant=Applicant("Nguyễn An"))
    with pytest.raises(Refused, match="at the counter"):
        hall.put_in(nameless, 2)


@pytest.mark.parametrize(("typed", "code"), [("123456", "123456"), (" 123 456", "123456"), ("12345", None), ("", None)])
def test_a_code_has_six_digits(typed: str, code: str | None) -> None:
    assert find_pick_up_code(typed) == code
    assert make_pick_up_code(bytes) == "000000"
