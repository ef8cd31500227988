"""What each row of the table of channels promises: its window, and whether a press shows that somebody was asked."""

import pytest

from motcua.feedback.channels import Channel
from motcua.feedback.model import RatingRequest, Status
from tests.conftest import Hall
from tests.unit.feedback.at_the_pad import BusyCounter


@pytest.fixture
def busy(hall: Hall) -> BusyCounter:
    return BusyCounter(hall)


DAY_S = 86400
WINDOWS = {"window_s": 30, "visit_day": DAY_S - 1, "qr_days": 4 * DAY_S - 1, "slip_days": 8 * DAY_S - 1}
"""Seconds from 8 in the morning, when the visit ended. A window of days ends with the last one."""
HALF_DAY_S = 8 * 3600
ANSWERS = {
    "time": "on_time",
    "attitude": "good",
    "visits": "never",
    "agencies": "desk",
    "information": "full",
    "result": "right",
    "online": "paper",
}


@pytest.mark.parametrize("channel", Channel)
def test_a_rating_by_each_channel_counts_as_long_as_its_row_says(busy: BusyCounter, channel: Channel) -> None:
    visit, answers = busy.serve(is_asked=False), ANSWERS if channel is Channel.FORM else None
    request = RatingRequest(4, channel.value, visit, None, answers=answers)
    last_s = WINDOWS[channel.window] - (0 if channel.window == "window_s" else HALF_DAY_S)
    busy.clock.advance(last_s)
    assert busy.rate(request).status is Status.COUNTED
    busy.clock.advance(1)
    assert busy.rate(request).status is Status.UNPROMPTED


@pytest.mark.parametrize("channel", Channel)
def test_only_a_press_on_a_device_shows_that_the_visit_was_asked_about(busy: BusyCounter, channel: Channel) -> None:
    visit, answers = busy.serve(is_asked=False), ANSWERS if channel is Channel.FORM else None
    busy.rate(RatingRequest(4, channel.value, visit, None, answers=answers))
    assert busy.prompt_state(visit) == ("answered" if channel in {Channel.PAD, Channel.KEYPAD} else None)


def test_a_press_that_arrives_after_a_later_rating_does_not_count(busy: BusyCounter) -> None:
    visit = busy.serve()
    busy.clock.advance(10)
    assert busy.rate(RatingRequest(2, "qr", visit, None)).status is Status.COUNTED
    busy.clock.advance(5)
    late = RatingRequest(5, "keypad", visit, 1, pressed_at="2026-11-23T01:00:08.000Z")
    assert busy.rate(late).status is Status.REPLACED
    assert busy.statuses() == [(2, "counted"), (5, "replaced")]
