"""Proposals for a reward or a review: what leaders draft, ask and sign, and what an officer reads of the own ones."""

from http import HTTPStatus

from flask import Response
from flask_openapi3.blueprint import APIBlueprint

from motcua.api.answers import respond
from motcua.api.shapes.alerts import NumberPath
from motcua.api.shapes.base import NoBody
from motcua.api.shapes.proposals import (
    NewProposal,
    ProposalList,
    ProposalReceipt,
    ProposalShape,
    ProposalSignature,
    ProposalWords,
    SeenProposal,
)
from motcua.desk import Reader
from motcua.desk.keys import Answer
from motcua.views import proposals as views
from motcua.views.work import get_officer
from motcua.web.own import find_own_account, get_own_account
from motcua.web.proposal_papers import (
    collect_now,
    look_at_proposal,
    make_step,
    print_paper,
    sign_with_password,
)
from motcua.web.site import Site
from motcua.work import actions
from motcua.work.model import OfficerProposal, ProposalRequest

NOBODY = 0
"""A program without an account has no proposals of its own."""
_PDF = {
    "description": "The signed paper.",
    "content": {"application/pdf": {"schema": {"type": "string", "contentMediaType": "application/pdf"}}},
}


def install(api: APIBlueprint, site: Site) -> None:
    """Add the calls."""
    _add_reading(api, site)
    _add_steps(api, site)
    _add_own_calls(api, site)


def _add_reading(api: APIBlueprint, site: Site) -> None:
    @api.get("/work/proposals", endpoint="proposals", summary="Proposals about officers", responses={200: ProposalList})
    def proposals() -> Response:
        today, _behind = site.get_today()
        with site.desk.read() as db:
            return respond((200, {"items": views.list_proposals(db, today)}))

    @api.get(
        "/work/officers/<int:id>/proposals",
        endpoint="officer_proposals",
        summary="Proposals about one officer",
        responses={200: ProposalList},
    )
    def officer_proposals(path: NumberPath) -> Response:
        today, _behind = site.get_today()
        with site.desk.read() as db:
            officer = get_officer(db, path.id)
            return respond((200, {"items": views.list_officer_proposals(db, officer.id, today, is_own=False)}))

    @api.get(
        "/work/proposals/<int:id>",
        endpoint="proposal",
        summary="One proposal with its evidence",
        responses={200: ProposalShape},
    )
    def proposal(path: NumberPath) -> Response:
        return respond((200, look_at_proposal(site, path.id)))

    @api.get(
        "/work/proposals/<int:id>/paper.pdf",
        endpoint="proposal_paper",
        summary="The signed paper",
        responses={HTTPStatus.OK: _PDF},
    )
    def proposal_paper(path: NumberPath) -> Response:
        return print_paper(site, path.id)


def _add_steps(api: APIBlueprint, site: Site) -> None:
    @api.post(
        "/work/officers/<int:id>/proposals",
        endpoint="propose",
        summary="Draft a proposal",
        responses={201: ProposalReceipt},
    )
    def propose(path: NumberPath, body: NewProposal) -> Response:
        with site.desk.read() as db:
            get_officer(db, path.id)
        request = ProposalRequest(path.id, body.kind, body.begin, body.end, find_own_account(site))
        return respond(site.request_door().do(actions.propose, request, answer=_show_new))

    @api.post(
        "/work/proposals/<int:id>/grounds",
        endpoint="write_grounds",
        summary="Write the grounds of a draft",
        responses={200: ProposalReceipt},
    )
    def write_grounds(path: NumberPath, body: ProposalWords) -> Response:
        author = find_own_account(site)
        return respond(site.request_door().do(actions.write_grounds, author, path.id, body.text, answer=_show))

    @api.post(
        "/work/proposals/<int:id>/ask",
        endpoint="ask_officer",
        summary="Lay a proposal before its officer",
        responses={200: ProposalReceipt},
    )
    def ask_officer(path: NumberPath, body: SeenProposal) -> Response:
        step, current = make_step(site, path.id, body.seen), collect_now(site, path.id)
        return respond(site.request_door().do(actions.ask_officer, step, current, answer=_show))

    @api.post(
        "/work/proposals/<int:id>/sign",
        endpoint="sign_proposal",
        summary="Sign a proposal; takes no Idempotency-Key, as it carries a password",
        responses={200: ProposalReceipt},
    )
    def sign_proposal(path: NumberPath, body: ProposalSignature) -> Response:
        signed = sign_with_password(site, path.id, body.seen, body.password)
        return respond((200, {"id": signed.id, "state": signed.state.value}))

    @api.post(
        "/work/proposals/<int:id>/withdraw",
        endpoint="withdraw_proposal",
        summary="Withdraw a proposal, a signed one too",
        responses={200: ProposalReceipt},
    )
    def withdraw_proposal(path: NumberPath, body: ProposalWords) -> Response:
        author = find_own_account(site)
        return respond(site.request_door().do(actions.withdraw_proposal, author, path.id, body.text, answer=_show))


def _add_own_calls(api: APIBlueprint, site: Site) -> None:
    @api.get(
        "/me/proposals", endpoint="own_proposals", summary="Proposals about oneself", responses={200: ProposalList}
    )
    def own_proposals() -> Response:
        today, _behind = site.get_today()
        officer = find_own_account(site) or NOBODY
        with site.desk.read() as db:
            return respond((200, {"items": views.list_officer_proposals(db, officer, today, is_own=True)}))

    @api.get(
        "/me/proposals/<int:id>",
        endpoint="own_proposal",
        summary="A proposal about oneself, as one was asked",
        responses={200: ProposalShape},
    )
    def own_proposal(path: NumberPath) -> Response:
        return respond((200, look_at_proposal(site, path.id, find_own_account(site) or NOBODY)))

    @api.get(
        "/me/proposals/<int:id>/paper.pdf",
        endpoint="own_paper",
        summary="The signed paper about oneself",
        responses={HTTPStatus.OK: _PDF},
    )
    def own_paper(path: NumberPath) -> Response:
        return print_paper(site, path.id, find_own_account(site) or NOBODY)

    @api.post(
        "/me/proposals/<int:id>/answer",
        endpoint="answer_proposal",
        summary="Answer a proposal about oneself",
        responses={200: ProposalReceipt},
    )
    def answer_proposal(path: NumberPath, body: ProposalWords) -> Response:
        officer = get_own_account(site)
        return respond(site.request_door().do(actions.answer_proposal, officer, path.id, body.text, answer=_show))

    @api.post(
        "/me/proposals/<int:id>/decline",
        endpoint="refuse_answer",
        summary="Decline to answer a proposal about oneself",
        responses={200: ProposalReceipt},
    )
    def refuse_answer(path: NumberPath, body: NoBody) -> Response:
        officer = get_own_account(site)
        return respond(site.request_door().do(actions.refuse_answer, officer, path.id, answer=_show))


def _show(_db: Reader, proposal: OfficerProposal) -> Answer:
    return 200, {"id": proposal.id, "state": proposal.state.value}


def _show_new(db: Reader, proposal: OfficerProposal) -> Answer:
    return 201, _show(db, proposal)[1]
