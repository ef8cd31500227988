"""Bodies and answers of the calls about dossiers."""

from typing import Annotated, Any, Literal

from pydantic import Field

from motcua.api.shapes.base import ApiShape, Both, Day, Int, Strict, describe_choice
from motcua.api.texts import Code, Comment, Line
from motcua.dossiers.model.dossier import DossierState, FilingChannel
from motcua.procedures.model import LimitUnit
from motcua.typed.situation import SITUATION_MAX

StateName = Annotated[Code, describe_choice(*(state.value for state in DossierState))]
UnitName = Annotated[Code, describe_choice(*(unit.value for unit in LimitUnit))]
ChannelName = Annotated[Code, describe_choice(*(channel.value for channel in FilingChannel))]
PAPERS_MAX = 60


class DossierPath(ApiShape):
    """Which dossier."""

    code: str = Field(
        description="the dossier's code, the desk's own or the province's; to read it also the end of its address"
    )


class DossierQuery(ApiShape):
    """Which dossiers: those in a state, of a visit or of a day; without any those that are open."""

    state: StateName | None = None
    visit: Line | None = None
    day: Day | None = None
    limit: Int = Field(default=50, ge=1, le=200)
    skip: Int = Field(default=0, ge=0)


class IntakePath(ApiShape):
    """Which procedure."""

    code: str = Field(description="the procedure's code, like 2.000815")


DROPOFF_MAX, BEFORE_MAX = 20, 150
"""With longer ones an address could be too long for the server to read; `typed.situation` says how it is counted."""


class IntakeQuery(ApiShape):
    """The time limit that an officer chose where the procedure has none that is usual, and the citizen's situation.

    `choices` are answers to the checklist's questions, `question:choice,question:choice`. `dropoff` is the code of what
    was handed in at a kiosk: then its time counts. `before` are the limits of linked procedures whose results are
    needed first, `unit:count,unit:count`.
    """

    dropoff: str = Field(default="", max_length=DROPOFF_MAX)
    choices: str = Field(default="", max_length=SITUATION_MAX)
    before: str = Field(default="", max_length=BEFORE_MAX)
    unit: UnitName | None = None
    count: Int = 0


class NewPaper(Strict):
    """A paper as it was handed in. `is_scanned`: an electronic copy was made; what comes from data has none.

    `name` is needed for one that no checklist has; its code is `x1`, `x2` …
    """

    code: Code
    originals: Int = 0
    copies: Int = 0
    from_data: bool = False
    is_scanned: bool = False
    name: Line | None = None


class NewLimit(Strict):
    """A time limit; a limit of the same day has the count 0."""

    unit: UnitName
    count: Int = 0


class NewApplicant(Strict):
    """Who hands in. Everything but the name may be left out; `birth` is a day or the year alone."""

    name: Line
    number: Line | None = None
    birth: Line | None = None
    sex: Literal["male", "female"] | None = None
    address: Annotated[Line | None, Field(description="at most 200 characters")] = None
    phone: Line | None = None
    email: Line | None = None


class NewDossier(Strict):
    """What an officer enters. `decision` is `received`, `supplement` or `refused`.

    `choices` answer the checklist's questions, by their codes; they are not stored. `dropoff` is the code of what was
    handed in at a kiosk, with the channel `drop_off`.
    """

    procedure: Code
    applicant: NewApplicant
    decision: StateName = "received"
    channel: ChannelName = "in_person"
    papers: list[NewPaper] = Field(default=[], max_length=PAPERS_MAX)
    choices: dict[Code, Code] = Field(default={}, max_length=20)
    sets: Int = 1
    limit: NewLimit | None = None
    missing: list[Code] = Field(default=[], max_length=PAPERS_MAX)
    reason: Code | None = None
    words: Comment | None = None
    dropoff: Code | None = None


