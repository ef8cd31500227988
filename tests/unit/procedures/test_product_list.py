"""The product's list as values: it can be read, fits together, and says nothing that its sentences do not."""

import json
import re
import unicodedata
from importlib.resources import files

import pytest

from motcua.procedures.model import Checklist, LimitUnit, Procedure
from motcua.procedures.model.plain import from_plain, to_plain
from motcua.procedures.rules.checking import list_faults
from motcua.procedures.rules.pricing import compute_sum
from motcua.procedures.rules.situations import list_papers, list_questions, list_situations
from motcua.procedures.store import load_procedures

PROCEDURES = load_procedures()
LISTED = {code: item.checklist for code, item in PROCEDURES.items() if item.checklist is not None}
DATA = files("motcua.procedures") / "data"
UNVERIFIED = "(chưa kiểm chứng)"


def list_codes(checklist: Checklist, **choices: str) -> list[str]:
    answers = {question.replace("_", "-"): choice for question, choice in choices.items()}
    return [item.code for item in list_papers(checklist, answers)]


@pytest.mark.thorough
def test_every_procedure_fits_together_and_survives_its_plain_form() -> None:
    assert [
        code for code, item in PROCEDURES.items() if from_plain(json.loads(json.dumps(to_plain(item)))) != item
    ] == []
    assert {code: faults for code, item in PROCEDURES.items() if (faults := list_faults(item))} == {}


def test_every_row_and_every_checklist_belongs_to_a_ward_procedure() -> None:
    ward = {code for code, item in PROCEDURES.items() if item.level == "ward"}
    for name in ("limits.csv", "fees.csv"):
        rows = (DATA / name).read_text(encoding="utf-8").splitlines()[1:]
        assert {row.split(",")[0] for row in rows} <= ward
    assert set(LISTED) <= ward
    assert len(LISTED) == 13


@pytest.mark.parametrize("code", [code for code, item in PROCEDURES.items() if item.time_limit or item.fee])
def test_values_say_what_the_sentences_say(code: str) -> None:
    item = PROCEDURES[code]
    days = [int(number) for number in re.findall(r"(?<!sau )\b(\d+)\b(?! giờ)", item.time_limit)]
    assert [limit.count for limit in item.limits if limit.count] == days
    assert ("trong ngày" in item.time_limit) == any(limit.unit is LimitUnit.SAME_DAY for limit in item.limits)
    assert {limit.is_verified for limit in item.limits} <= {UNVERIFIED not in item.time_limit}
    sums = [int(text.replace(".", "")) for text in re.findall(r"\d+\.\d{3}", item.fee)]
    amounts = [fee.amount for fee in item.fees if fee.amount]
    amounts += [tier.amount for fee in item.fees for tier in fee.tiers]
    amounts += [fee.maximum for fee in item.fees if fee.maximum is not None]
    assert sorted(amounts) == sorted(sums)
    assert {fee.is_verified for fee in item.fees} <= {UNVERIFIED not in item.fee}
    assert bool(item.fee) == bool(item.fees)


def test_what_is_settled_on_the_same_day_is_immediate() -> None:
    assert PROCEDURES["1.001193"].is_immediate
    assert not PROCEDURES["1.004873"].is_immediate


def test_certified_copies_cost_less_from_the_third_page_and_have_a_maximum() -> None:
    (fee,) = PROCEDURES["2.000815"].fees
    assert [compute_sum(fee, pages) for pages in (0, 1, 2, 3, 5, 198, 199, 500)] == [
        0, 2_000, 4_000, 5_000, 7_000, 200_000, 200_000, 200_000,
    ]  # fmt: skip
    assert compute_sum(fee, 5, sets=3) == 21_000


@pytest.mark.parametrize("code", LISTED)
def test_each_text_is_there_in_both_languages_and_composed(code: str) -> None:
    checklist = LISTED[code]
    texts = [item.name for item in checklist.items] + [item.note for item in checklist.items if any(item.note)]
    texts += [item.text for item in checklist.questions]
    texts += [choice.text for item in checklist.questions for choice in item.choices]
    texts += [pair for limit in PROCEDURES[code].limits for pair in [limit.case] if any(pair)]
    assert [pair for pair in texts if not all(pair)] == []
    assert [pair for pair in texts if not unicodedata.is_normalized("NFC", "".join(pair))] == []
    assert checklist.source
    assert checklist.checked_on == "2026-11-23"


@pytest.mark.parametrize("code", LISTED)
def test_each_situation_needs_a_paper_and_each_paper_is_needed_in_one(code: str) -> None:
    checklist = LISTED[code]
    needed = [list_codes(checklist, **choices) for choices in list_situations(checklist)]
    assert [] not in needed
    assert {paper for papers in needed for paper in papers} == {item.code for item in checklist.items}


def test_a_birth_asks_only_what_matters() -> None:
    birth = LISTED["1.001193"]
    assert [item.code for item in list_questions(birth, {"child": "abandoned"})] == ["child", "filer"]
    assert [item.code for item in list_questions(birth, {"child": "usual"})] == ["child", "birth-notice", "filer"]
    assert list_codes(birth, child="usual", birth_notice="no", filer="parent") == ["declaration", "witness"]
    assert list_codes(birth, child="surrogate", birth_notice="yes", filer="other") == [
        "declaration", "birth-notice", "surrogacy", "authorisation",
    ]  # fmt: skip
    assert list_codes(birth, child="abandoned", birth_notice="yes", filer="relative") == ["declaration", "abandoned"]


def test_papers_of_identity_residence_marriage_and_birth_come_from_data() -> None:
    marked = {(code, item.code) for code, checklist in LISTED.items() for item in checklist.items if item.from_data}
    assert {paper for _code, paper in marked} == {"identity", "residence", "single-status", "birth-certificate"}
    identity = {code for code, checklist in LISTED.items() if "identity" in {item.code for item in checklist.items}}
    assert {(code, "identity") for code in identity} <= marked


def test_a_procedure_without_a_source_has_no_checklist() -> None:
    unlisted: Procedure = PROCEDURES["1.004837"]
    assert unlisted.checklist is None
