"""What becomes of the demo's dossiers: invented people, nothing that the rules refuse, and a few that are late."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest

from motcua.api.dossier_bodies import read_person
from motcua.api.shapes.dossiers import NewApplicant
from motcua.copies import replace
from motcua.demo.applicants import PROVINCE, draw_applicant
from motcua.demo.chance import Chance
from motcua.demo.fates import draw_fate, is_fetched, list_works
from motcua.demo.founding import make_document
from motcua.demo.intakes import draw_intake
from motcua.dossiers.model.dossier import Dossier, DossierState, FilingChannel
from motcua.dossiers.model.fees import FeeLine, PaymentMeans, Relief
from motcua.dossiers.rules.applicants import list_doubts, read_applicant
from motcua.dossiers.rules.cards import read_card
from motcua.dossiers.rules.fees import compute_proposed, require_means
from motcua.dossiers.rules.moves import resume_counting, settle_fee
from motcua.procedures.store.product import load_procedures
from motcua.settings.rules import add_working_days

MONDAY = date(2026, 11, 23)
SETTINGS = make_document().settings
MARITAL = load_procedures()["1.004873"]
CODES = [f"MC.000.00.00.H00-261123-{serial:04d}" for serial in range(1, 601)]


def make_dossier(code: str, state: DossierState = DossierState.RECEIVED) -> Dossier:
    day = MONDAY.isoformat()
    due_on = add_working_days(SETTINGS, MONDAY, 3).isoformat()
    return Dossier(
        code, MARITAL.code, state, FilingChannel.IN_PERSON, f"{day}T01:00:00.000Z", day, 1, day, due_on, "17:00",
        due_on, 1, 1,
    )  # fmt: skip


def read_fee(body: dict[str, Any]) -> int | None:
    lines = [FeeLine(line["place"], line["units"]) for line in body["lines"]]
    return compute_proposed(MARITAL, lines, 1, Relief.NONE)


def play(code: str) -> str:
    """Return how a dossier ends: in time, late, with an apology, or without a result."""
    dossier, fate = make_dossier(code), draw_fate(7, code)
    for count in range(1, 20):
        today = add_working_days(SETTINGS, MONDAY, count).isoformat()
        works = list_works(dossier, fate, SETTINGS, MARITAL, today)
        names = [work.step for work in works]
        assert len(names) == len(set(names))
        if "ready" in names:
            if dossier.extensions:
                return "apology"
            return "late" if today > (dossier.due_on or "") else "in time"
        for work in works:
            if work.step == "hand-over":
                dossier = replace(dossier, step=work.body["step"], state=DossierState.PROCESSING)
            elif work.step == "extend":
                due = add_working_days(SETTINGS, date.fromisoformat(today), work.body["limit"]["count"])
                dossier = replace(dossier, extensions=1, due_on=due.isoformat())
            elif work.step == "fee":
                dossier = replace(dossier, fee=read_fee(work.body), state=DossierState.FEE_DUE, paused_on=today)
            elif work.step == "fee-paid":
                reference = work.body["reference"]
                assert require_means(PaymentMeans(work.body["means"]), reference) == reference
                dossier = resume_counting(SETTINGS, settle_fee(dossier), today)
            elif work.step == "end":
                return "no result"
    raise AssertionError(f"{code} never ends")


@pytest.mark.thorough
def test_each_dossier_ends_most_in_time_and_some_late_with_an_apology() -> None:
    ends = Counter(play(code) for code in CODES)
    assert set(ends) == {"in time", "late", "apology", "no result"}
    assert 0.85 < ends["in time"] / len(CODES) < 0.95


def test_nobody_of_the_demo_can_be_a_real_person_and_nothing_about_them_is_doubtful() -> None:
    for visit in range(300):
        person = draw_applicant(7, f"20261123-A{visit:03d}")
        card = read_card(person.card, MONDAY)
        typed = read_applicant(read_person(NewApplicant.model_validate(person.describe())), MONDAY)
        assert (card.name, card.number, card.birth, card.sex) == (typed.name, typed.number, typed.birth, typed.sex)
        assert list_doubts(typed) == []
        assert person.number.startswith(PROVINCE)
        assert " Mẫu " in person.name


@pytest.mark.thorough
@pytest.mark.parametrize("code", ["1.001193", "1.000656", "1.013225", "2.000986"])
def test_what_an_officer_enters_names_each_paper_once_and_a_limit_where_none_is_usual(code: str) -> None:
    procedure = load_procedures()[code]
    intakes = [
        draw_intake(Chance(str(place)), procedure, draw_applicant(7, str(place)), ["no-document"])
        for place in range(600)
    ]
    assert {intake["decision"] for intake in intakes} == {"received", "supplement", "refused"}
    for intake in intakes:
        papers = [paper["code"] for paper in intake["papers"]]
        assert len(papers) == len(set(papers))
        assert not set(papers) & set(intake.get("missing", []))
        assert ("limit" in intake) == (code in {"1.013225", "2.000986"})


@pytest.mark.thorough
def test_a_result_is_fetched_some_days_later_and_now_and_then_never() -> None:
    after = Counter[int]()
    for code in CODES:
        ready = replace(make_dossier(code, DossierState.READY), settled_at="2026-11-23T02:00:00.000Z")
        days = [(MONDAY + timedelta(days=ahead)).isoformat() for ahead in range(10)]
        fetched = [is_fetched(ready, draw_fate(7, code), SETTINGS, day) for day in days]
        assert fetched == sorted(fetched)
        after[sum(fetched)] += 1
    assert after[10] > after[0] > 0
