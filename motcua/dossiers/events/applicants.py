"""What happens to data about people that the unit keeps for their next visit. Never a name or a number."""

from typing import ClassVar

from motcua.desk.event import Event


class ApplicantEvent(Event, frozen=True):
    """Something about data that a citizen let the unit keep; `applicant` is the number of the encrypted row."""

    applicant: int

    @property
    def subject(self) -> str:
        """Return `applicant:<id>`."""
        return f"applicant:{self.applicant}"


class ApplicantKept(ApplicantEvent, frozen=True):
    """A citizen at `counter` let the unit keep what they declared, until `erase_on`; `digest` is of encrypted bytes."""

    digest: str
    erase_on: str
    counter: int | None
    kind: ClassVar[str] = "applicant.kept"


class ApplicantOpened(ApplicantEvent, frozen=True):
    """What a citizen let the unit keep was read at `counter`, to fill in a dossier."""

    counter: int | None
    kind: ClassVar[str] = "applicant.opened"


class ApplicantErased(ApplicantEvent, frozen=True):
    """What a citizen let the unit keep was erased, because they asked for it."""

    kind: ClassVar[str] = "applicant.erased"


class ApplicantsPurged(Event, frozen=True):
    """All `rows` that were to be kept until before the day `before` were erased."""

    before: str
    rows: int
    kind: ClassVar[str] = "applicants.purged"

    @property
    def subject(self) -> str:
        """Return `applicants`."""
        return "applicants"
