"""When the hall is open, when its day ends, when it opens next."""

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.copies import replace
from motcua.desk import Desk, Tx
from motcua.settings import rules, store
from motcua.settings.model import DayOff, OpeningHours, Retention, Session, Settings, WorkingDay
from tests.conftest import HOURS, SETTINGS, TODAY

MONDAY, DAY_OFF, MADE_UP, SUNDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 28), date(2026, 11, 29)


def local(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("day", "sessions"),
    [
        (MONDAY, HOURS),
        (DAY_OFF, ()),
        (MADE_UP, (Session(480, 660),)),
        (SUNDAY, ()),
        (date(2027, 1, 1), (Session(540, 600),)),
    ],
)
def test_a_worked_day_wins_over_a_day_off_and_a_day_off_over_the_week(day: date, sessions: tuple[Session, ...]) -> None:
    assert rules.list_sessions(SETTINGS, day) == sessions


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("07:29:59.999", False),
        ("07:30", True),
        ("11:29:59.999", True),
        ("11:30", False),
        ("13:00", True),
        ("17:00", False),
    ],
)
def test_a_session_begins_with_its_first_minute_and_ends_before_its_last(moment: str, is_open: bool) -> None:
    assert rules.is_open(SETTINGS, local(f"{TODAY}T{moment}")) is is_open


def test_the_day_ends_an_hour_after_the_last_closing_and_at_the_latest_at_23_55() -> None:
    late = replace(SETTINGS, hours=OpeningHours(*((Session(0, 1440),),) * 7), days_off=(), working_days=())
    assert rules.find_last_closing(SETTINGS, MONDAY) == local("2026-11-23T17:00")
    assert rules.get_closing_time(SETTINGS, MONDAY) == local("2026-11-23T18:00")
    assert rules.get_closing_time(SETTINGS, MADE_UP) == local("2026-11-28T12:00")
    assert (rules.find_last_closing(SETTINGS, SUNDAY), rules.get_closing_time(SETTINGS, SUNDAY)) == (
        None,
        local("2026-11-29T23:55"),
    )
    assert (rules.find_last_closing(late, MONDAY), rules.get_closing_time(late, MONDAY)) == (
        local("2026-11-24T00:00"),
        local("2026-11-23T23:55"),
    )
    assert rules.get_latest_time(SETTINGS, MONDAY) == local("2026-11-23T23:55")


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        ("2026-11-23T06:00", "2026-11-23T07:30"),
        ("2026-11-23T07:30", "2026-11-23T07:30"),
        ("2026-11-23T12:00", "2026-11-23T13:00"),
        ("2026-11-23T18:00", "2026-11-25T07:30"),
        ("2026-11-27T18:00", "2026-11-28T08:00"),
        ("2026-11-28T12:00", "2026-11-30T07:30"),
        ("2026-12-31T18:00", "2027-01-01T09:00"),
    ],
)
def test_the_next_opening_skips_days_off_and_finds_worked_ones(moment: str, opening: str) -> None:
    assert rules.find_next_opening(SETTINGS, local(moment)) == local(opening)


def test_a_hall_that_never_opens_has_no_next_opening() -> None:
    assert rules.find_next_opening(Settings(), local("2026-11-23T08:00")) is None


SESSIONS = st.lists(st.integers(0, 1440), min_size=2, max_size=6, unique=True).map(
    lambda cuts: tuple(Session(start, end) for start, end in zip(sorted(cuts)[::2], sorted(cuts)[1::2], strict=False))
)
WEEKS = st.tuples(*[SESSIONS | st.just(())] * 7)
DATES = st.dates(date(2026, 11, 20), date(2026, 12, 5))


@pytest.mark.thorough
@given(
    WEEKS,
    st.lists(DATES.map(lambda day: DayOff(day.isoformat(), "")), max_size=4),
    st.lists(st.builds(WorkingDay, DATES.map(date.isoformat), SESSIONS), max_size=3),
    st.datetimes(datetime(2026, 11, 20), datetime(2026, 12, 5)),  # noqa: DTZ001 -- the desk's own wall clock
)
@settings(max_examples=60, deadline=None)
def test_the_next_opening_is_the_first_moment_at_which_a_session_begins(
    week: tuple[tuple[Session, ...], ...], off: list[DayOff], worked: list[WorkingDay], moment: datetime
) -> None:
    hall = Settings(hours=OpeningHours(*week), days_off=tuple(off), working_days=tuple(worked))
    opening = rules.find_next_opening(hall, moment)
    if opening is not None:
        assert opening >= moment
        assert rules.is_open(hall, opening)
        assert not any(
            moment.date() < day < opening.date() and rules.list_sessions(hall, day)
            for day in map(date.fromordinal, _between(moment, opening))
        )


def _between(moment: datetime, opening: datetime) -> range:
    return range(moment.date().toordinal(), opening.date().toordinal())


def test_settings_come_back_as_they_were_saved_and_count_their_versions(desk: Desk) -> None:
    changed = replace(
        SETTINGS,
        texts=replace(SETTINGS.texts, call=("Xin mời {digits}", "Number {digits}")),
        retention=Retention(text_days=90),
    )

    def save(tx: Tx) -> None:
        store.save(tx.db, changed)

    with desk.read() as db:
        assert (store.get_settings(db), store.get_version(db), store.get_timezone(db)) == (
            SETTINGS,
            1,
            "Asia/Ho_Chi_Minh",
        )
    desk.do(save)
    with desk.read() as db:
        assert (store.get_settings(db), store.get_version(db)) == (changed, 2)
    assert (SETTINGS.find_priority("merit"), SETTINGS.find_priority("vip")) == (SETTINGS.priorities[3], None)
