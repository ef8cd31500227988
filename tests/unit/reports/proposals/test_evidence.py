"""Evidence from a real desk: full fives of ratings, the days alone, and nothing by which one citizen is known."""

import pytest

from motcua.copies import replace
from motcua.counters import actions as counter_actions
from motcua.desk import Tx
from motcua.reports.officers import own, store
from motcua.reports.proposals.evidence import collect_evidence
from motcua.reports.values import Period
from motcua.settings import store as settings_store
from motcua.settings.sections.proposals import ProposalRules
from motcua.staff import actions as staff_actions
from motcua.staff.model import Account, Role
from motcua.suggestions import actions as suggestion_actions
from motcua.suggestions.model import SuggestionRequest, SuggestionSource
from motcua.work import actions
from motcua.work.model import (
    Evidence,
    FunnelPlace,
    NamedCount,
    NoteKind,
    NoteRequest,
    ProposalKind,
    Strength,
    TaskCounts,
    TaskRequest,
)
from motcua.work.rules import weigh_evidence
from tests.conftest import TODAY, Hall
from tests.unit.reports.officers.plenty import Plenty, plant

WEEKS = ("2026-10-05", "2026-10-12", "2026-10-19", "2026-10-26")
OCTOBER = Period("2026-10-01", "2026-10-31")
LAN, HOA, MINH, CU = 1, 2, 3, 4


@pytest.fixture
def rated(hall: Hall) -> Hall:
    people = [("lan", Role.LEADER, False), ("hoa", Role.OFFICER, False), ("minh", Role.OFFICER, False)]

    def fill(tx: Tx) -> None:
        for name, role, has_left in [*people, ("cu", Role.OFFICER, True)]:
            staff_actions.save_account(tx, Account(0, name, name.title(), "Cán bộ", role, None, "x", has_left))
        for day in WEEKS:
            plant(tx, [Plenty(HOA, "A", 35, 50, day, ("slow",)), Plenty(HOA, "H", 2, 2, day)])
            plant(tx, [Plenty(MINH, "A", 48, 50, day), Plenty(CU, "A", 46, 50, day)])

    hall.desk.do(fill)
    return hall


def collect(hall: Hall, officer: int = HOA, period: Period = OCTOBER) -> Evidence:
    with hall.desk.read() as db:
        return collect_evidence(db, officer, period, TODAY)


@pytest.mark.thorough
def test_the_evidence_has_the_ratings_and_their_place(rated: Hall) -> None:
    ratings = collect(rated).ratings
    assert (ratings.n, ratings.satisfied, ratings.weeks) == (205, 145, 4)
    assert ratings.channels == {"pad": 205}
    assert ratings.reasons == (NamedCount(("Chậm", "Slow"), 60),)
    copies, births = ratings.groups
    assert (copies.letter, copies.n, copies.satisfied, copies.place) == ("A", 200, 140, FunnelPlace.FAR_BELOW)
    assert (copies.mean, copies.officers, copies.raw[0]) == (860, 3, 700)
    assert copies.shrunk is not None
    assert 700 <= copies.shrunk[0] < 860
    assert (births.n, births.place, births.shrunk) == (5, None, None)
    assert weigh_evidence(ProposalKind.REVIEW, collect(rated)).strength is Strength.CLEAR
    assert weigh_evidence(ProposalKind.REWARD, collect(rated)).strength is Strength.CONTRARY
    assert collect(rated, MINH).ratings.groups[0].place is FunnelPlace.FAR_ABOVE


@pytest.mark.thorough
def test_one_more_rating_changes_nothing_that_the_officer_reads(rated: Hall) -> None:
    before = collect(rated)
    rated.desk.do(lambda tx: plant(tx, [Plenty(HOA, "A", 0, 4, "2026-10-30"), Plenty(MINH, "A", 0, 1, "2026-10-30")]))
    assert collect(rated) == before
    rated.desk.do(lambda tx: plant(tx, [Plenty(HOA, "A", 0, 1, "2026-10-30")]))
    assert collect(rated).ratings.n == before.ratings.n + 5


