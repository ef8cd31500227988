"""Looking a dossier up: two things must fit, five wrong answers end it for an hour, and nobody learns what exists."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.copies import replace
from motcua.dossiers import actions
from motcua.dossiers.actions import LookupAttempt
from motcua.dossiers.model.applicant import Applicant
from motcua.dossiers.model.lookup import LookupGuard
from motcua.dossiers.rules.lookup import (
    FAILURES_MAX,
    LOCK_MIN,
    complete_dossier_code,
    count_failure,
    has_factor,
    is_factor,
    is_locked,
)
from motcua.dossiers.store import lookups
from motcua.settings.model import DossierRules
from motcua.web.ghosts import GHOSTS_MAX, GhostGuards
from tests.unit.dossiers.taken import AN, RULES, Taken

NOW = datetime(2026, 11, 29, 8, tzinfo=UTC)


@pytest.mark.parametrize("factor", ["5678", " 5678 ", "56 78", "1990"])
def test_the_end_of_the_phone_or_the_year_of_birth_opens(factor: str) -> None:
    assert is_factor(AN, factor)


@pytest.mark.parametrize(
    "factor", ["", "    ", "678", "05678", "1991", "\uff11\uff19\uff19\uff10", "abcd", "1990x", "1990" * 50, "\x00"]
)
def test_nothing_else_opens(factor: str) -> None:
    assert not is_factor(AN, factor)


def test_who_left_neither_cannot_be_looked_up() -> None:
    nobody = Applicant("Nguyễn An")
    assert not has_factor(nobody)
    assert not any(is_factor(nobody, factor) for factor in ("", "0000", "none"))
    assert not is_factor(None, "1990")


@pytest.mark.thorough
@given(st.lists(st.integers(0, 90), min_size=1, max_size=30))
def test_after_each_five_wrong_answers_an_hour_passes(waits: list[int]) -> None:
    guard, now, tries = LookupGuard(), NOW, list[datetime]()
    for wait in waits:
        now += timedelta(minutes=wait)
        if not is_locked(guard, now):
            guard = count_failure(guard, now)
            tries.append(now)
    for place in range(FAILURES_MAX, len(tries), FAILURES_MAX):
        assert tries[place] - tries[place - 1] >= timedelta(minutes=LOCK_MIN)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("261129-0001", "MC.000.25.01.H17-261129-0001"),
        ("2611290001", "MC.000.25.01.H17-261129-0001"),
        (" 261129 - 0001 ", "MC.000.25.01.H17-261129-0001"),
        ("MC.000.25.01.H17-261129-0001", "MC.000.25.01.H17-261129-0001"),
        ("H29.17-261102-0001", "H29.17-261102-0001"),
        ("x", "x"),
    ],
)
def test_the_end_of_a_code_is_enough(typed: str, code: str) -> None:
    assert complete_dossier_code(typed, RULES) == code
    assert complete_dossier_code("1", DossierRules()) == "1"


def look_up(taken: Taken, code: str, factor: str) -> LookupAttempt:
    return taken.desk.do(actions.look_up, taken.vault, code, factor)


def test_five_wrong_answers_lock_for_an_hour_and_the_right_one_does_not_help(taken: Taken) -> None:
    taken.call()
    code = taken.lodge().code
    answers = [look_up(taken, code, "0000").locked_until for _try in range(FAILURES_MAX)]
    assert [until is None for until in answers] == [True] * 4 + [False]
    assert look_up(taken, code, "1990").content is None
    taken.clock.advance(LOCK_MIN * 60 - 1)
    assert look_up(taken, code, "1990").content is None
    taken.clock.advance(2)
    content = look_up(taken, code, "1990").content
    assert content is not None
    assert (content.dossier.code, content.applicant, content.words) == (code, None, ())


def test_a_right_answer_forgets_wrong_ones(taken: Taken) -> None:
    taken.call()
    code = taken.lodge().code
    for _round in range(3):
        for _try in range(FAILURES_MAX - 1):
            assert look_up(taken, code, "0000").locked_until is None
        assert look_up(taken, code, "5678").content is not None


def test_a_lock_is_one_dossiers_own_and_stands_in_the_store(taken: Taken) -> None:
    taken.call()
    first, second = taken.lodge().code, taken.lodge().code
    for _try in range(FAILURES_MAX):
        look_up(taken, first, "0000")
    assert look_up(taken, second, "5678").content is not None
    with taken.desk.read() as db:
        assert lookups.get_guard(db, first).locked_until is not None
        tokens = {lookups.find_token(db, code) for code in (first, second)}
        assert {lookups.find_by_token(db, str(token)) for token in tokens} == {first, second}
        assert all(token and len(token) == 12 for token in tokens)
        assert lookups.find_by_token(db, "x") is None


def test_what_was_erased_is_not_looked_up(taken: Taken) -> None:
    taken.call()
    code = taken.lodge().code
    taken.desk.do(actions.erase_dossier, code)
    assert look_up(taken, code, "5678").content is None


def test_the_journal_names_no_factor(taken: Taken) -> None:
    taken.call()
    code = taken.lodge().code
    look_up(taken, code, "4321")
    look_up(taken, code, "5678")
    kinds = [event.kind for event in taken.events][-2:]
    assert kinds == ["dossier.lookup_failed", "dossier.looked_up"]
    assert "4321" not in repr(taken.events[-2:])


def test_a_code_that_does_not_exist_locks_as_one_that_does() -> None:
    ghosts = GhostGuards()
    assert [ghosts.attempt("X", NOW) for _try in range(FAILURES_MAX)] == [None] * 4 + [NOW + timedelta(hours=1)]
    assert ghosts.attempt("X", NOW + timedelta(minutes=59)) == NOW + timedelta(hours=1)
    assert ghosts.attempt("X", NOW + timedelta(minutes=61)) is None
    assert ghosts.attempt("Y", NOW) is None
    for number in range(GHOSTS_MAX + 5):
        ghosts.attempt(str(number), NOW)
    assert ghosts.attempt("Y", NOW) is None


def test_a_passport_and_a_short_phone_open_nothing_by_chance() -> None:
    assert not is_factor(replace(AN, phone="123", birth=""), "123")


def test_a_lock_lasts_an_hour_also_when_the_clock_is_set_meanwhile(taken: Taken) -> None:
    taken.call()
    code = taken.lodge().code
    for _try in range(FAILURES_MAX):
        look_up(taken, code, "0000")
    with taken.desk.read() as db:
        before = lookups.get_guard(db, code).locked_until
    assert before is not None
    taken.clock.step(3 * 3600)
    taken.lodge()
    with taken.desk.read() as db:
        assert lookups.get_guard(db, code).locked_until == before + timedelta(hours=3)
