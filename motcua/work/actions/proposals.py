"""What leaders and officers do with a proposal. What reports say of the officer is an argument: nothing is looked up
here.
"""

from datetime import date

from motcua.copies import replace
from motcua.desk import Refused, Tx, texts
from motcua.settings import rules as calendar
from motcua.settings import store as settings_store
from motcua.settings.model import Settings
from motcua.staff import store as staff_store
from motcua.staff.model import Account
from motcua.work import rules, store
from motcua.work.actions.facts import collect_facts
from motcua.work.events import (
    AnswerDeclined,
    GroundsWritten,
    OfficerAsked,
    ProposalAnswered,
    ProposalDrafted,
    ProposalSigned,
    ProposalWithdrawn,
)
from motcua.work.model import (
    Evidence,
    OfficerProposal,
    ProposalPaper,
    ProposalRequest,
    ProposalState,
    ProposalStep,
    Weighing,
)


def propose(tx: Tx, request: ProposalRequest) -> OfficerProposal:
    """Begin a proposal about an officer who works here.

    Raises `Invalid("work.officer" | "proposal.kind" | "day.form" | "days.order" | "proposal.ahead" | "report.long")`.
    """
    officer = rules.require_officer(_find_account(tx, request.officer))
    kind = rules.read_proposal_kind(request.kind)
    first, last = rules.read_period(request.first, request.last, tx.day)
    draft = OfficerProposal(0, officer.id, kind, first, last, request.author, tx.at)
    proposal = replace(draft, id=store.add_proposal(tx.db, draft))
    tx.emit(ProposalDrafted(proposal.id, officer.id, request.author, kind.value, first, last))
    return proposal


def write_grounds(tx: Tx, author: int | None, number: int, text: str) -> OfficerProposal:
    """Write the grounds of a draft; the words before are erased.

    Raises `Unknown("proposal.unknown")`, `Refused("proposal.closed" | "proposal.fixed")`,
    `Invalid("work.words" | "work.long")`.
    """
    proposal = store.get_proposal(tx.db, number)
    rules.require_drafted(proposal)
    words = rules.read_words(text)
    if proposal.grounds:
        texts.erase_texts(tx, [proposal.grounds])
    changed = replace(proposal, grounds=_keep(tx, words))
    store.save_proposal(tx.db, changed)
    tx.emit(GroundsWritten(proposal.id, proposal.officer, author, str(changed.grounds)))
    return changed


def ask_officer(tx: Tx, step: ProposalStep, current: Evidence) -> OfficerProposal:
    """Lay grounds and evidence before the officer. From now on the proposal rests on this evidence.

    Raises `Unknown("proposal.unknown")`, `Refused("proposal.…")` as `rules.list_question_obstacles` says, and
    `Refused("proposal.moved")`.
    """
    proposal = store.get_proposal(tx.db, step.number)
    settings = settings_store.get_settings(tx.db)
    weighing = rules.weigh_evidence(proposal.kind, current)
    facts = collect_facts(tx.db, proposal, step.account, tx.day, weighing)
    rules.require_no_obstacle(rules.list_question_obstacles(proposal, current.terms, weighing, facts))
    rules.require_same(step.seen, store.compute_seen(proposal, current))
    due_on = calendar.add_working_days(settings, date.fromisoformat(tx.day), settings.proposals.answer_days)
    asked = replace(
        proposal,
        state=ProposalState.ASKED,
        evidence=_keep(tx, store.write_evidence(current)),
        asked_by=step.account,
        asked_at=tx.at,
        due_on=due_on.isoformat(),
    )
    store.save_proposal(tx.db, asked)
    tx.emit(OfficerAsked(asked.id, asked.officer, step.account, due_on.isoformat(), str(asked.evidence)))
    return asked


def answer_proposal(tx: Tx, officer: int, number: int, text: str) -> OfficerProposal:
    """Answer a proposal about `officer`; one that `officer` cannot see looks as if it were not there.

    Raises `Unknown("proposal.unknown")`, `Refused("proposal.closed" | "proposal.answered")`,
    `Invalid("work.words" | "work.long")`.
    """
    proposal = store.get_proposal_of(tx.db, officer, number)
    rules.require_answerable(proposal)
    words = _keep(tx, rules.read_words(text))
    answered = replace(proposal, state=ProposalState.ANSWERED, answer=words, answered_at=tx.at, has_declined=False)
    store.save_proposal(tx.db, answered)
    tx.emit(ProposalAnswered(proposal.id, officer, words))
    return answered


