"""When a proposal can be sent to its officer, answered, signed and withdrawn. Nothing here proposes by itself.

A review is signed only with a comparison, a signal beyond the wide limits and the officer's recorded answer.
"""

from collections.abc import Iterator
from datetime import date

from motcua.desk.errors import Invalid, Refused
from motcua.staff.model import Account, Role
from motcua.work.model import (
    OBSTACLES,
    EvidencePoint,
    OfficerProposal,
    ProposalKind,
    ProposalState,
    ProposalTerms,
    SignerStanding,
    SigningFacts,
    Strength,
    Weighing,
)
from motcua.work.rules.reading import read_day

LENGTH_MAX_DAYS = 366
"""As long as a report."""


def read_proposal_kind(kind: str) -> ProposalKind:
    """Return what is proposed. Raises `Invalid("proposal.kind")`."""
    try:
        return ProposalKind(kind)
    except ValueError:
        raise Invalid("proposal.kind", "Choose what is proposed: a reward or a review.") from None


def read_period(first: str, last: str, today: str) -> tuple[str, str]:
    """Return the days of a proposal. Raises `Invalid("day.form" | "days.order" | "proposal.ahead" | "report.long")`."""
    begin, end = read_day(first), read_day(last)
    if begin > end:
        raise Invalid("days.order", "The last day comes before the first one.")
    if end > today:
        raise Invalid("proposal.ahead", "The period has not ended. Choose a last day that is not after today.")
    if (date.fromisoformat(end) - date.fromisoformat(begin)).days >= LENGTH_MAX_DAYS:
        raise Invalid(
            "report.long", "The period has more than %(count)s days. Choose a shorter one.", count=LENGTH_MAX_DAYS
        )
    return begin, end


def find_standing(account: Account | None, officer: int, head: int | None, *, only_head: bool) -> SignerStanding:
    """Return whether somebody can sign a proposal about `officer`; `head` is the head of the unit, if one is named."""
    if account is None or account.role is not Role.LEADER or account.disabled:
        return SignerStanding.NO_LEADER
    if account.id == officer:
        return SignerStanding.ABOUT_ONESELF
    if only_head and head is None:
        return SignerStanding.NO_HEAD
    return SignerStanding.NOT_HEAD if only_head and account.id != head else SignerStanding.CAN


def list_question_obstacles(
    proposal: OfficerProposal, terms: ProposalTerms | None, weighing: Weighing | None, facts: SigningFacts
) -> list[EvidencePoint]:
    """Return why the officer cannot be asked now, nothing where a leader can ask.

    Nobody is asked about a review that could not be signed whatever the answer is.
    """
    if not proposal.state.is_open:
        return [EvidencePoint("closed")]
    if proposal.state is not ProposalState.DRAFTED:
        return [EvidencePoint("asked")]
    obstacles = [*_list_common(proposal, terms, facts)]
    if facts.has_left:
        obstacles.append(EvidencePoint("left"))
    if proposal.kind is ProposalKind.REVIEW and weighing is not None:
        obstacles += _list_weak(weighing)
    return obstacles


def list_signing_obstacles(
    proposal: OfficerProposal, terms: ProposalTerms | None, weighing: Weighing | None, facts: SigningFacts
) -> list[EvidencePoint]:
    """Return everything that is missing before this person can sign; nothing where they can.

    `terms` and `weighing` are those that the officer read, of now while nobody was asked; None once they are erased.
    """
    if not proposal.state.is_open:
        return [EvidencePoint("closed")]
    obstacles = [*_list_common(proposal, terms, facts)]
    if proposal.kind is ProposalKind.REVIEW:
        if weighing is not None:
            weak = _list_weak(weighing)
            if not weak and _list_weak(facts.current):
                weak = [EvidencePoint("changed")]
            obstacles += weak
        obstacles += _list_unheard(proposal, facts)
    elif _is_pending(proposal, facts):
        obstacles.append(_explain_pending(proposal))
    if facts.standing is not SignerStanding.CAN:
        obstacles.append(EvidencePoint(facts.standing.value))
    return obstacles


