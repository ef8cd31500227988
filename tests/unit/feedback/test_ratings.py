"""Which ratings count: windows, the last press, one for each visit, asked and skipped."""

from collections.abc import Callable

import pytest

from motcua.counters import actions as counter_actions
from motcua.desk import Entry, Event, Invalid, Refused
from motcua.feedback import actions, store
from motcua.feedback.channels import Channel, find_channel, get_channel
from motcua.feedback.events import RatingAsked, RatingGiven, RatingSkipped
from motcua.feedback.model import Level, Rating, RatingPrompt, RatingRequest, Status
from motcua.queue import actions as queue
from tests.conftest import Hall

VISIT, SECOND = "20261123-A001", "20261123-A002"


class AtThePad:
    """Counter 1 with officer 11 has just served A001, at 8:00:00; A002 is being called there. The pad is beside it."""

    def __init__(self, hall: Hall) -> None:
        self.hall, self.desk, self.clock = hall, hall.desk, hall.clock
        self.desk.do(counter_actions.open_counter, 1, 11)
        for _ in range(2):
            self.desk.do(queue.issue, "copy", None)
        self.desk.do(queue.call_next, 1)
        self.desk.do(queue.start, 1)
        self.desk.do(queue.call_next, 1)
        self.entries: list[Entry[Event]] = []
        self.desk.on_commit(self.entries.extend)

    def rate(self, level: int = 5, channel: str = "pad", visit: str | None = VISIT, counter: int | None = 1) -> Rating:
        return self.desk.do(actions.rate, RatingRequest(level, channel, visit, counter))

    def ask(self, visit: str = VISIT) -> RatingPrompt:
        return self.desk.do(actions.record_prompt, 1, visit)

    def asking(self) -> str | None:
        with self.desk.read() as db:
            prompt = store.find_prompt(db, VISIT)
        return prompt.state if prompt else None

    def statuses(self) -> list[tuple[int, str]]:
        with self.desk.read() as db:
            return [(row[0], row[1]) for row in db.execute("SELECT level, status FROM ratings ORDER BY id")]

    def counted(self) -> int | None:
        with self.desk.read() as db:
            rating = store.find_counted(db, VISIT)
        return rating.level if rating else None


@pytest.fixture
def pad(hall: Hall) -> AtThePad:
    return AtThePad(hall)


def test_a_press_within_thirty_seconds_of_the_question_counts(pad: AtThePad) -> None:
    pad.clock.advance(20)
    prompt = pad.ask()
    assert prompt == RatingPrompt(
        VISIT, "2026-11-23", 1, 11, "2026-11-23T01:00:20.000Z", "2026-11-23T01:00:50.000Z", "asked"
    )
    pad.clock.advance(30)
    rating = pad.rate(4)
    assert (rating.status, rating.level, rating.officer, rating.visit) == (Status.COUNTED, Level.SATISFIED, 11, VISIT)
    assert pad.asking() == "answered"
    assert [entry.event for entry in pad.entries] == [
        RatingAsked(VISIT, 1, 11, "2026-11-23T01:00:50.000Z"),
        RatingGiven(1, VISIT, 1, 11, 4, "pad", "counted", [], None, None),
    ]


def test_a_press_after_the_window_is_kept_as_unprompted(pad: AtThePad) -> None:
    pad.ask()
    pad.clock.advance(30.001)
    assert pad.rate(1).status is Status.UNPROMPTED
    assert (pad.counted(), pad.asking(), pad.statuses()) == (None, "asked", [(1, "unprompted")])


@pytest.mark.parametrize(("seconds", "status"), [(30, Status.COUNTED), (30.001, Status.UNPROMPTED)])
@pytest.mark.parametrize("channel", ["pad", "keypad"])
def test_without_a_question_the_window_begins_when_the_visit_ended(
    pad: AtThePad, channel: str, seconds: float, status: Status
) -> None:
    pad.clock.advance(seconds)
    assert pad.rate(3, channel).status is status


def test_who_pressed_on_the_pad_was_asked_and_may_press_again_within_the_window(pad: AtThePad) -> None:
    pad.rate(2)
    assert pad.asking() == "answered"
    pad.clock.advance(30)
    assert pad.rate(4).status is Status.COUNTED
    assert pad.statuses() == [(2, "replaced"), (4, "counted")]


