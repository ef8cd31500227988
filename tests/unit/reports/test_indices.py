"""Official indices against cases worked by hand from their texts, and by what must hold for any dossiers."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.copies import replace
from motcua.dossiers.model.outcomes import AgencyTime, Complaint, DossierOutcome
from motcua.reports.indices import circular, satisfaction
from motcua.reports.indices.model import AnsweredReport, IndexScore, IndexSources, IndexTotal, UnitFacts
from motcua.reports.indices.officers import PointReliability, measure_point_reliability
from motcua.reports.indices.tables import build_officers, build_ratings

EARLY, ON_DAY, LATE = "2026-11-04", "2026-11-05", "2026-11-06"
PLAIN = DossierOutcome(
    "X", "2026-11-02", ON_DAY, EARLY, None, None, AgencyTime.EARLY, 0, 0, Complaint.NO, is_disliked=False
)
UNIT = UnitFacts(100, 100, 100, 20, is_posted=True, is_published=True)


def case(**changed: Any) -> DossierOutcome:
    return replace(PLAIN, **changed)


@pytest.mark.parametrize(
    ("index", "dossier", "points"),
    [
        (1, case(settled_on=EARLY), 2),
        (1, case(settled_on=ON_DAY), 1),
        (1, case(settled_on=LATE), 0),
        (1, case(settled_on=None), None),
        (2, case(agency_time=AgencyTime.EARLY), 2),
        (2, case(agency_time=AgencyTime.ON_TIME), 1),
        (2, case(agency_time=AgencyTime.LATE), 0),
        (2, case(agency_time=None), None),
        (3, case(contacts=0), 2),
        (3, case(contacts=1), 1),
        (3, case(contacts=2), 0),
        (3, case(contacts=9), 0),
        (3, case(contacts=None), None),
        (4, case(agencies=0), 2),
        (4, case(agencies=1), 1),
        (4, case(agencies=2), 0),
        (4, case(agencies=None), None),
        (7, case(), 2),
        (7, case(settled_on=ON_DAY), 1),
        (7, case(settled_on=LATE), 0),
        (7, case(complaint=Complaint.YES), 0),
        (7, case(complaint=Complaint.WRONG), 2),
        (7, case(complaint=None), None),
    ],
)
def test_a_dossier_has_the_points_of_article_13(index: int, dossier: DossierOutcome, points: int | None) -> None:
    assert circular.score_dossier(index, dossier) == points


@pytest.mark.parametrize(
    ("points", "n", "tenths"), [(5, 3, 17), (3, 20, 2), (1, 20, 1), (1, 21, 0), (7, 4, 18), (0, 9, 0)]
)
def test_an_index_is_rounded_half_up_to_one_decimal(points: int, n: int, tenths: int) -> None:
    assert circular.round_to_tenths(points, n) == tenths


def test_the_denominator_is_the_dossiers_with_data_for_the_index() -> None:
    dossiers = [case(contacts=0), case(contacts=1), case(contacts=None)]
    assert circular.measure_dossiers(3, dossiers) == IndexScore(3, 3, 2, 15)
    assert circular.measure_dossiers(3, [case(contacts=None)]) is None


@pytest.mark.parametrize(
    ("unit", "points"),
    [(UNIT, 2), (replace(UNIT, settled_here=99), 1), (replace(UNIT, settled_here=99, received_here=99), 0)],
)
def test_index_5_goes_by_what_the_desk_does_of_all_procedures(unit: UnitFacts, points: int) -> None:
    scores = {score.index: score for score in circular.measure_unit(IndexSources(None, unit))}
    assert scores[5].points == points


@pytest.mark.parametrize(
    ("posted", "published", "points"), [(True, True, 2), (True, False, 1), (False, True, 1), (False, False, 0)]
)
def test_index_6_goes_by_the_ways_of_publication(posted: bool, published: bool, points: int) -> None:
    unit = replace(UNIT, is_posted=posted, is_published=published)
    assert {score.index: score.points for score in circular.measure_unit(IndexSources(None, unit))}[6] == points


@pytest.mark.parametrize(("on_time", "late", "points"), [(0, 0, 2), (3, 0, 2), (9, 1, 1), (8, 1, 0), (0, 1, 0)])
def test_index_8_is_over_answers_in_time(on_time: int, late: int, points: int) -> None:
    reports = [AnsweredReport(n, n < on_time) for n in range(on_time + late)]
    assert circular.score_answers(reports) == IndexScore(8, points, 1, 10 * points, on_time, on_time + late)


@pytest.mark.parametrize(
    ("procedures_online", "online", "paper", "late_online", "points"),
    [
        (20, 3, 7, 0, 2),
        (19, 3, 7, 0, 1),  # between the written cases: the lower score
        (20, 29, 71, 0, 1),
        (20, 15, 85, 0, 1),
        (20, 14, 86, 0, 0),
        (0, 3, 7, 0, 0),
        (20, 3, 7, 1, 0),
    ],
)
def test_index_9_is_over_procedures_and_dossiers_online(
    procedures_online: int, online: int, paper: int, late_online: int, points: int
) -> None:
    dossiers = [case(is_online=True, settled_on=LATE if n < late_online else EARLY) for n in range(online)]
    dossiers += [case(is_online=False, settled_on=LATE)] * paper
    scores = circular.measure_unit(IndexSources(tuple(dossiers), replace(UNIT, online=procedures_online)))
    assert scores[-1] == IndexScore(9, points, 1, 10 * points, online, online + paper)


def test_what_is_not_declared_or_not_imported_is_left_out() -> None:
    assert [score.index for score in circular.measure_unit(IndexSources(None, None))] == [8]
    assert [score.index for score in circular.measure_unit(IndexSources((PLAIN,), None))] == [1, 2, 3, 4, 7, 8]
    assert [score.index for score in circular.measure_unit(IndexSources(None, UNIT))] == [5, 6, 8]


def scores_of(*tenths: int) -> list[IndexScore]:
    return [IndexScore(place, 0, 1, value) for place, value in enumerate(tenths)]


@pytest.mark.parametrize(
    ("tenths", "band"), [((10,) * 5, 0), ((10, 10, 10, 10, 9), 1), ((7,) * 5, 1), ((7, 7, 7, 7, 6), 2), ((0,) * 5, 2)]
)
def test_an_officer_has_one_of_three_bands_from_5_and_from_3_5(tenths: tuple[int, ...], band: int) -> None:
    assert circular.sum_officer(scores_of(*tenths)) == IndexTotal(sum(tenths), 100, 100, band)


@pytest.mark.parametrize(
    ("total", "band"), [(180, 0), (150, 0), (149, 1), (120, 1), (119, 2), (90, 2), (89, 3), (60, 3), (59, 4)]
)
def test_a_unit_has_one_of_five_grades_from_15_12_9_and_6(total: int, band: int) -> None:
    tenths = [total // 9 + (place < total % 9) for place in range(9)]
    assert circular.sum_unit(scores_of(*tenths)) == IndexTotal(total, 180, 180, band)


def test_without_an_index_the_band_goes_by_the_share_of_the_possible_maximum() -> None:
    # four of five indices: 4.0 of 8 is half, as 5 of 10 is; 2.8 of 8 is 35 %, as 3.5 of 10 is
    assert circular.sum_officer(scores_of(10, 10, 10, 10)) == IndexTotal(40, 80, 100, 0)
    assert circular.sum_officer(scores_of(10, 10, 10, 9)).band == 1
    assert circular.sum_officer(scores_of(7, 7, 7, 7)).band == 1
    assert circular.sum_officer(scores_of(7, 7, 7, 6)).band == 2
    assert circular.sum_officer([]) == IndexTotal(0, 0, 100, None)


def test_satisfaction_of_decision_766_counts_a_dossier_with_two_troubles_once() -> None:
    dossiers = [
        *[case()] * 27,
        case(settled_on=LATE),
        case(settled_on=LATE, is_disliked=True),
        case(complaint=Complaint.WRONG),
        case(settled_on=None),
    ]
    figure = satisfaction.measure_satisfaction_of(dossiers)
    assert figure is not None
    assert (figure.n, figure.late, figure.complained, figure.troubled) == (30, 2, 2, 3)
    assert (figure.hundredths, figure.operated) == (9000, 8667)  # 27/30; 100 % - (6.67 % + 6.67 %) = 26/30
    assert figure.rate.low_tenths < 900 < figure.rate.high_tenths


def test_no_settled_dossier_is_no_data_and_never_0_or_100() -> None:
    assert satisfaction.measure_satisfaction_of([]) is None
    assert satisfaction.measure_satisfaction_of([case(settled_on=None)]) is None


def test_the_operated_figure_is_never_below_nothing() -> None:
    figure = satisfaction.measure_satisfaction_of([case(settled_on=LATE, is_disliked=True)])
    assert figure is not None
    assert (figure.hundredths, figure.operated) == (0, 0)


DOSSIERS = st.lists(
    st.builds(
        DossierOutcome,
        code=st.just("X"),
        received_on=st.just("2026-11-02"),
        due_on=st.just(ON_DAY),
        settled_on=st.sampled_from([EARLY, ON_DAY, LATE, None]),
        agency_time=st.sampled_from([*AgencyTime, None]),
        contacts=st.none() | st.integers(0, 3),
        agencies=st.none() | st.integers(0, 3),
        complaint=st.sampled_from([*Complaint, None]),
        is_disliked=st.none() | st.booleans(),
        is_online=st.none() | st.booleans(),
        officer=st.none() | st.integers(1, 3),
    ),
    max_size=30,
)


@pytest.mark.thorough
@given(DOSSIERS, st.randoms(use_true_random=False))
def test_the_order_of_dossiers_changes_nothing(dossiers: list[DossierOutcome], random: Any) -> None:
    mixed = random.sample(dossiers, len(dossiers))
    for items in (dossiers, mixed):
        assert circular.measure_unit(IndexSources(tuple(items), UNIT)) == circular.measure_unit(
            IndexSources(tuple(dossiers), UNIT)
        )
    assert satisfaction.measure_satisfaction_of(mixed) == satisfaction.measure_satisfaction_of(dossiers)
    assert build_officers(mixed, {}) == build_officers(dossiers, {})


@pytest.mark.thorough
@given(DOSSIERS)
def test_indices_stay_within_their_bounds_and_near_the_true_mean(dossiers: list[DossierOutcome]) -> None:
    scores = circular.measure_unit(IndexSources(tuple(dossiers), UNIT))
    assert all(0 <= score.tenths <= 20 for score in scores)
    total = circular.sum_unit(scores)
    assert 0 <= total.tenths <= total.possible <= total.maximum
    for score in circular.measure_officer(dossiers):
        assert abs(Fraction(score.tenths, 10) - Fraction(score.points, score.n)) <= Fraction(1, 20)
    figure = satisfaction.measure_satisfaction_of(dossiers)
    assert figure is None or 0 <= figure.operated <= figure.hundredths <= 10_000


@pytest.mark.thorough
@given(DOSSIERS)
def test_one_more_good_dossier_lowers_nothing(dossiers: list[DossierOutcome]) -> None:
    before = {score.index: score.tenths for score in circular.measure_officer(dossiers)}
    after = {score.index: score.tenths for score in circular.measure_officer([*dossiers, PLAIN])}
    assert all(after[index] >= tenths for index, tenths in before.items())
    figure, more = (satisfaction.measure_satisfaction_of(items) for items in (dossiers, [*dossiers, PLAIN]))
    assert more is not None
    assert figure is None or (more.hundredths >= figure.hundredths and more.operated >= figure.operated)


@pytest.mark.thorough
@given(st.dictionaries(st.integers(1, 5), st.integers(1, 50)))
def test_one_more_5_never_lowers_the_satisfaction_rate(levels: dict[int, int]) -> None:
    def find_tenths(counts: dict[int, int]) -> Any:
        rows = build_ratings(counts, {}).rows
        return rows[0][3] if rows else -1

    assert find_tenths({**levels, 5: levels.get(5, 0) + 1}) >= find_tenths(levels)


def test_ratings_that_were_set_aside_stand_in_a_line_of_their_own() -> None:
    with_and_without = build_ratings({5: 6, 4: 2, 1: 2}, {1: 10}).rows
    assert [row[1:4] for row in with_and_without] == [(8, 10, 800), (8, 20, 400)]
    assert build_ratings({}, {}).rows == ()


def test_reliability_is_the_part_of_the_variance_that_is_no_chance() -> None:
    # two officers, all their dossiers alike: what differs is all true
    alike = {1: [case()] * 3, 2: [case(settled_on=LATE)] * 3}
    assert measure_point_reliability(alike) == {1: PointReliability(1.0, 3, 0), 2: PointReliability(1.0, 3, 0)}
    # by hand: points 2 and 0 at one officer, 2 and 0 at the other: no difference between them
    mixed = {1: [case(), case(settled_on=LATE)], 2: [case(settled_on=LATE), case()]}
    assert measure_point_reliability(mixed) == {1: PointReliability(0.0, 2, None), 2: PointReliability(0.0, 2, None)}
    assert measure_point_reliability({1: [case()] * 9}) == {1: PointReliability(0.0, 9, None)}


def test_officers_stand_by_name_and_those_below_the_gate_without_points() -> None:
    def of(officer: int, good: int, bad: int) -> list[DossierOutcome]:
        return [case(officer=officer)] * good + [case(officer=officer, settled_on=LATE, contacts=2)] * bad

    names = {1: "Trần Văn Bình", 2: "Lê Thị An"}
    table = build_officers([*of(1, 40, 5), *of(2, 20, 25)], names)
    assert [row[:3] for row in table.rows] == [("Lê Thị An", 45, 9), ("Trần Văn Bình", 45, 18)]
    assert [row[7:9] for row in table.rows] == [(67, 100), (94, 100)]
    few = build_officers([*of(1, 2, 1), *of(2, 2, 2)], names)
    assert [(row[0], row[2], row[7]) for row in few.rows] == [("Lê Thị An", None, None), ("Trần Văn Bình", None, None)]
    assert all("Not enough data" in row[-1].message for row in few.rows)  # type: ignore[union-attr]
