"""A proposal to reward or to review an officer: drafted, answered, signed by a person, never automatic."""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct, field

from motcua.desk.messages import mark
from motcua.work.model.evidence import Evidence


class ProposalKind(StrEnum):
    """What is proposed: a reward (khen thưởng), or a review (nhắc nhở)."""

    REWARD = "reward"
    REVIEW = "review"


class ProposalState(StrEnum):
    """Where a proposal is in its life. One that the officer declined to answer counts as answered."""

    DRAFTED = "drafted"
    ASKED = "asked"
    ANSWERED = "answered"
    SIGNED = "signed"
    WITHDRAWN = "withdrawn"

    @property
    def is_open(self) -> bool:
        """Say whether anything can still be done before it is signed."""
        return self in {ProposalState.DRAFTED, ProposalState.ASKED, ProposalState.ANSWERED}


class Strength(StrEnum):
    """What the ratings say for the proposal."""

    NOTHING = "nothing"
    CHANCE = "chance"
    CONTRARY = "contrary"
    HINT = "hint"
    CLEAR = "clear"


class SignerStanding(StrEnum):
    """Whether somebody can sign."""

    CAN = "can"
    NO_LEADER = "no_leader"
    NO_HEAD = "no_head"
    NOT_HEAD = "not_head"
    ABOUT_ONESELF = "about_oneself"


PROPOSAL_LABELS = {
    ProposalKind.REWARD: mark("Proposal for a reward"),
    ProposalKind.REVIEW: mark("Proposal for a review"),
}
PROPOSAL_STATES = {
    ProposalState.DRAFTED: mark("Draft"),
    ProposalState.ASKED: mark("The officer is asked"),
    ProposalState.ANSWERED: mark("The officer has answered"),
    ProposalState.SIGNED: mark("Signed"),
    ProposalState.WITHDRAWN: mark("Withdrawn"),
}
STRENGTH_LABELS = {
    Strength.NOTHING: mark("Not enough data: the ratings say nothing"),
    Strength.CHANCE: mark("Nothing beyond chance: the ratings do not support the proposal"),
    Strength.CONTRARY: mark("The ratings point the other way: they speak against the proposal"),
    Strength.HINT: mark("A hint: chance explains it badly, but the ratings do not prove it"),
    Strength.CLEAR: mark("A clear signal: chance alone does not explain the ratings"),
}
POINTS: Mapping[str, str] = {
    "far_below": mark("Group %(letter)s: the rate is below the wide limits of chance."),
    "below": mark("Group %(letter)s: the rate is below the narrow limits of chance."),
    "above": mark("Group %(letter)s: the rate is above the narrow limits of chance."),
    "far_above": mark("Group %(letter)s: the rate is above the wide limits of chance."),
    "within": mark("Group %(letter)s: the rate is within the limits of chance."),
    "missing": mark("Group %(letter)s: not enough data, %(count)s answers are missing."),
    "no_difference": mark("Group %(letter)s: not enough data, no difference between officers can be measured."),
    "few_officers": mark("Group %(letter)s: too few other officers have enough answers."),
    "no_ratings": mark("There are not yet five ratings of one group that count."),
    "few_answers": mark("Only %(percent)s percent of those who were asked answered."),
    "set_aside": mark("%(count)s ratings are set aside and not used."),
    "weeks_low": mark("Weeks that stand out as low against the own mean: %(count)s."),
    "weeks_high": mark("Weeks that stand out as high against the own mean: %(count)s."),
    "praise": mark("Notes of praise: %(count)s."),
    "correction": mark("Notes on what is to be corrected: %(count)s."),
    "tasks_in_time": mark("Tasks done in time: %(count)s."),
    "tasks_late": mark("Tasks done late or overdue: %(count)s."),
}
"""What speaks for or against a proposal, by its code."""
OBSTACLES: Mapping[str, str] = {
    "closed": mark("This proposal is closed."),
    "basis": mark("The settings name no legal basis for proposals. An administrator enters it under “Proposals”."),
    "too_early": mark("The rules apply from %(since)s on, and the period begins before that day."),
    "grounds": mark("The grounds are missing. Write them first."),
    "erased": mark("The evidence has been erased. Withdraw this proposal."),
    "left": mark("The officer has left."),
    "asked": mark("The officer has been asked already."),
    "not_asked": mark("The officer has not been asked yet."),
    "pending": mark("The officer has time to answer until %(due_on)s."),
    "no_answer": mark("The officer has not answered. A review needs the officer's recorded answer."),
    "declined": mark("The officer declined to answer. By the settings that is no recorded answer."),
    "gate": mark("Not enough data: in no group of services can officers be compared."),
    "signal": mark("No rate is below the wide limits of chance. A review needs such a signal."),
    "changed": mark("The figures have changed since the officer was asked, and no longer support a review."),
    SignerStanding.NO_LEADER.value: mark("Only a leader who signed in with a name can sign."),
    SignerStanding.NO_HEAD.value: mark("The head of the unit signs, and the settings name no head who works here."),
    SignerStanding.NOT_HEAD.value: mark("Only the head of the unit can sign."),
    SignerStanding.ABOUT_ONESELF.value: mark("Nobody signs a proposal about oneself."),
}
"""Why a proposal cannot be sent to the officer, or cannot be signed, by its code."""


