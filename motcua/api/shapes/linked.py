"""Bodies and answers of the call that takes in the dossiers of linked procedures."""

from pydantic import Field

from motcua.api.shapes.base import ApiShape, Int, Strict
from motcua.api.shapes.dossiers import PAPERS_MAX, ChannelName, DossierShape, NewApplicant, NewLimit, NewPaper
from motcua.api.texts import Code


class NewLinkedPart(Strict):
    """One of several dossiers; its fields are those of a dossier that is taken in alone."""

    procedure: Code
    papers: list[NewPaper] = Field(default=[], max_length=PAPERS_MAX)
    choices: dict[Code, Code] = Field(default={}, max_length=20)
    sets: Int = 1
    limit: NewLimit | None = None


class NewLinked(Strict):
    """Dossiers of linked procedures that one applicant hands in together, in the order of their `group`."""

    group: Code
    applicant: NewApplicant
    channel: ChannelName = "in_person"
    dossiers: list[NewLinkedPart] = Field(max_length=5)


class LinkedAnswer(ApiShape):
    """The dossiers that were taken in together."""

    dossiers: list[DossierShape]