def test_the_last_press_counts_and_one_counts_per_visit(pad: AtThePad) -> None:
    pad.ask()
    for level in (1, 2, 5):
        pad.rate(level)
    pad.clock.advance(60)
    pad.rate(3)
    assert pad.statuses() == [(1, "replaced"), (2, "replaced"), (5, "counted"), (3, "unprompted")]
    events = [entry.event for entry in pad.entries if isinstance(entry.event, RatingGiven)]
    assert [event.replaced for event in events] == [None, 1, 2, None]


def test_a_later_answer_by_the_tickets_page_turns_skipped_into_answered(pad: AtThePad) -> None:
    pad.ask()
    pad.desk.do(actions.record_skip, VISIT, "skipped", 1)
    assert pad.asking() == "skipped"
    pad.clock.advance(3600)
    assert pad.rate(2, "qr", VISIT, None).status is Status.COUNTED
    assert (pad.asking(), pad.counted()) == ("answered", 2)


def test_the_page_replaces_the_pad_and_the_pad_the_page_within_its_window(pad: AtThePad) -> None:
    pad.ask()
    pad.rate(1, "qr", VISIT, None)
    pad.rate(4)
    pad.clock.advance(600)
    pad.rate(2, "qr", VISIT, None)
    assert (pad.counted(), pad.statuses()) == (2, [(1, "replaced"), (4, "replaced"), (2, "counted")])


@pytest.mark.parametrize(("days", "status"), [(3, Status.COUNTED), (4, Status.UNPROMPTED)])
def test_the_tickets_page_takes_ratings_for_three_days(pad: AtThePad, days: int, status: Status) -> None:
    pad.clock.advance(days * 86400)
    rating = pad.rate(5, "qr", VISIT, None)
    assert (rating.status, rating.day) == (status, "2026-11-23")


def test_a_press_without_a_visit_is_for_the_one_that_ended_last_at_the_counter(pad: AtThePad) -> None:
    assert pad.rate(5, "keypad", None).visit == VISIT
    pad.desk.do(queue.start, 1)
    pad.desk.do(queue.finish, 1)
    assert pad.rate(4, "keypad", None).visit == SECOND


def test_a_press_where_nobody_was_served_is_unprompted(pad: AtThePad) -> None:
    pad.desk.do(counter_actions.open_counter, 2, 12)
    rating = pad.rate(5, "keypad", None, 2)
    assert (rating.status, rating.visit, rating.counter, rating.officer) == (Status.UNPROMPTED, None, 2, None)


def test_a_rating_before_the_visit_ended_does_not_count(pad: AtThePad) -> None:
    assert pad.rate(5, "qr", SECOND, None).status is Status.UNPROMPTED


def test_the_rating_belongs_to_the_officer_of_the_last_leg(pad: AtThePad) -> None:
    pad.desk.do(queue.start, 1)
    pad.desk.do(queue.hold, 1, None)
    pad.desk.do(counter_actions.open_counter, 2, 12)
    pad.desk.do(queue.resume, 2, "A002")
    pad.desk.do(queue.finish, 2)
    assert (pad.rate(5, "pad", SECOND, 2).officer, pad.rate(5, "qr", SECOND, None).counter) == (12, 2)


def test_showing_the_question_again_changes_nothing(pad: AtThePad) -> None:
    first = pad.ask()
    pad.clock.advance(10)
    assert (pad.ask(), len(pad.entries)) == (first, 1)


def test_the_question_is_not_shown_when_its_time_is_over(pad: AtThePad) -> None:
    pad.clock.advance(30.001)
    with pytest.raises(Refused) as caught:
        pad.ask()
    assert (caught.value.code, pad.asking()) == ("rating.window", None)


def test_nobody_is_asked_before_the_visit_ended(pad: AtThePad) -> None:
    codes = []
    for visit in (SECOND, "20261123-A777"):
        with pytest.raises(Invalid) as caught:
            pad.ask(visit)
        codes.append(caught.value.code)
    assert (codes, pad.entries) == (["visit.unknown"] * 2, [])


