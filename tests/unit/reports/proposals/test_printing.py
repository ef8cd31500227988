"""The paper for the files: everything that was signed stands on it, in both languages, whatever somebody wrote."""

import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from motcua.copies import replace
from motcua.reports import pdf
from motcua.reports.proposals.printing import LAYOUT, PaperWithdrawal, PaperWords, print_proposal
from motcua.reports.wording import Wording
from motcua.web.language import translate_into_each
from motcua.work.model import FunnelPlace, NoteKind, ProposalKind, ProposalPaper, TaskCounts
from motcua.work.rules import weigh_evidence
from tests.unit.reports.test_pdf import read, text_of
from tests.unit.work.arguments import make_evidence, make_group

ZONE = "Asia/Ho_Chi_Minh"
EVIDENCE = make_evidence(
    make_group(FunnelPlace.FAR_BELOW),
    make_group(None, "H", 35),
    notes=(NoteKind.CORRECTION,),
    tasks=TaskCounts(3, 1, 1, 1, 0),
)
PAPER = ProposalPaper(
    proposal=7,
    kind=ProposalKind.REVIEW,
    unit="Phường Bến Nghé",
    centre="Trung tâm Phục vụ hành chính công",
    evidence=EVIDENCE,
    weighing=weigh_evidence(ProposalKind.REVIEW, EVIDENCE),
    drafted_by="Lê Thị Lan",
    drafted_at="2026-11-02T01:00:00.000Z",
    asked_by="Lê Thị Lan",
    asked_at="2026-11-03T01:00:00.000Z",
    due_on="2026-11-10",
    answered_at="2026-11-04T01:00:00.000Z",
    has_declined=False,
    signer="Trần Văn Bình",
    signer_title="Giám đốc",
    signed_at="2026-11-12T02:30:00.000Z",
)
WORDS = PaperWords("Nhiều phản ánh về thái độ.", "Tôi sẽ rút kinh nghiệm.", "ab12" * 16)


def make(language: str, words: PaperWords = WORDS, paper: ProposalPaper = PAPER) -> bytes:
    wording = Wording(language, lambda message: translate_into_each(message)[language])
    values = print_proposal(paper, words, wording, ZONE)
    return pdf.make_pdf(LAYOUT, values, values["at"])


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("language", "parts"),
    [
        (
            "vi",
            [
                "Đề xuất nhắc nhở", "Phạm Hoa, Cán bộ", "Từ 01/10/2026 đến 31/10/2026", "Quy chế 12/QC-UBND",
                "50,0 % (43,1-56,9)", "52,0 % (45,0-59,0)", "90,0 %", "85,5-94,0 %", "83,0-96,0 %",
                "dưới giới hạn rộng", "Nhiều phản ánh về thái độ.", "Tôi sẽ rút kinh nghiệm.", "09:30 12/11/2026",
                "Trần Văn Bình", "Giám đốc", "Trang 1/",
            ],
        ),
        (
            "en",
            [
                "Proposal for a review", "From 01/10/2026 to 31/10/2026", "50.0 % (43.1-56.9)", "85.5-94.0 %",
                "below the wide limits", "35 answers are missing", "Signed by", "138 h 53 min", "1, 1, 1, 0", "Page 1/",
            ],
        ),
    ],
)  # fmt: skip
def test_everything_that_was_signed_stands_on_the_paper(language: str, parts: list[str]) -> None:
    text = text_of(make(language)).replace("\N{EN DASH}", "-")
    assert [part for part in parts if part not in text] == []
    assert WORDS.digest in text.replace(" ", "")


@pytest.mark.thorough
def test_the_same_paper_gives_the_same_bytes() -> None:
    assert make("vi") == make("vi")


@pytest.mark.thorough
def test_a_withdrawn_paper_says_so_first() -> None:
    withdrawal = PaperWithdrawal("2026-11-20T01:00:00.000Z", "Trần Văn Bình", "Ký nhầm kỳ")
    text = text_of(make("en", replace(WORDS, withdrawal=withdrawal)))
    assert "WITHDRAWN, counts no more. 08:00 20/11/2026, Trần Văn Bình: Ký nhầm kỳ" in text


@pytest.mark.thorough
def test_erased_words_are_said_to_be_erased_and_who_declined_declined() -> None:
    assert text_of(make("en", PaperWords(None, None, "ab"))).count("Erased") == 2
    assert "The officer declined to answer." in text_of(make("en", paper=replace(PAPER, has_declined=True)))
    unasked = replace(PAPER, asked_at=None, asked_by="", due_on=None, answered_at=None)
    assert "The officer gave no answer." in text_of(make("en", paper=unasked))


@pytest.mark.thorough
@limits(max_examples=20)
@given(st.text(max_size=2000), st.text(max_size=200))
def test_no_words_break_the_paper(grounds: str, name: str) -> None:
    paper = replace(PAPER, evidence=replace(EVIDENCE, name=name))
    assert len(read(make("vi", replace(WORDS, grounds=grounds), paper)).pages) >= 1