@pytest.mark.thorough
def test_the_ratings_are_those_of_the_officers_own_page(rated: Hall) -> None:
    with rated.desk.read() as db:
        blocks = own.choose_blocks(
            own.cut_blocks(store.list_entries(db, "2026-01-01", "2026-12-31")), OCTOBER.first, OCTOBER.last
        )
    assert collect(rated).ratings.n == sum(block.answers.n for block in blocks if block.officer == HOA)


@pytest.mark.thorough
def test_notes_and_tasks_of_the_days_are_counted_and_their_words_stay_where_they_are(rated: Hall) -> None:
    desk = rated.desk
    desk.do(actions.write_note, NoteRequest(HOA, "praise", "Bí mật", LAN))
    desk.do(actions.answer_note, HOA, 1, "Cảm ơn")
    desk.do(actions.write_note, NoteRequest(HOA, "correction", "Bí mật", LAN))
    desk.do(actions.write_note, NoteRequest(MINH, "correction", "Bí mật", LAN))
    desk.do(actions.assign_task, TaskRequest(HOA, "2026-11-25", "Bí mật", LAN))
    work = collect(rated, period=Period(TODAY, TODAY)).work
    assert [(note.number, note.kind, note.is_answered) for note in work.notes] == [
        (1, NoteKind.PRAISE, True),
        (2, NoteKind.CORRECTION, False),
    ]
    assert work.tasks == TaskCounts(1, 0, 0, 0, 1)
    assert collect(rated).work.notes == ()
    assert "Bí mật" not in str(work)


def test_an_officer_without_any_work_has_empty_evidence(rated: Hall) -> None:
    evidence = collect(rated, period=Period(TODAY, TODAY))
    assert (evidence.ratings.n, evidence.ratings.raw, evidence.ratings.groups) == (0, None, ())
    assert weigh_evidence(ProposalKind.REWARD, evidence).strength is Strength.NOTHING


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("crowds", "n"),
    [
        ([Plenty(HOA, "A", 1, 1)], 0),
        ([Plenty(HOA, "A", 200, 200), Plenty(MINH, "A", 200, 200), Plenty(CU, "A", 200, 200)], 200),
        ([Plenty(HOA, "A", 0, 200)], 200),
    ],
)
def test_one_rating_only_the_best_level_and_one_officer_alone_are_no_signal(
    rated: Hall, crowds: list[Plenty], n: int
) -> None:
    rated.desk.do(lambda tx: plant(tx, crowds))
    evidence = collect(rated, period=Period(TODAY, TODAY))
    assert evidence.ratings.n == n
    for kind in ProposalKind:
        assert weigh_evidence(kind, evidence).strength in {Strength.NOTHING, Strength.CHANCE}


@pytest.mark.thorough
def test_stricter_settings_are_taken_into_the_evidence(rated: Hall) -> None:
    rules = ProposalRules(basis="Quy chế 12", outer_tenths=999, officers_least=4)

    def change(tx: Tx) -> None:
        settings_store.save(tx.db, replace(settings_store.get_settings(tx.db), proposals=rules))

    rated.desk.do(change)
    evidence = collect(rated)
    assert (evidence.terms.basis, evidence.terms.outer_tenths, evidence.terms.officers_least) == ("Quy chế 12", 999, 4)
    assert [group.place for group in evidence.ratings.groups] == [None, None]


def test_suggestions_are_counted_and_denunciations_are_not(rated: Hall) -> None:
    rated.desk.do(counter_actions.open_counter, 1, HOA)
    for text in ("Chờ hơi lâu ở quầy này.", "Cần thêm ghế.", "Tôi tố cáo cán bộ ở quầy này."):
        rated.desk.do(suggestion_actions.receive, SuggestionRequest(text, SuggestionSource.WEB, counter=1))
    assert collect(rated, period=Period(TODAY, TODAY)).work.suggestions == {"waiting": 2}
