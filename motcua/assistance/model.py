"""What the help team did for somebody: no name, no number of a person, only the ticket's where there was one."""

from enum import StrEnum

from msgspec import Struct

from motcua.desk.messages import mark


class AssistanceOutcome(StrEnum):
    """What was done for one person; several may be true at once."""

    FILED = "filed"
    FORM = "form"
    ACCOUNT = "account"
    PHONE = "phone"
    COUNTER = "counter"


OUTCOME_LABELS = {
    AssistanceOutcome.FILED: mark("Filed online"),
    AssistanceOutcome.FORM: mark("Form filled in"),
    AssistanceOutcome.ACCOUNT: mark("Account made"),
    AssistanceOutcome.PHONE: mark("Phone set up"),
    AssistanceOutcome.COUNTER: mark("Sent to a counter"),
}


class AssistanceRequest(Struct, frozen=True):
    """What a helper entered. `number` is a ticket's number of that day or its id, empty for none.

    `procedure` is a code, empty where nobody asked. `day` is that of the help, empty for today.
    """

    outcomes: tuple[str, ...]
    number: str = ""
    procedure: str = ""
    minutes: int | None = None
    day: str = ""


class Assistance(Struct, frozen=True):
    """One person who was helped on `day`; `visit` is the ticket's id. `withdrawn_at`: it was entered by mistake."""

    id: int
    at: str
    day: str
    outcomes: tuple[AssistanceOutcome, ...]
    visit: str | None = None
    procedure: str | None = None
    minutes: int | None = None
    withdrawn_at: str | None = None
