"""Proposals about officers in the last of the weeks before: one in each state that their page shows."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from msgspec import Struct

from motcua.demo.past.acting import PastDesk
from motcua.demo.past.people import Roster
from motcua.views.proposals import collect_current
from motcua.work import actions, rules, store
from motcua.work.actions.facts import collect_facts
from motcua.work.model import Evidence, OfficerProposal, ProposalKind, ProposalRequest, ProposalStep

LEAST_DAYS, PERIOD_DAYS = 5, 20
"""A past with fewer working days has no proposals. A proposal is about so many days before it, fewer at the beginning.
"""
DRAFTED_H, ASKED_H, ANSWERED_H, SIGNED_H = 16.7, 9.4, 15.2, 10.3
REWARD_GROUNDS = "Hướng dẫn tận tình, người dân hài lòng, giúp đồng nghiệp những buổi đông khách."
REVIEW_GROUNDS = "Tỷ lệ hài lòng thấp hơn các cán bộ cùng lĩnh vực, cần trao đổi về cách hướng dẫn hồ sơ."
REWARD_ANSWER = "Tôi đã đọc, xin cảm ơn."
REVIEW_ANSWER = "Tôi nhận quầy đông nhất các buổi sáng, xin được bố trí thêm người và sẽ rút kinh nghiệm."
WITHDRAWN = "Số liệu chưa đủ để kết luận, chưa đề xuất."
PastStep = Callable[[PastDesk], None]


class PlannedProposal(Struct, frozen=True):
    """A proposal about the officer at home at `counter`; days are counted back from the last one, None: never."""

    counter: int
    kind: ProposalKind
    drafted: int
    asked: int | None = None
    answered: int | None = None
    signed: int | None = None
    withdrawn: int | None = None


PLANNED = (
    PlannedProposal(1, ProposalKind.REWARD, drafted=4, asked=3, answered=3, signed=2),
    PlannedProposal(2, ProposalKind.REVIEW, drafted=4, asked=3, answered=2),
    PlannedProposal(5, ProposalKind.REVIEW, drafted=3, withdrawn=2),
    PlannedProposal(6, ProposalKind.REWARD, drafted=2, asked=1),
    PlannedProposal(4, ProposalKind.REWARD, drafted=1),
)
"""Signed, answered and waiting for the signature, withdrawn, waiting for the answer, a draft."""


class PastProposals:
    """What the account `leader` proposes in the last of the days `working`."""

    def __init__(self, working: Sequence[date], roster: Roster, leader: int) -> None:
        self._working, self._roster, self._leader = working, roster, leader
        self._numbers: dict[PlannedProposal, int] = {}

    def list_steps(self) -> list[tuple[int, float, PastStep]]:
        """Return the steps: the place of the working day, the hour, what is done."""
        last = len(self._working)
        if last < LEAST_DAYS:
            return []
        steps: list[tuple[int, float, PastStep]] = []
        for planned in PLANNED:
            if planned.counter in self._roster.accounts:
                steps.append((last - planned.drafted, DRAFTED_H, partial(self._draft, planned)))
                for days, hour, act in (
                    (planned.asked, ASKED_H, self._ask),
                    (planned.answered, ANSWERED_H, self._answer),
                    (planned.signed, SIGNED_H, self._sign),
                    (planned.withdrawn, SIGNED_H, self._withdraw),
                ):
                    if days is not None:
                        steps.append((last - days, hour, partial(act, planned)))
        return steps

    @property
    def _actor(self) -> str:
        return f"leader:{self._leader}"

    def _draft(self, planned: PlannedProposal, desk: PastDesk) -> None:
        place = len(self._working) - planned.drafted
        first, last = self._working[max(0, place - PERIOD_DAYS)], self._working[place - 1]
        request = ProposalRequest(
            self._roster.accounts[planned.counter], planned.kind.value, first.isoformat(), last.isoformat(),
            self._leader,
        )  # fmt: skip
        number = desk.do(self._actor, actions.propose, request).id
        grounds = REWARD_GROUNDS if planned.kind is ProposalKind.REWARD else REVIEW_GROUNDS
        desk.do(self._actor, actions.write_grounds, self._leader, number, grounds)
        self._numbers[planned] = number

    def _ask(self, planned: PlannedProposal, desk: PastDesk) -> None:
        """Ask the officer. A review that the figures do not carry stays a draft, as the rules want it."""
        proposal = store.get_proposal(desk.db, self._numbers[planned])
        current = collect_current(desk.db, proposal, desk.day)
        weighing = rules.weigh_evidence(proposal.kind, current)
        facts = collect_facts(desk.db, proposal, self._leader, desk.day, weighing)
        if rules.list_question_obstacles(proposal, current.terms, weighing, facts):
            del self._numbers[planned]
            return
        desk.do(self._actor, actions.ask_officer, self._make_step(proposal, current), current)

    def _answer(self, planned: PlannedProposal, desk: PastDesk) -> None:
        if planned in self._numbers:
            officer = self._roster.accounts[planned.counter]
            answer = REWARD_ANSWER if planned.kind is ProposalKind.REWARD else REVIEW_ANSWER
            desk.do(f"officer:{officer}", actions.answer_proposal, officer, self._numbers[planned], answer)

    def _sign(self, planned: PlannedProposal, desk: PastDesk) -> None:
        """Sign on the evidence that the officer read."""
        if planned in self._numbers:
            proposal = store.get_proposal(desk.db, self._numbers[planned])
            evidence = store.find_evidence(desk.db, proposal.evidence) if proposal.evidence else None
            current = collect_current(desk.db, proposal, desk.day)
            desk.do(self._actor, actions.sign_proposal, self._make_step(proposal, evidence or current), current)

    def _withdraw(self, planned: PlannedProposal, desk: PastDesk) -> None:
        desk.do(self._actor, actions.withdraw_proposal, self._leader, self._numbers[planned], WITHDRAWN)

    def _make_step(self, proposal: OfficerProposal, evidence: Evidence) -> ProposalStep:
        return ProposalStep(proposal.id, self._leader, store.compute_seen(proposal, evidence))
