"""Somebody sets the computer's clock: people are told all day, nobody's day ends by it, and nothing is erased by it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from motcua.checks.invariants import check_all
from motcua.desk import Desk, DeskFault, ManualClock, Refused, SeededEntropy, Tx, stamp
from motcua.queue import actions, store
from motcua.setup import actions as setup_actions
from motcua.setup import template
from motcua.setup.rooms import open_desk
from motcua.staff import actions as staff_actions
from motcua.staff import store as staff_store
from motcua.staff.model import Account, Role
from motcua.wiring.timers import Timers

MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # Monday, 08:00 at the desk
HOUR, DAY = 3600, 86400


class Desktop:
    """A desk of the ward template on a computer that can be switched off and on, with its timers."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = ManualClock(MORNING)
        self.desk: Desk
        self.switch_on()
        self.desk.do(setup_actions.apply, template.load("ward"))
        self.tick()

    def switch_on(self) -> None:
        self.desk = open_desk(self.folder, self.clock, SeededEntropy(1))
        self.timers = Timers(self.desk, self.folder)
        self.timers.start()

    def switch_off(self) -> None:
        self.desk.stop()
        self.clock.restart()

    def tick(self, seconds: float = 0) -> None:
        self.clock.advance(seconds)
        self.timers.tick()

    def step(self, seconds: float) -> None:
        self.clock.step(seconds)
        self.timers.tick()

    def issue(self) -> str:
        return self.desk.do(actions.issue, "certified-copy", None).ticket.id

    def told(self) -> dict[str, dict[str, object]]:
        return {fault.code: dict(fault.params) for fault in self.desk.faults.list_all() if fault.check == "clock"}

    def is_closed(self, day: str = "2026-11-23") -> bool:
        with self.desk.read() as db:
            return store.is_day_closed(db, day)

    def clock_line(self) -> tuple[str, str | None]:
        with self.desk.read() as db:
            line = next(line for line in check_all(db, self.folder, self.clock.now()) if line.what == "clock")
        return line.state, line.detail % line.params if line.detail else None


@pytest.fixture
def pc(tmp_path: Path) -> Iterator[Desktop]:
    made = Desktop(tmp_path)
    yield made
    made.desk.stop()


STEPPED = {"minutes": 420, "before": "15:00", "after": "08:00"}


@pytest.mark.thorough
def test_a_step_is_told_until_the_day_is_over_also_after_a_restart(pc: Desktop) -> None:
    pc.step(7 * HOUR)
    assert pc.told() == {"clock.stepped": {"minutes": 420, "before": "08:00", "after": "15:00"}}
    pc.step(-7 * HOUR)
    assert pc.told() == {"clock.stepped": STEPPED}
    state, detail = pc.clock_line()
    assert (state, (detail or "")[:79]) == (
        "degraded",
        "The computer's clock was set back by 420 minutes today, from 15:00 to 08:00. Ti",
    )
    pc.switch_off()
    pc.switch_on()
    assert pc.told() == {"clock.stepped": STEPPED}
    pc.tick(DAY)
    assert (pc.told(), pc.clock_line()) == ({}, ("ok", "2026-11-24"))


def test_other_faults_keep_their_age(pc: Desktop) -> None:
    pc.desk.faults.note(DeskFault("backup.failed", "backup", "The copy failed."))
    pc.tick(600)
    pc.step(-HOUR)
    since = {fault.code: fault.since for fault in pc.desk.faults.list_all() if fault.check in {"backup", "clock"}}
    assert since == {"backup.failed": "2026-11-23T00:00:00.000Z", "clock.stepped": "2026-11-23T00:10:00.000Z"}


def test_a_wrong_evening_ends_no_day(pc: Desktop) -> None:
    pc.issue()
    pc.step(11 * HOUR)  # 19:00, an hour after the day's end
    pc.tick(14 * 60)
    assert not pc.is_closed()
    pc.step(-11 * HOUR)
    pc.tick(HOUR)
    assert not pc.is_closed()
    assert pc.issue() == "20261123-A002"


def test_a_wrong_evening_at_a_start_ends_no_day_at_once(pc: Desktop) -> None:
    pc.issue()
    pc.switch_off()
    pc.clock.step(11 * HOUR)  # a power cut, and a battery clock that is wrong
    pc.switch_on()
    pc.tick(14 * 60)
    assert not pc.is_closed()
    pc.step(-11 * HOUR)
    assert not pc.is_closed()
    assert pc.issue() == "20261123-A002"