def refuse_answer(tx: Tx, officer: int, number: int) -> OfficerProposal:
    """Record that `officer` declined to answer.

    Raises `Unknown("proposal.unknown")`, `Refused("proposal.closed" | "proposal.answered")`.
    """
    proposal = store.get_proposal_of(tx.db, officer, number)
    rules.require_refusable(proposal)
    declined = replace(proposal, state=ProposalState.ANSWERED, answered_at=tx.at, has_declined=True)
    store.save_proposal(tx.db, declined)
    tx.emit(AnswerDeclined(proposal.id, officer))
    return declined


def sign_proposal(tx: Tx, step: ProposalStep, current: Evidence) -> OfficerProposal:
    """Sign a proposal as a person whose password was asked again; `current` are the figures of now.

    The officer's evidence is signed where the officer was asked, else that of now.

    Raises `Unknown("proposal.unknown")`, `Refused("proposal.…")` as `rules.list_signing_obstacles` says, and
    `Refused("proposal.moved")`.
    """
    proposal = store.get_proposal(tx.db, step.number)
    settings = settings_store.get_settings(tx.db)
    evidence = store.find_evidence(tx.db, proposal.evidence) if proposal.evidence else current
    weighing = rules.weigh_evidence(proposal.kind, evidence) if evidence else None
    facts = collect_facts(tx.db, proposal, step.account, tx.day, rules.weigh_evidence(proposal.kind, current))
    terms = evidence.terms if evidence else None
    rules.require_no_obstacle(rules.list_signing_obstacles(proposal, terms, weighing, facts))
    rules.require_same(step.seen, store.compute_seen(proposal, evidence))
    account = _find_account(tx, step.account)
    if evidence is None or weighing is None or account is None or proposal.grounds is None:
        raise Refused("proposal.closed", "This proposal is closed.")
    paper = _write_paper(tx, settings, proposal, account, (evidence, weighing))
    signed = replace(
        proposal,
        state=ProposalState.SIGNED,
        signer=account.id,
        signed_at=tx.at,
        paper=_keep(tx, store.write_evidence(paper)),
    )
    store.save_proposal(tx.db, signed)
    tx.emit(ProposalSigned(signed.id, signed.officer, account.id, proposal.grounds, proposal.answer, str(signed.paper)))
    return signed


def withdraw_proposal(tx: Tx, author: int | None, number: int, text: str) -> OfficerProposal:
    """Withdraw a proposal with a reason, a signed one too.

    Raises `Unknown("proposal.unknown")`, `Refused("proposal.closed")`, `Invalid("work.words" | "work.long")`.
    """
    proposal = store.get_proposal(tx.db, number)
    rules.require_withdrawable_proposal(proposal)
    words = _keep(tx, rules.read_words(text))
    withdrawn = replace(proposal, state=ProposalState.WITHDRAWN, withdrawn_by=author, withdrawn_at=tx.at, reason=words)
    store.save_proposal(tx.db, withdrawn)
    tx.emit(ProposalWithdrawn(proposal.id, proposal.officer, author, words))
    return withdrawn


def _write_paper(
    tx: Tx, settings: Settings, proposal: OfficerProposal, signer: Account, weighed: tuple[Evidence, Weighing]
) -> ProposalPaper:
    names = staff_store.list_full_names(tx.db)
    evidence, weighing = weighed
    return ProposalPaper(
        proposal=proposal.id,
        kind=proposal.kind,
        unit=settings.unit.name,
        centre=settings.unit.centre,
        evidence=evidence,
        weighing=weighing,
        drafted_by=names.get(proposal.author or 0, ""),
        drafted_at=proposal.drafted_at,
        asked_by=names.get(proposal.asked_by or 0, ""),
        asked_at=proposal.asked_at,
        due_on=proposal.due_on,
        answered_at=proposal.answered_at,
        has_declined=proposal.has_declined,
        signer=signer.full_name or signer.name,
        signer_title=signer.title,
        signed_at=tx.at,
    )


def _find_account(tx: Tx, number: int | None) -> Account | None:
    return next((account for account in staff_store.list_accounts(tx.db) if account.id == number), None)


def _keep(tx: Tx, text: str) -> str:
    return tx.keep_text(text, settings_store.get_settings(tx.db).proposals.keep_days)
