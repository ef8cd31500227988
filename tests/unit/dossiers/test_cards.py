"""An identity card as a scanner types it: read whole, or refused in clear words that repeat nothing of it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.copies import replace
from motcua.desk.errors import Invalid, find_refusal
from motcua.dossiers.model.applicant import Applicant, Sex
from motcua.dossiers.rules.applicants import (
    CENTURY_UNKNOWN,
    PROVINCE_UNKNOWN,
    SEX_DIFFERS,
    YEAR_DIFFERS,
    list_doubts,
    mask_applicant,
    read_applicant,
)
from motcua.dossiers.rules.cards import read_card
from tests.unit.dossiers.taken import AN

TODAY = date(2026, 11, 23)
CARD = "001090012345|012345678|Nguyễn Văn An|04051990|Nam|Số 5 phố Huế, Hà Nội|01012022||||"
READ = Applicant("Nguyễn Văn An", "001090012345", "1990-05-04", Sex.MALE, "Số 5 phố Huế, Hà Nội")


@pytest.mark.parametrize("frame", ["{}", "]Q1{}\r\n", "\\000026{}", "\ufeff{}", "  {}\t", "]Q1\\000026{}"])
def test_a_card_is_read_whole(frame: str) -> None:
    assert read_card(frame.format(CARD), TODAY) == READ


def test_of_old_people_the_year_is_enough() -> None:
    card = "001048012345||Lê Thị Tám|00001948|Nữ|Hà Nội|01012022"
    assert read_card(card, TODAY) == Applicant("Lê Thị Tám", "001048012345", "1948", Sex.FEMALE, "Hà Nội")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "card.not_a_card"),
        ("A001", "card.not_a_card"),
        ("https://example.vn", "card.not_a_card"),
        ("001090012345||Nguyễn Văn An", "card.not_a_card"),
        (CARD.replace("001090012345", "00109001234"), "card.bad_number"),
        (CARD.replace("04051990", "31021990"), "card.bad_date"),
        (CARD.replace("04051990", "04052090"), "card.bad_date"),
        ("DN4010112345678|4e677579e1bb856e2056c4836e20416e|01/01/1990|1|x|x|x|x", "card.health_card"),
        (CARD + "|" * 2000, "card.not_a_card"),
    ],
)
def test_what_is_no_whole_card_is_said_without_repeating_it(text: str, code: str) -> None:
    with pytest.raises(Invalid) as caught:
        read_card(text, TODAY)
    assert caught.value.code == code
    assert caught.value.params == {}


@pytest.mark.thorough
@given(st.text(alphabet=st.sampled_from("0123456789|aẦ\x1d\\]Q-/")))
def test_garbage_is_refused_and_nothing_else(text: str) -> None:
    refusal = find_refusal(lambda: read_card(text, TODAY))
    assert isinstance(refusal, Invalid | None)
    assert refusal is None or refusal.code.startswith("card.")


@pytest.mark.parametrize(
    ("applicant", "doubts"),
    [
        (AN, []),
        (replace(AN, sex=None, birth=""), []),
        (replace(AN, sex=Sex.FEMALE), [SEX_DIFFERS]),
        (replace(AN, birth="1991"), [YEAR_DIFFERS]),
        (replace(AN, sex=Sex.FEMALE, birth="1991-01-01"), [SEX_DIFFERS, YEAR_DIFFERS]),
        (replace(AN, number="097090012345"), [PROVINCE_UNKNOWN]),
        (replace(AN, number="001990012345"), [CENTURY_UNKNOWN]),
        (replace(AN, number="001305012345", sex=Sex.FEMALE, birth="2005-01-01"), []),
        (replace(AN, number="123456789"), []),
    ],
)
def test_a_number_that_does_not_fit_is_doubtful_and_no_error(applicant: Applicant, doubts: list[str]) -> None:
    assert list_doubts(applicant) == doubts
    assert read_applicant(applicant, TODAY).number == applicant.number


def test_lists_show_nobody_whom_one_does_not_know() -> None:
    assert mask_applicant(AN) == Applicant("N*** An", "001******345", phone="09*****678")
    assert mask_applicant(Applicant("An")) == Applicant("A***")


@pytest.mark.parametrize(("typed", "stored"), [("4/5/1990", "1990-05-04"), ("1990", "1990"), ("1990-05-04",) * 2])
def test_a_date_of_birth_is_taken_as_people_write_it(typed: str, stored: str) -> None:
    assert read_applicant(replace(AN, birth=typed), TODAY).birth == stored
