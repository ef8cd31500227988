"""Bodies and answers of the calls about the help team."""

from typing import Annotated

from pydantic import Field

from motcua.api.shapes.base import ApiShape, Both, Day, Int, Strict, describe_choice
from motcua.api.texts import Code, TicketRef
from motcua.assistance.model import AssistanceOutcome

OUTCOMES_MAX = 10
OutcomeCode = Annotated[Code, describe_choice(*AssistanceOutcome)]


class NewAssistance(Strict):
    """Somebody who was helped. Nothing says who it was: `number` is a ticket's, where there was one.

    `day` is that of the help, for what was entered without a network; today when it is left out.
    """

    outcomes: Annotated[list[OutcomeCode], Field(max_length=OUTCOMES_MAX)]
    number: TicketRef | None = None
    procedure: Code | None = None
    minutes: Int | None = None
    day: Day | None = None


class AssistancePath(ApiShape):
    """Which entry."""

    id: Int = Field(description="the entry's number")


class AssistanceShape(ApiShape):
    """An entry; `name` is the procedure's."""

    id: int
    at: str
    day: str
    number: str | None
    procedure: str | None
    name: Both | None
    outcomes: list[AssistanceOutcome]
    minutes: int | None


class AssistanceDay(ApiShape):
    """How many were helped today, and the last entries, the newest first."""

    day: str
    count: int
    items: list[AssistanceShape]
