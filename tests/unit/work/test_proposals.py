"""Proposals on a real desk: each step is journalled, what was signed stays as it was, and words can be erased."""

import pytest

from motcua.copies import replace
from motcua.desk import Invalid, Refused, Unknown, texts
from motcua.settings import store as settings_store
from motcua.staff import actions as staff_actions
from motcua.staff import store as staff_store
from motcua.staff.model import Account
from motcua.wiring.erasing import purge_texts
from motcua.work import actions, store
from motcua.work.events import OfficerAsked, ProposalSigned
from motcua.work.model import (
    Evidence,
    FunnelPlace,
    OfficerProposal,
    ProposalRequest,
    ProposalState,
    ProposalStep,
    Strength,
)
from tests.unit.work.arguments import make_evidence, make_group
from tests.unit.work.conftest import DAY_S, Team

FAR_BELOW = make_evidence(make_group(FunnelPlace.FAR_BELOW))
WITHIN = make_evidence(make_group(FunnelPlace.WITHIN))


def draft(team: Team, kind: str = "review", grounds: str = "Nhiều phản ánh về thái độ") -> OfficerProposal:
    request = ProposalRequest(team.hoa, kind, "2026-10-01", "2026-10-31", team.lan)
    proposal = team.desk.do(actions.propose, request)
    return team.desk.do(actions.write_grounds, team.lan, proposal.id, grounds) if grounds else proposal


def read(team: Team, proposal: OfficerProposal) -> OfficerProposal:
    with team.desk.read() as db:
        return store.get_proposal(db, proposal.id)


def step(team: Team, proposal: OfficerProposal, evidence: Evidence, account: int | None = None) -> ProposalStep:
    digest = store.compute_seen(read(team, proposal), evidence)
    return ProposalStep(proposal.id, team.lan if account is None else account, digest)


def ask(team: Team, proposal: OfficerProposal, evidence: Evidence = FAR_BELOW) -> OfficerProposal:
    return team.desk.do(actions.ask_officer, step(team, proposal, evidence), evidence)


def sign(
    team: Team, proposal: OfficerProposal, current: Evidence = FAR_BELOW, seen: Evidence | None = None
) -> OfficerProposal:
    return team.desk.do(actions.sign_proposal, step(team, proposal, seen or current), current)


def test_a_review_is_asked_answered_and_signed_and_stays_as_it_was(team: Team) -> None:
    proposal = draft(team)
    asked = ask(team, proposal)
    assert (asked.state, asked.due_on) == (ProposalState.ASKED, "2026-11-30")
    team.desk.do(actions.answer_proposal, team.hoa, proposal.id, "Tôi sẽ rút kinh nghiệm")
    later = replace(FAR_BELOW, work=replace(FAR_BELOW.work, served=999))
    signed = sign(team, proposal, later, seen=FAR_BELOW)
    assert team.kinds == [
        "proposal.drafted", "proposal.grounds_written", "proposal.asked", "proposal.answered", "proposal.signed",
    ]  # fmt: skip
    event = team.events[-1]
    assert event == ProposalSigned(signed.id, team.hoa, team.lan, str(signed.grounds), signed.answer, str(signed.paper))
    with team.desk.read() as db:
        paper = store.find_paper(db, signed.paper)
        salt, body = db.execute("SELECT salt, body FROM texts WHERE commitment = ?", (signed.paper,)).fetchone()
    assert paper is not None
    assert (paper.evidence, paper.weighing.strength) == (FAR_BELOW, Strength.CLEAR)
    assert (paper.signer, paper.signer_title, paper.drafted_by) == ("Lê Thị Lan", "Giám đốc", "Lê Thị Lan")
    assert texts.compute_commitment(salt, body) == event.text

    renamed = replace(next(one for one in accounts(team) if one.id == team.lan), full_name="Lê Thị Lan Anh")
    team.desk.do(staff_actions.save_account, renamed)
    with team.desk.read() as db:
        assert store.find_paper(db, signed.paper) == paper


def accounts(team: Team) -> list[Account]:
    with team.desk.read() as db:
        return staff_store.list_accounts(db)


@pytest.mark.parametrize(("evidence", "code"), [(WITHIN, "proposal.signal"), (make_evidence(), "proposal.gate")])
def test_an_officer_is_not_asked_where_the_figures_say_nothing(team: Team, evidence: Evidence, code: str) -> None:
    proposal = draft(team)
    with pytest.raises(Refused) as refusal:
        ask(team, proposal, evidence)
    assert refusal.value.code == code
    assert read(team, proposal).state is ProposalState.DRAFTED


