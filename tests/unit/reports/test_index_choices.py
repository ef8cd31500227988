"""Dated choices of the official indices: what held on which day, what is graded, and what the notes say."""

from motcua.copies import replace
from motcua.reports.indices import circular
from motcua.reports.indices.model import IndexScore, IndexSources, IndexTotal
from motcua.reports.indices.tables import build_totals
from motcua.reports.indices.words import write_notes
from motcua.reports.values import Period, Phrase
from motcua.settings.model import IndexRules
from motcua.settings.sections.index_choices import USUAL
from tests.unit.reports.test_indices import LATE, ON_DAY, UNIT, case, scores_of


def test_a_unit_of_which_only_index_8_is_known_is_not_graded() -> None:
    scores = circular.measure_unit(IndexSources(None, None))
    assert circular.sum_unit(scores) == IndexTotal(20, 20, 180, None, 20)
    table = build_totals(circular.sum_unit(scores), scores)
    band = table.rows[0][2]
    assert isinstance(band, Phrase)
    assert (band.message[:11], band.params) == ("Not graded:", {"percent": 20, "missing": "1, 2, 3, 4, 5, 6, 7, 9"})
    assert circular.sum_unit(scores, replace(USUAL, least_percent=0)).band == 0


OLD = replace(USUAL, basis="Thông tư")
NEW = replace(USUAL, since=LATE, one_agency="zero", late_attitude="left_out", denominator="all")


def test_each_dossier_is_scored_by_the_choices_of_the_day_on_which_it_was_settled() -> None:
    early, late = case(settled_on=ON_DAY, agencies=1), case(settled_on=LATE, agencies=1)
    for history in ((OLD, NEW), (NEW, OLD)):
        assert circular.measure_dossiers(4, [early, late], history) == IndexScore(4, 1, 2, 5)
        assert circular.measure_dossiers(7, [early, late], history) == IndexScore(7, 1, 2, 5)
        assert circular.measure_dossiers(3, [early, case(settled_on=LATE, contacts=None)], history) == IndexScore(
            3, 2, 2, 10
        )
    assert circular.measure_dossiers(3, [case(settled_on=LATE, contacts=None)], (NEW,)) is None


def test_rounding_scaling_and_index_9_follow_the_choices_of_the_last_day() -> None:
    scores = [IndexScore(1, 1, 3, 3), IndexScore(2, 1, 3, 3), IndexScore(3, 1, 3, 3), IndexScore(4, 5, 3, 17)]
    assert circular.sum_officer(scores).tenths == 26
    assert circular.sum_officer(scores, replace(USUAL, rounding="total")).tenths == 27
    assert circular.sum_officer(scores_of(10, 10, 10, 10), replace(USUAL, left_out="unscaled")).band == 1
    assert circular.sum_officer(scores_of(10, 10, 10, 10), replace(USUAL, officer_bands=(60, 55))).band == 2
    online = IndexSources(
        tuple(case(is_online=place < 35) for place in range(100)),
        replace(UNIT, online=10),
        choices=replace(USUAL, online_between="higher"),
    )
    assert {score.index: score.points for score in circular.measure_unit(online)}[9] == 2
    assert {score.index: score.points for score in circular.measure_unit(replace(online, choices=USUAL))}[9] == 1


def test_answers_of_citizens_count_beside_the_dossiers_and_alone() -> None:
    answers = {3: (("20261104-A001", 2), ("20261104-A002", 0)), 7: (("20261104-A001", 1),)}
    both_sources = IndexSources((case(contacts=1),), None, answers=answers)
    by_index = {score.index: score for score in circular.measure_unit(both_sources)}
    assert by_index[3] == IndexScore(3, 3, 3, 10)
    alone = {score.index: score for score in circular.measure_unit(IndexSources(None, None, answers=answers))}
    assert sorted(alone) == [3, 7, 8]
    assert alone[7] == IndexScore(7, 1, 1, 10)


def test_notes_say_which_choices_held_and_what_changed_within_the_days() -> None:
    bound = replace(NEW, form_3="visits", least_percent=60, unit_bands=(160, 120, 90, 60))
    quiet = list(write_notes(IndexRules(), (OLD, bound), Period("2026-10-01", "2026-10-31")))
    mixed = list(write_notes(IndexRules(), (OLD, bound), Period("2026-11-01", "2026-11-30")))
    assert not [note for note in quiet if "changed within these days" in note.message]
    texts = [note.message % note.params if note.params else note.message for note in mixed]
    for words in (
        "Basis: Thông tư",
        "The choices changed within these days",
        "any agency besides the one-stop desk gives 0",
        "less than 60 percent",
        "begin at 16,0; 12,0; 9,0; 6,0 points",
        "Index 3: answers of citizens to question c",
        "Index 7: no question of the rating form is bound",
    ):
        assert [text for text in texts if words in text], words
