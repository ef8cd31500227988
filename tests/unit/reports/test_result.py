"""Last month's result for everybody: which days, which ratings, which changes, and the words of its poster."""

from datetime import timedelta

import pytest

from motcua.copies import replace
from motcua.desk import Desk, ManualClock, Reader, Tx
from motcua.desk.messages import translate_into_each
from motcua.feedback import store as feedback_store
from motcua.feedback.channels import Channel
from motcua.feedback.model import Rating, Status
from motcua.reports.measures import measure_satisfaction
from motcua.reports.posters import print_papers_poster, print_result_poster, print_suggestion_poster
from motcua.reports.result import MonthResult, find_last_month, read_month
from motcua.reports.wording import Wording
from motcua.settings import store as settings_store
from motcua.settings.model import Suggestions, Unit
from motcua.suggestions import actions
from motcua.suggestions.model import SuggestionRequest, SuggestionSource, Viewer
from motcua.views.wall import show_wall
from tests.conftest import SETTINGS, Hall

LEADER = Viewer(None, "leader")


@pytest.mark.parametrize(
    ("today", "days"),
    [
        ("2026-12-01", ("2026-11-01", "2026-11-30")),
        ("2027-01-31", ("2026-12-01", "2026-12-31")),
        ("2028-03-15", ("2028-02-01", "2028-02-29")),
    ],
)
def test_the_last_month_is_whole(today: str, days: tuple[str, str]) -> None:
    assert find_last_month(today) == days


def rate(tx: Tx, day: str, level: int, status: Status = Status.COUNTED) -> None:
    rating = Rating(0, None, day, 1, None, level, Channel.PAD, status, tx.at, (), None)
    feedback_store.add_rating(tx.db, rating)


def arrange_month(hall: Hall) -> None:
    """Let October have three counted ratings, November one; a change is noted in November, one in December."""
    for day, level in (("2026-10-31", 1), ("2026-11-01", 5), ("2026-11-30", 4), ("2026-11-15", 2), ("2026-12-01", 1)):
        hall.desk.do(rate, day, level)
    hall.desk.do(rate, "2026-11-10", 1, Status.QUARANTINED)
    request = SuggestionRequest("Cần thêm ghế", SuggestionSource.WEB)
    first, second = hall.desk.do(actions.receive, request), hall.desk.do(actions.receive, request)
    hall.desk.do(actions.note_change, LEADER, first.id, "Thêm mười ghế")
    hall.clock.set(hall.clock.now() + timedelta(days=10))
    hall.desk.do(actions.note_change, LEADER, second.id, "Thêm quạt")


def test_a_month_has_its_counted_ratings_and_its_changes_only(hall: Hall) -> None:
    arrange_month(hall)
    with hall.desk.read() as db:
        assert read_month(db, "2026-11-01", "2026-11-30") == MonthResult(
            "2026-11-01", "2026-11-30", 0, 0, measure_satisfaction({5: 1, 4: 1, 2: 1}), ["Thêm mười ghế"]
        )


def show(db: Reader, desk: Desk, clock: ManualClock, day: str) -> object:
    from motcua.estimates.waits import WaitEstimates

    return show_wall(db, clock.now(), day, WaitEstimates(), clock_behind=False)["result"]


def test_the_wall_shows_it_only_where_it_is_wished_and_while_nobody_waits(hall: Hall) -> None:
    from motcua.queue import actions as queue

    arrange_month(hall)
    desk, clock = hall.desk, hall.clock
    with desk.read() as db:
        assert show(db, desk, clock, "2026-12-03") is None
    desk.do(lambda tx: settings_store.save(tx.db, replace(SETTINGS, suggestions=Suggestions(wall_slide=True))))
    with desk.read() as db:
        assert show(db, desk, clock, "2026-12-03") == {
            "first": "2026-11-01",
            "last": "2026-11-30",
            "served": 0,
            "n": 3,
            "percent_tenths": 667,
            "low_tenths": 208,
            "high_tenths": 939,
            "says_little": True,
            "changes": ["Thêm mười ghế"],
        }
        assert show(db, desk, clock, "2027-02-03") is None, "a month without an answer has no slide"
    desk.do(queue.issue, "copy", None)
    with desk.read() as db:
        assert show(db, desk, clock, "2026-12-03") is None


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_posters_say_n_interval_and_law_in_force(language: str) -> None:
    wording = Wording(language, lambda message: translate_into_each(message)[language])
    unit = Unit("Phường Kim Liên", "Trung tâm Phục vụ hành chính công")
    result = MonthResult("2026-11-01", "2026-11-30", 3120, 2800, measure_satisfaction({5: 1200, 3: 440}), ["Thêm ghế"])
    values = print_result_poster(unit, wording, "a3", result, "http://a/y", b"png")
    point, group = (",", ".") if language == "vi" else (".", ",")
    assert values["rate"] == f"73{point}2 %"
    assert all(part in values["interval"] for part in (f"1{group}640", f"3{group}120", f"71{point}0", f"75{point}3"))
    assert values["caution"] == ""
    assert "118/2025" in values["note"]
    assert "01/07/2025" in values["note"]
    assert "61/2018" not in str(values)
    few = print_result_poster(unit, wording, "a4", replace(result, rate=measure_satisfaction({5: 3})), "", b"")
    assert few["caution"]
    nothing = print_result_poster(unit, wording, "a4", replace(result, rate=None, changes=[]), "", b"")
    assert (nothing["rate"], nothing["interval"], nothing["changes"]) == ("", "", [])
    standing = print_suggestion_poster(replace(SETTINGS, unit=unit), wording, "a4", "http://a:8080/y", b"png")
    assert (standing["address"], list(b"png")) == ("a:8080/y", standing["qr"])
    assert "15" in standing["steps"][2]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_poster_for_lists_of_papers_says_where_they_are(language: str) -> None:
    wording = Wording(language, lambda message: translate_into_each(message)[language])
    values = print_papers_poster(Unit("Phường Mẫu", ""), wording, "a4", "https://a:8080/procedures", b"png")
    assert (values["address"], values["qr"]) == ("a:8080/procedures", list(b"png"))
    assert values["heading"] == {"vi": "Tôi cần giấy tờ gì?", "en": "Which papers do I need?"}[language]
    assert len(values["steps"]) == 3
