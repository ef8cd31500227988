"""Who is called, in which order, and what waiting times say."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from pydantic import Field

from motcua.desk.messages import mark
from motcua.settings.fields import Heading, Label, SectionPart
from motcua.settings.values import (
    STRICT,
    Bilingual,
    Choices,
    Code,
    Flag,
    Line,
    Name,
    OptionalDate,
    Whole,
    write_in_both,
)

GuardCalls = Annotated[Whole, Field(ge=0, le=20)]
GuardWait = Annotated[Whole, Field(ge=1, le=240)]
Grace = Annotated[Whole, Field(ge=1, le=240)]
Returns = Annotated[Whole, Field(ge=0, le=9)]
"""What may also be tried on a past day."""


@dataclass(frozen=True)
class Priority:
    """A class of citizens and its rank (1 is called first). Basis: LEGAL.md#priority."""

    part: ClassVar[SectionPart] = SectionPart("Diện ưu tiên: rank 1 gọi trước, ordinary là thường", is_required=True)
    __pydantic_config__ = STRICT

    code: Code
    rank: Annotated[Whole, Field(ge=1, le=9)]
    label: Annotated[Bilingual, write_in_both(Name)]
    basis: Line = ""
    valid_from: OptionalDate = ""


@dataclass(frozen=True)
class QueueRules:
    """How the hall calls: the guard for those passed over, absent tickets, transfers, the seconds for undo.

    The upper bounds keep the guard a guard: nobody is passed over for a whole day.
    """

    part: ClassVar[SectionPart] = SectionPart("Hàng chờ", is_operational=True)
    __pydantic_config__ = STRICT

    guard_calls: Annotated[
        GuardCalls,
        Heading(
            mark("Fairness"),
            mark(
                "Tickets with priority, booked times, returned tickets and what a counter prefers go first."
                " After this many calls in a row that passed over a ticket which has waited too long, that "
                "ticket is called."
            ),
        ),
        Label(
            mark("Maximum calls in a row that pass over a ticket"),
            mark("0 switches this guard off. That is refused where somebody could then wait for ever."),
            basis="priority",
        ),
    ] = 2
    guard_wait_min: Annotated[GuardWait, Label(mark("Minutes of waiting from which the guard protects a ticket"))] = 20
    absent_grace_min: Annotated[
        Grace,
        Heading(mark("Absent citizens")),
        Label(mark("Minutes in which an absent citizen may return")),
    ] = 15
    absent_recalls: Annotated[Whole, Field(ge=0, le=5), Label(mark("Recalls required before “absent”"))] = 1
    absent_returns: Annotated[Returns, Label(mark("Maximum returns of one ticket"))] = 3
    returned_first: Annotated[
        Flag,
        Label(mark("A returned ticket is first in its class"), mark("Otherwise it stands where its number was taken.")),
    ] = True
    transfer_keeps_place: Annotated[
        Flag,
        Heading(mark("Transfers")),
        Label(mark("A transferred ticket keeps its place"), mark("Otherwise it goes to the end of the queue.")),
    ] = True
    transfer_binds: Annotated[
        Flag,
        Label(
            mark("A ticket transferred to a counter waits for that counter only"),
            mark("Until that counter pauses or closes. Otherwise every counter with this service may call it."),
        ),
    ] = True
    undo_s: Annotated[Whole, Field(ge=1, le=60), Label(mark("Seconds in which “finish” or “absent” can be undone"))] = 5
    hold_reasons: Choices = ()
    pause_reasons: Choices = ()
    call_reasons: Choices = ()


@dataclass(frozen=True)
class Waits:
    """When a waiting time is shown, and the wait that leaders aim at.

    A figure from fewer than 30 visits would be a guess.
    """

    part: ClassVar[SectionPart] = SectionPart(
        "Thời gian chờ: chỉ hiện khi đủ số lượt đã đo; target_min là mức mong muốn khi tính số quầy"
    )
    __pydantic_config__ = STRICT

    least_visits: Annotated[
        Whole,
        Field(ge=30, le=1000),
        Heading(
            mark("When a waiting time is shown"),
            mark(
                "The range comes from measured visits: half of the people wait no longer than its first figure,"
                " four of five no longer than its second."
            ),
        ),
        Label(mark("Minimum measured visits of a service"), mark("With fewer than 30 the figure would be a guess.")),
    ] = 30
    window_days: Annotated[Whole, Field(ge=7, le=365), Label(mark("Number of past days that count"))] = 60
    target_min: Annotated[
        Whole,
        Field(ge=1, le=240),
        Heading(
            mark("Your target"),
            mark("The staffing page says how many counters keep four of five people within this time."),
        ),
        Label(mark("Minutes of waiting")),
    ] = 15
