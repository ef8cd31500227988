"""Proposals on the web: what is shown and printed of one, and the signature with the password asked again."""

import base64

from flask import Response

from motcua.desk import Desk, Reader, Unknown, texts
from motcua.reports import pdf
from motcua.reports.proposals.printing import LAYOUT, PaperWithdrawal, PaperWords, print_proposal
from motcua.reports.wording import Wording
from motcua.settings import store as settings_store
from motcua.staff import store as staff_store
from motcua.views import proposals as views
from motcua.views.shapes import View
from motcua.web.own import find_own_account, require_password
from motcua.web.report_files import answer_pdf_file, get_wording
from motcua.web.site import Site
from motcua.work import actions, store
from motcua.work.model import Evidence, OfficerProposal, ProposalStep

Whose = int | None
"""The officer who alone may see it, None for a leader, who sees all."""


def look_at_proposal(site: Site, number: int, officer: Whose = None) -> View:
    """Return a proposal as the caller sees it. Raises `Unknown("proposal.unknown")`."""
    today, _behind = site.get_today()
    account = find_own_account(site)
    view: View = site.offload(_look, site.desk, (number, officer), today, account, get_wording())
    return view


def collect_now(site: Site, number: int) -> Evidence:
    """Return the evidence behind a proposal as it is now. Raises `Unknown("proposal.unknown")`."""
    today, _behind = site.get_today()
    evidence: Evidence = site.offload(_collect, site.desk, number, today)
    return evidence


def make_step(site: Site, number: int, seen: str) -> ProposalStep:
    """Return a step of the caller, who saw what `seen` is the digest of."""
    return ProposalStep(number, find_own_account(site), seen)


def sign_with_password(site: Site, number: int, seen: str, password: str) -> OfficerProposal:
    """Sign a proposal for the caller, who gives the password again; nothing of it is kept with a key.

    Raises as `require_password` and `actions.sign_proposal` do.
    """
    require_password(site, password)
    return site.open_door().do(actions.sign_proposal, make_step(site, number, seen), collect_now(site, number))


def print_paper(site: Site, number: int, officer: Whose = None) -> Response:
    """Return a signed proposal as a PDF.

    Raises `Unknown("proposal.unknown" | "proposal.not_signed" | "proposal.paper_erased")`.
    """
    with site.desk.read() as db:
        values = _print(db, _get(db, number, officer), get_wording())
    answer = site.compute(pdf.task, {"layout": LAYOUT, "values": values, "at": values["at"]})
    return answer_pdf_file(base64.b64decode(answer["pdf"]), f"proposal-{number}.pdf")


def _get(db: Reader, number: int, officer: Whose) -> OfficerProposal:
    return store.get_proposal(db, number) if officer is None else store.get_proposal_of(db, officer, number)


def _look(desk: Desk, which: tuple[int, Whose], today: str, account: int | None, wording: Wording) -> View:
    with desk.read() as db:
        return views.show_proposal(db, _get(db, *which), today, account, wording, is_own=which[1] is not None)


def _collect(desk: Desk, number: int, today: str) -> Evidence:
    with desk.read() as db:
        return views.collect_current(db, store.get_proposal(db, number), today)


def _print(db: Reader, proposal: OfficerProposal, wording: Wording) -> View:
    if proposal.paper is None:
        raise Unknown("proposal.not_signed", "This proposal is not signed yet. Only a signed one can be printed.")
    paper = store.find_paper(db, proposal.paper)
    if paper is None:
        raise Unknown("proposal.paper_erased", "This paper has been erased, as the settings say.")
    withdrawal = None
    if proposal.withdrawn_at is not None:
        names = staff_store.list_full_names(db)
        by = names.get(proposal.withdrawn_by or 0, "")
        withdrawal = PaperWithdrawal(proposal.withdrawn_at, by, texts.find_text(db, proposal.reason))
    words = PaperWords(
        texts.find_text(db, proposal.grounds), texts.find_text(db, proposal.answer), proposal.paper, withdrawal
    )
    return print_proposal(paper, words, wording, settings_store.get_timezone(db))