def test_a_visit_that_was_rated_already_counts_as_answered_when_asked(pad: AtThePad) -> None:
    pad.rate(5, "qr", VISIT, None)
    assert pad.ask().state == "answered"


@pytest.mark.parametrize("how", ["skipped", "timed_out"])
def test_an_unanswered_question_is_skipped_once(pad: AtThePad, how: str) -> None:
    pad.ask()
    for _ in range(2):
        pad.desk.do(actions.record_skip, VISIT, how, None)
    assert [entry.event for entry in pad.entries[1:]] == [RatingSkipped(VISIT, 1, 11, how)]


def test_an_answered_and_an_unasked_visit_are_not_skipped(pad: AtThePad) -> None:
    pad.desk.do(actions.record_skip, VISIT, "skipped", 1)
    assert pad.asking() is None
    pad.ask()
    pad.rate()
    pad.desk.do(actions.record_skip, VISIT, "timed_out", None)
    assert pad.asking() == "answered"


def test_a_question_is_overdue_when_an_answer_no_longer_counts(pad: AtThePad) -> None:
    pad.ask()
    with pad.desk.read() as db:
        assert store.list_overdue(db, "2026-11-23T01:00:30.000Z") == []
        assert store.list_overdue(db, "2026-11-23T01:00:30.001Z") == [VISIT]
    pad.desk.do(actions.record_skip, VISIT, "timed_out", None)
    with pad.desk.read() as db:
        assert store.list_overdue(db, "2026-11-23T02:00:00.000Z") == []


def test_another_counters_pad_neither_asks_nor_rates_nor_skips(pad: AtThePad) -> None:
    attempts: list[Callable[[], object]] = [
        lambda: pad.desk.do(actions.record_prompt, 2, VISIT),
        lambda: pad.rate(5, "pad", VISIT, 2),
        lambda: pad.desk.do(actions.record_skip, VISIT, "skipped", 2),
    ]
    codes = []
    for attempt in attempts:
        with pytest.raises(Invalid) as caught:
            attempt()
        codes.append(caught.value.code)
    assert codes == ["visit.unknown"] * 3


@pytest.mark.parametrize(
    ("level", "channel", "counter", "reasons", "comment", "expected"),
    [
        (0, "pad", 1, [], None, "rating.level"),
        (6, "pad", 1, [], None, "rating.level"),
        (5, "smoke", 1, [], None, "rating.channel"),
        (1, "pad", 1, ["slow", "nonsense"], None, "rating.reason"),
        (1, "pad", 1, [], "x" * 1001, "rating.comment"),
        (5, "keypad", 9, [], None, "counter.unknown"),
    ],
)
def test_wrong_values_are_invalid(
    hall: Hall, level: int, channel: str, counter: int, reasons: list[str], comment: str | None, expected: str
) -> None:
    with pytest.raises(Invalid) as caught:
        hall.desk.do(actions.rate, RatingRequest(level, channel, None, counter, tuple(reasons), comment))
    assert (caught.value.code, hall.desk.head.seq) == (expected, 0)


def test_a_comment_is_erasable_and_not_in_the_journal(pad: AtThePad) -> None:
    rating = pad.desk.do(
        actions.rate, RatingRequest(1, "qr", VISIT, None, ("slow", "slow", "rude"), "  Tôi là Nguyễn Văn Bình  ")
    )
    with pad.desk.read() as db:
        body = db.execute("SELECT body FROM texts WHERE commitment = ?", (rating.text,)).fetchone()[0]
        journal = "\n".join(row[0] for row in db.execute("SELECT data FROM journal"))
    assert (rating.reasons, body, "Bình" in journal) == (("slow", "rude"), "Tôi là Nguyễn Văn Bình", False)


def test_a_channel_is_found_by_its_name_and_has_a_label() -> None:
    assert {"pad", "keypad", "qr"} <= {channel.value for channel in Channel}
    assert [get_channel(channel.value) for channel in Channel] == list(Channel)
    assert len({channel.label for channel in Channel}) == len(Channel)
    assert find_channel("nothing") is None
