"""Answers to the rating form in the report of official indices: what the settings bind counts, and that is said."""

from typing import Any

from motcua.copies import replace
from motcua.desk import Tx
from motcua.feedback import actions as feedback
from motcua.feedback.model import RatingRequest
from motcua.queue import store as queue_store
from motcua.reports.kinds import get_report
from motcua.reports.values import Period
from motcua.settings import store as settings_store
from motcua.settings.sections.index_choices import USUAL, IndexChoices
from motcua.views.indices import show_behind
from tests.conftest import TODAY
from tests.unit.queue.at_the_desk import Day

PERIOD = Period(TODAY, TODAY)


def answer(tx: Tx, visit: str, question: str, code: str) -> None:
    """Add an answer of the form to the rating of a visit."""
    (number,) = tx.db.execute("SELECT id FROM ratings WHERE visit = ?", (visit,)).fetchone()
    tx.db.execute("INSERT INTO rating_answers (rating, question, answer) VALUES (?,?,?)", (number, question, code))


def bind(tx: Tx, choices: IndexChoices) -> None:
    """Put these choices in force, from the first day on."""
    settings_store.save(tx.db, replace(settings_store.get_settings(tx.db), index_choices=(choices,)))


def read(day: Day) -> tuple[dict[str, Any], list[str]]:
    with day.desk.read() as db:
        sheet = get_report("indices").build(db, PERIOD)
    (rows,) = [table["rows"] for table in sheet.as_json()["tables"] if table["id"] == "indices"]
    return {row["index"][:1]: row["points_tenths"] for row in rows}, [note.message for note in sheet.notes]


def test_bound_answers_count_and_open_to_their_visits(day: Day) -> None:
    day.opened(1)
    visits = []
    for code, place in (("never", "good"), ("more", "fair")):
        day.issue()
        visits.append(queue_store.make_visit_id(TODAY, day.serve() or ""))
        day.minutes(0.1)
        day.desk.do(feedback.rate, RatingRequest(5, "pad", visits[-1], None))
        day.desk.do(answer, visits[-1], "visits", code)
        day.desk.do(answer, visits[-1], "attitude", place)
    points, notes = read(day)
    assert (points["3"], points["7"]) == (None, None)
    assert sum("no question of the rating form" in note for note in notes) == 4
    day.desk.do(bind, replace(USUAL, form_3="visits", form_7="attitude"))
    points, notes = read(day)
    assert (points["3"], points["7"], points["1"]) == (10, 15, None)
    assert sum("no question of the rating form" in note for note in notes) == 2
    with day.desk.read() as db:
        groups = show_behind(db, PERIOD, "index_3", None)["groups"]
    opened = {
        item["label"].params.get("points"): item["codes"] for item in groups if "Answers" in item["label"].message
    }
    assert opened == {2: (visits[0],), 1: (), 0: (visits[1],)}
