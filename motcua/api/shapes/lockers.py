"""Bodies and answers of the calls by which applicants fetch results from the locker."""

from typing import Annotated, Literal

from pydantic import Field

from motcua.api.shapes.base import ApiShape, Both, Int, Strict, describe_choice
from motcua.api.texts import Line


class PickUp(Strict):
    """The code of the result, and the last four digits of the phone number or the year of birth."""

    code: Line
    factor: Line


class OpeningDoor(ApiShape):
    """The door that opens now."""

    door: Int


class DoorPath(ApiShape):
    """Which door."""

    door: Int = Field(description="the door's number")


class OpeningAnswer(ApiShape):
    """What became of it: `opening` while the door moves, `done` once it was closed again, else what went wrong."""

    state: Annotated[
        Literal["opening", "done", "failed", "stuck"], describe_choice("opening", "done", "failed", "stuck")
    ]
    problem: Both | None
