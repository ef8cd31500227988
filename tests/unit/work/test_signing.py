"""What is missing before a proposal can be sent to its officer or signed, said all at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.copies import replace
from motcua.desk import Refused
from motcua.staff.model import Account, Role
from motcua.work.model import (
    OBSTACLES,
    OfficerProposal,
    ProposalKind,
    ProposalState,
    SignerStanding,
    SigningFacts,
    Strength,
    Weighing,
)
from motcua.work.rules import (
    find_standing,
    list_question_obstacles,
    list_signing_obstacles,
    require_no_obstacle,
)
from tests.unit.work.arguments import TERMS

CLEAR, HINT, CONTRARY, CHANCE, NOTHING = (Weighing(strength, (), ()) for strength in reversed(Strength))
REWARD = OfficerProposal(
    1, 2, ProposalKind.REWARD, "2026-10-01", "2026-10-31", 1, "2026-11-02T01:00:00.000Z", grounds="g"
)
MORNING = "2026-11-03T01:00:00.000Z"
REVIEW = replace(REWARD, kind=ProposalKind.REVIEW)
ASKED = replace(REVIEW, state=ProposalState.ASKED, evidence="e", asked_at=MORNING, due_on="2026-11-10")
ANSWERED = replace(ASKED, state=ProposalState.ANSWERED, answer="a", answered_at="2026-11-04T01:00:00.000Z")
DECLINED = replace(ANSWERED, answer=None, has_declined=True)
FACTS = SigningFacts("2026-11-10", True, False, False, SignerStanding.CAN, CLEAR)


def signing(proposal: OfficerProposal, weighing: Weighing = CLEAR, facts: SigningFacts = FACTS) -> list[str]:
    return [item.code for item in list_signing_obstacles(proposal, TERMS, weighing, facts)]


@pytest.mark.parametrize(
    ("proposal", "weighing", "facts", "missing"),
    [
        (ANSWERED, CLEAR, FACTS, []),
        (ANSWERED, HINT, FACTS, ["signal"]),
        (ANSWERED, CHANCE, FACTS, ["signal"]),
        (ANSWERED, CONTRARY, FACTS, ["signal"]),
        (ANSWERED, NOTHING, FACTS, ["gate"]),
        (ANSWERED, CLEAR, replace(FACTS, current=HINT), ["changed"]),
        (ANSWERED, CLEAR, replace(FACTS, has_left=True), ["left"]),
        (REVIEW, CLEAR, FACTS, ["not_asked"]),
        (REVIEW, NOTHING, replace(FACTS, has_grounds=False), ["grounds", "gate", "not_asked"]),
        (ASKED, CLEAR, FACTS, ["pending"]),
        (ASKED, CLEAR, replace(FACTS, today="2026-11-11"), ["no_answer"]),
        (DECLINED, CLEAR, FACTS, ["declined"]),
        (DECLINED, CLEAR, replace(FACTS, declined_counts=True), []),
        (replace(DECLINED, answer="a", has_declined=False), CLEAR, FACTS, []),
        (REWARD, NOTHING, FACTS, []),
        (REWARD, NOTHING, replace(FACTS, has_left=True), []),
        (replace(ASKED, kind=ProposalKind.REWARD), NOTHING, FACTS, ["pending"]),
        (replace(ASKED, kind=ProposalKind.REWARD), NOTHING, replace(FACTS, today="2026-11-11"), []),
        (replace(DECLINED, kind=ProposalKind.REWARD), NOTHING, FACTS, []),
        (REWARD, CLEAR, replace(FACTS, standing=SignerStanding.NOT_HEAD), ["not_head"]),
        (replace(REWARD, first="2025-12-31"), CLEAR, FACTS, ["too_early"]),
        (replace(ANSWERED, state=ProposalState.SIGNED), CLEAR, FACTS, ["closed"]),
        (replace(ANSWERED, state=ProposalState.WITHDRAWN), CLEAR, FACTS, ["closed"]),
    ],
)
def test_what_is_missing_before_the_signature(
    proposal: OfficerProposal, weighing: Weighing, facts: SigningFacts, missing: list[str]
) -> None:
    assert signing(proposal, weighing, facts) == missing


def test_without_a_legal_basis_or_its_evidence_nothing_is_signed() -> None:
    nameless = replace(TERMS, basis="")
    assert [item.code for item in list_signing_obstacles(REWARD, nameless, CLEAR, FACTS)] == ["basis"]
    assert [item.code for item in list_signing_obstacles(ANSWERED, None, None, FACTS)] == ["erased"]


@pytest.mark.parametrize(
    ("proposal", "weighing", "facts", "missing"),
    [
        (REVIEW, CLEAR, FACTS, []),
        (REVIEW, HINT, FACTS, ["signal"]),
        (REVIEW, NOTHING, replace(FACTS, has_left=True), ["left", "gate"]),
        (REWARD, NOTHING, FACTS, []),
        (REWARD, NOTHING, replace(FACTS, has_grounds=False), ["grounds"]),
        (ASKED, CLEAR, FACTS, ["asked"]),
        (ANSWERED, CLEAR, FACTS, ["asked"]),
        (replace(REVIEW, state=ProposalState.WITHDRAWN), CLEAR, FACTS, ["closed"]),
    ],
)
def test_nobody_is_asked_about_a_review_that_could_not_be_signed(
    proposal: OfficerProposal, weighing: Weighing, facts: SigningFacts, missing: list[str]
) -> None:
    assert [item.code for item in list_question_obstacles(proposal, TERMS, weighing, facts)] == missing


@pytest.mark.thorough
@given(
    st.sampled_from([REVIEW, ASKED, ANSWERED, DECLINED]),
    st.sampled_from([CLEAR, HINT, CONTRARY, CHANCE, NOTHING]),
    st.sampled_from([CLEAR, HINT, CONTRARY, CHANCE, NOTHING]),
    st.booleans(),
    st.booleans(),
    st.sampled_from(SignerStanding),
    st.sampled_from(["2026-11-09", "2026-11-12"]),
)
def test_no_review_is_signed_without_a_signal_then_and_now_and_an_answer(
    proposal: OfficerProposal,
    weighing: Weighing,
    current: Weighing,
    has_left: bool,
    declined_counts: bool,
    standing: SignerStanding,
    today: str,
) -> None:
    facts = SigningFacts(today, True, has_left, declined_counts, standing, current)
    obstacles = list_signing_obstacles(proposal, TERMS, weighing, facts)
    is_heard = proposal.answer is not None or (proposal.has_declined and declined_counts)
    is_clear = weighing is CLEAR and current is CLEAR
    assert (obstacles == []) == (is_clear and is_heard and not has_left and standing is SignerStanding.CAN)
    for item in obstacles:
        assert OBSTACLES[item.code] % item.params
    if obstacles:
        with pytest.raises(Refused) as refusal:
            require_no_obstacle(obstacles)
        assert refusal.value.code == f"proposal.{obstacles[0].code}"


LAN = Account(1, "lan", "Lê Thị Lan", "Giám đốc", Role.LEADER, None, "x", disabled=False)


@pytest.mark.parametrize(
    ("account", "officer", "head", "only_head", "standing"),
    [
        (LAN, 2, None, False, SignerStanding.CAN),
        (LAN, 2, 1, True, SignerStanding.CAN),
        (LAN, 2, 9, True, SignerStanding.NOT_HEAD),
        (LAN, 2, None, True, SignerStanding.NO_HEAD),
        (LAN, 1, 1, True, SignerStanding.ABOUT_ONESELF),
        (None, 2, None, False, SignerStanding.NO_LEADER),
        (replace(LAN, role=Role.ADMIN), 2, None, False, SignerStanding.NO_LEADER),
        (replace(LAN, role=Role.OFFICER), 2, None, False, SignerStanding.NO_LEADER),
        (replace(LAN, disabled=True), 2, None, False, SignerStanding.NO_LEADER),
    ],
)
def test_a_leader_signs_or_the_head_alone_where_the_settings_say_so(
    account: Account | None, officer: int, head: int | None, only_head: bool, standing: SignerStanding
) -> None:
    assert find_standing(account, officer, head, only_head=only_head) is standing
