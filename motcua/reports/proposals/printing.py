"""What stands on a signed proposal for the files, as plain values for its layout. Pure: the paper alone decides."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from msgspec import Struct, to_builtins

from motcua.desk import get_zone, parse
from motcua.desk.messages import mark
from motcua.reports.proposals.sections import list_sections
from motcua.reports.values import Phrase
from motcua.reports.wording import NOTHING, Wording
from motcua.work.model import PROPOSAL_LABELS, ProposalPaper

LAYOUT = "proposal"
ERASED = mark("Erased")
Say = Callable[..., str]
WriteMoment = Callable[[str | None], str]


class PaperWithdrawal(Struct, frozen=True):
    """Who withdrew a signed paper, when and why; `reason` is None once it is erased."""

    at: str
    by: str
    reason: str | None


class PaperWords(Struct, frozen=True):
    """What stands apart from the paper: words, None once they are erased, and the digest that the journal has."""

    grounds: str | None
    answer: str | None
    digest: str
    withdrawal: PaperWithdrawal | None = None


def print_proposal(paper: ProposalPaper, words: PaperWords, wording: Wording, timezone: str) -> dict[str, Any]:
    """Return the values of a signed paper."""

    def say(message: str, **params: object) -> str:
        return wording.write_phrase(Phrase(message, params))

    def write_moment(at: str | None) -> str:
        return "" if at is None else f"{_local(at, timezone):%H:%M %d/%m/%Y}"

    evidence = paper.evidence
    days = {"first": date.fromisoformat(evidence.first), "last": date.fromisoformat(evidence.last)}
    heading = say(PROPOSAL_LABELS[paper.kind])
    signed_at = write_moment(paper.signed_at)
    return {
        "lang": wording.language,
        "title": f"{heading}: {evidence.name}",
        "centre": paper.centre,
        "unit": paper.unit,
        "heading": heading,
        "number": say(mark("Number: %(number)s"), number=paper.proposal),
        "officer": ", ".join(part for part in (evidence.name, evidence.title) if part),
        "period": say(mark("From %(first)s to %(last)s"), **days),
        "withdrawn": _write_withdrawal(words.withdrawal, write_moment, say) if words.withdrawal else "",
        "facts": [
            [say(mark("Legal basis")), evidence.terms.basis],
            [say(mark("Rules apply from")), wording.write_day(date.fromisoformat(evidence.terms.since))],
            [say(mark("Drafted")), _join(write_moment(paper.drafted_at), paper.drafted_by)],
            [say(mark("Officer asked")), _join(write_moment(paper.asked_at), paper.asked_by) or NOTHING],
            [say(mark("Officer answered")), _write_answered(paper, write_moment, say)],
            [say(mark("Signed")), _join(signed_at, paper.signer)],
        ],
        "grounds_title": say(mark("Grounds")),
        "grounds": say(ERASED) if words.grounds is None else words.grounds,
        "answer_title": say(mark("The officer's answer")),
        "answer": _write_answer(paper, words.answer, say),
        "sections": [to_builtins(section) for section in list_sections(evidence, paper.weighing, wording)],
        "signatures": [
            {"role": say(mark("Officer")), "name": evidence.name, "title": evidence.title},
            {"role": say(mark("Drafted by")), "name": paper.drafted_by, "title": ""},
            {"role": say(mark("Signed by")), "name": paper.signer, "title": paper.signer_title},
        ],
        "by_hand": say(mark("(signature and full name)")),
        "proof": [
            say(
                mark("Signed in the program at %(at)s by %(name)s, who gave the password again."),
                at=signed_at,
                name=paper.signer,
            ),
            say(mark("Digest of this paper in the journal: %(digest)s"), digest=words.digest),
        ],
        "caution": say(mark("Figures show where to look. The decision is that of the people who sign.")),
        "page": say(mark("Page")),
        "at": int(parse(words.withdrawal.at if words.withdrawal else paper.signed_at).timestamp()),
    }


def _local(at: str, timezone: str) -> datetime:
    return parse(at).astimezone(get_zone(timezone))


def _join(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _write_withdrawal(withdrawal: PaperWithdrawal, write_moment: WriteMoment, say: Say) -> str:
    reason = say(ERASED) if withdrawal.reason is None else withdrawal.reason
    by = _join(write_moment(withdrawal.at), withdrawal.by)
    return say(mark("WITHDRAWN, counts no more. %(by)s: %(reason)s"), by=by, reason=reason)


def _write_answered(paper: ProposalPaper, write_moment: WriteMoment, say: Say) -> str:
    if paper.answered_at is None:
        return NOTHING
    return _join(write_moment(paper.answered_at), say(mark("declined to answer")) if paper.has_declined else "")


def _write_answer(paper: ProposalPaper, answer: str | None, say: Say) -> str:
    if paper.has_declined:
        return say(mark("The officer declined to answer."))
    if paper.answered_at is None:
        return say(mark("The officer gave no answer."))
    return say(ERASED) if answer is None else answer