def test_a_review_waits_for_the_answer_and_silence_is_none(team: Team) -> None:
    proposal = draft(team)
    ask(team, proposal)
    for days, code in ((0, "proposal.pending"), (9, "proposal.no_answer")):
        team.clock.advance(days * DAY_S)
        with pytest.raises(Refused) as refusal:
            sign(team, proposal)
        assert refusal.value.code == code
    team.desk.do(actions.answer_proposal, team.hoa, proposal.id, "Xin lỗi đã trả lời muộn")
    assert sign(team, proposal).state is ProposalState.SIGNED


def test_declining_is_no_answer_unless_the_settings_say_so(team: Team) -> None:
    proposal = draft(team)
    ask(team, proposal)
    assert team.desk.do(actions.refuse_answer, team.hoa, proposal.id).has_declined
    with pytest.raises(Refused, match="declined to answer"):
        sign(team, proposal)
    with pytest.raises(Refused, match="has been answered"):
        team.desk.do(actions.refuse_answer, team.hoa, proposal.id)
    answered = team.desk.do(actions.answer_proposal, team.hoa, proposal.id, "Tôi đổi ý")
    assert (answered.has_declined, answered.answer is None) == (False, False)
    with pytest.raises(Refused, match="has been answered"):
        team.desk.do(actions.answer_proposal, team.hoa, proposal.id, "Nữa")
    assert sign(team, proposal).state is ProposalState.SIGNED


def test_figures_that_no_longer_support_a_review_stop_the_signature(team: Team) -> None:
    proposal = draft(team)
    ask(team, proposal)
    team.desk.do(actions.answer_proposal, team.hoa, proposal.id, "Số liệu có nhầm lẫn")
    with pytest.raises(Refused) as refusal:
        sign(team, proposal, WITHIN, seen=FAR_BELOW)
    assert refusal.value.code == "proposal.changed"


def test_who_signs_has_seen_what_is_there(team: Team) -> None:
    proposal = draft(team, "reward", "Luôn tận tình")
    seen = step(team, proposal, WITHIN)
    team.desk.do(actions.write_grounds, team.lan, proposal.id, "Luôn tận tình, chu đáo")
    for stale, current in ((seen, WITHIN), (step(team, proposal, WITHIN), FAR_BELOW)):
        with pytest.raises(Refused) as refusal:
            team.desk.do(actions.sign_proposal, stale, current)
        assert refusal.value.code == "proposal.moved"
    assert sign(team, proposal, WITHIN).state is ProposalState.SIGNED


def test_grounds_are_fixed_once_the_officer_has_read_them_and_old_drafts_are_gone(team: Team) -> None:
    proposal = draft(team, grounds="Bản nháp đầu")
    first = proposal.grounds
    changed = team.desk.do(actions.write_grounds, team.lan, proposal.id, "Bản nháp sau")
    assert (team.text(first), team.text(changed.grounds)) == (None, "Bản nháp sau")
    ask(team, proposal)
    with pytest.raises(Refused) as refusal:
        team.desk.do(actions.write_grounds, team.lan, proposal.id, "Khác")
    assert refusal.value.code == "proposal.fixed"


def test_an_officer_has_nothing_to_do_with_drafts_and_with_others(team: Team) -> None:
    proposal = draft(team)
    for officer in (team.hoa, team.minh):
        with pytest.raises(Unknown, match="no such proposal"):
            team.desk.do(actions.answer_proposal, officer, proposal.id, "Xin chào")
    ask(team, proposal)
    with pytest.raises(Unknown, match="no such proposal"):
        team.desk.do(actions.answer_proposal, team.minh, proposal.id, "Xin chào")
    with pytest.raises(Unknown, match="no such proposal"):
        team.desk.do(actions.refuse_answer, team.minh, proposal.id)


def test_a_withdrawn_proposal_is_closed_a_signed_one_too(team: Team) -> None:
    proposal = draft(team, "reward", "Tốt")
    sign(team, proposal)
    with pytest.raises(Refused, match="This proposal is closed"):
        sign(team, proposal)
    with pytest.raises(Refused, match="This proposal is closed"):
        ask(team, proposal)
    with pytest.raises(Refused, match="This proposal is closed"):
        team.desk.do(actions.write_grounds, team.lan, proposal.id, "Khác")
    with pytest.raises(Refused, match="This proposal is closed"):
        team.desk.do(actions.answer_proposal, team.hoa, proposal.id, "Cảm ơn")
    withdrawn = team.desk.do(actions.withdraw_proposal, team.lan, proposal.id, "Trùng với đề xuất khác")
    assert (withdrawn.state, withdrawn.signer) == (ProposalState.WITHDRAWN, team.lan)
    with pytest.raises(Refused, match="This proposal is closed"):
        team.desk.do(actions.withdraw_proposal, team.lan, proposal.id, "Nữa")