def test_an_evening_that_stays_ends_the_day(pc: Desktop) -> None:
    pc.issue()
    pc.step(11 * HOUR)
    pc.tick(15 * 60)
    assert pc.is_closed()


def test_a_jump_to_another_day_and_back_costs_nobody_their_place(pc: Desktop) -> None:
    ticket = pc.issue()
    pc.step(5 * 365 * DAY)
    pc.tick(600)
    assert pc.told() == {"clock.doubted": {"shown": "22/11/2031", "until": "08:15"}}
    assert pc.issue() == "20261123-A002"
    pc.step(-5 * 365 * DAY)
    assert pc.told() == {}
    with pc.desk.read() as db:
        assert store.get(db, ticket).state.value == "waiting"


@pytest.mark.thorough
def test_an_earlier_day_is_told_and_no_number_is_given_until_it_is_set_right(pc: Desktop) -> None:
    pc.issue()
    pc.step(-2 * DAY)
    assert pc.told() == {"clock.behind": {"shown": "21/11/2026", "day": "23/11/2026"}}
    with pytest.raises(Refused, match="behind the journal"):
        pc.issue()
    assert pc.clock_line() == ("down", "the computer says 2026-11-21, the journal's last day is 2026-11-23")
    pc.step(2 * DAY)
    assert (pc.told(), pc.issue()) == ({}, "20261123-A002")


def test_a_check_of_a_sleeping_desk_sees_a_clock_before_the_last_row(pc: Desktop) -> None:
    pc.issue()
    pc.clock.step(-HOUR)
    assert pc.clock_line() == ("degraded", "the computer says 07:00, the journal's last row was written at 08:00")


def sign_in(pc: Desktop) -> str:
    pc.desk.do(staff_actions.save_account, Account(0, "lan", "Lan", "", Role.ADMIN, None, "hash", False))
    return pc.desk.do(staff_actions.sign_in, 1).secret


def is_signed_in(pc: Desktop, secret: str) -> bool:
    with pc.desk.read() as db:
        return staff_store.find_by_secret(db, secret, stamp(pc.desk.clock.now())) is not None


def test_a_wrong_year_ends_no_sign_in_and_erases_nothing(pc: Desktop) -> None:
    def write(tx: Tx) -> None:
        tx.keep_text("một lời góp ý", 30)

    def count() -> int:
        with pc.desk.read() as db:
            return int(db.execute("SELECT count(*) FROM texts").fetchone()[0])

    pc.tick(2 * HOUR)
    pc.desk.do(write)
    secret = sign_in(pc)
    pc.step(5 * 365 * DAY)  # nobody is in the hall: the date is followed
    assert is_signed_in(pc, secret)
    pc.tick(3599)
    assert count() == 1
    pc.tick(1)
    assert count() == 0


@pytest.mark.parametrize(
    ("years", "after_s", "left"), [(0, HOUR - 1, 1), (0, HOUR, 0), (5, HOUR, 1), (5, DAY - 1, 1), (5, DAY, 0)]
)
def test_a_start_erases_after_an_hour_and_after_a_long_silence_after_a_day(
    pc: Desktop, years: int, after_s: int, left: int
) -> None:
    def write(tx: Tx) -> None:
        tx.keep_text("một lời góp ý", 0)

    pc.desk.do(write)
    pc.issue()
    pc.switch_off()
    pc.clock.advance(DAY + years * 365 * DAY)
    pc.switch_on()
    pc.tick(after_s)
    with pc.desk.read() as db:
        assert db.execute("SELECT count(*) FROM texts").fetchone()[0] == left


def test_bookings_ahead_are_not_missed_by_a_date_that_jumped(pc: Desktop) -> None:
    def book(tx: Tx) -> None:
        tx.db.execute(
            "INSERT INTO bookings (code, service, day, slot_at, phone, email, language, state, made_at)"
            " VALUES ('C', 'certified-copy', '2026-11-25', '2026-11-25T02:00:00.000Z', '0912345678', '', 'vi', "
            "'booked', ?)",
            (tx.at,),
        )

    def state() -> str:
        with pc.desk.read() as db:
            return str(db.execute("SELECT state FROM bookings").fetchone()[0])

    pc.desk.do(book)
    pc.step(timedelta(days=30).total_seconds())
    pc.tick(14 * 60)
    assert state() == "booked"
    pc.tick(60)
    assert state() != "booked"