def require_no_obstacle(obstacles: list[EvidencePoint]) -> None:
    """Raise `Refused("proposal.…")` for the first obstacle, if there is one."""
    for obstacle in obstacles:
        raise Refused(f"proposal.{obstacle.code}", OBSTACLES[obstacle.code], **obstacle.params)


def require_drafted(proposal: OfficerProposal) -> None:
    """Raise `Refused("proposal.closed" | "proposal.fixed")` unless the grounds can be changed."""
    _require_open(proposal)
    if proposal.state is not ProposalState.DRAFTED:
        raise Refused(
            "proposal.fixed",
            "The officer has read these grounds. Withdraw the proposal and draft another one to change them.",
        )


def require_answerable(proposal: OfficerProposal) -> None:
    """Raise `Refused("proposal.closed" | "proposal.answered")` unless the officer can answer.

    Who declined can still answer, and so can who is late, until somebody signs.
    """
    _require_open(proposal)
    if proposal.answer is not None:
        raise Refused("proposal.answered", "This proposal has been answered.")


def require_refusable(proposal: OfficerProposal) -> None:
    """Raise `Refused("proposal.closed" | "proposal.answered")` unless the officer can decline to answer."""
    _require_open(proposal)
    if proposal.state is ProposalState.ANSWERED:
        raise Refused("proposal.answered", "This proposal has been answered.")


def require_withdrawable_proposal(proposal: OfficerProposal) -> None:
    """Raise `Refused("proposal.closed")` unless it can be withdrawn; a signed one can."""
    if proposal.state is ProposalState.WITHDRAWN:
        raise Refused("proposal.closed", OBSTACLES["closed"])


def require_same(seen: str, digest: str) -> None:
    """Raise `Refused("proposal.moved")` unless somebody saw what is there now."""
    if seen != digest:
        raise Refused(
            "proposal.moved", "Something has changed since you opened this page. Look at it again, then go on."
        )


def _require_open(proposal: OfficerProposal) -> None:
    if not proposal.state.is_open:
        raise Refused("proposal.closed", OBSTACLES["closed"])


def _list_common(
    proposal: OfficerProposal, terms: ProposalTerms | None, facts: SigningFacts
) -> Iterator[EvidencePoint]:
    if terms is None:
        yield EvidencePoint("erased")
    else:
        if not terms.basis:
            yield EvidencePoint("basis")
        if proposal.first < terms.since:
            yield EvidencePoint("too_early", {"since": _write_day(terms.since)})
    if not facts.has_grounds:
        yield EvidencePoint("grounds")


def _list_weak(weighing: Weighing) -> list[EvidencePoint]:
    if weighing.strength is Strength.CLEAR:
        return []
    return [EvidencePoint("gate" if weighing.strength is Strength.NOTHING else "signal")]


def _list_unheard(proposal: OfficerProposal, facts: SigningFacts) -> Iterator[EvidencePoint]:
    if facts.has_left:
        yield EvidencePoint("left")
    if proposal.asked_at is None:
        yield EvidencePoint("not_asked")
    elif proposal.answer is None and proposal.has_declined:
        if not facts.declined_counts:
            yield EvidencePoint("declined")
    elif proposal.answer is None:
        yield _explain_pending(proposal) if _is_pending(proposal, facts) else EvidencePoint("no_answer")


def _is_pending(proposal: OfficerProposal, facts: SigningFacts) -> bool:
    return proposal.state is ProposalState.ASKED and facts.today <= (proposal.due_on or "")


def _explain_pending(proposal: OfficerProposal) -> EvidencePoint:
    return EvidencePoint("pending", {"due_on": _write_day(proposal.due_on or "")})


def _write_day(day: str) -> str:
    return f"{date.fromisoformat(day):%d/%m/%Y}" if day else ""