@pytest.mark.parametrize("signer", ["hoa", "minh", None])
def test_nobody_but_a_leader_signs(team: Team, signer: str | None) -> None:
    proposal = draft(team, "reward", "Tốt")
    with pytest.raises(Refused) as refusal:
        team.desk.do(actions.sign_proposal, ProposalStep(proposal.id, team.ids.get(signer or "", None), "x"), WITHIN)
    assert refusal.value.code == "proposal.no_leader"


def test_an_officer_who_left_is_rewarded_but_not_reviewed(team: Team) -> None:
    reward, review = draft(team, "reward", "Tốt"), draft(team)
    ask(team, review)
    team.desk.do(actions.answer_proposal, team.hoa, review.id, "Vâng")
    hoa = next(one for one in accounts(team) if one.id == team.hoa)
    team.desk.do(staff_actions.save_account, replace(hoa, disabled=True))
    assert sign(team, reward, WITHIN).state is ProposalState.SIGNED
    with pytest.raises(Refused) as refusal:
        sign(team, review)
    assert refusal.value.code == "proposal.left"
    with pytest.raises(Invalid, match="who works here"):
        draft(team)


def test_no_word_and_no_name_is_in_the_journal_and_the_words_are_erased_in_time(team: Team) -> None:
    proposal = draft(team)
    asked = ask(team, proposal)
    assert isinstance(team.events[-1], OfficerAsked)
    team.desk.do(actions.answer_proposal, team.hoa, proposal.id, "Chị Hoa trả lời")
    signed = sign(team, proposal)
    team.desk.do(actions.withdraw_proposal, team.lan, proposal.id, "Chị Hoa nói đúng")
    assert "Hoa" not in str([event.to_data() for event in team.events])
    with team.desk.read() as db:
        days = settings_store.get_settings(db).proposals.keep_days
    team.clock.advance((days + 1) * DAY_S)
    team.desk.do(purge_texts)
    kept = read(team, proposal)
    with team.desk.read() as db:
        assert store.find_evidence(db, asked.evidence) is None
        assert store.find_paper(db, signed.paper) is None
    assert [team.text(text) for text in (kept.grounds, kept.answer, kept.reason)] == [None] * 3


def test_erased_evidence_can_only_be_withdrawn(team: Team) -> None:
    proposal = draft(team)
    ask(team, proposal)
    team.desk.do(actions.answer_proposal, team.hoa, proposal.id, "Vâng")
    team.desk.do(lambda tx: texts.erase_texts(tx, [str(read(team, proposal).evidence)]) and None)
    with pytest.raises(Refused) as refusal:
        sign(team, proposal)
    assert refusal.value.code == "proposal.erased"


@pytest.mark.parametrize(
    ("kind", "first", "last", "officer", "code"),
    [
        ("praise", "2026-10-01", "2026-10-31", "hoa", "proposal.kind"),
        ("", "2026-10-01", "2026-10-31", "hoa", "proposal.kind"),
        ("reward", "1/10/2026", "2026-10-31", "hoa", "day.form"),
        ("reward", "2026-10-31", "2026-10-01", "hoa", "days.order"),
        ("reward", "2026-10-01", "2026-11-24", "hoa", "proposal.ahead"),
        ("reward", "2025-10-01", "2026-10-31", "hoa", "report.long"),
        ("reward", "2026-10-01", "2026-10-31", "lan", "work.officer"),
        ("reward", "2026-10-01", "2026-10-31", "cu", "work.officer"),
    ],
)
def test_a_proposal_without_kind_days_or_officer_is_refused(
    team: Team, kind: str, first: str, last: str, officer: str, code: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        team.desk.do(actions.propose, ProposalRequest(team.ids[officer], kind, first, last, team.lan))
    assert refusal.value.code == code
    assert team.kinds == []


def test_evidence_and_paper_come_back_from_their_text_as_they_were(team: Team) -> None:
    evidence = make_evidence(make_group(FunnelPlace.BELOW), make_group(None, "H", None))
    proposal = draft(team, "reward", "Tốt")
    asked = ask(team, proposal, evidence)
    with team.desk.read() as db:
        assert store.find_evidence(db, asked.evidence) == evidence