class NewSupplementRequest(Strict):
    """What is asked for. `is_exception`: the law allows it a second time; then `words` say why."""

    missing: list[Code] = Field(default=[], max_length=PAPERS_MAX)
    words: Comment | None = None
    is_exception: bool = False


class NewSupplement(Strict):
    """What the applicant brought; a time limit where the procedure has none and the dossier was never complete."""

    papers: list[NewPaper] = Field(max_length=PAPERS_MAX)
    limit: NewLimit | None = None


class NewHandOver(Strict):
    """The step of the flow (0 for the first), and the account that has it from then on."""

    step: Int
    holder: Int | None = None


class NewSendBack(Strict):
    """The earlier step of the flow, the account that has it from then on, and why."""

    step: Int
    holder: Int | None = None
    words: Comment


class NewResult(Strict):
    """Whether the result was issued as an electronic document, and its number if it was; null: nobody said."""

    is_electronic: bool | None = None
    number: Line | None = None


class NewEnd(Strict):
    """How it ends: `refused` with a legal reason, `stopped` or `withdrawn`; what is written to the applicant."""

    state: StateName
    reason: Code | None = None
    words: Comment | None = None


class NewExtension(Strict):
    """How much longer it takes, counted from the day that was promised, and why."""

    limit: NewLimit
    words: Comment


class NewProvincialCode(Strict):
    """The code of the provincial system."""

    provincial_code: Line


class CardText(Strict):
    """What a scanner typed from the code on an identity card."""

    scan: Annotated[str, Field(max_length=4000)]


class ApplicantNumber(Strict):
    """An ID number, or what a scanner typed from a card."""

    number: Annotated[str, Field(max_length=4000)]


class ProcedureName(ApiShape):
    """A procedure's code and name."""

    code: str
    name: str


class HolderName(ApiShape):
    """An account."""

    id: int
    name: str


class MaskedApplicant(ApiShape):
    """Who handed it in, masked."""

    name: str
    number: str
    phone: str


class DossierShape(ApiShape):
    """A dossier for a list. `applicant` is null when it was erased. `steps` are those of its flow.

    `step_due` is the local moment until which its step is to be done, null while no time runs.
    `forms` can be printed of it now. `possible` are the calls that may follow, by the end of their address.
    """

    code: str
    provincial_code: str | None
    procedure: ProcedureName
    state: StateName
    state_label: Both
    channel: ChannelName
    received_at: str
    due_on: str | None
    due_at: str
    first_due_on: str | None
    visit: str | None
    counter: Int | None
    sets: Int
    step: Int
    steps: list[Both]
    step_due: str | None
    holder: HolderName | None
    supplements: Int
    extensions: Int
    missing: list[str]
    missing_names: list[str]
    possible: list[str]
    fee: Int | None
    is_immediate: bool
    forms: list[str]
    applicant: MaskedApplicant | None


class DossierAnswer(ApiShape):
    """A dossier after what was done."""

    dossier: DossierShape


class DossierList(ApiShape):
    """Dossiers, those that are due first before the others; `counts` by state, of all."""

    items: list[DossierShape]
    counts: dict[str, int]


class WholeApplicant(ApiShape):
    """Somebody's data; `doubts` are sentences about what does not fit together."""

    name: str
    number: str
    birth: str
    sex: Literal["male", "female"] | None
    address: str
    phone: str
    email: str
    doubts: list[Both]


class OpenedDossier(ApiShape):
    """A dossier with everything that is encrypted of it: applicant, papers, letters, history."""

    dossier: dict[str, Any]


class CardAnswer(ApiShape):
    """Who the card is about. `is_kept`: the unit has more of what they declared, because they agreed."""

    applicant: WholeApplicant
    is_kept: bool
    dossiers: list[str]


class KeptAnswer(ApiShape):
    """Until when it is kept."""

    erase_on: str


class IntakeAnswer(ApiShape):
    """What is filled in for a procedure: papers, questions, limits, legal reasons, and the day that follows today."""

    intake: dict[str, Any]
