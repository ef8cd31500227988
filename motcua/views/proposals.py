"""Proposals as leaders and the officer read them: what is laid before them, and what the next step needs."""

from collections.abc import Iterable, Mapping

from msgspec import to_builtins

from motcua.desk import Reader, texts
from motcua.desk.messages import translate_into_each
from motcua.reports.officers.figures import order_by_name
from motcua.reports.proposals.evidence import collect_evidence
from motcua.reports.proposals.sections import list_sections
from motcua.reports.values import Period
from motcua.reports.wording import Wording
from motcua.settings import store as settings_store
from motcua.staff import store as staff_store
from motcua.views.shapes import View, format_local
from motcua.work import actions, rules, store
from motcua.work.model import (
    OBSTACLES,
    POINTS,
    PROPOSAL_LABELS,
    PROPOSAL_STATES,
    STRENGTH_LABELS,
    Evidence,
    EvidencePoint,
    OfficerProposal,
    ProposalState,
    Weighing,
)

LISTED_MAX = 200
"""So many open proposals are listed, and so many closed ones."""


def collect_current(db: Reader, proposal: OfficerProposal, today: str) -> Evidence:
    """Return the evidence about a proposal's officer and days as it is now."""
    return collect_evidence(db, proposal.officer, Period(proposal.first, proposal.last), today)


def list_proposals(db: Reader, today: str) -> list[View]:
    """Return open and closed proposals by the officers' names, each officer's newest first."""
    proposals = [*store.list_open_proposals(db, LISTED_MAX), *store.list_closed_proposals(db, LISTED_MAX)]
    accounts = {account.id: account for account in staff_store.list_accounts(db)}
    places = {
        number: place
        for place, number in enumerate(order_by_name({proposal.officer for proposal in proposals}, accounts))
    }
    ordered = sorted(proposals, key=lambda proposal: (places[proposal.officer], -proposal.id))
    return [_summarise(db, proposal, today) for proposal in ordered]


def list_officer_proposals(db: Reader, officer: int, today: str, *, is_own: bool) -> list[View]:
    """Return the proposals about an officer, the newest first; only those for the officer's eyes if `is_own`."""
    proposals = store.list_proposals_about(db, officer, LISTED_MAX)
    return [_summarise(db, proposal, today) for proposal in proposals if proposal.is_for_officer or not is_own]


def show_proposal(
    db: Reader, proposal: OfficerProposal, today: str, leader: int | None, wording: Wording, *, is_own: bool = False
) -> View:
    """Return everything about a proposal for the account `leader`, or for its officer if `is_own`.

    `sections` are the evidence in the reader's words. It is that of the paper, else as the officer read it, else of
    now; None once it is erased, and for a draft that was withdrawn.
    """
    is_deciding = proposal.state.is_open and not is_own
    current = collect_current(db, proposal, today) if is_deciding else None
    paper = store.find_paper(db, proposal.paper)
    evidence = paper.evidence if paper else store.find_evidence(db, proposal.evidence)
    if proposal.state is ProposalState.DRAFTED:
        evidence = current
    weighing = paper.weighing if paper else rules.weigh_evidence(proposal.kind, evidence) if evidence else None
    obstacles: dict[str, list[EvidencePoint]] = {"question": [], "signing": []}
    if current is not None:
        facts = actions.collect_facts(db, proposal, leader, today, rules.weigh_evidence(proposal.kind, current))
        terms = evidence.terms if evidence else None
        obstacles = {
            "question": rules.list_question_obstacles(proposal, terms, weighing, facts),
            "signing": rules.list_signing_obstacles(proposal, terms, weighing, facts),
        }
    return {
        **_summarise(db, proposal, today),
        "history": _list_history(db, proposal),
        "grounds": texts.find_text(db, proposal.grounds),
        "has_grounds": proposal.grounds is not None,
        "answer": texts.find_text(db, proposal.answer),
        "reason": texts.find_text(db, proposal.reason),
        "evidence": to_builtins(evidence) if evidence else None,
        "weighing": _describe_weighing(weighing) if weighing else None,
        "question_obstacles": _describe_points(obstacles["question"], OBSTACLES),
        "signing_obstacles": _describe_points(obstacles["signing"], OBSTACLES),
        "seen": store.compute_seen(proposal, evidence) if is_deciding else None,
        "digest": proposal.paper,
        "sections": [to_builtins(part) for part in list_sections(evidence, weighing, wording)]
        if evidence and weighing
        else None,
    }


def _summarise(db: Reader, proposal: OfficerProposal, today: str) -> View:
    accounts = {one.id: one for one in staff_store.list_accounts(db)}
    officer = accounts.get(proposal.officer)
    return {
        "id": proposal.id,
        "officer": {"id": proposal.officer, "name": (officer.full_name or officer.name) if officer else ""},
        "has_left": officer is None or officer.disabled,
        "kind": proposal.kind.value,
        "kind_label": translate_into_each(PROPOSAL_LABELS[proposal.kind]),
        "from": proposal.first,
        "to": proposal.last,
        "state": proposal.state.value,
        "state_label": translate_into_each(PROPOSAL_STATES[proposal.state]),
        "due_on": proposal.due_on,
        "is_overdue": proposal.state is ProposalState.ASKED and today > (proposal.due_on or ""),
        "is_answered": proposal.answer is not None,
        "has_declined": proposal.has_declined,
        "is_signed": proposal.signed_at is not None,
    }


def _list_history(db: Reader, proposal: OfficerProposal) -> list[View]:
    """Return who did what and when."""
    timezone, names = settings_store.get_timezone(db), staff_store.list_full_names(db)
    steps = (
        (ProposalState.DRAFTED, proposal.drafted_at, proposal.author),
        (ProposalState.ASKED, proposal.asked_at, proposal.asked_by),
        (ProposalState.ANSWERED, proposal.answered_at, proposal.officer),
        (ProposalState.SIGNED, proposal.signed_at, proposal.signer),
        (ProposalState.WITHDRAWN, proposal.withdrawn_at, proposal.withdrawn_by),
    )
    return [
        {
            "state": state.value,
            "label": translate_into_each(PROPOSAL_STATES[state]),
            "at": format_local(at, timezone),
            "by": names.get(account or 0),
        }
        for state, at, account in steps
        if at is not None
    ]


def _describe_weighing(weighing: Weighing) -> View:
    return {
        "strength": weighing.strength.value,
        "strength_label": translate_into_each(STRENGTH_LABELS[weighing.strength]),
        "points_for": _describe_points(weighing.points_for, POINTS),
        "points_against": _describe_points(weighing.points_against, POINTS),
    }


def _describe_points(points: Iterable[EvidencePoint], words: Mapping[str, str]) -> list[View]:
    return [
        {"code": point.code, "label": translate_into_each(words[point.code], dict(point.params))} for point in points
    ]
