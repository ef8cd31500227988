"""What can be booked, and by which phone: pure rules."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.bookings import rules
from motcua.bookings.model import Slot
from motcua.copies import replace
from motcua.counters.model import Counter
from motcua.desk import Invalid, SeededEntropy, get_zone, parse, stamp
from motcua.settings.model import OpeningHours, Session
from tests.conftest import SETTINGS
from tests.unit.bookings.conftest import OPEN

HALL = replace(SETTINGS, appointments=OPEN)
MONDAY = date(2026, 11, 23)
ALL_DAY = [Counter(1, "", ("copy",))]
FEW = settings(max_examples=40, deadline=None)


def clocks(begins: list[str]) -> list[str]:
    """Return slots as the desk's clock shows them."""
    return [f"{parse(at).astimezone(get_zone(HALL.timezone)):%H:%M}" for at in begins]


@pytest.mark.parametrize(
    "text",
    [
        "0912345678",
        "0912 345 678",
        " 0912.345.678 ",
        "+84912345678",
        "+84 912 345 678",
        "84912345678",
        "0084 912 345 678",
        "(+84) 0912-345-678",
    ],
)
def test_a_mobile_number_is_kept_in_one_way_however_it_is_written(text: str) -> None:
    assert rules.read_phone(text) == "0912345678"


def test_numbers_that_begin_like_the_country_code_and_fixed_lines_are_taken_for_what_they_are() -> None:
    assert [rules.read_phone(text) for text in ("0849123456", "024 3768 0001", "+84 24 3768 0001")] == [
        "0849123456",
        "02437680001",
        "02437680001",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0",
        "12345",
        "0912 345 67",
        "0912 345 6789",
        "0112345678",
        "0012345678",
        "+1 202 555 0100",
        "0912345678x",
        "9" * 500,
        "113",
    ],
)
def test_what_is_no_vietnamese_number_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as caught:
        rules.read_phone(text)
    assert caught.value.code == "booking.phone"


@pytest.mark.thorough
@FEW
@given(st.text(max_size=30))
def test_whatever_is_typed_is_a_number_or_a_refusal(text: str) -> None:
    try:
        number = rules.read_phone(text)
    except Invalid:
        return
    assert number.isascii()
    assert number.isdigit()
    assert rules.read_phone(number) == number


def test_lists_show_five_digits_of_a_number_and_nothing_of_an_erased_one() -> None:
    assert [rules.mask_phone(text) for text in ("0912345678", "02437680001", "")] == ["09*****678", "02******001", ""]


@pytest.mark.parametrize(
    "text",
    ["an", "an@", "@vn", "an@example", "a b@example.vn", "an@example.vn\nBcc: x@y.vn", "ân@example.vn", "a@b.vn" * 60],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        rules.read_email(text)


def test_an_address_may_be_left_out() -> None:
    assert [rules.read_email(text) for text in ("", "  ", " an.nguyen+hen@example.com.vn ")] == [
        "",
        "",
        "an.nguyen+hen@example.com.vn",
    ]


def test_slots_fill_the_sessions_and_do_not_spill_over_their_ends() -> None:
    begins = rules.list_slots(replace(HALL, appointments=replace(OPEN, slot_min=45)), MONDAY, "copy", ALL_DAY)
    assert clocks(begins) == ["07:30", "08:15", "09:00", "09:45", "10:30", "13:00", "13:45", "14:30", "15:15", "16:00"]
    assert rules.list_slots(HALL, date(2026, 11, 24), "copy", ALL_DAY) == []  # a day off
    assert clocks(rules.list_slots(HALL, date(2026, 11, 28), "copy", ALL_DAY)) == [
        "08:00",
        "08:30",
        "09:00",
        "09:30",
        "10:00",
        "10:30",
    ]


def test_a_slot_is_offered_only_while_somebody_is_there_for_the_service() -> None:
    morning = [Counter(1, "", ("copy",), hours=((540, 600),)), Counter(2, "", ("birth",))]
    assert clocks(rules.list_slots(HALL, MONDAY, "copy", morning)) == ["09:00", "09:30"]
    assert rules.list_slots(HALL, MONDAY, "business", morning) == []


@pytest.mark.thorough
@FEW
@given(
    st.lists(st.tuples(st.integers(0, 1439), st.integers(1, 1440)), max_size=4),
    st.integers(5, 240),
)
def test_every_slot_lies_whole_in_one_session(pairs: list[tuple[int, int]], length: int) -> None:
    sessions = tuple(Session(start, end) for start, end in pairs if start < end)
    hall = replace(HALL, hours=OpeningHours(*(sessions,) * 7), appointments=replace(OPEN, slot_min=length))
    for at in rules.list_slots(hall, MONDAY, "copy", ALL_DAY):
        local = parse(at).astimezone(get_zone(HALL.timezone))
        minute = local.hour * 60 + local.minute
        assert any(item.start_min <= minute and minute + length <= item.end_min for item in sessions)


def test_places_count_bookings_that_were_made_under_other_slots() -> None:
    begins = ["2026-11-23T01:00:00.000Z", "2026-11-23T01:30:00.000Z"]
    booked_begins = [
        "2026-11-23T01:00:00.000Z",
        "2026-11-23T01:15:00.000Z",
        "2026-11-23T01:15:00.000Z",
        "2026-11-23T01:30:00.000Z",
    ]
    assert rules.count_places(begins, booked_begins, OPEN) == [Slot(begins[0], 0), Slot(begins[1], 1)]


def test_days_that_can_be_booked_are_counted_from_today_while_it_lasts() -> None:
    assert rules.list_days(HALL, MONDAY, ended=False) == [MONDAY + timedelta(days=ahead) for ahead in range(4)]
    assert rules.list_days(HALL, MONDAY, ended=True) == [MONDAY + timedelta(days=ahead) for ahead in (1, 2, 3)]
    today_only = replace(HALL, appointments=replace(OPEN, days_ahead=0))
    assert (rules.list_days(today_only, MONDAY, ended=False), rules.list_days(today_only, MONDAY, ended=True)) == (
        [MONDAY],
        [],
    )


@pytest.mark.parametrize(
    "text",
    ["", "gestern", "2026-11-23T09:00:00", "2026-11-23", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"],
)
def test_what_is_no_moment_is_no_slot(text: str) -> None:
    with pytest.raises(Invalid) as caught:
        rules.read_slot(text)
    assert caught.value.code == "booking.slot_unknown"
    assert (
        rules.read_slot("2026-11-23T09:00+07:00")
        == rules.read_slot("2026-11-23T02:00:00.000Z")
        == stamp(parse("2026-11-23T02:00:00Z"))
    )


def test_codes_use_every_letter_as_often_and_are_read_however_they_are_typed() -> None:
    entropy = SeededEntropy(7)
    letters = "".join(rules.make_code(entropy) for _ in range(2000))
    counts = [letters.count(letter) for letter in rules.CODE_LETTERS]
    assert sum(counts) == len(letters) == 2000 * rules.CODE_LENGTH
    expected = len(letters) / len(rules.CODE_LETTERS)
    assert (
        sum((count - expected) ** 2 / expected for count in counts) < 60
    )  # chi-squared of 27 degrees: 60 is beyond 0.9997
    assert rules.clean_booking_code(" ab-cd 23 45 ") == "ABCD2345"