class EvidencePoint(Struct, frozen=True):
    """A code of `POINTS` or `OBSTACLES`, and what is filled into its sentence."""

    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)


class Weighing(Struct, frozen=True):
    """How strong the ratings are, what speaks for the proposal, and what against it."""

    strength: Strength
    points_for: tuple[EvidencePoint, ...]
    points_against: tuple[EvidencePoint, ...]


class OfficerProposal(Struct, frozen=True):
    """A proposal about `officer` for the days from `first` to `last`.

    Texts are commitments: `grounds`, `answer` and `reason` of words, `evidence` as the officer read it, `paper` as it
    was signed. `author` and `asked_by` are accounts, None for a program.
    """

    id: int
    officer: int
    kind: ProposalKind
    first: str
    last: str
    author: int | None
    drafted_at: str
    state: ProposalState = ProposalState.DRAFTED
    grounds: str | None = None
    evidence: str | None = None
    asked_by: int | None = None
    asked_at: str | None = None
    due_on: str | None = None
    answer: str | None = None
    answered_at: str | None = None
    has_declined: bool = False
    signer: int | None = None
    signed_at: str | None = None
    paper: str | None = None
    withdrawn_by: int | None = None
    withdrawn_at: str | None = None
    reason: str | None = None

    @property
    def is_for_officer(self) -> bool:
        """Say whether the officer can see it: from the question or the signature on."""
        return self.asked_at is not None or self.signed_at is not None


class ProposalRequest(Struct, frozen=True):
    """A new proposal as a leader begins it."""

    officer: int
    kind: str
    first: str
    last: str
    author: int | None = None


class ProposalStep(Struct, frozen=True):
    """Somebody's step with a proposal of which they saw everything that `seen` is the digest of."""

    number: int
    account: int | None
    seen: str


class SigningFacts(Struct, frozen=True):
    """What else decides whether a proposal can be sent or signed; days are the desk's.

    `current` are the figures of now, weighed.
    """

    today: str
    has_grounds: bool
    has_left: bool
    declined_counts: bool
    standing: SignerStanding
    current: Weighing


class ProposalPaper(Struct, frozen=True):
    """The signed paper as it was signed: nothing that changes later changes it.

    Words of grounds and answer are apart, so that they can be erased.
    """

    proposal: int
    kind: ProposalKind
    unit: str
    centre: str
    evidence: Evidence
    weighing: Weighing
    drafted_by: str
    drafted_at: str
    asked_by: str
    asked_at: str | None
    due_on: str | None
    answered_at: str | None
    has_declined: bool
    signer: str
    signer_title: str
    signed_at: str
